package org.fairfollow.detection.followers;

import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.Statistics.Validation;
import org.fairfollow.detection.followers.SampledFollowers.Follower;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.OwnerClaim;

/**
 * Judges whether followers arrived in a pattern seen in bought batches.
 *
 * <p>Two things must come together: among followers sampled over all ranks a large share looks fake, after correction for
 * the errors of whoever says so; and at least two of three families of pattern show: runs of followers created together,
 * bursts that end at once or are lost again, and the same followers arriving elsewhere in the same hours. Neither says who
 * ordered them.
 */
public final class BuysFollowersDetector implements Detector {
    static final String VERSION = "buys-followers/1";

    private final Thresholds thresholds;
    private final Validation classifier;

    public BuysFollowersDetector() {
        this(Thresholds.DEFAULT, classifier(Authenticity.MODEL.validation()));
    }

    BuysFollowersDetector(Thresholds thresholds, Validation classifier) {
        this.thresholds = thresholds;
        this.classifier = classifier;
    }

    private static Validation classifier(AuthenticityModel.Validation validation) {
        return new Validation(
                validation.fakesFound(), validation.fakes(), validation.genuineKept(), validation.genuine());
    }

    /**
     * What the rule compares with. To change one takes evidence and an ADR; {@code docs/adr/0005-follower-authenticity.md}
     * says where they come from.
     *
     * @param z of bounds that accuse, one-sided; corrected for looking weekly over 90 days
     * @param alibiZ of bounds under an alibi, and within a pattern: 99 %, one-sided
     * @param absentZ of the bound that excludes a large share: 99 %, one-sided
     * @param share least lower bound of the share of followers that look fake
     * @param families fewest families of pattern
     */
    public record Thresholds(
            double z,
            double alibiZ,
            double absentZ,
            double share,
            int families,
            Sample sample,
            Plausible plausible,
            Stripe stripe,
            Burst burst,
            Synchrony synchrony) {

        /**
         * What a sample of followers must be.
         *
         * @param days how old it may be
         * @param followers fewest that can be judged
         * @param judged least share that can be judged
         * @param spread least share of its due that each tenth of the ranks must hold
         * @param census from this share of all followers on it is no sample, and has no design effect
         * @param group fewest followers that say anything of a group among them
         */
        public record Sample(int days, int followers, double judged, double spread, double census, int group) {}

        /**
         * How good and how bad the classifier may be on a network it was not validated on; the worse counts for whatever
         * is concluded.
         *
         * @param power least sum of sensitivity and specificity, less one
         */
        public record Plausible(
                double leastSensitivity,
                double mostSensitivity,
                double leastSpecificity,
                double mostSpecificity,
                double power) {}

        /**
         * Runs of followers created together, in the order in which they followed.
         *
         * @param window sampled followers in a row
         * @param stride from a window to the next
         * @param bins of creation date, each holding as many of the followers that do not look fake
         * @param score least (followers in the bin − median of the bins − 1) / (interquartile range + 1)
         * @param share least share of a window that lies in one bin
         * @param reference fewest followers that do not look fake, to make bins of
         * @param freshDays followers created within so many days of their follow may be a wave of people signing up
         */
        public record Stripe(
                int window, int stride, int bins, double score, double share, int reference, int freshDays) {}

        /**
         * Gains of followers beyond what is usual.
         *
         * @param times the median gain a day
         * @param followers fewest gained
         * @param growth least gain, as a share of the followers before
         * @param chance most likely that a negative binomial baseline yields such a gain
         * @param spacingDays readings that lie further apart do not say when a gain was made
         * @param longestDays what lasts longer is popularity, not a delivery
         * @param afterTimes most gained a day once it has ended, in times the median: what is viral fades slowly
         * @param afterShare the same, as a share of its height
         * @param afterDays for so long
         * @param lost least share of the gain that is lost again
         * @param lostDays within so many days
         * @param atOnce a share of the gain lost between two readings that makes it an error of the readings
         * @param readings fewest days with a reading
         * @param inexact how far an abbreviated count may be off
         */
        public record Burst(
                double times,
                double followers,
                double growth,
                double chance,
                int spacingDays,
                int longestDays,
                double afterTimes,
                double afterShare,
                int afterDays,
                double lost,
                int lostDays,
                double atOnce,
                int readings,
                double inexact) {}

        /**
         * The same followers arriving elsewhere in the same hours.
         *
         * @param companions fewest accounts at which they did
         * @param share least share of the arrivals that each of them shares
         * @param arrivals fewest arrivals that each of them shares
         * @param prizeHunters share of the followers that look fake who may be people following for a prize, where nothing
         *     shows that they were created together: partners of a giveaway share arrivals, and lose them again
         * @param pack so many accounts that share {@code packShare} of the arrivals each look like a starter pack: one has
         *     eight members at least, so each sees seven others
         */
        public record Synchrony(
                int companions, double share, int arrivals, double prizeHunters, int pack, double packShare) {}

        public static final Thresholds DEFAULT = new Thresholds(
                3.36,
                2.326,
                2.326,
                .25,
                2,
                new Sample(90, 385, .90, .5, .95, 30),
                new Plausible(.70, 1, .86, 1, .5),
                new Stripe(200, 40, 12, 6, .25, 36, 7),
                new Burst(10, 200, .10, 1e-6, 3, 14, 2, .05, 3, .30, 60, .90, 12, .05),
                new Synchrony(3, .20, 50, .5, 7, .5));
    }

    /** The opinion with what led to it. */
    record Judgement(Opinion opinion, List<Alibi> alibis, List<Missing> missing) {
        static Judgement undecided(List<Missing> missing) {
            return new Judgement(Opinion.TOO_LITTLE_EVIDENCE, List.of(), missing);
        }
    }

    @Override
    public Practice practice() {
        return Practice.BUYS_FOLLOWERS;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return BuysFollowersDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Optional<Dossier> placebo(Dossier dossier) {
        return FollowersPlacebo.of(dossier);
    }

    @Override
    public Finding judge(Dossier dossier) {
        SampledFollowers sample = SampledFollowers.of(dossier, thresholds);
        FakeShare share = share(sample);
        PurchasePattern pattern = pattern(dossier, sample);
        boolean disowned = isDisowned(dossier);
        Judgement judgement = judge(dossier, sample, share, pattern, disowned);
        return new BuysFollowersFinding(dossier, sample, share, pattern, disowned, thresholds).of(judgement);
    }

    private Judgement judge(
            Dossier dossier, SampledFollowers sample, FakeShare share, PurchasePattern pattern, boolean disowned) {
        FollowersRequirements requirements = new FollowersRequirements(thresholds);
        List<Missing> unseen = requirements.unmetBySample(sample, share);
        if (!unseen.isEmpty()) {
            return Judgement.undecided(unseen);
        }
        boolean large = share.atLeast(thresholds.z()) >= thresholds.share();
        if (pattern.families() == 0) {
            if (share.atMost(thresholds.absentZ()) < thresholds.share()) {
                return new Judgement(Opinion.ABSENT, List.of(), List.of());
            }
            return Judgement.undecided(
                    large ? requirements.unmetByPattern() : requirements.unmetByCertainty(share, false));
        }
        if (share.value() < thresholds.share()) {
            // Somebody whose fame came in a night has bursts too. Nothing is held against followers that look genuine.
            return Judgement.undecided(requirements.unmetByCertainty(share, true));
        }
        List<Alibi> alibis = alibis(dossier, sample, pattern);
        boolean present = large
                && pattern.families() >= thresholds.families()
                && alibis.stream().allMatch(Alibi::survived)
                && sample.measured()
                && !disowned;
        return new Judgement(present ? Opinion.PRESENT : Opinion.SIGNS, alibis, List.of());
    }

    /** An alibi leaves at least as many families as there were, or as the rule asks for. */
    private List<Alibi> alibis(Dossier dossier, SampledFollowers sample, PurchasePattern pattern) {
        int needed = Math.min(pattern.families(), thresholds.families());
        return List.of(
                new Alibi("worst-classifier", survives(dossier, sample.withUnknownGenuine(), needed)),
                new Alibi("inactive-not-fake", survives(dossier, sample.withGenuine(Follower::fallenSilent), needed)),
                new Alibi("sign-up-wave", survives(dossier, sample.withGenuine(Follower::fresh), needed)),
                new Alibi("viral-burst", pattern.familiesUnlessViral() >= needed),
                new Alibi("prize-hunters", pattern.provenance() || survivesGiveaway(sample)));
    }

    /** People who follow for a prize follow many and are followed by few, as bought followers are. */
    private boolean survivesGiveaway(SampledFollowers sample) {
        long others = Math.round(sample.fakes() * (1 - thresholds.synchrony().prizeHunters()));
        return share(others, sample.judged(), sample.effective()).atLeast(thresholds.alibiZ()) >= thresholds.share();
    }

    /** Under an alibi chance and the number of looks are dealt with already; see follow-churn. */
    private boolean survives(Dossier dossier, SampledFollowers sample, int needed) {
        return share(sample).atLeast(thresholds.alibiZ()) >= thresholds.share()
                && pattern(dossier, sample).families() >= needed;
    }

    private PurchasePattern pattern(Dossier dossier, SampledFollowers sample) {
        return PurchasePattern.of(dossier, sample, this::share, thresholds);
    }

    private FakeShare share(SampledFollowers sample) {
        return share(sample.fakes(), sample.judged(), sample.effective());
    }

    /** Of a group of followers, how many look fake. */
    FakeShare share(long fakes, long judged, double effective) {
        return new FakeShare(fakes, judged, effective, classifier, thresholds.plausible());
    }

    /** The owner's word takes an accusation down until somebody has looked at it. */
    private static boolean isDisowned(Dossier dossier) {
        return dossier.observations().statements().stream()
                .anyMatch(statement -> statement.measured() && statement.claim() == OwnerClaim.FOLLOWERS_NOT_ORDERED);
    }
}
