package org.fairfollow.detection.followers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.evidence.Counters;
import org.fairfollow.testing.Seed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticityTest {
    private static final long DAY = 86_400;
    private static final long AT = 20_000 * DAY;

    private static Counters counters(@Nullable Long followers, @Nullable Long following, @Nullable Long posts) {
        return new Counters(followers, following, posts, null, null, null, null);
    }

    private static Kind kind(Long posts, @Nullable Long createdAt, @Nullable Long lastPostAt) {
        return Authenticity.of(new Counters(300L, 250L, posts, createdAt, null, null, lastPostAt), AT)
                .kind();
    }

    /** Accounts everybody would tell apart. */
    @ParameterizedTest
    @CsvSource({
        "12, 1400, 0, FAKE",
        "0, 7000, 5, FAKE",
        "13, 500, 25, FAKE",
        "300, 250, 900, GENUINE",
        "50000, 300, 4000, GENUINE",
        "40, 60, 30, GENUINE"
    })
    void tellsTheObviousApart(long followers, long following, long posts, Kind kind) {
        assertThat(Authenticity.of(counters(followers, following, posts), AT).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({", 5", "5,", ",", "-1, 5", "5, -1"})
    void isUnknownWithoutBothCounts(@Nullable Long followers, @Nullable Long following) {
        assertThat(Authenticity.of(counters(followers, following, 3L), AT))
                .isEqualTo(new Authenticity(Kind.UNKNOWN, 0));
    }

    @Test
    void withoutPostsTheFollowsDecide() {
        assertThat(Authenticity.of(counters(5L, 2_000L, null), AT).kind()).isEqualTo(Kind.FAKE);
        assertThat(Authenticity.of(counters(500L, 400L, null), AT).kind()).isEqualTo(Kind.GENUINE);
    }

    @Test
    void manyPostsDoNotExcuseWhatIsFollowed() {
        double withoutPosts = Authenticity.of(counters(5L, 2_000L, null), AT).fakeness();
        assertThat(Authenticity.of(counters(5L, 2_000L, 1_000_000L), AT).fakeness())
                .isEqualTo(withoutPosts);
    }

    @Test
    void ageAvatarAndDescriptionChangeNoFakeness() {
        Counters bare = counters(30L, 200L, 10L);
        Counters full = new Counters(30L, 200L, 10L, AT - DAY, false, 0, AT - 900 * DAY);
        assertThat(Authenticity.of(full, AT).fakeness())
                .isEqualTo(Authenticity.of(bare, AT).fakeness());
    }

    @Test
    void inactiveIsWhoFellSilentOrNeverSpoke() {
        assertThat(kind(50L, null, AT - 180 * DAY)).isEqualTo(Kind.GENUINE);
        assertThat(kind(50L, null, AT - 180 * DAY - 1)).isEqualTo(Kind.INACTIVE);
        assertThat(kind(50L, AT - 900 * DAY, null)).isEqualTo(Kind.GENUINE);
        assertThat(kind(50L, null, Long.MIN_VALUE)).isEqualTo(Kind.INACTIVE);
        assertThat(kind(50L, null, Long.MAX_VALUE)).isEqualTo(Kind.GENUINE);
    }

    @Test
    void neverPostedNeedsTime() {
        Counters young = new Counters(300L, 30L, 0L, AT - 90 * DAY, null, null, null);
        Counters old = new Counters(300L, 30L, 0L, AT - 90 * DAY - 1, null, null, null);
        Counters ageless = new Counters(300L, 30L, 0L, null, null, null, null);
        assertThat(Authenticity.of(young, AT).kind()).isEqualTo(Kind.GENUINE);
        assertThat(Authenticity.of(old, AT).kind()).isEqualTo(Kind.INACTIVE);
        assertThat(Authenticity.of(ageless, AT).kind()).isEqualTo(Kind.INACTIVE);
    }

    @Test
    void fakeStaysFakeHoweverSilent() {
        Counters silent = new Counters(3L, 3_000L, 0L, null, null, null, AT - 900 * DAY);
        assertThat(Authenticity.of(silent, AT).kind()).isEqualTo(Kind.FAKE);
    }

    /** More followers or posts never look worse, more followed never look better. */
    @Test
    void isMonotone() {
        Random random = Seed.random("AuthenticityTest");
        for (int i = 0; i < 20_000; i++) {
            long followers = count(random);
            long following = count(random);
            long posts = count(random);
            double fakeness =
                    Authenticity.of(counters(followers, following, posts), AT).fakeness();
            assertThat(fakeness).isBetween(0.0, 1.0);
            assertThat(Authenticity.of(counters(followers + count(random), following, posts), AT)
                            .fakeness())
                    .isLessThanOrEqualTo(fakeness);
            assertThat(Authenticity.of(counters(followers, following, posts + count(random)), AT)
                            .fakeness())
                    .isLessThanOrEqualTo(fakeness);
            assertThat(Authenticity.of(counters(followers, following + count(random), posts), AT)
                            .fakeness())
                    .isGreaterThanOrEqualTo(fakeness);
        }
    }

    private static long count(Random random) {
        return random.nextInt(5) == 0 ? random.nextInt(3) : (long) Math.exp(random.nextDouble() * 40);
    }

    @Test
    void theParametersCarryTheirLicence() {
        assertThat(Authenticity.MODEL.licence()).contains("SRF Data", "CC BY-SA 4.0");
        assertThat(Authenticity.MODEL.validation().sensitivity()).isBetween(.5, 1.0);
    }
}
