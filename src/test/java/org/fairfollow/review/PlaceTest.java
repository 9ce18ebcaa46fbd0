package org.fairfollow.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.reporter.Reports.Reported;
import org.fairfollow.review.Place.State;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order in which people look, as docs/moderation.md gives it. */
class PlaceTest {
    private static final long NOW = 1_795_000_000;
    private static final long WEEK = 7 * 86_400;
    private static final Practice PRACTICE = Practice.FOLLOW_CHURN;

    @Test
    void nothingWaitsWhereNothingIsHeldOrReported() {
        assertThat(place(List.of(), Map.of(), List.of(), 1_000_000L, NOW)).isNull();
        assertThat(place(List.of(held(Standing.NOT_FOUND, 0, Decision.NONE)), Map.of(), List.of(), null, NOW))
                .isNull();
    }

    @Test
    void whatAModeratorConfirmedWaitsNoMore() {
        Decision confirmed = new Decision(Ruling.CONFIRM, NOW, null, 0, 0, false, 0);
        assertThat(place(
                        List.of(held(Standing.LIKELY, 3, confirmed)),
                        Map.of(PRACTICE, confirmed),
                        List.of(),
                        null,
                        NOW))
                .isNull();
    }

    @Test
    void aPointOfEvidenceReportsOrReachIsWorthAWeeksWait() {
        long plain = at(0, 0, null, NOW);
        assertThat(at(0, 0, null, NOW - WEEK)).isEqualTo(plain - WEEK);
        assertThat(at(1 / .6, 0, null, NOW)).isEqualTo(plain - WEEK);
        assertThat(at(0, 1, null, NOW)).isEqualTo(plain - WEEK);
        assertThat(at(0, 0, 9L, NOW)).isEqualTo(plain - WEEK);
        assertThat(at(0, 0, 999_999L, NOW)).isEqualTo(plain - 6 * WEEK);
    }

    @Test
    void neitherEvidenceNorReportsWeighWithoutBound() {
        assertThat(at(1_000, 0, null, NOW)).isEqualTo(at(5, 0, null, NOW));
        assertThat(at(0, 1_000, null, NOW)).isEqualTo(at(0, 3, null, NOW));
    }

    @Test
    void whoeverWaitsForAnAnswerComesBeforeWhateverElse() {
        long gravest = at(1_000, 1_000, 8_000_000_000L, NOW - 1_000 * WEEK);
        Place late = contested(NOW + Duration.ofDays(14).toSeconds());
        Place soon = contested(NOW + 60);
        assertThat(late.at()).isLessThan(gravest);
        assertThat(soon.at()).isLessThan(late.at());
        assertThat(soon.state()).isEqualTo(State.CONTESTED);
        assertThat(soon.deadline()).isEqualTo(NOW + 60);
    }

    @Test
    void anObjectionIsMorePressingThanAllElseAndHasADayByWhichToAnswer() {
        Decision objected = new Decision(null, 0, "Words.", NOW, NOW + 60, true, NOW);
        Place place =
                place(List.of(held(Standing.UNKNOWN, 0, objected)), Map.of(PRACTICE, objected), List.of(), null, NOW);
        assertThat(Objects.requireNonNull(place).state()).isEqualTo(State.OBJECTED);
        assertThat(place.deadline()).isEqualTo(NOW + Duration.ofDays(14).toSeconds());
    }

    @Test
    void whatIsOnlyReportedWaitsAsThat() {
        Place place = place(List.of(), Map.of(), List.of(reported(.2)), null, NOW);
        assertThat(Objects.requireNonNull(place).state()).isEqualTo(State.REPORTED);
        assertThat(place.practices()).containsExactly(PRACTICE);
    }

    private static Place contested(long until) {
        Decision contested = new Decision(null, 0, "Words.", NOW, until, true, 0);
        return Objects.requireNonNull(
                place(List.of(held(Standing.SIGNS, 0, contested)), Map.of(PRACTICE, contested), List.of(), null, NOW));
    }

    private static long at(double weight, double reports, @Nullable Long followers, long since) {
        return Objects.requireNonNull(place(
                        List.of(held(Standing.LIKELY, weight, Decision.NONE)),
                        Map.of(),
                        List.of(reported(reports)),
                        followers,
                        since))
                .at();
    }

    private static @Nullable Place place(
            List<Verdict> verdicts,
            Map<Practice, Decision> decisions,
            List<Reported> reported,
            @Nullable Long followers,
            long since) {
        return Place.of(verdicts, decisions, reported, followers, since);
    }

    private static Reported reported(double weight) {
        return new Reported(PRACTICE.id(), 5, 2, weight, NOW, NOW, 0);
    }

    static Verdict held(Standing standing, double weight, Decision decision) {
        Finding finding = new Finding(
                PRACTICE,
                "follow-churn/1",
                Finding.Opinion.PRESENT,
                false,
                "Of follows not returned, 59 in 100 were dropped.",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Finding.Sources(1, 0),
                List.of(),
                NOW,
                weight);
        return new Verdict(1, standing, null, finding, NOW, 0, decision, null);
    }
}
