package org.fairfollow.architecture.canary.network.outbound;

/** A way out, to be seen from where it must not be. */
public final class SomeWayOut {}
