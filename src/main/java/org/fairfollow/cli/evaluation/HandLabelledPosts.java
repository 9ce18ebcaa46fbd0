package org.fairfollow.cli.evaluation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/** Measures the patterns of unfollow-shaming post by post, where people have labelled posts. */
final class HandLabelledPosts {
    private final HandLabels labels;
    private final Set<String> seen = new HashSet<>();
    private final Half even = new Half();
    private final Half odd = new Half();

    private enum Found {
        HIT,
        NO_HIT
    }

    private static final class Half {
        private final Tally<Found> found = new Tally<>(Found.class);
        private final Set<String> authors = new HashSet<>();
    }

    HandLabelledPosts(HandLabels labels) {
        this.labels = labels;
    }

    void see(Row row, SampledPost read) {
        if (labels.isEmpty()) {
            return;
        }
        String post = HandLabels.post(row.text("id"), row.text("time_utc"), row.text("text"));
        labels.of(post).ifPresent(yes -> {
            if (seen.add(post)) {
                boolean hit = read.kind() == PostKind.ORIGINAL && !read.hits().isEmpty();
                Half half = isEven(post) ? even : odd;
                half.found.add(hit ? Found.HIT : Found.NO_HIT, yes ? LabelReading.POSITIVE : LabelReading.NEGATIVE);
                half.authors.add(row.text("id"));
            }
        });
    }

    List<SubjectFigures> figures(String file) {
        return seen.isEmpty()
                ? List.of()
                : List.of(
                        figures(
                                file,
                                "unfollow-shaming-posts-unseen",
                                odd,
                                "No pattern was made with these posts in view."),
                        figures(
                                file,
                                "unfollow-shaming-posts-developed-on",
                                even,
                                "The patterns were made with these posts in view: no figure to rely on."));
    }

    private static SubjectFigures figures(String file, String subject, Half half, String note) {
        Confusion hits = half.found.confusion(EnumSet.of(Found.HIT), EnumSet.allOf(Found.class));
        List<Measure> measures = new ArrayList<>();
        measures.add(
                Measure.share("base-rate", null, hits.positives(), hits.all(), "no post of this half is labelled"));
        measures.addAll(hits.measures("hit"));
        for (String id : List.of("auc", "calibration-error")) {
            measures.add(Measure.unknown(id, null, "a pattern is found or it is not: there is no score"));
        }
        measures.add(Measure.share("abstained", null, 0, hits.all(), "no post of this half is labelled"));
        return new SubjectFigures(
                subject,
                null,
                file,
                false,
                "Positive: a person who read the post found that an app counts or names in it who unfollowed its author."
                        + " Flagged: an original post that shows a pattern. Candidates were picked by search patterns, so"
                        + " recall is that among them.",
                half.found.outcomes(),
                measures,
                List.of(
                        note,
                        Words.sentence(
                                "These posts have %,d authors, and those of one author are alike: intervals by post are too"
                                        + " narrow.",
                                half.authors.size())));
    }

    /** By the first byte of the hash. */
    private static boolean isEven(String post) {
        return Integer.parseInt(post, 0, 2, 16) % 2 == 0;
    }
}
