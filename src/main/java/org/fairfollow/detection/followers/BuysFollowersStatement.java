package org.fairfollow.detection.followers;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.followers.BuysFollowersDetector.Judgement;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.detection.followers.Stripes.Stripe;

/**
 * Says in words what was observed: numbers with their bounds, never who is behind it. Lower bounds are rounded down and
 * upper bounds up; what is called "about" is rounded to the nearest.
 */
record BuysFollowersStatement(
        long asOf, SampledFollowers sample, FakeShare share, PurchasePattern pattern, Thresholds thresholds) {

    static LocalDate day(long second) {
        return Wording.dayOf(Math.clamp(second, 0, FollowerCounts.LAST_SECOND));
    }

    private LocalDate today() {
        return day(asOf);
    }

    String of(Judgement judgement) {
        return switch (judgement.opinion()) {
            case PRESENT -> sampled() + estimated() + "." + patterns() + " Who ordered them is unknown.";
            case SIGNS ->
                sampled() + estimated() + "." + patterns()
                        + " Who ordered them is unknown, and some bounds or innocent explanations remain open.";
            case ABSENT -> sampled() + excluded();
            case TOO_LITTLE_EVIDENCE -> undecided(judgement);
        };
    }

    private String undecided(Judgement judgement) {
        String detail = judgement.missing().getFirst().detail();
        return sample.followers().isEmpty()
                ? "Too little evidence. " + detail
                : sampled() + " too little evidence. " + detail;
    }

    private String sampled() {
        String day = Wording.day(day(sample.sampleAt()), today());
        return sample.total() > 0
                ? "%s, %,d of %s:"
                        .formatted(
                                day, sample.followers().size(), Wording.count(sample.total(), "follower", "followers"))
                : "%s, %s:".formatted(day, Wording.count(sample.followers().size(), "follower", "followers"));
    }

    private String estimated() {
        return " about %s in 100 look fake (at least %s)"
                .formatted(
                        Rounded.text(Rounded.nearest(100 * share.value(), 0)),
                        Rounded.text(Rounded.down(100 * share.atLeast(thresholds.z()), 0)));
    }

    private String excluded() {
        String most = Rounded.text(Rounded.up(100 * share.atMost(thresholds.absentZ()), 0));
        return share.indistinguishableFromNone()
                ? " the share that looks fake is not distinguishable from zero (at most %s in 100).".formatted(most)
                : " about %s in 100 look fake (at most %s)."
                        .formatted(Rounded.text(Rounded.nearest(100 * share.value(), 0)), most);
    }

    /** One sentence for all the families that show. */
    private String patterns() {
        List<String> seen = new ArrayList<>();
        BuysFollowersFinding.longest(pattern.stripes())
                .ifPresent(stripe ->
                        seen.add("%s that look fake follow one after the other, nine in ten of them created %s"
                                .formatted(
                                        Wording.count(stripe.fakes(), "sampled follower", "sampled followers"),
                                        created(stripe))));
        if (pattern.dynamics()) {
            BuysFollowersFinding.largest(pattern.bursts())
                    .ifPresent(burst -> seen.add("%s came %s"
                            .formatted(
                                    Wording.count((long) burst.gained(), "follower", "followers"),
                                    Wording.period(
                                                    LocalDate.ofEpochDay(burst.firstDay()),
                                                    LocalDate.ofEpochDay(burst.lastDay()),
                                                    today())
                                            + (burst.ended() ? ", and then hardly any" : "")
                                            + (burst.shrank()
                                                    ? ", of whom %s in 100 were lost again within %d days"
                                                            .formatted(
                                                                    Rounded.text(Rounded.down(100 * burst.lost(), 0)),
                                                                    thresholds
                                                                            .burst()
                                                                            .lostDays())
                                                    : ""))));
        }
        if (pattern.synchrony()) {
            seen.add(String.format(
                    Locale.ENGLISH,
                    "%d other accounts each gained a share of the same followers within the same hours",
                    pattern.shared().companions()));
        }
        return " Followers arrived in a pattern seen in bought batches: " + String.join("; ", seen) + ".";
    }

    private String created(Stripe stripe) {
        LocalDate first = LocalDate.ofEpochDay(stripe.createdFrom());
        LocalDate last = LocalDate.ofEpochDay(stripe.createdTo());
        return first.equals(last)
                ? "on " + Wording.day(first, today())
                : "from " + Wording.day(first, today()) + " to " + Wording.day(last, today());
    }
}
