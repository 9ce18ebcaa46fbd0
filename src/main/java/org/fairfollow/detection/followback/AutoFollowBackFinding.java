package org.fairfollow.detection.followback;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Judgement;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;
import org.fairfollow.detection.followback.FollowBackSample.Part;
import org.fairfollow.detection.followback.FollowsReceived.Exclusion;

/** Writes out a judgement on auto-follow-back with its numbers, so that whoever is judged can recount them. */
final class AutoFollowBackFinding {
    /** Shares of follows returned at once or by the clock, by person; assumed, and only for ordering. */
    private static final Statistics.Beta AUTOMATIC = new Statistics.Beta(19, 1);

    private static final Statistics.Beta OTHERS = new Statistics.Beta(1, 2);

    /** Minutes; the last is the 24 hours of the rule. */
    private static final List<Integer> LATENCY_EDGES = List.of(0, 1, 2, 5, 10, 30, 60, 180, 360, 720, 1_440);

    private final FollowsReceived follows;
    private final FollowBackSample sample;
    private final QuietHours quietHours;
    private final Completeness completeness;
    private final Thresholds thresholds;
    private final long lastEvidenceAt;

    // UTC; the day of looking when nothing was counted.
    private final LocalDate asOfDay;
    private final LocalDate firstDay;
    private final LocalDate lastDay;

    AutoFollowBackFinding(
            long asOf,
            FollowsReceived follows,
            FollowBackSample sample,
            QuietHours quietHours,
            Completeness completeness,
            Thresholds thresholds) {
        this.follows = follows;
        this.sample = sample;
        this.quietHours = quietHours;
        this.completeness = completeness;
        this.thresholds = thresholds;
        List<FollowReceived> counted = follows.counted();
        this.lastEvidenceAt =
                counted.stream().mapToLong(FollowReceived::lastEventAt).max().orElse(0);
        this.asOfDay = Wording.dayOf(asOf);
        this.firstDay =
                counted.isEmpty() ? asOfDay : Wording.dayOf(counted.getFirst().at());
        this.lastDay = counted.isEmpty() ? asOfDay : Wording.dayOf(lastEvidenceAt);
    }

    Finding of(Judgement judgement) {
        boolean anything = !follows.counted().isEmpty();
        return new Finding(
                Practice.AUTO_FOLLOW_BACK,
                AutoFollowBackDetector.VERSION,
                judgement.opinion(),
                false,
                statement(judgement),
                anything ? reasons() : List.of(),
                judgement.alibis(),
                null,
                judgement.missing(),
                caveats(judgement.opinion()),
                new Sources(anything ? 1 : 0, 0),
                tables(),
                lastEvidenceAt,
                weight());
    }

    /** Of a few follows nothing is judged, and nothing but their number is worth keeping. */
    private List<Table> tables() {
        return follows.counted().size() < thresholds.received()
                ? List.of(counts())
                : List.of(counts(), latencies(), hours(), minutes(), days());
    }

    private String statement(Judgement judgement) {
        if (follows.counted().isEmpty()) {
            return "No follows received that can be judged were seen in the last %d days. %s"
                    .formatted(
                            thresholds.windowDays(),
                            judgement.missing().getFirst().detail());
        }
        String period = "%s, %s received"
                .formatted(
                        Wording.period(firstDay, lastDay, asOfDay),
                        Wording.count(sample.returned().of(), "follow", "follows"));
        return switch (judgement.opinion()) {
            case PRESENT -> period + returned(thresholds.z()) + throwaways() + pace();
            case SIGNS ->
                period + returned(thresholds.z()) + throwaways() + pace()
                        + " Some bounds or innocent explanations remain open.";
            case ABSENT -> period + absence();
            case TOO_LITTLE_EVIDENCE ->
                period + ". Too little evidence. "
                        + judgement.missing().getFirst().detail();
        };
    }

    private String returned(double z) {
        return ", about %s in 100 returned within 24 hours (at least %s)."
                .formatted(
                        inHundred(sample.returned()),
                        Rounded.text(
                                Rounded.down(100 * sample.returned().share(z).lower(), 0)));
    }

    private String throwaways() {
        return " Of %s looking thrown away, %s in 100 were followed back (at least %s); of the others, %s."
                .formatted(
                        Wording.count(sample.throwaways().of(), "follower", "followers"),
                        inHundred(sample.throwaways()),
                        Rounded.text(Rounded.down(
                                100 * sample.throwaways().share(thresholds.z()).lower(), 0)),
                        inHundred(sample.others()));
    }

    private String pace() {
        if (sample.quick().share() >= thresholds.quick()) {
            return " Half of these follow-backs came within %s.".formatted(waiting(sample.medianLatency()));
        }
        BatchClock clock = sample.clock();
        String kept = clock.period() == 0
                ? "followed the one before after %s".formatted(waiting(clock.position()))
                : "began in the same %d of %d minutes".formatted(thresholds.clockSeconds() / 60, clock.period() / 60);
        return " They came in batches, and %s in 100 of these %s (at least %s)."
                .formatted(
                        Rounded.text(Rounded.nearest(100 * clock.share(), 0)),
                        kept,
                        Rounded.text(
                                Rounded.down(100 * clock.share(thresholds.z()).lower(), 0)));
    }

    /** Each of the three parts may show the absence; the first that does is stated with its upper bound. */
    private String absence() {
        double z = thresholds.absentZ();
        double returned = sample.returned().share(z).upper();
        if (returned < thresholds.returned()) {
            return ", about %s in 100 returned within 24 hours (at most %s)."
                    .formatted(inHundred(sample.returned()), Rounded.text(Rounded.up(100 * returned, 0)));
        }
        double throwaways = sample.throwaways().share(z).upper();
        if (throwaways < thresholds.throwaways()) {
            return ". Of %s looking thrown away, about %s in 100 were followed back within 24 hours (at most %s)."
                    .formatted(
                            Wording.count(sample.throwaways().of(), "follower", "followers"),
                            inHundred(sample.throwaways()),
                            Rounded.text(Rounded.up(100 * throwaways, 0)));
        }
        return ". Of those returned within 24 hours, about %s in 100 were returned within %d minutes (at most %s), and not by the clock."
                .formatted(
                        inHundred(sample.quick()),
                        thresholds.quickSeconds() / 60,
                        Rounded.text(Rounded.up(100 * sample.quick().share(z).upper(), 0)));
    }

    private static String inHundred(Part part) {
        return Rounded.text(Rounded.nearest(100 * part.share(), 0));
    }

    /** Rounded up: "within" and "after" must not understate. */
    private static String waiting(long seconds) {
        if (seconds < 120) {
            return Wording.count(seconds, "second", "seconds");
        }
        return Wording.count((seconds + 59) / 60, "minute", "minutes");
    }

    private List<Reason> reasons() {
        double z = thresholds.z();
        int n = sample.returned().of();
        return List.of(
                estimated("followed-back-within-24-hours", sample.returned(), z, thresholds.returned()),
                counted("follows-received", n, thresholds.received(), n),
                estimated("throwaways-followed-back", sample.throwaways(), z, thresholds.throwaways()),
                counted(
                        "throwaways-spared",
                        Rounded.nearest(Math.max(0, sample.spared()), 4),
                        thresholds.spared(),
                        sample.throwaways().of() + sample.others().of()),
                counted("throwaway-followers", sample.throwaways().of(), thresholds.compared(), n),
                counted("other-followers", sample.others().of(), thresholds.compared(), n),
                estimated("quick-follow-backs", sample.quick(), z, thresholds.quick()),
                counted(
                        "median-latency-minutes",
                        Rounded.nearest(sample.medianLatency() / 60.0, 2),
                        thresholds.quickSeconds() / 60.0,
                        sample.quick().of()),
                estimated(
                        "batches-by-the-clock",
                        new Part(sample.clock().hits(), sample.clock().n()),
                        z,
                        thresholds.clocked()),
                estimated("answered-in-quiet-hours", quietHours.answered(), thresholds.alibiZ(), thresholds.quick()),
                counted(
                        "coverage",
                        Rounded.down(completeness.share(), 4),
                        thresholds.coverage(),
                        completeness.deletes()));
    }

    private Reason estimated(String code, Part part, double z, double threshold) {
        Statistics.Interval bounds = part.share(z);
        return new Reason(
                code,
                Rounded.nearest(part.share(), 4),
                List.of(Rounded.down(bounds.lower(), 4), Rounded.up(bounds.upper(), 4)),
                threshold,
                part.of(),
                firstDay,
                lastDay);
    }

    private Reason counted(String code, double value, double threshold, long n) {
        return new Reason(code, value, null, threshold, n, firstDay, lastDay);
    }

    private static List<String> caveats(Opinion opinion) {
        return switch (opinion) {
            case PRESENT, SIGNS -> List.of("mutual-aid-community", "answered-in-shifts", "looks-deceive");
            case ABSENT, TOO_LITTLE_EVIDENCE -> List.of();
        };
    }

    /** Answered at once, or by the clock if there is one: automatic accounts' against other people's share. */
    private double weight() {
        boolean clocked = sample.ownClock() && sample.clock().share() >= thresholds.clocked();
        int answered = clocked ? sample.returned().count() : sample.quick().count();
        return Rounded.nearest(
                Statistics.betaBinomialLogRatio(answered, sample.returned().of(), AUTOMATIC, OTHERS), 4);
    }

    /** How the follows received came to be counted or not, and what became of those counted; one row. */
    private Table counts() {
        Map<String, Integer> row = new TreeMap<>();
        row.put("received", follows.received());
        row.put("open", follows.excluded(Exclusion.OPEN));
        row.put("uncovered", follows.excluded(Exclusion.UNCOVERED));
        row.put("followedAlready", follows.excluded(Exclusion.FOLLOWED_ALREADY));
        row.put("brief", follows.excluded(Exclusion.BRIEF));
        row.put("counted", sample.returned().of());
        row.put("followedBack", sample.returned().count());
        row.put("followedBackQuickly", sample.quick().count());
        row.put("throwaways", sample.throwaways().of());
        row.put("throwawaysFollowedBack", sample.throwaways().count());
        row.put("others", sample.others().of());
        row.put("othersFollowedBack", sample.others().count());
        List<String> columns = List.of(
                "received",
                "open",
                "uncovered",
                "followedAlready",
                "brief",
                "counted",
                "followedBack",
                "followedBackQuickly",
                "throwaways",
                "throwawaysFollowedBack",
                "others",
                "othersFollowedBack");
        return new Table(
                "counts",
                columns,
                List.of(columns.stream().map(row::get).map(Integer::doubleValue).toList()));
    }

    /** Minutes from the follow received to the follow-back; each row without its upper edge, but for the last. */
    private Table latencies() {
        List<List<Double>> rows = IntStream.range(0, LATENCY_EDGES.size() - 1)
                .mapToObj(bin -> {
                    int from = LATENCY_EDGES.get(bin);
                    int to = LATENCY_EDGES.get(bin + 1);
                    boolean last = bin == LATENCY_EDGES.size() - 2;
                    return List.of((double) from, (double) to, (double) follows.counted().stream()
                            .filter(FollowReceived::followedBack)
                            .filter(follow -> follow.latency() >= 60L * from && (last || follow.latency() < 60L * to))
                            .count());
                })
                .toList();
        return new Table("latencies", List.of("fromMinutes", "toMinutes", "followBacks"), rows);
    }

    /** By UTC hour of the day at which the follow was received. */
    private Table hours() {
        int[] received = new int[24];
        int[] quick = new int[24];
        int[] own = new int[24];
        for (FollowReceived follow : follows.counted()) {
            received[follow.hour()]++;
            quick[follow.hour()] += follow.followedBackWithin(thresholds.quickSeconds()) ? 1 : 0;
        }
        follows.ownFollows().forEach(at -> own[FollowReceived.hourOf(at)]++);
        List<List<Double>> rows = IntStream.range(0, 24)
                .mapToObj(hour -> doubles(
                        hour,
                        received[hour],
                        quick[hour],
                        own[hour],
                        Math.floorMod(hour - quietHours.first(), 24) < QuietHours.HOURS ? 1 : 0))
                .toList();
        return new Table("hours", List.of("hour", "received", "followedBackQuickly", "ownFollows", "quiet"), rows);
    }

    /** Batches of follow-backs by the minute of the hour at which they begin; minutes without any are left out. */
    private Table minutes() {
        List<Long> followBacks = follows.counted().stream()
                .filter(FollowReceived::followedBack)
                .map(FollowReceived::followedBackAt)
                .toList();
        Map<Long, Integer> byMinute = new TreeMap<>();
        for (long batch : BatchClock.batches(followBacks, thresholds)) {
            byMinute.merge(Math.floorMod(batch, FollowReceived.HOUR) / 60, 1, Integer::sum);
        }
        return new Table("batch-minutes", List.of("minute", "batches"), rows(byMinute));
    }

    /** Follows received and counted by UTC epoch day; days without any are left out. */
    private Table days() {
        Map<Long, Integer> byDay = new TreeMap<>();
        follows.counted().forEach(follow -> byDay.merge(follow.day(), 1, Integer::sum));
        return new Table("days-received", List.of("day", "received"), rows(byDay));
    }

    private static List<List<Double>> rows(Map<Long, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> doubles(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Double> doubles(long... values) {
        return LongStream.of(values).mapToObj(value -> (double) value).toList();
    }
}
