/** Judges follow-churn. */
@NullMarked
package org.fairfollow.detection.followchurn;

import org.jspecify.annotations.NullMarked;
