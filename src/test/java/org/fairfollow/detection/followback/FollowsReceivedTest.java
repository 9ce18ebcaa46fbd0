package org.fairfollow.detection.followback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followback.InventedFollowers.AS_OF;
import static org.fairfollow.detection.followback.InventedFollowers.DAY;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;
import org.fairfollow.detection.followback.FollowReceived.Look;
import org.fairfollow.detection.followback.FollowsReceived.Exclusion;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowsReceivedTest {
    private static final long AT = AS_OF - 20 * DAY;

    private static Arrival arrival(long from, long to) {
        return new Arrival(7, new Span(from, to), InventedFollowers.thrownAway(), List.of());
    }

    private static FollowEpisode follow(long from) {
        return new FollowEpisode(7, new Span(from, Span.OPEN));
    }

    private static FollowsReceived received(List<Span> covered, List<Arrival> arrivals, FollowEpisode... follows) {
        return FollowsReceived.of(
                new Dossier(
                        AS_OF,
                        List.of(follows),
                        Map.of(),
                        new Coverage(covered, 0, 0, 0, 0),
                        new Arrivals(arrivals, List.of(), List.of()),
                        Observations.NONE),
                Thresholds.DEFAULT);
    }

    private static FollowsReceived received(Arrival arrival, FollowEpisode... follows) {
        return received(List.of(new Span(AS_OF - 120 * DAY, AS_OF)), List.of(arrival), follows);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "86400, 86400"})
    void aFollowBackWithin24HoursCounts(long after, long latency) {
        FollowReceived only =
                received(arrival(AT, Span.OPEN), follow(AT + after)).counted().getFirst();
        assertThat(only.latency()).isEqualTo(latency);
    }

    @Test
    void aLaterFollowBackDoesNot() {
        assertThat(received(arrival(AT, Span.OPEN), follow(AT + DAY + 1))
                        .counted()
                        .getFirst()
                        .followedBack())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-2000000"})
    void whomTheAccountFollowedBeforeCannotBeFollowedBack(long before) {
        FollowsReceived received = received(arrival(AT, Span.OPEN), follow(AT + before), follow(AT + 60));
        assertThat(received.counted()).isEmpty();
        assertThat(received.excluded(Exclusion.FOLLOWED_ALREADY)).isOne();
    }

    @Test
    void theOutcomeIsOpenForADay() {
        assertThat(received(arrival(AS_OF - DAY + 1, Span.OPEN)).excluded(Exclusion.OPEN))
                .isOne();
        assertThat(received(arrival(AS_OF - DAY, Span.OPEN)).counted()).hasSize(1);
    }

    @Test
    void olderThanTheWindowIsNotLookedAt() {
        assertThat(received(arrival(AS_OF - 90 * DAY - 1, Span.OPEN)).received())
                .isZero();
        assertThat(received(arrival(AS_OF - 90 * DAY, Span.OPEN)).counted()).hasSize(1);
    }

    @Test
    void aGapInTheNextDayLeavesTheOutcomeUnseen() {
        List<Arrival> arrivals = List.of(arrival(AT, Span.OPEN));
        List<Span> gap = List.of(new Span(AT - DAY, AT + DAY - 1), new Span(AT + DAY, AS_OF));
        assertThat(received(gap, arrivals, follow(AT + 5)).excluded(Exclusion.UNCOVERED))
                .isOne();
        List<Span> none = List.of(new Span(AT, AT + DAY));
        assertThat(received(none, arrivals, follow(AT + 5)).counted()).hasSize(1);
        // Coverage that ends before it begins is unknown, and one that touches is one.
        assertThat(received(List.of(new Span(AT + 9, AS_OF), new Span(AT, AT + 9)), arrivals)
                        .counted())
                .hasSize(1);
    }

    @Test
    void aBriefFollowIsLeftOutWhateverCameOfIt() {
        Arrival brief = arrival(AT, AT + 599);
        assertThat(received(brief).excluded(Exclusion.BRIEF)).isOne();
        assertThat(received(brief, follow(AT + 5)).excluded(Exclusion.BRIEF)).isOne();
        assertThat(received(arrival(AT, AT + 600), follow(AT + 5)).counted()).hasSize(1);
    }

    @Test
    void whoLeftAgainWasNotFollowedBack() {
        assertThat(received(arrival(AT, AT + 3_600), follow(AT + 3_601))
                        .counted()
                        .getFirst()
                        .followedBack())
                .isFalse();
        assertThat(received(arrival(AT, AT + 3_600), follow(AT + 3_599))
                        .counted()
                        .getFirst()
                        .followedBack())
                .isTrue();
    }

    @Test
    void comingAgainChangesNothing() {
        List<Span> covered = List.of(new Span(AS_OF - 120 * DAY, AS_OF));
        List<Arrival> twice = List.of(arrival(AT + 5 * DAY, Span.OPEN), arrival(AT, AT + 2 * DAY));
        FollowsReceived received = received(covered, twice, follow(AT + 5 * DAY + 60));
        assertThat(received.counted()).hasSize(1);
        assertThat(received.counted().getFirst().followedBack()).isFalse();
    }

    @Test
    void looksAreJudgedByCountersElseByActivity() {
        int today = (int) (AT / DAY);
        assertThat(look(InventedFollowers.thrownAway(), List.of(today))).isEqualTo(Look.THROWAWAY);
        assertThat(look(InventedFollowers.lively(new Random(1)), List.of())).isEqualTo(Look.OTHER);
        assertThat(look(null, List.of(today + 28))).isEqualTo(Look.OTHER);
        assertThat(look(null, List.of(today - 28))).isEqualTo(Look.OTHER);
        assertThat(look(null, List.of(today + 29, today - 29))).isEqualTo(Look.THROWAWAY);
        assertThat(look(null, List.of())).isEqualTo(Look.THROWAWAY);
        assertThat(look(new Counters(null, null, null, null, null, null, null), List.of()))
                .isEqualTo(Look.THROWAWAY);
    }

    @Test
    void silenceSaysNothingWhereNoActivityIsRecorded() {
        Arrival unknown = new Arrival(7, new Span(AT, Span.OPEN), null, List.of());
        assertThat(received(unknown).counted().getFirst().look()).isEqualTo(Look.UNKNOWN);
    }

    private static Look look(@Nullable Counters counters, List<Integer> activeDays) {
        Arrival one = new Arrival(7, new Span(AT, Span.OPEN), counters, activeDays);
        Arrival active = new Arrival(8, new Span(AT + DAY, Span.OPEN), null, List.of((int) (AT / DAY)));
        return received(List.of(new Span(AS_OF - 120 * DAY, AS_OF)), List.of(active, one))
                .counted()
                .getFirst()
                .look();
    }
}
