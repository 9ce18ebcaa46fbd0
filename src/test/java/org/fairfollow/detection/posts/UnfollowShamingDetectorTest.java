package org.fairfollow.detection.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.posts.InventedPosts.AS_OF;
import static org.fairfollow.detection.posts.InventedPosts.COUNT;
import static org.fairfollow.detection.posts.InventedPosts.DAY;
import static org.fairfollow.detection.posts.InventedPosts.NAMES;
import static org.fairfollow.detection.posts.InventedPosts.dossier;
import static org.fairfollow.detection.posts.InventedPosts.of;
import static org.fairfollow.detection.posts.InventedPosts.ordinary;
import static org.fairfollow.detection.posts.InventedPosts.post;
import static org.fairfollow.detection.posts.InventedPosts.sample;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnfollowShamingDetectorTest {
    private final UnfollowShamingDetector detector = new UnfollowShamingDetector();

    private static SampledPost hit(long at, String... codes) {
        return post(at, 7, PostKind.ORIGINAL, false, codes);
    }

    private Finding judge(SampledPost... posts) {
        return detector.judge(of(List.of(posts)));
    }

    private Opinion opinion(SampledPost... posts) {
        return judge(posts).opinion();
    }

    @Test
    void postsOfAnAppOnTwoDaysApartArePresent() {
        Finding finding = judge(hit(AS_OF - 9 * DAY, COUNT), hit(AS_OF - 2 * DAY, NAMES));
        assertThat(finding.opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(finding.alibis()).containsExactly(new Alibi("one-app-trial", true));
        assertThat(finding.strict()).isFalse();
        assertThat(finding.lastEvidenceAt()).isEqualTo(AS_OF - 2 * DAY);
        assertThat(finding.caveats()).contains("app-unnoticed");
        assertThat(finding.statement())
                .isEqualTo(
                        "13 Nov – 20 Nov, 2 posts of its own. 2 of them, on 2 days (13 Nov – 20 Nov), are in the fixed wording of"
                                + " an app that counts or names who unfollowed: 1 named who, 1 counted them"
                                + " (unfollow-count-daily-stats 1, unfollow-names-checked 1).");
    }

    @Test
    void aTrialOfTwoDaysShowsSignsAtMost() {
        long first = AS_OF - 9 * DAY;
        assertThat(opinion(hit(first, COUNT), hit(first + 2 * DAY - 1, COUNT))).isEqualTo(Opinion.SIGNS);
        assertThat(opinion(hit(first, COUNT), hit(first + 2 * DAY, COUNT))).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void manyPostsOnOneDayAreTooLittle() {
        long midnight = AS_OF - AS_OF % DAY - 5 * DAY;
        Finding finding = judge(hit(midnight, COUNT), hit(midnight + 100, COUNT), hit(midnight + DAY - 1, NAMES));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).singleElement().extracting(Missing::code).isEqualTo("unfollow-post-days");
        assertThat(opinion(hit(midnight, COUNT), hit(midnight + DAY, COUNT))).isEqualTo(Opinion.SIGNS);
    }

    @ParameterizedTest
    @EnumSource(names = {"REPOST", "QUOTE", "REPLY"})
    void whatIsPassedOnDoesNotCount(PostKind kind) {
        SampledPost one = post(AS_OF - 9 * DAY, 7, kind, false, COUNT, NAMES);
        SampledPost other = post(AS_OF - 2 * DAY, 7, kind, false, COUNT, NAMES);
        assertThat(opinion(one, other)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void otherPatternsAreOfNoConcern() {
        assertThat(opinion(hit(AS_OF - 9 * DAY, "follow-train"), hit(AS_OF, "unfollowed")))
                .isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void postsOlderThanTheWindowOrLaterThanTheDossierDoNotCount() {
        SampledPost recent = hit(AS_OF - 2 * DAY, COUNT);
        assertThat(opinion(recent, hit(AS_OF - 90 * DAY, COUNT))).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(opinion(recent, hit(AS_OF - 90 * DAY + 1, COUNT))).isEqualTo(Opinion.PRESENT);
        assertThat(opinion(recent, hit(AS_OF + 3 * DAY, COUNT))).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void aPostThatASecondSampleKnowsAsPassedOnDoesNotCount() {
        SampledPost one = hit(AS_OF - 9 * DAY, COUNT);
        SampledPost other = hit(AS_OF - 2 * DAY, COUNT);
        SampledPost otherKnownBetter = post(other.at(), 7, PostKind.QUOTE, false, COUNT);
        var samples = List.of(
                sample(AS_OF - DAY, true, List.of(one, other), null),
                sample(AS_OF, true, List.of(one, otherKnownBetter), null));
        Finding finding = detector.judge(dossier(AS_OF, samples));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.tables().getFirst().rows().getFirst()).containsExactly(2., 0., 1., 1., 0., 1.);
    }

    @Test
    void whatIsOnlyToldCountsForNothing() {
        var told = sample(AS_OF, false, List.of(hit(AS_OF - 9 * DAY, NAMES), hit(AS_OF - DAY, NAMES)), null);
        Finding finding = detector.judge(dossier(AS_OF, List.of(told)));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.lastEvidenceAt()).isZero();
        assertThat(finding.reasons()).isEmpty();
    }

    @Test
    void ordinaryPostsOverTwoWeeksExcludeIt() {
        assertThat(detector.judge(of(ordinary(100, 14, 1))).opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(detector.judge(of(ordinary(100, 14, 1))).statement())
                .endsWith("None is in the fixed wording of an app that counts or names who unfollowed (at most 4.6 in"
                        + " 100).");
        assertThat(missing(ordinary(99, 14, 1))).containsExactly("posts");
        assertThat(missing(ordinary(100, 13, 1))).containsExactly("days-sampled");
        assertThat(missing(List.of())).containsExactly("posts", "days-sampled");
    }

    @Test
    void oneSuchPostAmongManyIsNeitherShownNorExcluded() {
        List<SampledPost> posts = new ArrayList<>(ordinary(300, 60, 1));
        posts.add(hit(AS_OF - 9 * DAY, COUNT));
        assertThat(missing(posts)).containsExactly("unfollow-post-days");
    }

    private List<String> missing(List<SampledPost> posts) {
        Finding finding = detector.judge(of(posts));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        return finding.missing().stream().map(Missing::code).toList();
    }
}
