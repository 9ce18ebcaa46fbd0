package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/** Posts with their texts: evidence of what accounts post by template, or let apps post. */
final class PostsFile implements FileMeasurement {
    /** As many as one sample of the service holds. */
    private static final int MOST_POSTS = 1_000;

    private final Judges judges;
    private final PracticeTallies tallies;
    private final HandLabelledPosts handLabelled;

    PostsFile(Judges judges) {
        this.judges = judges;
        this.tallies = new PracticeTallies(
                judges.detectors(), List.of(Practice.UNFOLLOW_SHAMING, Practice.AUTOMATED_PROMOTION));
        this.handLabelled = new HandLabelledPosts(judges.handLabels());
    }

    @Override
    public String file() {
        return "posts.csv";
    }

    @Override
    public FileReading read(CsvFile file, Labels labels, Judging judging) throws UnfitFileException, IOException {
        return new ByAccount<>(
                        file,
                        List.of("id", "time_utc", "text"),
                        this::post,
                        Comparator.comparingLong(SampledPost::at)
                                .thenComparing(SampledPost::template)
                                .thenComparing(SampledPost::kind),
                        MOST_POSTS)
                .read(
                        labels,
                        (account, label, posts) -> judging.judge(
                                account, label, Dossiers.ofPosts(posts), finding -> tallies.add(finding, label)));
    }

    private SampledPost post(Row row) throws RefusedRowException {
        long at = row.time("time_utc");
        // A repost is one even where its text does not show it; that it is none does not say what else it is.
        PostKind kind = Boolean.TRUE.equals(row.flag("is_repost")) ? PostKind.REPOST : null;
        String source = row.word("source");
        try {
            SampledPost post = judges.posts().read(at, row.text("text"), kind, source.isEmpty() ? null : source);
            handLabelled.see(row, post);
            return post;
        } catch (RuntimeException | StackOverflowError e) {
            throw new RefusedRowException("reader-broke-down");
        }
    }

    @Override
    public List<SubjectFigures> figures() {
        List<SubjectFigures> figures = new ArrayList<>(tallies.figures(
                file(),
                "No label here means the practice. The share of the flagged that carry a negative label is a proxy: an"
                        + " ordinary person may well let an app post.",
                List.of(),
                List.of(Words.sentence(
                        "Judged on an account's newest %,d posts at most, as of the newest.", MOST_POSTS))));
        figures.addAll(handLabelled.figures(file()));
        return figures;
    }
}
