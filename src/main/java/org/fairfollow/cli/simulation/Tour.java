package org.fairfollow.cli.simulation;

/** Visits every number below a size once, in a scrambled order, without keeping a list of them. */
record Tour(int size, long stride, long offset) {

    static Tour of(int size, long seed, long subject) {
        long stride = Math.max(1, Chance.below(size, seed, subject, 1));
        while (greatestCommonDivisor(stride, size) != 1) {
            stride++;
        }
        return new Tour(size, stride, Chance.below(size, seed, subject, 2));
    }

    /** The stop after {@code step} steps; beyond the size the tour begins again. */
    int stop(long step) {
        return (int) ((stride * (step % size) + offset) % size);
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
