package org.fairfollow.detection.followchurn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fairfollow.detection.Completeness;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds.Bar;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Span;

/**
 * Judges follow-churn: following many accounts, then leaving those that did not follow back.
 *
 * <p>Two numbers carry the accusation: what share of unreturned follows is dropped within 28 days (S), and how much more
 * often they are dropped than returned ones of the same age (HR). Counts of weeks and of drop windows tell a habit from
 * tidying up. Before the pattern is called present, it is judged again under each innocent explanation.
 *
 * <p>Where the stream showed too few of the follows, what observers tell and the course of the following count may make
 * signs, never more. Where it showed enough of them, neither is looked at: the stream knows whom the account left and
 * whether they had followed back, and somebody who drops whomever alike makes a sawtooth, too.
 */
public final class FollowChurnDetector implements Detector {
    static final String VERSION = "follow-churn/3";

    private final Thresholds thresholds;

    public FollowChurnDetector() {
        this(Thresholds.DEFAULT);
    }

    public FollowChurnDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What the rule compares with. The values were chosen on simulated accounts; to change one takes evidence and an
     * ADR.
     *
     * @param windowDays how far back follows are looked at
     * @param activeWithinDays a follow counts if its target was active within so many days of it, before or after
     * @param fewestUnreturnedDays drops of an age bin accuse with at least so many follow-days not yet returned in it
     * @param z of both bounds, one-sided; corrected for looking weekly over 90 days
     * @param likely what makes the pattern present
     * @param confirmed what makes it a candidate for confirmation besides
     * @param weeklyFollows fewest follows of a week that counts
     * @param fewestDrops fewest drops of a week or a drop window that counts
     * @param weeklyDropShare fewest drops of a week that counts, as a share of all drops
     * @param windowDropShare fewest drops of the third-busiest drop window, as a share of the busiest
     * @param coverage least share of the evidence that must have been seen
     * @param lostFollowBacks least share of follow-backs that an alibi assumes unseen
     * @param follows fewest follows for any opinion
     * @param alibiZ of both bounds when judged again under an alibi: 99 %, one-sided. Chance and the number of looks are
     *     what {@code z} has dealt with by then; an alibi asks whether something else makes the pattern, from the same
     *     data with a part taken away. At {@code z} the alibis would let a fifth of the slow churners go for want of
     *     data alone.
     * @param absentZ of the bounds that show the pattern absent: 99 %, one-sided
     * @param told what makes signs of the follows that observers tell of, besides {@code likely}
     * @param turnover what makes signs of the number of accounts followed, besides the weeks of {@code likely}
     */
    public record Thresholds(
            int windowDays,
            int activeWithinDays,
            int fewestUnreturnedDays,
            double z,
            Bar likely,
            Bar confirmed,
            int weeklyFollows,
            int fewestDrops,
            double weeklyDropShare,
            double windowDropShare,
            double coverage,
            double lostFollowBacks,
            int follows,
            double alibiZ,
            double absentZ,
            Told told,
            Turnover turnover) {

        /**
         * How clear the pattern must be.
         *
         * @param dropped least lower bound of S
         * @param ratio least lower bound of HR
         * @param drops fewest drops of unreturned follows
         * @param weeks fewest ISO weeks with follows, and with drops
         */
        public record Bar(double dropped, double ratio, int drops, int weeks) {}

        /**
         * What observers must tell.
         *
         * @param follows fewest follows not returned
         * @param observers fewest observers, independent of each other, who saw them left
         * @param notLeft share of those seen left that is taken for blocks and suspensions
         * @param returned fewest returned follows to compare with
         */
        public record Told(int follows, int observers, double notLeft, int returned) {}

        /**
         * How much the number of accounts followed must go up and down.
         *
         * @param days how far back it is looked at
         * @param readings fewest daily readings
         * @param follows least turnover: what came and went, counted both ways
         * @param ofMean least turnover as a multiple of the accounts followed on average
         * @param faulty most readings in a row that are set aside when they jump and return
         */
        public record Turnover(int days, int readings, int follows, double ofMean, int faulty) {}

        public static final Thresholds DEFAULT = new Thresholds(
                90,
                28,
                30,
                3.36,
                new Bar(.40, 2, 50, 3),
                new Bar(.50, 3, 100, 4),
                20,
                5,
                .05,
                .25,
                .90,
                .05,
                20,
                2.326,
                2.326,
                new Told(20, 5, .20, 5),
                new Turnover(400, 20, 200, .5, 3));

        double weeklyDrops(double allDrops) {
            return Math.max(fewestDrops, weeklyDropShare * allDrops);
        }

        double windowDrops(double busiestWindow) {
            return Math.max(fewestDrops, windowDropShare * busiestWindow);
        }
    }

    /**
     * The opinion with what led to it.
     *
     * @param estimate the numbers that decided, or came nearest to it
     */
    record Judgement(
            Opinion opinion, boolean strict, ChurnEstimate estimate, List<Alibi> alibis, List<Missing> missing) {

        static Judgement undecided(ChurnEstimate estimate, List<Missing> missing) {
            return new Judgement(Opinion.TOO_LITTLE_EVIDENCE, false, estimate, List.of(), missing);
        }
    }

    @Override
    public Practice practice() {
        return Practice.FOLLOW_CHURN;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return FollowChurnDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Finding judge(Dossier dossier) {
        Span window = new Span(dossier.asOf() - thresholds.windowDays() * ObservedFollow.DAY, dossier.asOf());
        ObservedFollows follows = ObservedFollows.of(dossier, window, thresholds);
        ChurnSample sample = sample(follows.counted());
        Completeness completeness = Completeness.of(dossier, window);
        Judgement judgement = judge(follows, sample, completeness);
        Finding stream = new FollowChurnFinding(dossier, follows, sample, completeness, thresholds).of(judgement);
        boolean seen = new ChurnRequirements(thresholds)
                .unmetByEvidence(follows, completeness)
                .isEmpty();
        // What was left out was seen: it might have shown that the account drops whomever alike.
        if (seen || !completeness.isWhole()) {
            return stream;
        }
        IndirectEvidence indirect = IndirectEvidence.of(dossier, window, thresholds);
        return indirect.shows() ? indirect.signs(stream) : stream;
    }

    @Override
    public Optional<Dossier> placebo(Dossier dossier) {
        return Optional.of(ShuffledFollowBacks.of(dossier));
    }

    private Judgement judge(ObservedFollows follows, ChurnSample sample, Completeness completeness) {
        ChurnRequirements requirements = new ChurnRequirements(thresholds);
        List<Missing> unseen = requirements.unmetByEvidence(follows, completeness);
        if (!unseen.isEmpty()) {
            return Judgement.undecided(sample.excluding(), unseen);
        }
        if (shows(sample.accusing())) {
            List<Missing> unrepeated = requirements.unmetByRepetition(sample, thresholds.likely());
            return unrepeated.isEmpty()
                    ? underAlibis(sample, completeness)
                    : Judgement.undecided(sample.accusing(), unrepeated);
        }
        ChurnEstimate estimate = sample.excluding();
        if (!excludes(estimate)) {
            return Judgement.undecided(estimate, requirements.unmetByCertainty(estimate));
        }
        List<Missing> unplaced = requirements.unmetByOwnFollows(completeness);
        return unplaced.isEmpty()
                ? new Judgement(Opinion.ABSENT, false, estimate, List.of(), List.of())
                : Judgement.undecided(estimate, unplaced);
    }

    private Judgement underAlibis(ChurnSample sample, Completeness completeness) {
        List<Alibi> alibis = List.of(
                new Alibi("two-busiest-days-removed", survives(withoutBusiestDays(sample))),
                new Alibi("live-targets-only", survives(livelyTargets(sample))),
                new Alibi("lost-follow-backs-assumed", survives(lostFollowBacks(sample, completeness))));
        boolean present = meets(thresholds.likely(), thresholds.z(), sample)
                && alibis.stream().allMatch(Alibi::survived);
        boolean strict = present && meets(thresholds.confirmed(), thresholds.z(), sample);
        return new Judgement(present ? Opinion.PRESENT : Opinion.SIGNS, strict, sample.accusing(), alibis, List.of());
    }

    /** The pattern shows in the estimates, whatever their bounds. */
    private boolean shows(ChurnEstimate estimate) {
        Bar bar = thresholds.likely();
        return estimate.dropped() >= bar.dropped() && estimate.ratio() >= bar.ratio();
    }

    /** The pattern needs both numbers, so either one under its threshold beyond doubt excludes it. */
    private boolean excludes(ChurnEstimate estimate) {
        Bar bar = thresholds.likely();
        return estimate.droppedAtMost(thresholds.absentZ()) < bar.dropped()
                || estimate.ratioAtMost(thresholds.absentZ()) < bar.ratio();
    }

    private boolean survives(ChurnSample sample) {
        return meets(thresholds.likely(), thresholds.alibiZ(), sample);
    }

    private boolean meets(Bar bar, double z, ChurnSample sample) {
        return sample.accusing().droppedAtLeast(z) >= bar.dropped()
                && sample.accusing().ratioAtLeast(z) >= bar.ratio()
                && new ChurnRequirements(thresholds)
                        .unmetByRepetition(sample, bar)
                        .isEmpty();
    }

    private ChurnSample sample(List<ObservedFollow> follows) {
        return ChurnSample.of(follows, thresholds.fewestUnreturnedDays());
    }

    /** Two tidy-up days: whatever was dropped on them counts as lost from sight in that moment. */
    private ChurnSample withoutBusiestDays(ChurnSample sample) {
        Set<Long> busiest = sample.calendar().busiestDropDays(2);
        return sample(sample.follows().stream()
                .map(follow ->
                        follow.dropped() && busiest.contains(follow.lastEventDay()) ? follow.withoutDrop() : follow)
                .toList());
    }

    /** Giving up on sleepers: targets must have been active again after the follow, on two days at least. */
    private ChurnSample livelyTargets(ChurnSample sample) {
        return sample(sample.follows().stream().filter(ObservedFollow::lively).toList());
    }

    /**
     * Follow-backs that nobody saw: as many as the loss suggests beside those seen, and dropped as readily as the follows
     * not returned, as by an account that makes no difference. Their drops are moved to the returned follows while those
     * kept are not, which is against the accusation. Taking the loss as a share of the drops would presume more lost
     * follow-backs than there can be, wherever few return a follow.
     */
    private ChurnSample lostFollowBacks(ChurnSample sample, Completeness completeness) {
        double measured = Math.min(completeness.lost(), 1 - thresholds.coverage());
        double lost = Math.max(measured, thresholds.lostFollowBacks());
        long seen = sample.follows().stream().filter(ObservedFollow::returned).count();
        double unseen = seen * lost / (1 - lost);
        return sample.withDropsReturned(unseen * sample.accusing().dropped(), thresholds.fewestUnreturnedDays());
    }
}
