package org.fairfollow.detection.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClockworkTest {
    private static List<Long> every(long seconds, int count) {
        return LongStream.range(0, count).mapToObj(i -> i * seconds).toList();
    }

    private static boolean shows(Clockwork clock) {
        return clock.unevenMinutes(50, .001) || clock.regularGaps(50, 1);
    }

    @Test
    void schedulesAreSeen() {
        assertThat(shows(Clockwork.of(every(3_600, 60)))).isTrue();
        assertThat(shows(Clockwork.of(every(300, 300)))).isTrue();
        assertThat(shows(Clockwork.of(every(86_400, 60)))).isTrue();
        assertThat(shows(Clockwork.of(every(5 * 3_600 + 1_020, 60)))).isTrue();
    }

    @Test
    void tooFewTimesAreNoSchedule() {
        assertThat(shows(Clockwork.of(every(3_600, 49)))).isFalse();
        assertThat(Clockwork.of(List.of()).minuteTail()).isEqualTo(1);
    }

    @Test
    void aBurstIsOneSittingAndNoGap() {
        Clockwork clock = Clockwork.of(every(20, 500));
        assertThat(clock.sittings()).isOne();
        assertThat(clock.gaps()).isZero();
    }

    @Test
    void threeTimesADayAtFixedHoursLeaveNoUncertainty() {
        List<Long> times = LongStream.range(0, 60)
                .boxed()
                .flatMap(day -> List.of(9L, 13L, 18L).stream().map(hour -> day * 86_400 + hour * 3_600))
                .toList();
        assertThat(Clockwork.of(times).gapBits()).isLessThan(.1);
    }

    /** Sittings of a person: some posts within minutes, then hours of silence. */
    @Test
    void peopleSeldomLookLikeASchedule() {
        int flagged = 0;
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long[] at = {0};
            List<Long> times = random.doubles(300)
                    .mapToObj(chance -> at[0] += chance < .6
                            ? (long) (60 * Math.exp(random.nextGaussian()))
                            : (long) (3_600 * 4 * Math.exp(random.nextGaussian())))
                    .toList();
            flagged += shows(Clockwork.of(times)) ? 1 : 0;
        }
        assertThat(flagged).isLessThanOrEqualTo(2);
    }

    @Test
    void timesBeforeNineteenSeventyHaveMinutesToo() {
        Clockwork before =
                Clockwork.of(LongStream.range(-60, 0).mapToObj(i -> i * 3_600).toList());
        assertThat(before.minuteTail()).isCloseTo(Clockwork.of(every(3_600, 60)).minuteTail(), within(1e-12));
    }
}
