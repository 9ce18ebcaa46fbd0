package org.fairfollow.detection.followers;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;

/** What an opinion on followers needs; lists what is lacking, in words for the person judged. */
record FollowersRequirements(Thresholds thresholds) {

    /** Enough followers were looked at, over all ranks, by somebody who can tell. */
    List<Missing> unmetBySample(SampledFollowers sample, FakeShare share) {
        Thresholds.Sample required = thresholds.sample();
        List<Missing> missing = new ArrayList<>();
        if (sample.isHidden()) {
            missing.add(new Missing(
                    "followers-hidden",
                    0,
                    required.followers(),
                    "Who follows this account is not shown there, as is its right; at least %d followers are needed."
                            .formatted(required.followers())));
        } else if (sample.judged() < required.followers()) {
            missing.add(new Missing(
                    "followers-sampled",
                    sample.judged(),
                    required.followers(),
                    "Followers looked at in the last %d days: %d; at least %d are needed."
                            .formatted(required.days(), sample.judged(), required.followers())));
        } else if (sample.judgedShare() < required.judged()) {
            missing.add(new Missing(
                    "followers-judged",
                    Rounded.down(sample.judgedShare(), 4),
                    required.judged(),
                    "Only %s in 100 of the followers looked at show their numbers; at least %s are needed."
                            .formatted(hundredths(sample.judgedShare()), hundredths(required.judged()))));
        }
        if (missing.isEmpty() && sample.spread() < required.spread()) {
            missing.add(new Missing(
                    "sample-ranks",
                    Rounded.down(sample.spread(), 4),
                    required.spread(),
                    "The followers looked at do not span all followers, from the first to the newest: the tenth looked"
                            + " at least has %s in 100 of its due; at least %s are needed."
                                    .formatted(hundredths(sample.spread()), hundredths(required.spread()))));
        }
        if (!share.tells()) {
            missing.add(new Missing(
                    "classifier",
                    Rounded.down(share.power(), 4),
                    thresholds.plausible().power(),
                    "What tells fake followers from others is not known to be right often enough."));
        }
        return List.copyOf(missing);
    }

    /** Many look fake, and nothing says why. */
    List<Missing> unmetByPattern() {
        return List.of(new Missing(
                "purchase-pattern",
                0,
                thresholds.families(),
                "Many followers look fake, but they did not arrive in a pattern seen in bought batches; the cause is"
                        + " unknown."));
    }

    /** It is neither clear that many look fake nor that few do. */
    List<Missing> unmetByCertainty(FakeShare share, boolean pattern) {
        double most = Rounded.up(share.atMost(thresholds.absentZ()), 4);
        String detail = pattern
                ? "Many followers came at once, but only about %s in 100 of all look fake; at least %s would be needed."
                        .formatted(
                                Rounded.text(Rounded.nearest(100 * share.value(), 0)), hundredths(thresholds.share()))
                : "About %s in 100 followers look fake, but %s cannot be excluded; it is clear only below %s."
                        .formatted(
                                Rounded.text(Rounded.nearest(100 * share.value(), 0)),
                                Rounded.text(Rounded.up(100 * most, 0)),
                                hundredths(thresholds.share()));
        return List.of(new Missing(
                "certainty", pattern ? Rounded.nearest(share.value(), 4) : most, thresholds.share(), detail));
    }

    private static String hundredths(double share) {
        return Rounded.text(Rounded.down(100 * share, 0));
    }
}
