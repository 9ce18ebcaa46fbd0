package org.fairfollow.detection.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.posts.InventedPosts.AS_OF;
import static org.fairfollow.detection.posts.InventedPosts.DAY;
import static org.fairfollow.detection.posts.InventedPosts.dossier;
import static org.fairfollow.detection.posts.InventedPosts.of;
import static org.fairfollow.detection.posts.InventedPosts.ordinary;
import static org.fairfollow.detection.posts.InventedPosts.post;
import static org.fairfollow.detection.posts.InventedPosts.question;
import static org.fairfollow.detection.posts.InventedPosts.questions;
import static org.fairfollow.detection.posts.InventedPosts.sample;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.SampledPost;
import org.junit.jupiter.api.Test;

class NeverRepliesDetectorTest {
    private final NeverRepliesDetector detector = new NeverRepliesDetector();
    private final List<SampledPost> posts = ordinary(200, 80, 1);

    private Finding judge(List<Question> questions) {
        return detector.judge(of(posts, questions));
    }

    private List<String> missing(Finding finding) {
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        return finding.missing().stream().map(Missing::code).toList();
    }

    private static List<String> fallen(Finding finding) {
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        return finding.alibis().stream()
                .filter(alibi -> !alibi.survived())
                .map(Alibi::code)
                .toList();
    }

    @Test
    void sixtyPeopleWithoutAnAnswerArePresent() {
        Finding finding = judge(questions(60, 0));
        assertThat(finding.opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(finding.strict()).isFalse();
        assertThat(finding.statement())
                .isEqualTo("28 Oct – 12 Nov, 60 people asked this account something. None was answered in public by the"
                        + " time of the sample (at most 4.9 in 100).");
        assertThat(finding.lastEvidenceAt()).isEqualTo(AS_OF - 10 * DAY);
        assertThat(missing(judge(questions(59, 0)))).containsExactly("askers");
    }

    @Test
    void oneAnswerIn60LeavesItOpen() {
        assertThat(missing(judge(questions(60, 1)))).containsExactly("certainty");
        // 1 of 93: at most .0499; 1 of 92: .0505.
        assertThat(judge(questions(93, 1)).opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(missing(judge(questions(92, 1)))).containsExactly("certainty");
    }

    @Test
    void answersExcludeIt() {
        Finding finding = judge(questions(60, 12));
        assertThat(finding.opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(finding.statement()).contains("12 were answered (at least");
        // 4 of 20: at least .0333; 5 of 20: .0533.
        assertThat(missing(judge(questions(20, 4)))).contains("askers");
        assertThat(judge(questions(20, 5)).opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(missing(judge(questions(19, 19)))).contains("askers");
    }

    @Test
    void questionsHaveAWeekToBeAnswered() {
        List<Question> questions = new ArrayList<>(questions(59, 0));
        questions.add(question(AS_OF - 7 * DAY + 1, 99, null));
        assertThat(missing(judge(questions))).containsExactly("askers");
        questions.add(question(AS_OF - 7 * DAY, 98, null));
        assertThat(judge(questions).opinion()).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void peopleCountOnceAndAsAnsweredWhenOneOfTheirQuestionsWas() {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            questions.add(question(AS_OF - 10 * DAY - i * DAY / 4, i % 59, null));
        }
        assertThat(missing(judge(questions))).containsExactly("askers");
        questions = new ArrayList<>(questions(60, 0));
        questions.add(question(AS_OF - DAY, 5, AS_OF));
        assertThat(missing(judge(questions))).containsExactly("certainty");
    }

    @Test
    void aHundredPostsMustBeSampled() {
        assertThat(missing(detector.judge(of(ordinary(99, 80, 1), questions(60, 0)))))
                .containsExactly("posts");
        assertThat(detector.judge(of(ordinary(100, 80, 1), questions(60, 0))).opinion())
                .isEqualTo(Opinion.PRESENT);
        assertThat(missing(detector.judge(of(List.of())))).containsExactly("askers", "posts");
    }

    @Test
    void silenceByNumberIsAnAlibi() {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            questions.add(question(AS_OF - 20 * DAY - i % 10 * DAY, i, null));
        }
        assertThat(fallen(judge(questions))).containsExactly("too-many-to-answer");
    }

    @Test
    void havingBeenAwayIsAnAlibi() {
        List<SampledPost> before = ordinary(200, 80, 1).stream()
                .filter(post -> post.at() < AS_OF - 20 * DAY)
                .toList();
        assertThat(fallen(detector.judge(of(before, questions(60, 0))))).containsExactly("was-away");
    }

    @Test
    void replyingToOthersIsAnAlibi() {
        List<SampledPost> replying = new ArrayList<>(posts);
        for (int i = 0; i < 10; i++) {
            replying.add(post(AS_OF - i * DAY, 5_000 + i, PostKind.REPLY, false));
        }
        assertThat(detector.judge(of(replying, questions(60, 0))).opinion()).isEqualTo(Opinion.PRESENT);
        replying.add(post(AS_OF - 12 * DAY, 6_000, PostKind.REPLY, false));
        assertThat(fallen(detector.judge(of(replying, questions(60, 0))))).containsExactly("replies-elsewhere");
    }

    @Test
    void samplesAreNotAddedUpForTheyNamePeopleDifferently() {
        var one = sample(AS_OF - DAY, true, posts, questions(30, 0));
        List<Question> salted = questions(31, 0).stream()
                .map(question -> question(question.at(), Long.parseLong(question.asker(), 16) + 1_000, null))
                .toList();
        Finding finding = detector.judge(dossier(AS_OF, List.of(one, sample(AS_OF, true, List.of(), salted))));
        assertThat(missing(finding)).containsExactly("askers");
        assertThat(finding.missing().getFirst().have()).isEqualTo(31);
    }

    @Test
    void theNewestSampleWithEnoughPeopleDecides() {
        var silent = sample(AS_OF - DAY, true, posts, questions(90, 0));
        var answered = sample(AS_OF, true, List.of(), questions(60, 40));
        var small = sample(AS_OF, true, List.of(), questions(5, 0));
        assertThat(detector.judge(dossier(AS_OF, List.of(silent, answered))).opinion())
                .isEqualTo(Opinion.ABSENT);
        assertThat(detector.judge(dossier(AS_OF, List.of(silent, small))).opinion())
                .isEqualTo(Opinion.PRESENT);
    }

    @Test
    void whatIsOnlyToldCountsForNothing() {
        var told = sample(AS_OF, false, posts, questions(90, 0));
        assertThat(missing(detector.judge(dossier(AS_OF, List.of(told))))).containsExactly("askers", "posts");
    }
}
