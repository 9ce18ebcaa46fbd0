/** The pages of those who sign in: templates lie in {@code src/main/jte/review/pages}, and work without scripts. */
@NullMarked
package org.fairfollow.review.pages;

import org.jspecify.annotations.NullMarked;
