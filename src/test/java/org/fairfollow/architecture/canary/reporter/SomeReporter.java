package org.fairfollow.architecture.canary.reporter;

/** Something of the room, to be seen from where it must not be. */
public final class SomeReporter {}
