package org.fairfollow.network.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whom a sample has in it. */
class FollowerListTest {
    @Test
    void samplesAreEvenAndEveryRankIsAsLikelyAsAnyOther() {
        FollowerList<Integer> list = listOf(1_003);
        int[] drawn = new int[1_004];
        Random random = new Random(7);
        for (int draw = 0; draw < 2_000; draw++) {
            SortedMap<Integer, Integer> sample = list.sample(400, random);
            assertThat(sample).hasSize(400);
            assertThat(sample.values()).containsExactlyElementsOf(sample.keySet());
            int before = 0;
            int widest = 0;
            for (int rank : sample.keySet()) {
                widest = Math.max(widest, rank - before);
                before = rank;
                drawn[rank]++;
            }
            assertThat(Math.max(widest, 1_003 - before)).isLessThanOrEqualTo(3);
        }
        // 798 times on average; five standard deviations to either side.
        assertThat(Arrays.stream(drawn).skip(1)).allMatch(times -> 690 < times && times < 905);
    }

    @Test
    void ofFewAllAreTaken() {
        assertThat(listOf(5).sample(400, new Random(1)))
                .hasSize(5)
                .containsEntry(1, 1)
                .containsEntry(5, 5);
        assertThat(listOf(0).sample(400, new Random(1))).isEmpty();
    }

    private static FollowerList<Integer> listOf(int many) {
        Map<String, Integer> page = new TreeMap<>();
        FollowerList<Integer> list = new FollowerList<>();
        for (int rank = 1; rank <= many; rank++) {
            page.put("%05d".formatted(rank), rank);
        }
        list.addPage(page, true);
        return list;
    }
}
