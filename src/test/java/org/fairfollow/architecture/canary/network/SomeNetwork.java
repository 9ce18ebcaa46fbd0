package org.fairfollow.architecture.canary.network;

/** Something of the room, to be seen from where it must not be. */
public final class SomeNetwork {}
