package org.fairfollow.architecture.canary.operations;

/** Something of the room, to be seen from where it must not be. */
public final class SomeOperations {}
