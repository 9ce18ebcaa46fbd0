package org.fairfollow.detection.followchurn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Span;

/**
 * What is known of an account's follows where the stream showed too few of them: what observers told, and the course of
 * its following count. Neither can show the pattern as the main rule does, so both together make signs and no more.
 */
record IndirectEvidence(long asOf, ToldLeavings told, FollowingTurnover turnover, boolean fresh) {
    /** What the queue allows one channel; counters alone are never more than that. */
    private static final double TURNOVER_WEIGHT = 3;

    static IndirectEvidence of(Dossier dossier, Span window, Thresholds thresholds) {
        ToldLeavings told = ToldLeavings.of(dossier, window, thresholds);
        FollowingTurnover turnover = FollowingTurnover.of(dossier, thresholds);
        return new IndirectEvidence(dossier.asOf(), told, turnover, window.from() <= turnover.lastFallAt());
    }

    boolean shows() {
        return told.shows() || sawtooth();
    }

    /** A sawtooth that ended before the window says nothing about today. */
    private boolean sawtooth() {
        return fresh && turnover.shows();
    }

    /** The finding of the stream, which had too little evidence, with the signs that show elsewhere. */
    Finding signs(Finding stream) {
        List<String> statements = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        List<String> caveats = new ArrayList<>(List.of("pruning-own-list", "never-answered"));
        List<Table> tables = new ArrayList<>(stream.tables());
        long lastEvidenceAt = stream.lastEvidenceAt();
        double weight = stream.weight();
        if (told.shows()) {
            statements.add(toldStatement());
            reasons.addAll(toldReasons());
            caveats.add("blocks-or-suspensions");
            caveats.add(told.comparable() ? "told-by-observers" : "returned-not-told");
            tables.add(toldTable());
            lastEvidenceAt = Math.max(lastEvidenceAt, told.lastEventAt());
            weight += Statistics.betaBinomialLogRatio(
                    told.leftBeyondDoubt(),
                    told.unreturned().size(),
                    FollowChurnFinding.CHURNERS,
                    FollowChurnFinding.OTHERS);
        }
        if (sawtooth()) {
            statements.add(turnoverStatement());
            reasons.addAll(turnoverReasons());
            caveats.add("count-only");
            tables.add(turnoverTable());
            tables.add(weeksTable());
            lastEvidenceAt = Math.max(lastEvidenceAt, turnover.lastFallAt());
            weight += TURNOVER_WEIGHT;
        }
        Sources seen = stream.sources();
        return new Finding(
                stream.practice(),
                stream.detector(),
                Opinion.SIGNS,
                false,
                String.join(" ", statements),
                reasons,
                List.of(),
                stream.spark(),
                List.of(),
                List.copyOf(caveats),
                new Sources(seen.measured() + (sawtooth() ? 1 : 0), seen.reported() + (told.shows() ? 1 : 0)),
                tables,
                lastEvidenceAt,
                Rounded.nearest(weight, 4));
    }

    private String toldStatement() {
        Thresholds thresholds = told.thresholds();
        return ("%s, %s told by observers. Of these, not returned, %s in 100 were gone within 28 days (at least %s, if %s in"
                        + " 100 of those gone were blocks or suspensions); %d independent observers told so.")
                .formatted(
                        period(told.firstAt(), told.lastEventAt()),
                        Wording.count(told.unreturned().size(), "follow", "follows"),
                        Rounded.text(Rounded.nearest(
                                100.0 * told.left() / told.unreturned().size(), 0)),
                        Rounded.text(
                                Rounded.down(100 * told.share(thresholds.z()).lower(), 0)),
                        Rounded.text(Rounded.nearest(100 * thresholds.told().notLeft(), 0)),
                        told.independent());
    }

    private List<Reason> toldReasons() {
        Thresholds thresholds = told.thresholds();
        Statistics.Interval bounds = told.share(thresholds.z());
        List<Reason> reasons = new ArrayList<>();
        int n = told.unreturned().size();
        LocalDate from = Wording.dayOf(told.firstAt());
        LocalDate to = Wording.dayOf(told.lastEventAt());
        reasons.add(new Reason(
                "told-leavings",
                Rounded.nearest(told.share(), 4),
                List.of(Rounded.down(bounds.lower(), 4), Rounded.up(bounds.upper(), 4)),
                thresholds.likely().dropped(),
                n,
                from,
                to));
        reasons.add(new Reason("told-follows", n, null, thresholds.told().follows(), n, from, to));
        reasons.add(new Reason(
                "told-observers", told.independent(), null, thresholds.told().observers(), told.left(), from, to));
        reasons.add(new Reason(
                "told-weeks-with-follows",
                told.weeksWithFollows(),
                null,
                thresholds.likely().weeks(),
                n,
                from,
                to));
        reasons.add(new Reason(
                "told-weeks-with-leavings",
                told.weeksWithLeavings(),
                null,
                thresholds.likely().weeks(),
                told.left(),
                from,
                to));
        if (told.comparable()) {
            reasons.add(new Reason(
                    "told-selectivity",
                    Rounded.down(told.ratio(), 4),
                    null,
                    thresholds.likely().ratio(),
                    (long) n + told.returned().size(),
                    from,
                    to));
        }
        return reasons;
    }

    private Table toldTable() {
        return new Table(
                "told-leavings",
                List.of(
                        "notReturned",
                        "notReturnedLeft",
                        "leftBeyondDoubt",
                        "returned",
                        "returnedLeft",
                        "followedFirst",
                        "independentObservers"),
                List.of(List.of(
                        (double) told.unreturned().size(),
                        (double) told.left(),
                        (double) told.leftBeyondDoubt(),
                        (double) told.returned().size(),
                        (double) told.returnedLeft(),
                        (double) told.followedFirst(),
                        (double) told.independent())));
    }

    private String turnoverStatement() {
        return "%s, %s of the number of accounts followed, %s on average: in all it rose by %s and fell by %s."
                .formatted(
                        period(turnover.firstAt(), turnover.lastFallAt()),
                        Wording.count(turnover.kept().size(), "reading", "readings"),
                        whole(turnover.mean()),
                        whole(turnover.rise()),
                        whole(turnover.fall()));
    }

    private static String whole(double value) {
        return String.format(Locale.ENGLISH, "%,.0f", Rounded.nearest(value, 0));
    }

    private String period(long from, long to) {
        return Wording.period(Wording.dayOf(from), Wording.dayOf(to), Wording.dayOf(asOf));
    }

    private List<Reason> turnoverReasons() {
        Thresholds thresholds = turnover.thresholds();
        return List.of(
                turned(
                        "following-turnover",
                        turnover.turnover(),
                        thresholds.turnover().follows()),
                turned(
                        "following-turnover-of-mean",
                        Rounded.down(turnover.ofMean(), 4),
                        thresholds.turnover().ofMean()),
                turned(
                        "following-readings",
                        turnover.kept().size(),
                        thresholds.turnover().readings()),
                turned(
                        "weeks-with-rises",
                        turnover.weeksWithRises(),
                        thresholds.likely().weeks()),
                turned(
                        "weeks-with-falls",
                        turnover.weeksWithFalls(),
                        thresholds.likely().weeks()));
    }

    private Reason turned(String code, double value, double threshold) {
        return new Reason(
                code,
                value,
                null,
                threshold,
                turnover.kept().size(),
                Wording.dayOf(turnover.firstAt()),
                Wording.dayOf(turnover.lastFallAt()));
    }

    private Table turnoverTable() {
        return new Table(
                "following-turnover",
                List.of("readings", "setAside", "mean", "rise", "fall", "turnover"),
                List.of(List.of(
                        (double) turnover.kept().size(),
                        (double) turnover.setAside(),
                        Rounded.nearest(turnover.mean(), 2),
                        turnover.rise(),
                        turnover.fall(),
                        turnover.turnover())));
    }

    /** By seven days counted back from the newest reading; {@code firstDay} is a UTC epoch day. */
    private Table weeksTable() {
        List<List<Double>> rows = turnover.weeks().entrySet().stream()
                .map(entry -> List.of(
                        (double) entry.getKey(),
                        (double) entry.getValue().readings(),
                        entry.getValue().rise(),
                        entry.getValue().fall()))
                .toList();
        return new Table("following-weeks", List.of("firstDay", "readings", "rise", "fall"), rows);
    }
}
