package org.fairfollow.detection.followback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followback.FollowBackSample.Part;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Span;

/**
 * Judges auto-follow-back: following back whoever follows, at once or by the clock.
 *
 * <p>Three things carry the accusation, each by its bound: nearly everybody is followed back within 24 hours; so are
 * followers that look thrown away, whom people spare; and it happens within ten minutes, or in batches by the clock. What
 * observers tell does not count: they know when they saw a relation, not when it began.
 */
public final class AutoFollowBackDetector implements Detector {
    static final String VERSION = "auto-follow-back/2";

    private final Thresholds thresholds;

    public AutoFollowBackDetector() {
        this(Thresholds.DEFAULT);
    }

    public AutoFollowBackDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What the rule compares with; to change a value takes evidence and an ADR.
     *
     * @param windowDays how far back follows received are looked at
     * @param received fewest follows received for any opinion
     * @param returned least share followed back within 24 hours
     * @param compared fewest followers that look thrown away, and fewest others, to be compared
     * @param spared most by which the share of throwaway-looking followers may lie under the others'; also, their share
     *     is beyond doubt at least {@link #returned} less this. A bound on the difference itself would ask for some hundred
     *     of them: of twenty, all followed back, it still leaves 20 points open
     * @param activeWithinDays a follower without counters and without activity of its own within so many days of the
     *     follow looks thrown away
     * @param quickSeconds how soon a follow-back is quick; follow-backs further apart belong to different batches
     * @param quick least share of the follow-backs that are quick, so that their median is
     * @param clockMinutes how often in minutes a clock may strike
     * @param clockSeconds how far apart events may lie that one stroke of a clock accounts for
     * @param clocked least share of the batches that keep to one clock
     * @param z of the bounds that accuse, one-sided; corrected for looking weekly over 90 days
     * @param alibiZ of the bounds when judged again under an alibi: 99 %, one-sided
     * @param absentZ of the bounds that show the pattern absent: 99 %, one-sided
     * @param coverage least share of the evidence that must have been seen; of this account's own follows, to say that it
     *     does not follow back
     */
    public record Thresholds(
            int windowDays,
            int received,
            double returned,
            int compared,
            double spared,
            int activeWithinDays,
            int quickSeconds,
            double quick,
            List<Integer> clockMinutes,
            int clockSeconds,
            double clocked,
            double z,
            double alibiZ,
            double absentZ,
            double coverage) {
        public static final Thresholds DEFAULT = new Thresholds(
                90, 50, .85, 20, .10, 28, 600, .50, List.of(20, 30, 60), 180, .50, 3.36, 2.326, 2.326, .90);

        /** The share of throwaway-looking followers that their bound is compared with. */
        double throwaways() {
            return Rounded.nearest(returned - spared, 4);
        }
    }

    /** The opinion with what led to it. */
    record Judgement(Opinion opinion, List<Alibi> alibis, List<Missing> missing) {
        static Judgement undecided(List<Missing> missing) {
            return new Judgement(Opinion.TOO_LITTLE_EVIDENCE, List.of(), missing);
        }
    }

    @Override
    public Practice practice() {
        return Practice.AUTO_FOLLOW_BACK;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return AutoFollowBackDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Finding judge(Dossier dossier) {
        FollowsReceived follows = FollowsReceived.of(dossier, thresholds);
        FollowBackSample sample = sample(follows.counted());
        QuietHours quietHours = QuietHours.of(follows.ownFollows(), follows.counted(), thresholds.quickSeconds());
        Completeness completeness = completeness(dossier);
        Judgement judgement = judge(sample, quietHours, completeness);
        return new AutoFollowBackFinding(dossier.asOf(), follows, sample, quietHours, completeness, thresholds)
                .of(judgement);
    }

    private Completeness completeness(Dossier dossier) {
        Span window = new Span(dossier.asOf() - thresholds.windowDays() * FollowReceived.DAY, dossier.asOf());
        return Completeness.of(dossier, window);
    }

    private FollowBackSample sample(List<FollowReceived> received) {
        return FollowBackSample.of(received, thresholds);
    }

    private Judgement judge(FollowBackSample sample, QuietHours quietHours, Completeness completeness) {
        FollowBackRequirements requirements = new FollowBackRequirements(thresholds);
        List<Missing> unseen = requirements.unmetByEvidence(sample, completeness);
        if (!unseen.isEmpty()) {
            return Judgement.undecided(unseen);
        }
        if (excludes(sample)) {
            List<Missing> lost = requirements.unmetByOwnFollows(completeness);
            return lost.isEmpty() ? new Judgement(Opinion.ABSENT, List.of(), List.of()) : Judgement.undecided(lost);
        }
        if (!returnsNearlyAll(sample) || !mechanical(sample)) {
            return Judgement.undecided(requirements.unmetByCertainty(sample));
        }
        List<Missing> incomparable = requirements.unmetByComparison(sample);
        if (!incomparable.isEmpty()) {
            return Judgement.undecided(incomparable);
        }
        return indiscriminate(sample)
                ? underAlibis(sample, quietHours)
                : Judgement.undecided(requirements.unmetByCertainty(sample));
    }

    private Judgement underAlibis(FollowBackSample sample, QuietHours quietHours) {
        List<Alibi> alibis = List.of(
                new Alibi("two-busiest-days-removed", meets(withoutBusiestDays(sample), thresholds.alibiZ())),
                new Alibi("quiet-hours", answersInQuietHours(quietHours) || clocked(sample, thresholds.alibiZ())));
        boolean present = meets(sample, thresholds.z()) && alibis.stream().allMatch(Alibi::survived);
        return new Judgement(present ? Opinion.PRESENT : Opinion.SIGNS, alibis, List.of());
    }

    private boolean returnsNearlyAll(FollowBackSample sample) {
        return sample.returned().share() >= thresholds.returned();
    }

    private boolean indiscriminate(FollowBackSample sample) {
        return Rounded.nearest(sample.spared(), 12) <= thresholds.spared();
    }

    /** Quick or by the clock, whatever the bounds. */
    private boolean mechanical(FollowBackSample sample) {
        return sample.quick().share() >= thresholds.quick()
                || (sample.ownClock() && sample.clock().share() >= thresholds.clocked());
    }

    /** The pattern needs all three parts, so any one under its threshold beyond doubt excludes it. */
    private boolean excludes(FollowBackSample sample) {
        double z = thresholds.absentZ();
        return sample.returned().share(z).upper() < thresholds.returned()
                || sample.throwaways().share(z).upper() < thresholds.throwaways()
                || (sample.quick().share(z).upper() < thresholds.quick()
                        && (sample.clockAtMost() < thresholds.clocked()));
    }

    private boolean meets(FollowBackSample sample, double z) {
        FollowBackRequirements requirements = new FollowBackRequirements(thresholds);
        return requirements.unmetByNumber(sample).isEmpty()
                && requirements.unmetByComparison(sample).isEmpty()
                && atLeast(sample.returned(), z, thresholds.returned())
                && indiscriminate(sample)
                && atLeast(sample.throwaways(), z, thresholds.throwaways())
                && (atLeast(sample.quick(), z, thresholds.quick()) || clocked(sample, z));
    }

    private boolean clocked(FollowBackSample sample, double z) {
        return sample.ownClock() && sample.clock().share(z).lower() >= thresholds.clocked();
    }

    private boolean answersInQuietHours(QuietHours quietHours) {
        return atLeast(quietHours.answered(), thresholds.alibiZ(), thresholds.quick());
    }

    private static boolean atLeast(Part part, double z, double threshold) {
        return part.share(z).lower() >= threshold;
    }

    /** A day on which everybody follows everybody, as in a chain of follows: without the two days that brought most. */
    private FollowBackSample withoutBusiestDays(FollowBackSample sample) {
        Map<Long, Integer> byDay = new TreeMap<>();
        sample.received().forEach(follow -> byDay.merge(follow.day(), 1, Integer::sum));
        Set<Long> busiest = new ArrayList<>(byDay.entrySet())
                .stream()
                        .sorted(Map.Entry.<Long, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(2)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        return sample(sample.received().stream()
                .filter(follow -> !busiest.contains(follow.day()))
                .toList());
    }
}
