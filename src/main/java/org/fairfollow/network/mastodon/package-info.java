/** Mastodon and what speaks its interface, as each server tells of its own users. */
@NullMarked
package org.fairfollow.network.mastodon;

import org.jspecify.annotations.NullMarked;
