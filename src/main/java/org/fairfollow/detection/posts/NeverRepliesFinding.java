package org.fairfollow.detection.posts;

import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.posts.AskedQuestions.Asker;
import org.fairfollow.detection.posts.NeverRepliesDetector.Judgement;
import org.fairfollow.detection.posts.NeverRepliesDetector.Thresholds;
import org.fairfollow.evidence.Observation.PostKind;

/** Writes out a judgement on never-replies with its numbers. */
final class NeverRepliesFinding {
    /** Share of people answered, by account; guesses that order what people review and do nothing else. */
    private static final Statistics.Beta SILENT = new Statistics.Beta(.5, 30);

    private static final Statistics.Beta OTHERS = new Statistics.Beta(1.5, 8.5);

    private final SampledPosts posts;
    private final AskedQuestions questions;
    private final Thresholds thresholds;
    private final DatedReasons reasons;

    NeverRepliesFinding(SampledPosts posts, AskedQuestions questions, Thresholds thresholds) {
        this.posts = posts;
        this.questions = questions;
        this.thresholds = thresholds;
        this.reasons =
                DatedReasons.of(questions.askers().stream().map(Asker::at).toList(), posts.asOf());
    }

    Finding of(Judgement judgement) {
        boolean anything = questions.n() > 0;
        boolean accused = judgement.opinion() == Opinion.PRESENT || judgement.opinion() == Opinion.SIGNS;
        return new Finding(
                Practice.NEVER_REPLIES,
                NeverRepliesDetector.VERSION,
                judgement.opinion(),
                false,
                statement(judgement),
                anything ? reasons() : List.of(),
                judgement.alibis(),
                null,
                judgement.missing(),
                accused ? List.of("answers-unseen", "silence-is-normal", "replies-elsewhere-unseen") : List.of(),
                new Sources(anything ? 1 : 0, 0),
                List.of(counts()),
                anything ? questions.askers().getLast().at() : 0,
                Rounded.nearest(
                        Statistics.betaBinomialLogRatio(questions.answeredAskers(), questions.n(), SILENT, OTHERS), 4));
    }

    private String statement(Judgement judgement) {
        if (questions.n() == 0) {
            return "No direct questions to this account that are %d days old were sampled in the last %d days."
                    .formatted(thresholds.waitDays(), thresholds.windowDays());
        }
        String asked = "%s, %s asked this account something."
                .formatted(reasons.period(), Wording.count(questions.n(), "person", "people"));
        return switch (judgement.opinion()) {
            case PRESENT -> asked + silence();
            case SIGNS -> asked + silence() + " Some innocent explanations remain open.";
            case ABSENT -> asked + answers();
            case TOO_LITTLE_EVIDENCE ->
                asked + " Too little evidence. "
                        + judgement.missing().getFirst().detail();
        };
    }

    private String silence() {
        double most =
                Statistics.clopperPearsonUpper(questions.answeredAskers(), questions.n(), thresholds.confidence());
        return " %s answered in public by the time of the sample (at most %s in 100)."
                .formatted(were(questions.answeredAskers()), Rounded.text(Rounded.up(100 * most, 1)));
    }

    private String answers() {
        double least = Statistics.clopperPearsonLower(
                questions.answeredAskers(), questions.n(), thresholds.absentConfidence());
        return " %s answered (at least %s in 100)."
                .formatted(were(questions.answeredAskers()), Rounded.text(Rounded.down(100 * least, 0)));
    }

    private static String were(long people) {
        return people == 0 ? "None was" : people == 1 ? "1 was" : "%,d were".formatted(people);
    }

    private List<Reason> reasons() {
        long n = questions.n();
        long answered = questions.answeredAskers();
        Interval share = new Interval(
                Statistics.clopperPearsonLower(answered, n, thresholds.confidence()),
                Statistics.clopperPearsonUpper(answered, n, thresholds.confidence()));
        return List.of(
                reasons.estimated("answered-share", answered, n, share, thresholds.answered()),
                reasons.counted("askers", n, thresholds.askers(), n),
                reasons.counted(
                        "posts",
                        posts.all().size(),
                        thresholds.posts(),
                        posts.all().size()));
    }

    private Table counts() {
        return new Table(
                "questions",
                List.of("questionsOldEnough", "askers", "answered", "posts", "replies", "reposts"),
                List.of(List.of(
                        (double) questions.oldEnough().size(),
                        (double) questions.n(),
                        (double) questions.answeredAskers(),
                        (double) posts.all().size(),
                        (double) posts.ofKind(PostKind.REPLY).size(),
                        (double) posts.ofKind(PostKind.REPOST).size())));
    }
}
