package org.fairfollow.architecture.canary.verdict;

/** Something of the room, to be seen from where it must not be. */
public final class SomeVerdict {}
