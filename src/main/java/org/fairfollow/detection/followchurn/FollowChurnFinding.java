package org.fairfollow.detection.followchurn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Spark;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Judgement;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.detection.followchurn.ObservedFollows.Exclusion;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;

/** Writes out a judgement on follow-churn with its numbers, so that whoever is judged can recount them. */
final class FollowChurnFinding {
    private static final int SPARK_DAYS = 28;

    /** A ratio or bound beyond this says no more, and a bound of infinity is no JSON. */
    private static final double LARGEST_RATIO = 1_000_000;

    /** Shares of follows dropped, by person; the second is measured (drops within 14 days), the first simulated. */
    static final Statistics.Beta CHURNERS = new Statistics.Beta(13, 7);

    static final Statistics.Beta OTHERS = new Statistics.Beta(.72, 8.28);

    private final Dossier dossier;
    private final ObservedFollows follows;
    private final List<ObservedFollow> counted;
    private final ChurnSample sample;
    private final Completeness completeness;
    private final Thresholds thresholds;

    /** The newest follow or drop among those counted, which looking later does not move; 0 without any. */
    private final long lastEvidenceAt;

    // UTC; the day of looking when nothing was counted.
    private final LocalDate firstDay;
    private final LocalDate lastDay;

    FollowChurnFinding(
            Dossier dossier,
            ObservedFollows follows,
            ChurnSample sample,
            Completeness completeness,
            Thresholds thresholds) {
        this.dossier = dossier;
        this.follows = follows;
        this.counted = follows.counted();
        this.sample = sample;
        this.completeness = completeness;
        this.thresholds = thresholds;
        this.lastEvidenceAt =
                counted.stream().mapToLong(ObservedFollow::lastEventAt).max().orElse(0);
        this.firstDay = day(counted.stream().mapToLong(ObservedFollow::at).min().orElse(dossier.asOf()));
        this.lastDay = day(counted.isEmpty() ? dossier.asOf() : lastEvidenceAt);
    }

    private static LocalDate day(long second) {
        return LocalDate.ofEpochDay(Math.floorDiv(second, ObservedFollow.DAY));
    }

    Finding of(Judgement judgement) {
        boolean anything = !counted.isEmpty();
        return new Finding(
                Practice.FOLLOW_CHURN,
                FollowChurnDetector.VERSION,
                judgement.opinion(),
                judgement.strict(),
                statement(judgement),
                anything ? reasons(judgement.estimate()) : List.of(),
                judgement.alibis(),
                anything ? spark() : null,
                judgement.missing(),
                caveats(judgement.opinion()),
                new Sources(anything ? 1 : 0, 0),
                List.of(counts(), ageBins(), weeks()),
                lastEvidenceAt,
                weight());
    }

    private String statement(Judgement judgement) {
        return new FollowChurnStatement(firstDay, lastDay, day(dossier.asOf()), counted.size(), again(), thresholds)
                .of(judgement);
    }

    /** Of the follows not returned, so many were dropped: churners' against other people's share of drops. */
    private double weight() {
        int unreturned = counted.size() - returned();
        long drops = Math.min(unreturned, (long) sample.unreturnedDrops());
        return Rounded.nearest(Statistics.betaBinomialLogRatio(drops, unreturned, CHURNERS, OTHERS), 4);
    }

    private int again() {
        return (int) counted.stream().filter(ObservedFollow::again).count();
    }

    private int returned() {
        return (int) counted.stream().filter(ObservedFollow::returned).count();
    }

    private List<Reason> reasons(ChurnEstimate estimate) {
        double z = thresholds.z();
        int unreturned = counted.size() - returned();
        int drops = (int) sample.unreturnedDrops();
        double[] windows = sample.calendar().busiestDropWindows(3);
        Thresholds.Bar bar = thresholds.likely();
        return List.of(
                estimated(
                        "dropped-within-28-days",
                        estimate.dropped(),
                        estimate.droppedAtLeast(z),
                        estimate.droppedAtMost(z),
                        bar.dropped(),
                        unreturned),
                estimated(
                        "selectivity-at-equal-age",
                        Math.min(estimate.ratio(), LARGEST_RATIO),
                        Math.min(estimate.ratioAtLeast(z), LARGEST_RATIO),
                        Math.min(estimate.ratioAtMost(z), LARGEST_RATIO),
                        bar.ratio(),
                        counted.size()),
                count("unreturned-drops", drops, bar.drops(), unreturned),
                count(
                        "weeks-with-follows",
                        sample.calendar().weeksWithFollows(thresholds.weeklyFollows()),
                        bar.weeks(),
                        counted.size()),
                count(
                        "weeks-with-drops",
                        sample.calendar().weeksWithDrops(thresholds.weeklyDrops(drops)),
                        bar.weeks(),
                        drops),
                count("drop-windows", windows[2], thresholds.windowDrops(windows[0]), drops),
                count(
                        "coverage",
                        Rounded.down(completeness.share(), 4),
                        thresholds.coverage(),
                        completeness.deletes()));
    }

    private Reason estimated(String code, double value, double lower, double upper, double threshold, long n) {
        List<Double> interval = List.of(Rounded.down(lower, 4), Rounded.up(upper, 4));
        return new Reason(code, Rounded.nearest(value, 4), interval, threshold, n, firstDay, lastDay);
    }

    private Reason count(String code, double value, double threshold, long n) {
        return new Reason(code, value, null, threshold, n, firstDay, lastDay);
    }

    private List<String> caveats(Opinion opinion) {
        List<String> caveats = new ArrayList<>();
        if (opinion == Opinion.PRESENT || opinion == Opinion.SIGNS) {
            caveats.add("pruning-own-list");
            caveats.add("never-answered");
        }
        if (completeness.share() < 1 || completeness.lost() > 0) {
            caveats.add("follow-backs-unseen");
        }
        return List.copyOf(caveats);
    }

    /** Every follow of the account, counted or not, on the days up to the last evidence. */
    private Spark spark() {
        LocalDate first = lastDay.minusDays(SPARK_DAYS - 1);
        int[] followed = new int[SPARK_DAYS];
        int[] unfollowed = new int[SPARK_DAYS];
        for (FollowEpisode follow : dossier.follows()) {
            mark(followed, follow.span().from(), first);
            mark(unfollowed, follow.span().to(), first);
        }
        return new Spark(first, boxed(followed), boxed(unfollowed));
    }

    private static void mark(int[] days, long second, LocalDate first) {
        long day = Math.floorDiv(second, ObservedFollow.DAY) - first.toEpochDay();
        if (0 <= day && day < days.length) {
            days[(int) day]++;
        }
    }

    private static List<Integer> boxed(int[] values) {
        return IntStream.of(values).boxed().toList();
    }

    /** How the follows of the window came to be counted or not, and what became of those counted; one row. */
    private Table counts() {
        double unreturnedDrops = sample.table().unreturnedDrops();
        double returnedDrops = sample.table().returnedDrops();
        List<String> columns = List.of(
                "follows",
                "uncovered",
                "unreachable",
                "followedFirst",
                "silent",
                "counted",
                "again",
                "returned",
                "unreturnedDrops",
                "returnedDrops",
                "kept");
        List<Double> row = List.of(
                (double) follows.inWindow(),
                (double) follows.excluded(Exclusion.UNCOVERED),
                (double) follows.excluded(Exclusion.UNREACHABLE),
                (double) follows.excluded(Exclusion.FOLLOWED_FIRST),
                (double) follows.excluded(Exclusion.SILENT),
                (double) counted.size(),
                (double) again(),
                (double) returned(),
                unreturnedDrops,
                returnedDrops,
                counted.size() - unreturnedDrops - returnedDrops);
        return new Table("counts", columns, List.of(row));
    }

    /** The life table: ages in days, time at risk in follow-days; 0 not yet returned, 1 already returned. */
    private Table ageBins() {
        List<List<Double>> rows = IntStream.range(0, LifeTable.BINS)
                .mapToObj(bin -> List.of(
                        (double) LifeTable.EDGES.get(bin),
                        (double) LifeTable.EDGES.get(bin + 1),
                        Rounded.nearest(sample.table().unreturnedDays(bin), 2),
                        sample.table().unreturnedDrops(bin),
                        Rounded.nearest(sample.table().returnedDays(bin), 2),
                        sample.table().returnedDrops(bin)))
                .toList();
        return new Table("age-bins", List.of("from", "to", "P0", "D0", "P1", "D1"), rows);
    }

    /** By ISO week; {@code monday} is its UTC epoch day. */
    private Table weeks() {
        List<List<Double>> rows =
                counted.isEmpty() ? List.of() : sample.calendar().weeks();
        return new Table("weeks", List.of("monday", "follows", "unreturnedDrops", "returnedDrops"), rows);
    }
}
