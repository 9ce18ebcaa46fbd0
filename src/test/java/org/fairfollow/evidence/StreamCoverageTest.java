package org.fairfollow.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Minutes are counted from 1970; T is one of them. */
class StreamCoverageTest {
    private static final long T = 29_800_000;
    private static final long DAY = 1_440;

    @Test
    void nothingSeenCoversNothing() {
        assertThat(StreamCoverage.of(List.of()).spans()).isEmpty();
    }

    @Test
    void oneMinuteCoversItself() {
        assertThat(StreamCoverage.of(List.of(T)).spans()).containsExactly(span(T, T));
    }

    @Test
    void aBusyStreamThatFallsSilentForAnHourWasNotWatched() {
        List<Long> minutes = minutes(T, 600, 1);
        minutes.addAll(minutes(T + 660, 600, 1));
        assertThat(StreamCoverage.of(minutes).spans()).containsExactly(span(T, T + 599), span(T + 660, T + 1_259));
    }

    @Test
    void aBusyStreamMayHoldItsBreath() {
        List<Long> minutes = minutes(T, 600, 1);
        minutes.addAll(minutes(T + 640, 600, 1));
        assertThat(StreamCoverage.of(minutes).spans()).containsExactly(span(T, T + 1_239));
    }

    @Test
    void aQuietStreamIsSilentForHoursWithoutAGap() {
        // Every 40 minutes something, and once nothing for 20 hours.
        List<Long> minutes = minutes(T, 200, 40);
        minutes.addAll(minutes(T + 8_000 + 20 * 60, 200, 40));
        assertThat(StreamCoverage.of(minutes).spans()).hasSize(1);
    }

    @Test
    void aStreamThatSleepsEveryNightIsNotTorn() {
        // Sixteen busy hours and eight silent ones, ten days long.
        assertThat(StreamCoverage.of(sleepingStream(10)).spans()).hasSize(1);
    }

    @Test
    void aLostDayIsAGapEvenInAStreamThatSleepsEveryNight() {
        List<Long> minutes = sleepingStream(10);
        minutes.removeIf(minute -> minute >= T + 5 * DAY && minute < T + 6 * DAY);
        assertThat(StreamCoverage.of(minutes).spans())
                .containsExactly(span(T, T + 4 * DAY + 959), span(T + 6 * DAY, T + 9 * DAY + 959));
    }

    @Test
    void howeverQuietAStreamTwoSilentDaysAreAGap() {
        List<Long> minutes = minutes(T, 10, 600);
        minutes.addAll(minutes(T + 10 * 600 + 2 * DAY, 10, 600));
        assertThat(StreamCoverage.of(minutes).spans()).hasSize(2);
    }

    @Test
    void daysAreCoveredFromTheirFirstMinuteOn() {
        long midnight = T / DAY * DAY;
        int day = (int) (midnight / DAY);
        StreamCoverage coverage = StreamCoverage.of(minutes(midnight + 1, 3 * 1_440, 1));
        assertThat(coverage.containsDayOf(day)).isFalse();
        assertThat(coverage.containsDayOf(day + 1)).isTrue();
        assertThat(coverage.containsDayOf(day + 3)).isTrue();
        assertThat(coverage.containsDayOf(day + 4)).isFalse();
    }

    @Test
    void knownGapsAreCutOutAndTheirDaysCountForNoKeys() {
        long midnight = T / DAY * DAY;
        int day = (int) (midnight / DAY);
        Span noon = new Span((midnight + DAY + 720) * 60 + 5, (midnight + DAY + 722) * 60 + 5);
        Span overlapping = new Span(noon.from() + 30, noon.to() + 30);
        Span before = new Span(midnight * 60 - 1_000, midnight * 60 - 10);
        StreamCoverage coverage =
                StreamCoverage.of(minutes(midnight, 3 * 1_440, 1)).without(List.of(before, noon, overlapping));
        assertThat(coverage.spans())
                .containsExactly(
                        new Span(midnight * 60, noon.from()), new Span(overlapping.to(), (midnight + 3 * DAY) * 60));
        assertThat(coverage.containsDayOf(day)).isTrue();
        assertThat(coverage.containsDayOf(day + 1)).isFalse();
        assertThat(coverage.containsDayOf(day + 2)).isTrue();
        assertThat(coverage.without(List.of(new Span(0, Long.MAX_VALUE))).spans())
                .isEmpty();
    }

    @Test
    void coversItsSecondsToTheLastMinutesEnd() {
        StreamCoverage coverage = StreamCoverage.of(minutes(T, 10, 1));
        assertThat(coverage.contains(T * 60 - 1)).isFalse();
        assertThat(coverage.contains(T * 60)).isTrue();
        assertThat(coverage.contains((T + 10) * 60 - 1)).isTrue();
        assertThat(coverage.contains((T + 10) * 60)).isFalse();
    }

    private static List<Long> sleepingStream(int days) {
        List<Long> minutes = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            minutes.addAll(minutes(T + day * DAY, 960, 1));
        }
        return minutes;
    }

    private static List<Long> minutes(long from, int count, int step) {
        return new ArrayList<>(
                LongStream.range(0, count).mapToObj(i -> from + i * step).toList());
    }

    private static Span span(long firstMinute, long lastMinute) {
        return new Span(firstMinute * 60, (lastMinute + 1) * 60);
    }
}
