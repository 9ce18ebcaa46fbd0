package org.fairfollow.detection.followback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.fairfollow.detection.followback.InventedFollowers.AS_OF;
import static org.fairfollow.detection.followback.InventedFollowers.DAY;
import static org.fairfollow.detection.followback.InventedFollowers.HOUR;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.fairfollow.detection.followback.AutoFollowBackDetector.Thresholds;
import org.junit.jupiter.api.Test;

class BatchClockTest {
    private static final Thresholds RULE = Thresholds.DEFAULT;
    private static final long MIDNIGHT = Math.floorDiv(AS_OF, DAY) * DAY;

    private static List<Long> daily(int days, long jitter) {
        Random random = new Random(3);
        return IntStream.range(0, days)
                .mapToObj(day -> MIDNIGHT - day * DAY + 19 * HOUR + (long) (jitter * random.nextGaussian()))
                .toList();
    }

    @Test
    void eventsMoreThanTenMinutesApartAreTwoBatches() {
        assertThat(BatchClock.batches(List.of(1_801L, 0L, 600L, 1_200L), RULE)).containsExactly(0L, 1_801L);
    }

    @Test
    void aTimerIsFoundInTheMinuteOfTheHour() {
        BatchClock clock = BatchClock.of(daily(60, 20), RULE);
        assertThat(clock.period()).isEqualTo(HOUR);
        assertThat(clock.share()).isCloseTo(1, within(.05));
    }

    @Test
    void aStrokeMayLieOnTheFullHour() {
        List<Long> around = IntStream.range(0, 40)
                .mapToObj(i -> MIDNIGHT + i * 5 * HOUR + (i % 2 == 0 ? -80 : 80))
                .toList();
        BatchClock clock = BatchClock.of(around, RULE);
        assertThat(clock.hits()).isEqualTo(40);
        assertThat(clock.position()).isEqualTo(HOUR - 80);
        assertThat(clock.shareOf(around, RULE)).isOne();
    }

    @Test
    void aTimerThatDriftsIsFoundInItsGaps() {
        // Seven hours and thirteen minutes: the minute of the hour wanders.
        List<Long> drifting =
                LongStream.range(0, 100).mapToObj(i -> MIDNIGHT + i * 25_980).toList();
        BatchClock clock = BatchClock.of(drifting, RULE);
        assertThat(clock.period()).isZero();
        assertThat(clock.position()).isEqualTo(25_980);
        assertThat(clock.share()).isEqualTo(1);
    }

    @Test
    void peopleAreNoClocks() {
        for (long jitter : List.of(300L, 1_200L, 5_400L)) {
            BatchClock clock = BatchClock.of(daily(88, jitter), RULE);
            assertThat(clock.share(RULE.z()).lower()).as("%d s", jitter).isLessThan(RULE.clocked());
        }
        assertThat(BatchClock.shareAtMost(daily(88, 5_400), RULE)).isLessThan(RULE.clocked());
    }

    @Test
    void eventsThatKeepToTheSameClockInheritIt() {
        List<Long> strokes =
                LongStream.range(0, 200).mapToObj(i -> MIDNIGHT + i * HOUR).toList();
        BatchClock clock = BatchClock.of(strokes, RULE);
        List<Long> shortlyAfter = strokes.stream().map(at -> at + 90).toList();
        List<Long> anytime =
                new Random(1).longs(500, MIDNIGHT, MIDNIGHT + 30 * DAY).boxed().toList();
        assertThat(clock.shareOf(shortlyAfter, RULE)).isEqualTo(1);
        assertThat(clock.shareOf(anytime, RULE)).isLessThan(.1);
    }

    @Test
    void nothingKeepsToNoClock() {
        assertThat(BatchClock.of(List.of(), RULE).share()).isZero();
        assertThat(BatchClock.shareAtMost(List.of(), RULE)).isOne();
        assertThat(BatchClock.of(List.of(5L), RULE).share(RULE.z()).lower()).isLessThan(RULE.clocked());
    }
}
