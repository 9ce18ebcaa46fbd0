/** What networks show of accounts to everybody: the front door. One package a network, and one for the way out. */
@NullMarked
package org.fairfollow.network;

import org.jspecify.annotations.NullMarked;
