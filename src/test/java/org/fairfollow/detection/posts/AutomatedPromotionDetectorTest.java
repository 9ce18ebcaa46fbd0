package org.fairfollow.detection.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.posts.InventedPosts.AS_OF;
import static org.fairfollow.detection.posts.InventedPosts.DAY;
import static org.fairfollow.detection.posts.InventedPosts.byHand;
import static org.fairfollow.detection.posts.InventedPosts.of;
import static org.fairfollow.detection.posts.InventedPosts.ordinary;
import static org.fairfollow.detection.posts.InventedPosts.post;
import static org.fairfollow.detection.posts.InventedPosts.scheduled;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;
import org.junit.jupiter.api.Test;

class AutomatedPromotionDetectorTest {
    private static final long HOURS = 3_600;

    private final AutomatedPromotionDetector detector = new AutomatedPromotionDetector();

    private Finding judge(List<SampledPost> posts) {
        return detector.judge(of(posts));
    }

    private List<String> missing(List<SampledPost> posts) {
        Finding finding = judge(posts);
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        return finding.missing().stream().map(Missing::code).toList();
    }

    private static List<String> fallen(Finding finding) {
        return finding.alibis().stream()
                .filter(alibi -> !alibi.survived())
                .map(Alibi::code)
                .toList();
    }

    private static List<SampledPost> ofKind(PostKind kind, List<SampledPost> posts) {
        return posts.stream()
                .map(post -> new SampledPost(
                        post.at(), post.template(), kind, post.hasLink(), post.promotional(), post.hits()))
                .toList();
    }

    @Test
    void templatesByTheClockArePresent() {
        Finding finding = judge(scheduled(200, 6 * HOURS, 95, 5, 1));
        assertThat(finding.opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(fallen(finding)).isEmpty();
        assertThat(finding.strict()).isFalse();
        assertThat(finding.statement())
                .startsWith("3 Oct – 22 Nov, 200 posts of its own. 94 in 100 repeat the template");
        assertThat(finding.weight()).isPositive();
    }

    @Test
    void regularGapsAreAScheduleAtAnyMinute() {
        // Every 7 hours and 7 minutes, the minutes of the hour are spread evenly.
        Finding finding = judge(scheduled(200, 7 * HOURS + 7 * 60, 95, 5, 1));
        assertThat(finding.opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(finding.statement()).contains("From the gaps before it, the next of 199 gaps");
    }

    @Test
    void templatesAtOddTimesShowNoSchedule() {
        assertThat(missing(byHand(scheduled(200, 6 * HOURS, 95, 5, 1), 1))).containsExactly("schedule");
    }

    @Test
    void aFeedOfFreshHeadlinesIsExcludedHoweverRegular() {
        assertThat(judge(scheduled(200, 6 * HOURS, 95, 100, 1)).opinion()).isEqualTo(Opinion.ABSENT);
    }

    @Test
    void repeatingWithoutAskingIsExcluded() {
        Finding finding = judge(scheduled(200, 6 * HOURS, 0, 0, 1));
        assertThat(finding.opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(finding.statement()).contains("0 in 100 link and ask to buy, join, follow or the like (at most 3)");
    }

    @Test
    void peopleAreExcluded() {
        assertThat(judge(ordinary(100, 14, 1)).opinion()).isEqualTo(Opinion.ABSENT);
    }

    @Test
    void sharesAboveTheThresholdWithBoundsBelowShowSigns() {
        assertThat(judge(scheduled(100, 6 * HOURS, 62, 5, 1)).opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(judge(scheduled(100, 6 * HOURS, 95, 30, 1)).opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(missing(scheduled(100, 6 * HOURS, 59, 5, 1))).containsExactly("certainty");
        assertThat(missing(scheduled(100, 6 * HOURS, 95, 40, 1))).containsExactly("certainty");
        assertThat(judge(scheduled(100, 6 * HOURS, 40, 5, 1)).opinion()).isEqualTo(Opinion.ABSENT);
    }

    @Test
    void fewPostsOrDaysAreTooLittle() {
        assertThat(missing(scheduled(99, 6 * HOURS, 95, 5, 1))).containsExactly("posts");
        assertThat(missing(scheduled(200, HOURS, 95, 5, 1))).containsExactly("days-sampled");
        assertThat(missing(List.of())).containsExactly("posts", "days-sampled");
    }

    @Test
    void repostsAreNotItsOwn() {
        assertThat(missing(ofKind(PostKind.REPOST, scheduled(200, 6 * HOURS, 95, 5, 1))))
                .containsExactly("posts", "days-sampled");
    }

    @Test
    void aCampaignOfTwoDaysIsAnAlibi() {
        List<SampledPost> posts = new ArrayList<>(scheduled(90, 6 * HOURS, 95, 5, 1));
        for (int i = 0; i < 60; i++) {
            posts.add(post(AS_OF - 9 * DAY - i * 900, i % 3, PostKind.ORIGINAL, true));
        }
        Finding finding = judge(posts);
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(fallen(finding)).contains("two-busiest-days-removed");
    }

    @Test
    void repetitionsBesidePromotionThatDoesNotRepeatAreAnAlibi() {
        List<SampledPost> posts = new ArrayList<>();
        List<SampledPost> offers = scheduled(240, 6 * HOURS, 100, 50, 1);
        posts.addAll(offers);
        for (int i = 0; i < 120; i++) {
            posts.add(post(AS_OF - 30 * DAY + i * 6 * HOURS, 77, PostKind.ORIGINAL, false));
        }
        Finding finding = judge(posts);
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(fallen(finding)).contains("promotion-alone");
    }

    @Test
    void answersToCustomersAreAnAlibi() {
        Finding finding = judge(ofKind(PostKind.REPLY, scheduled(200, 6 * HOURS, 95, 5, 1)));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(fallen(finding)).containsExactly("replies-left-out");
    }

    @Test
    void aLinkIsNeeded() {
        List<SampledPost> posts = scheduled(200, 6 * HOURS, 95, 5, 1).stream()
                .map(post -> new SampledPost(
                        post.at(), post.template(), post.kind(), false, post.promotional(), post.hits()))
                .toList();
        assertThat(judge(posts).opinion()).isEqualTo(Opinion.ABSENT);
    }

    @Test
    void tableCountsTemplatesByUse() {
        List<SampledPost> posts = new ArrayList<>();
        int[] uses = {1, 2, 3, 9, 10};
        for (int template = 0; template < uses.length; template++) {
            for (int i = 0; i < uses[template]; i++) {
                posts.add(post(AS_OF - 100L * (template * 20 + i), template, PostKind.ORIGINAL, false));
            }
        }
        assertThat(judge(posts).tables().getLast().rows()).containsExactly(List.of(1., 1., 2., 1.));
    }
}
