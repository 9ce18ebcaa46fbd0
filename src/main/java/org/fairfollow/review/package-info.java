/** People who look at verdicts: what waits for them, and in which order. */
@NullMarked
package org.fairfollow.review;

import org.jspecify.annotations.NullMarked;
