/** Owners of accounts: what they answer to what is held against them, and how they prove that the account is theirs. */
@NullMarked
package org.fairfollow.review.disputes;

import org.jspecify.annotations.NullMarked;
