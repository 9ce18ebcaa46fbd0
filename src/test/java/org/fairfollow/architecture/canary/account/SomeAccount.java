package org.fairfollow.architecture.canary.account;

/** Something of the room, to be seen from where it must not be. */
public final class SomeAccount {}
