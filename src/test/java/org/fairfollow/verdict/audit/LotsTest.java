package org.fairfollow.verdict.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class LotsTest {
    private static final byte[] SEED = "one seed".getBytes(StandardCharsets.UTF_8);

    @Test
    void theSameSeedDrawsTheSameInWhateverOrderAccountsCome() {
        List<Integer> accounts =
                new ArrayList<>(IntStream.range(0, 5_000).boxed().toList());
        List<Integer> drawn = draw(SEED, accounts, 60);
        Collections.shuffle(accounts, Seed.random("the order of accounts"));

        assertThat(draw(SEED, accounts, 60)).isEqualTo(drawn).hasSize(60).doesNotHaveDuplicates();
        assertThat(draw("another".getBytes(StandardCharsets.UTF_8), accounts, 60))
                .isNotEqualTo(drawn);
    }

    @Test
    void everybodyIsDrawnAsOften() {
        Random random = Seed.random("seeds of draws");
        int[] times = new int[20];
        for (int i = 0; i < 2_000; i++) {
            byte[] seed = new byte[16];
            random.nextBytes(seed);
            for (int account : draw(seed, IntStream.range(0, 20).boxed().toList(), 5)) {
                times[account]++;
            }
        }
        // 500 on average; a binomial count is within five standard errors of that.
        assertThat(Arrays.stream(times).boxed().toList())
                .allSatisfy(count -> assertThat(count).isBetween(403, 597));
    }

    @Test
    void eachStratumGetsItsShareAndLessThanOneAside() {
        int[] taken = taken(381, new int[] {33, 333, 634}, new int[3], new int[] {33, 333, 634});

        assertThat(taken).containsExactly(13, 127, 241);
    }

    @Test
    void laterDrawsMakeUpForWhatWasDrawnBefore() {
        int[] taken = taken(141, new int[] {300, 300, 400}, new int[] {24, 72, 144}, new int[] {300, 300, 400});

        assertThat(taken).containsExactly(114 - 24, 42, 153 - 144);
    }

    @Test
    void whatAStratumLacksOthersMakeUpFor() {
        assertThat(taken(60, new int[] {30, 30, 30}, new int[3], new int[] {5, 30, 30}))
                .containsExactly(5, 28, 27);
    }

    @Test
    void whereThereIsTooLittleAllOfItIsDrawn() {
        assertThat(taken(60, new int[] {3, 0, 4}, new int[3], new int[] {3, 0, 4}))
                .containsExactly(3, 0, 4);
        assertThat(taken(60, new int[3], new int[3], new int[3])).containsExactly(0, 0, 0);
    }

    @Test
    void aStratumThatHoldsAlmostNothingIsNotLeftOut() {
        assertThat(taken(60, new int[] {1, 0, 100_000}, new int[3], new int[] {1, 0, 1_000}))
                .containsExactly(1, 0, 59);
    }

    private static List<Integer> draw(byte[] seed, List<Integer> accounts, int wanted) {
        Lots<Integer> lots = new Lots<>(seed, wanted);
        accounts.forEach(account -> lots.offer(account, account));
        return lots.draw(wanted);
    }

    /** How many of each stratum are drawn, of those there are still to be had. */
    private static int[] taken(int wanted, int[] held, int[] drawnBefore, int[] left) {
        List<Lots<Integer>> strata = new ArrayList<>();
        for (int i = 0; i < left.length; i++) {
            Lots<Integer> lots = new Lots<>(SEED, wanted);
            for (int account = 0; account < left[i]; account++) {
                lots.offer(account, i);
            }
            strata.add(lots);
        }
        int[] taken = new int[left.length];
        Lots.fill(wanted, held, drawnBefore, strata).forEach(stratum -> taken[stratum]++);
        return taken;
    }
}
