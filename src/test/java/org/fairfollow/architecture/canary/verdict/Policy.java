package org.fairfollow.architecture.canary.verdict;

/** A policy that depends on when it is asked. */
final class Policy {
    long stopwatch() {
        return System.nanoTime();
    }
}
