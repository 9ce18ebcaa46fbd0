/** Judges buys-followers, and the authenticity of followers from their counters. */
@NullMarked
package org.fairfollow.detection.followers;

import org.jspecify.annotations.NullMarked;
