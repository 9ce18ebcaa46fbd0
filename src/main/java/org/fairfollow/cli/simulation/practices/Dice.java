package org.fairfollow.cli.simulation.practices;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.fairfollow.cli.simulation.Chance;

/** Chance for one invented account, always alike for the same seed, kind and number. */
final class Dice {
    private final SplittableRandom random;

    private Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static Dice of(long seed, String kind, int account) {
        return new Dice(Chance.bits(seed, kind.hashCode(), account));
    }

    /** Others, so that what is drawn from them does not move what is drawn from these. */
    Dice apart() {
        return new Dice(random.nextLong());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** Both ends included. */
    int count(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** A second of the half-open stretch; its first if it is empty. */
    long second(long from, long to) {
        return from < to ? random.nextLong(from, to) : from;
    }

    /** So many seconds of the stretch, ascending. */
    long[] seconds(int many, long from, long to) {
        long[] seconds = new long[many];
        Arrays.setAll(seconds, i -> second(from, to));
        Arrays.sort(seconds);
        return seconds;
    }

    double logUniform(double least, double most) {
        return Math.exp(between(Math.log(least), Math.log(most)));
    }

    /** @param spread standard deviation of the logarithm */
    double logNormal(double median, double spread) {
        return median * Math.exp(spread * random.nextGaussian());
    }

    double exponential(double mean) {
        return mean * random.nextExponential();
    }

    /** Pareto's heavy tail above {@code least}, cut at {@code most}. */
    double heavyTailed(double least, double most, double alpha) {
        return Math.min(most, least * Math.pow(1 - random.nextDouble(), -1 / alpha));
    }

    /** As counts of independent events fall; from 30 on by the normal approximation. */
    int poisson(double mean) {
        if (mean >= 30) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double left = Math.exp(-mean);
        double product = random.nextDouble();
        int events = 0;
        while (product > left) {
            product *= random.nextDouble();
            events++;
        }
        return events;
    }

    /** A day's count that varies more than Poisson's, as daily counts of people do. */
    int overdispersed(double mean, double spread) {
        return poisson(mean * logNormal(1, spread) * Math.exp(-spread * spread / 2));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The order of {@code items} at random (Fisher and Yates). */
    <T> void shuffle(List<T> items) {
        for (int i = items.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = items.get(i);
            items.set(i, items.get(other));
            items.set(other, moved);
        }
    }

    /** Hex digits that mean nothing. */
    String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        while (text.length() < digits) {
            text.append(HexFormat.of().toHexDigits(random.nextLong()));
        }
        return text.substring(0, digits);
    }
}
