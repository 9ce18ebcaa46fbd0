/** Bluesky, as an AppView tells of it. */
@NullMarked
package org.fairfollow.network.bluesky;

import org.jspecify.annotations.NullMarked;
