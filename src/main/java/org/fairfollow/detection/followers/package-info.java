/** Judges whether followers arrived in a pattern seen in bought batches, and how many of them look fake. */
@NullMarked
package org.fairfollow.detection.followers;

import org.jspecify.annotations.NullMarked;
