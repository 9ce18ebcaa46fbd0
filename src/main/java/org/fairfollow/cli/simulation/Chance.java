package org.fairfollow.cli.simulation;

/**
 * Repeatable chance: the same numbers always give the same draw, in whatever order and on whatever thread they are
 * asked for. What can be asked again need not be kept, so a population of any size fits in memory.
 */
public final class Chance {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Chance() {}

    /** 64 bits that look random (SplitMix64 over the three numbers). */
    public static long bits(long seed, long subject, long question) {
        return mix(mix(mix(seed) + GOLDEN_GAMMA * subject) + GOLDEN_GAMMA * question);
    }

    /** A number from 0 to 1 exclusive. */
    public static double unit(long seed, long subject, long question) {
        return (bits(seed, subject, question) >>> 11) * 0x1p-53;
    }

    /** A number from 0 to {@code bound} exclusive. */
    static long below(long bound, long seed, long subject, long question) {
        return Math.floorMod(bits(seed, subject, question), bound);
    }

    private static long mix(long bits) {
        long z = bits + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
