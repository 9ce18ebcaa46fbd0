package org.fairfollow.detection.followers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.detection.followers.SampledFollowers.Follower;

/**
 * Finds stripes: followers created together who follow one after the other. The dates are cut so that followers that do
 * not look fake fall into each part alike; so a young network, or a year in which everybody joined, makes no stripe.
 */
final class Stripes {
    private static final long DAY = 86_400;

    private final SampledFollowers sample;
    private final FakeShare.OfGroup shares;
    private final Thresholds thresholds;

    Stripes(SampledFollowers sample, FakeShare.OfGroup shares, Thresholds thresholds) {
        this.sample = sample;
        this.shares = shares;
        this.thresholds = thresholds;
    }

    /**
     * A stripe.
     *
     * @param firstRank of the member that followed last
     * @param followers created in the same part of the time, whether they look fake or not
     * @param createdFrom UTC epoch day from which on nine tenths of those that look fake were created
     * @param createdTo day until which they were
     * @param score the largest of its windows
     */
    record Stripe(
            int firstRank, int lastRank, int followers, int fakes, long createdFrom, long createdTo, double score) {}

    private record Candidate(int bin, int from, int to, double score) {}

    List<Stripe> find() {
        Thresholds.Stripe rule = thresholds.stripe();
        List<Follower> dated = sample.followers().stream()
                .filter(follower -> follower.created() != null && follower.kind() != Kind.UNKNOWN)
                .toList();
        long[] reference = dated.stream()
                .filter(follower -> !follower.fake())
                .mapToLong(Stripes::created)
                .sorted()
                .toArray();
        if (dated.size() < rule.window() || reference.length < rule.reference()) {
            return List.of();
        }
        long[] edges = LongStream.range(1, rule.bins())
                .map(bin -> reference[(int) (bin * reference.length / rule.bins())])
                .toArray();
        int[] bins = dated.stream()
                .mapToInt(follower -> bin(edges, created(follower)))
                .toArray();
        double[] usual = new double[rule.bins()];
        for (long created : reference) {
            usual[bin(edges, created)] += 1.0 / reference.length;
        }
        List<Candidate> candidates = candidates(bins, usual);
        List<List<Follower>> members = members(candidates, dated, bins);
        Set<Follower> inside = new HashSet<>();
        members.forEach(inside::addAll);
        List<Follower> outside = sample.followers().stream()
                .filter(follower -> follower.kind() != Kind.UNKNOWN && !inside.contains(follower))
                .toList();
        List<Stripe> stripes = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Candidate candidate = candidates.get(i);
            if (followsInARow(bins, candidate.bin) && looksBought(members.get(i), outside)) {
                stripes.add(stripe(members.get(i), candidate.score));
            }
        }
        return List.copyOf(stripes);
    }

    private static long created(Follower follower) {
        Long created = follower.created();
        return created == null ? 0 : created;
    }

    private static int bin(long[] edges, long created) {
        int bin = 0;
        while (bin < edges.length && created >= edges[bin]) {
            bin++;
        }
        return bin;
    }

    /** Windows in which one bin stands out, joined where they overlap. */
    private List<Candidate> candidates(int[] bins, double[] usual) {
        Thresholds.Stripe rule = thresholds.stripe();
        List<Candidate> candidates = new ArrayList<>();
        for (int from = 0; from + rule.window() <= bins.length; from += rule.stride()) {
            int to = from + rule.window();
            int[] counts = new int[rule.bins()];
            for (int i = from; i < to; i++) {
                counts[bins[i]]++;
            }
            double[] sorted = Arrays.stream(counts).asDoubleStream().sorted().toArray();
            double median = quantile(sorted, .5);
            double range = quantile(sorted, .75) - quantile(sorted, .25);
            for (int bin = 0; bin < counts.length; bin++) {
                double score = (counts[bin] - median - 1) / (range + 1);
                double share = (double) counts[bin] / rule.window();
                // Dates known to the year only fall into few bins, also those of people.
                boolean unusual = share >= rule.share() && share >= 3 * usual[bin];
                if (score >= rule.score() && unusual) {
                    join(candidates, new Candidate(bin, from, to, score));
                }
            }
        }
        return candidates;
    }

    private static void join(List<Candidate> candidates, Candidate next) {
        for (int i = 0; i < candidates.size(); i++) {
            Candidate before = candidates.get(i);
            if (before.bin == next.bin && next.from <= before.to) {
                candidates.set(i, new Candidate(next.bin, before.from, next.to, Math.max(before.score, next.score)));
                return;
            }
        }
        candidates.add(next);
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static List<List<Follower>> members(List<Candidate> candidates, List<Follower> dated, int[] bins) {
        List<List<Follower>> members = new ArrayList<>();
        for (Candidate candidate : candidates) {
            List<Follower> inside = new ArrayList<>();
            for (int i = candidate.from; i < candidate.to; i++) {
                if (bins[i] == candidate.bin) {
                    inside.add(dated.get(i));
                }
            }
            members.add(inside);
        }
        return members;
    }

    /** A date shared by followers who came at any time is no batch: most of them may have joined in a wave of old. */
    private boolean followsInARow(int[] bins, int bin) {
        boolean[] inside = new boolean[bins.length];
        for (int i = 0; i < bins.length; i++) {
            inside[i] = bins[i] == bin;
        }
        return Statistics.clustering(inside) >= thresholds.z();
    }

    /**
     * Many of them look fake, and more often than the other followers: a wave of people who sign up on the same day is a
     * stripe too.
     */
    private boolean looksBought(List<Follower> members, List<Follower> outside) {
        long fakes = fakes(members);
        if (members.size() < thresholds.sample().group()
                || shares.of(fakes, members.size(), members.size()).atLeast(thresholds.alibiZ()) < thresholds.share()
                || outside.size() < thresholds.sample().group()) {
            return false;
        }
        double n = members.size();
        double m = outside.size();
        double pooled = (fakes + fakes(outside)) / (n + m);
        double error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        return fakes / n - fakes(outside) / m > thresholds.alibiZ() * error;
    }

    private static long fakes(List<Follower> followers) {
        return followers.stream().filter(Follower::fake).count();
    }

    private static Stripe stripe(List<Follower> members, double score) {
        long[] created = members.stream()
                .filter(Follower::fake)
                .mapToLong(Stripes::created)
                .sorted()
                .toArray();
        int margin = created.length / 20;
        return new Stripe(
                members.getLast().rank(),
                members.getFirst().rank(),
                members.size(),
                created.length,
                Math.floorDiv(created[margin], DAY),
                Math.floorDiv(created[created.length - 1 - margin], DAY),
                score);
    }
}
