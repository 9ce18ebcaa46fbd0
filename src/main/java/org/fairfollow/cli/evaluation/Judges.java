package org.fairfollow.cli.evaluation;

import java.util.List;
import java.util.function.Predicate;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.followers.Authenticity;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;
import org.fairfollow.evidence.text.PostReader;
import org.jspecify.annotations.Nullable;

/**
 * All that is measured.
 *
 * @param trainedOn whether the classifier of followers learned from the file with this SHA-256
 */
record Judges(
        List<Detector> detectors,
        Followers followers,
        Predicate<byte[]> trainedOn,
        Posts posts,
        HandLabels handLabels) {

    interface Followers {
        Authenticity judge(Counters counters, long at);
    }

    interface Posts {
        SampledPost read(long at, String text, @Nullable PostKind kind, @Nullable String source);
    }

    static Judges shipped() {
        return new Judges(
                Detectors.all(), Authenticity::of, Authenticity::trainedOn, PostReader::read, HandLabels.shipped());
    }
}
