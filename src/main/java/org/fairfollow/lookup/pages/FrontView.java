package org.fairfollow.lookup.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.lookup.Audited;
import org.fairfollow.lookup.Counted;
import org.fairfollow.publication.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the front page tells of the service as it is now.
 *
 * @param list null while nothing is published
 * @param stale what is told may be behind what was judged: the database is away, for one
 * @param counted when the numbers were counted; null while they are not known
 * @param audited how many practices people have audited
 * @param precision of those, from the lowest to the highest; empty before the first
 * @param site the address of this service
 */
record FrontView(
        @Nullable Published list,
        boolean stale,
        @Nullable String counted,
        long accounts,
        long verdicts,
        int audited,
        String precision,
        List<Judged> practices,
        String site) {

    /** @param age in the largest unit that fits */
    record Published(long version, String at, long age, Unit unit) {
        enum Unit {
            MINUTES,
            HOURS,
            DAYS
        }

        static Published of(long version, Instant at, Instant now) {
            Duration age = Duration.between(at, now);
            Unit unit = age.toHours() < 1 ? Unit.MINUTES : age.toDays() < 2 ? Unit.HOURS : Unit.DAYS;
            long number =
                    switch (unit) {
                        case MINUTES -> age.toMinutes();
                        case HOURS -> age.toHours();
                        case DAYS -> age.toDays();
                    };
            return new Published(version, Written.moment(at), Math.max(0, number), unit);
        }
    }

    /**
     * @param inForce published verdicts on it
     * @param audit what people found of these, in words; empty before they looked
     */
    record Judged(String id, String name, String wording, long inForce, String audit) {}

    static FrontView of(
            Optional<Snapshot> snapshot,
            boolean stale,
            Optional<Counted.Counts> counts,
            List<PracticeDescription> practices,
            Function<Practice, Audited> audits,
            Instant now,
            String site) {
        List<Judged> judged = practices.stream()
                .map(practice -> judged(practice, counts, audits.apply(practice.practice())))
                .toList();
        double[] precisions = practices.stream()
                .map(practice -> audits.apply(practice.practice()).precision())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return new FrontView(
                snapshot.map(Snapshot::manifest)
                        .map(list -> Published.of(list.version(), list.publishedAt(), now))
                        .orElse(null),
                stale,
                counts.map(counted -> Written.moment(counted.at())).orElse(null),
                counts.map(Counted.Counts::accounts).orElse(0L),
                judged.stream().mapToLong(Judged::inForce).sum(),
                precisions.length,
                precision(precisions),
                judged,
                site);
    }

    private static Judged judged(PracticeDescription practice, Optional<Counted.Counts> counts, Audited audited) {
        return new Judged(
                practice.practice().id(),
                practice.name(),
                practice.wording(),
                counts.map(counted -> counted.inForce(practice.practice())).orElse(0L),
                audited.precision() == null ? "" : audited.sentence());
    }

    private static String precision(double[] sorted) {
        if (sorted.length == 0) {
            return "";
        }
        String lowest = Written.lowerBound(sorted[0], PracticeDescription.Unit.SHARE);
        String highest = Written.lowerBound(sorted[sorted.length - 1], PracticeDescription.Unit.SHARE);
        return lowest.equals(highest) ? lowest : lowest + " – " + highest;
    }
}
