/** Judges auto-follow-back: following back whoever follows, at once or by the clock. */
@NullMarked
package org.fairfollow.detection.followback;

import org.jspecify.annotations.NullMarked;
