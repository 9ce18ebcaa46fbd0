package org.fairfollow.detection.posts;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/**
 * Judges never-replies: an account that posts and leaves direct questions by other people unanswered. More a measure than
 * an accusation: most posts anywhere stay without an answer, so it never becomes a candidate for confirmation.
 */
public final class NeverRepliesDetector implements Detector {
    static final String VERSION = "never-replies/1";

    private final Thresholds thresholds;

    public NeverRepliesDetector() {
        this(Thresholds.DEFAULT);
    }

    public NeverRepliesDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What the rule compares with.
     *
     * @param windowDays how far back posts and questions are looked at
     * @param waitDays how old a question must be to have had its chance
     * @param askers fewest people who asked
     * @param posts fewest posts sampled
     * @param answered most people answered, as a share: upper bound
     * @param confidence of that bound, one-sided; 95 % as the method has it, so that 0 of 60 are enough
     * @param absentAskers fewest people who asked, to say that it does reply
     * @param absentConfidence of the lower bound that says so, one-sided
     * @param questionsPerDay so many questions a day can be answered
     * @param returnDays an account that posts within so many days of a question was not away
     * @param replies most replies among its own posts, as a share, of an account that answers nobody elsewhere either
     */
    public record Thresholds(
            int windowDays,
            int waitDays,
            int askers,
            int posts,
            double answered,
            double confidence,
            int absentAskers,
            double absentConfidence,
            int questionsPerDay,
            int returnDays,
            double replies) {
        public static final Thresholds DEFAULT = new Thresholds(90, 7, 60, 100, .05, .95, 20, .99, 20, 7, .05);
    }

    record Judgement(Opinion opinion, List<Alibi> alibis, List<Missing> missing) {}

    @Override
    public Practice practice() {
        return Practice.NEVER_REPLIES;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return NeverRepliesDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Finding judge(Dossier dossier) {
        SampledPosts posts = SampledPosts.of(dossier, thresholds.windowDays());
        AskedQuestions questions =
                AskedQuestions.of(dossier, thresholds.windowDays(), thresholds.waitDays(), thresholds.askers());
        return new NeverRepliesFinding(posts, questions, thresholds).of(judge(posts, questions));
    }

    private Judgement judge(SampledPosts posts, AskedQuestions questions) {
        if (excludes(questions)) {
            return new Judgement(Opinion.ABSENT, List.of(), List.of());
        }
        List<Missing> missing = new ArrayList<>(DatedReasons.tooFew(
                "askers",
                questions.n(),
                thresholds.askers(),
                "People who asked something at least " + thresholds.waitDays()
                        + " days before the sample: %s; at least %s are needed."));
        missing.addAll(DatedReasons.tooFew(
                "posts", posts.all().size(), thresholds.posts(), "Posts sampled: %s; at least %s are needed."));
        if (missing.isEmpty() && !shows(questions)) {
            missing.add(uncertain(questions));
        }
        return missing.isEmpty()
                ? underAlibis(posts, questions)
                : new Judgement(Opinion.TOO_LITTLE_EVIDENCE, List.of(), List.copyOf(missing));
    }

    private Judgement underAlibis(SampledPosts posts, AskedQuestions questions) {
        List<Alibi> alibis = List.of(
                new Alibi("too-many-to-answer", shows(questions.onDaysOfAtMost(thresholds.questionsPerDay()))),
                new Alibi("was-away", shows(whileHere(posts, questions))),
                new Alibi("replies-elsewhere", repliesAreRare(posts)));
        boolean present = alibis.stream().allMatch(Alibi::survived);
        return new Judgement(present ? Opinion.PRESENT : Opinion.SIGNS, alibis, List.of());
    }

    private boolean shows(AskedQuestions questions) {
        return questions.n() >= thresholds.askers()
                && atMost(questions, thresholds.confidence()) <= thresholds.answered();
    }

    private boolean excludes(AskedQuestions questions) {
        double atLeast = Statistics.clopperPearsonLower(
                questions.answeredAskers(), questions.n(), thresholds.absentConfidence());
        return questions.n() >= thresholds.absentAskers() && atLeast > thresholds.answered();
    }

    private static double atMost(AskedQuestions questions, double confidence) {
        return Statistics.clopperPearsonUpper(questions.answeredAskers(), questions.n(), confidence);
    }

    /** Only questions after which the account was seen to post. */
    private AskedQuestions whileHere(SampledPosts posts, AskedQuestions questions) {
        TreeSet<Long> times = posts.all().stream().map(SampledPost::at).collect(Collectors.toCollection(TreeSet::new));
        return questions.where(question -> {
            Long next = times.higher(question.at());
            return next != null && next - question.at() <= thresholds.returnDays() * SampledPosts.DAY;
        });
    }

    /** Whoever replies to somebody may well have answered where it was not seen. */
    private boolean repliesAreRare(SampledPosts posts) {
        return posts.ofKind(PostKind.REPLY).size()
                <= thresholds.replies() * posts.without(PostKind.REPOST).size();
    }

    private Missing uncertain(AskedQuestions questions) {
        double most = Rounded.up(atMost(questions, thresholds.confidence()), 4);
        String detail =
                "Of %d people who asked, %d were answered; up to %s in 100 cannot be excluded, and it is clear only up to %s."
                        .formatted(
                                questions.n(),
                                questions.answeredAskers(),
                                Rounded.text(Rounded.up(100 * most, 0)),
                                Rounded.text(Rounded.nearest(100 * thresholds.answered(), 2)));
        return new Missing("certainty", most, thresholds.answered(), detail);
    }
}
