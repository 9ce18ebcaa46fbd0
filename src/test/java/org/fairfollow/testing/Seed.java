package org.fairfollow.testing;

import java.util.Random;

/** Randomness that can be had again: the seed is printed, and set by {@code -Dfairfollow.test.seed=…}. */
public final class Seed {
    private Seed() {}

    public static Random random(String what) {
        String set = System.getProperty("fairfollow.test.seed");
        long seed = set != null ? Long.parseLong(set) : System.nanoTime();
        System.out.println("Seed of " + what + ": " + seed + " (again with -Dfairfollow.test.seed=" + seed + ")");
        return new Random(seed);
    }
}
