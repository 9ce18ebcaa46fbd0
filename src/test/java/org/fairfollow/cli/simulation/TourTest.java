package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TourTest {
    @Test
    void everyNumberIsVisitedOnceARound() {
        for (int size : new int[] {1, 2, 3, 10, 97, 3_600}) {
            for (int subject = 0; subject < 20; subject++) {
                Tour tour = Tour.of(size, 1, subject);
                assertThat(IntStream.range(0, size).map(tour::stop).sorted().toArray())
                        .isEqualTo(IntStream.range(0, size).toArray());
                assertThat(tour.stop(size)).isEqualTo(tour.stop(0));
            }
        }
    }
}
