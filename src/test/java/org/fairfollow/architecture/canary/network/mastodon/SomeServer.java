package org.fairfollow.architecture.canary.network.mastodon;

/** Something of one network, to be seen from another. */
public final class SomeServer {}
