package org.fairfollow.lookup;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Wording;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observations;

/**
 * When the sampled followers of an account were created, by their place in its list of followers: what its stripes stand out from.
 * Counted in parts of the list and of the time, so that nobody's place and day is told.
 */
public final class CreationDates {
    /** Of the table: {@code firstRank}, {@code lastRank}, {@code createdFrom}, {@code createdTo} (UTC epoch days), {@code followers}. */
    public static final String ID = "creation-dates";

    private static final int PLACES = 30;
    private static final int TIMES = 24;
    private static final long DAY = 86_400;
    /** Fewer points make no picture. */
    private static final int FEWEST = 20;

    private CreationDates() {}

    private record Part(long place, long time) implements Comparable<Part> {
        @Override
        public int compareTo(Part other) {
            return place == other.place ? Long.compare(time, other.time) : Long.compare(place, other.place);
        }
    }

    /** Whether the finding was reached on a sample of followers. */
    static boolean areIn(Finding finding) {
        return finding.practice() == Practice.BUYS_FOLLOWERS && sampled(finding) >= FEWEST;
    }

    /** Of the sample the finding was reached on; empty if it is not among these observations any more. */
    static Optional<Finding.Table> of(Finding finding, Observations observations) {
        return observations.followerSamples().stream()
                .filter(sample -> sample.followers().size() == sampled(finding))
                .filter(sample -> finding.reasons().stream()
                        .anyMatch(reason -> reason.code().equals("followers-sampled")
                                && reason.from().equals(Wording.dayOf(sample.at()))))
                .reduce((earlier, later) -> later)
                .flatMap(CreationDates::table);
    }

    private static double sampled(Finding finding) {
        return finding.tables().stream()
                .filter(table ->
                        table.id().equals("followers") && table.columns().contains("sampled"))
                .map(table -> table.rows().getFirst().get(table.columns().indexOf("sampled")))
                .findFirst()
                .orElse(0.0);
    }

    private static Optional<Finding.Table> table(FollowerSample sample) {
        List<SampledFollower> dated = sample.followers().stream()
                .filter(follower -> day(follower) > 0 && day(follower) <= Math.floorDiv(sample.at(), DAY))
                .toList();
        if (dated.size() < FEWEST) {
            return Optional.empty();
        }
        LongSummaryStatistics days =
                dated.stream().mapToLong(CreationDates::day).summaryStatistics();
        long places = sample.followers().stream()
                .mapToLong(SampledFollower::rank)
                .max()
                .orElse(1);
        long width = Math.ceilDiv(places, (long) PLACES);
        long height = Math.ceilDiv(days.getMax() - days.getMin() + 1, (long) TIMES);
        Map<Part, Long> parts = dated.stream()
                .collect(Collectors.groupingBy(
                        follower -> new Part((follower.rank() - 1) / width, (day(follower) - days.getMin()) / height),
                        TreeMap::new,
                        Collectors.counting()));
        List<List<Double>> rows = parts.entrySet().stream()
                .map(part -> List.of(
                        1.0 + part.getKey().place * width,
                        Math.min((part.getKey().place + 1.0) * width, places),
                        (double) days.getMin() + part.getKey().time * height,
                        Math.min((double) days.getMin() + (part.getKey().time + 1) * height - 1, days.getMax()),
                        (double) part.getValue()))
                .toList();
        return Optional.of(
                new Finding.Table(ID, List.of("firstRank", "lastRank", "createdFrom", "createdTo", "followers"), rows));
    }

    /** 0 where it is not known. */
    private static long day(SampledFollower follower) {
        Long created = follower.counters().createdAt();
        return created == null ? 0 : Math.floorDiv(created, DAY);
    }
}
