package org.fairfollow.detection.followers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.detection.followers.Bursts.Burst;
import org.fairfollow.detection.followers.BuysFollowersDetector.Judgement;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.detection.followers.FollowerCounts.Reading;
import org.fairfollow.detection.followers.Stripes.Stripe;
import org.fairfollow.evidence.Dossier;

/** Writes out a judgement on followers with its numbers, so that whoever is judged can recount them. */
final class BuysFollowersFinding {
    private static final long DAY = 86_400;
    private static final int MOST_ROWS = 366;

    /** A ratio beyond this says no more. */
    private static final double LARGEST_RATIO = 1_000_000;

    /**
     * Shares of followers that look fake, by account: assumed, not measured. The second has its mean at the tenth that
     * such classifiers find among anybody's followers.
     */
    private static final Statistics.Beta BOUGHT = new Statistics.Beta(4, 4);

    private static final Statistics.Beta OTHERS = new Statistics.Beta(1.2, 10.8);

    /** Of the logarithm: neighbours in a list of followers are no independent witnesses. */
    private static final double MOST_WEIGHT = 3;

    private final Dossier dossier;
    private final SampledFollowers sample;
    private final FakeShare share;
    private final PurchasePattern pattern;
    private final boolean disowned;
    private final Thresholds thresholds;

    BuysFollowersFinding(
            Dossier dossier,
            SampledFollowers sample,
            FakeShare share,
            PurchasePattern pattern,
            boolean disowned,
            Thresholds thresholds) {
        this.dossier = dossier;
        this.sample = sample;
        this.share = share;
        this.pattern = pattern;
        this.disowned = disowned;
        this.thresholds = thresholds;
    }

    Finding of(Judgement judgement) {
        return new Finding(
                Practice.BUYS_FOLLOWERS,
                BuysFollowersDetector.VERSION,
                judgement.opinion(),
                false,
                new BuysFollowersStatement(dossier.asOf(), sample, share, pattern, thresholds).of(judgement),
                reasons(),
                judgement.alibis(),
                null,
                judgement.missing(),
                caveats(judgement),
                sources(),
                List.of(followers(), families(), stripes(), bursts(), readings(), shared()),
                lastEvidenceAt(),
                weight());
    }

    private boolean sampled() {
        return !sample.followers().isEmpty();
    }

    private boolean arrived() {
        return pattern.shared().arrivals() > 0;
    }

    /** The sample's time where there is one: readings that go on do not make what it showed any younger. */
    private long lastEvidenceAt() {
        if (sampled() || sample.isHidden()) {
            return sample.sampleAt();
        }
        if (pattern.families() == 0) {
            return 0; // Some readings or arrivals without a pattern bear on nothing; everybody has them.
        }
        long reading =
                pattern.readings().isEmpty() ? 0 : pattern.readings().getLast().day() * DAY;
        long arrival = dossier.arrivals().newest().stream()
                .mapToLong(one -> one.span().from())
                .max()
                .orElse(0);
        return LongStream.of(reading, arrival)
                .filter(second -> second <= dossier.asOf())
                .max()
                .orElse(0);
    }

    private List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        if (sampled()) {
            LocalDate day = BuysFollowersStatement.day(sample.sampleAt());
            if (share.tells() && sample.judged() > 0) {
                double z = thresholds.z();
                double lower = Math.min(share.atLeast(z), share.value());
                double upper = Math.max(share.atMost(z), share.value());
                reasons.add(new Reason(
                        "fake-follower-share",
                        Rounded.nearest(share.value(), 4),
                        List.of(Rounded.down(lower, 4), Rounded.up(upper, 4)),
                        thresholds.share(),
                        sample.judged(),
                        day,
                        day));
            }
            reasons.add(counted(
                    "followers-sampled", sample.judged(), thresholds.sample().followers(), sample.judged(), day, day));
            reasons.add(counted(
                    "sample-ranks",
                    Rounded.down(sample.spread(), 4),
                    thresholds.sample().spread(),
                    sample.followers().size(),
                    day,
                    day));
            reasons.add(
                    counted("pattern-families", pattern.families(), thresholds.families(), sample.judged(), day, day));
            longest(pattern.stripes())
                    .ifPresent(stripe -> reasons.add(counted(
                            "created-together",
                            Rounded.down(Math.min(stripe.score(), LARGEST_RATIO), 2),
                            thresholds.stripe().score(),
                            stripe.followers(),
                            day,
                            day)));
        }
        largest(pattern.bursts()).ifPresent(burst -> reasons.addAll(ofBurst(burst)));
        if (arrived()) {
            LocalDate first = BuysFollowersStatement.day(dossier.arrivals().newest().stream()
                    .mapToLong(one -> one.span().from())
                    .min()
                    .orElse(dossier.asOf()));
            LocalDate last = BuysFollowersStatement.day(Math.max(first.toEpochDay() * DAY, lastArrival()));
            reasons.add(counted(
                    "shared-arrivals",
                    pattern.shared().companions(),
                    thresholds.synchrony().companions(),
                    pattern.shared().arrivals(),
                    first,
                    last));
        }
        return List.copyOf(reasons);
    }

    private long lastArrival() {
        return dossier.arrivals().newest().stream()
                .mapToLong(one -> one.span().from())
                .max()
                .orElse(dossier.asOf());
    }

    private List<Reason> ofBurst(Burst burst) {
        LocalDate first = LocalDate.ofEpochDay(burst.firstDay());
        LocalDate last = LocalDate.ofEpochDay(burst.lastDay());
        long n = pattern.readings().size();
        List<Reason> reasons = new ArrayList<>();
        reasons.add(counted(
                "burst-height",
                Rounded.down(Math.min(burst.times(), LARGEST_RATIO), 2),
                thresholds.burst().times(),
                n,
                first,
                last));
        Double after = burst.afterTimes();
        if (after != null) {
            // What is lost again is none of what was gained afterwards.
            reasons.add(counted(
                    "burst-aftermath",
                    Rounded.up(Math.clamp(after, 0, LARGEST_RATIO), 2),
                    thresholds.burst().afterTimes(),
                    n,
                    first,
                    last));
        }
        reasons.add(counted(
                "burst-lost", Rounded.down(burst.lost(), 4), thresholds.burst().lost(), n, first, last));
        return reasons;
    }

    private static Reason counted(String code, double value, double threshold, long n, LocalDate from, LocalDate to) {
        return new Reason(code, value, null, threshold, n, from, to);
    }

    static Optional<Stripe> longest(List<Stripe> stripes) {
        return stripes.stream().max(Comparator.comparingInt(Stripe::fakes).thenComparingInt(Stripe::firstRank));
    }

    /** One that counts before one that does not. */
    static Optional<Burst> largest(List<Burst> bursts) {
        return bursts.stream()
                .max(Comparator.comparing(Burst::counts)
                        .thenComparingDouble(Burst::gained)
                        .thenComparingLong(Burst::firstDay)
                        .thenComparingLong(Burst::lastDay));
    }

    private List<String> caveats(Judgement judgement) {
        List<String> caveats = new ArrayList<>();
        boolean shows = judgement.opinion() == Opinion.PRESENT || judgement.opinion() == Opinion.SIGNS;
        boolean large = sampled() && share.tells() && share.value() >= thresholds.share();
        if (shows) {
            caveats.add("who-ordered-unknown");
        }
        if (shows && disowned) {
            caveats.add("owner-did-not-order");
        }
        if (!shows && large) {
            caveats.add("cause-unknown");
        }
        if (sampled()) {
            caveats.add("classifier-elsewhere");
        }
        if (shows && !sample.measured()) {
            caveats.add("told-only");
        }
        return List.copyOf(caveats);
    }

    private Sources sources() {
        int measured = (sampled() && sample.measured() ? 1 : 0)
                + (dossier.observations().profiles().stream().anyMatch(profile -> profile.measured()) ? 1 : 0)
                + (arrived() ? 1 : 0);
        return new Sources(measured, sampled() && !sample.measured() ? 1 : 0);
    }

    private double weight() {
        if (sample.judged() == 0) {
            return 0;
        }
        double ratio = Statistics.betaBinomialLogRatio(sample.fakes(), sample.judged(), BOUGHT, OTHERS);
        return Rounded.nearest(Math.clamp(ratio, -MOST_WEIGHT, MOST_WEIGHT), 4);
    }

    /** What the sampled followers look like; one row. */
    private Table followers() {
        List<String> columns = List.of("total", "sampled", "fake", "inactive", "genuine", "unknown", "effective");
        List<Double> row = List.of(
                (double) sample.total(),
                (double) sample.followers().size(),
                (double) sample.fakes(),
                (double) sample.count(Kind.INACTIVE),
                (double) sample.count(Kind.GENUINE),
                (double) sample.count(Kind.UNKNOWN),
                Rounded.down(sample.effective(), 1));
        return new Table("followers", columns, List.of(row));
    }

    /** Which families of pattern show: 1 or 0. */
    private Table families() {
        List<Double> row = Stream.of(pattern.provenance(), pattern.dynamics(), pattern.synchrony())
                .map(shows -> shows ? 1.0 : 0.0)
                .toList();
        return new Table("families", List.of("provenance", "dynamics", "synchrony"), List.of(row));
    }

    /** Days are UTC epoch days. */
    private Table stripes() {
        return new Table(
                "stripes",
                List.of("firstRank", "lastRank", "followers", "fake", "createdFrom", "createdTo", "score"),
                pattern.stripes().stream()
                        .limit(MOST_ROWS)
                        .map(stripe -> List.of(
                                (double) stripe.firstRank(),
                                (double) stripe.lastRank(),
                                (double) stripe.followers(),
                                (double) stripe.fakes(),
                                (double) stripe.createdFrom(),
                                (double) stripe.createdTo(),
                                Rounded.down(stripe.score(), 2)))
                        .toList());
    }

    private Table bursts() {
        return new Table(
                "bursts",
                List.of("firstDay", "lastDay", "before", "gained", "lost", "ended"),
                pattern.bursts().stream()
                        .limit(MOST_ROWS)
                        .map(burst -> List.of(
                                (double) burst.firstDay(),
                                (double) burst.lastDay(),
                                burst.before(),
                                Rounded.down(burst.gained(), 0),
                                Rounded.down(burst.lost() * burst.gained(), 0),
                                burst.ended() ? 1.0 : 0.0))
                        .toList());
    }

    /** The newest readings of the followers in all. */
    private Table readings() {
        List<Reading> all = pattern.readings();
        return new Table(
                "readings",
                List.of("day", "followers"),
                all.subList(Math.max(0, all.size() - MOST_ROWS), all.size()).stream()
                        .map(reading -> List.of((double) reading.day(), reading.count()))
                        .toList());
    }

    /** Without a name: how many of the arrivals came to another account within the hour, a row for each. */
    private Table shared() {
        return new Table(
                "shared-arrivals",
                List.of("shared"),
                pattern.shared().shared().stream()
                        .limit(MOST_ROWS)
                        .map(count -> List.of((double) count))
                        .toList());
    }
}
