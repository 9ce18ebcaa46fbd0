package org.fairfollow.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.fairfollow.evidence.ObserverClusters.Telling;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class ObserverClustersTest {
    private static final long HOUR = 3_600;
    private static final long START = 1_790_000_000;

    @Test
    void nobodyIsNone() {
        assertThat(ObserverClusters.count(List.of(), Map.of())).isZero();
        assertThat(ObserverClusters.busiestBurst(List.of())).isZero();
    }

    @Test
    void exactly48HoursApartIsStillOneBurst() {
        assertThat(count(at(0), at(48 * HOUR))).isEqualTo(1);
        assertThat(count(at(0), at(48 * HOUR + 1))).isEqualTo(2);
        assertThat(ObserverClusters.busiestBurst(List.of(at(0), at(48 * HOUR), at(48 * HOUR + 1))))
                .isEqualTo(2);
    }

    @Test
    void peopleWhoTellEveryDayAreAsManyClustersAsFitBetweenThem() {
        Telling[] daily =
                IntStream.range(0, 30).mapToObj(day -> at(day * 24 * HOUR)).toArray(Telling[]::new);
        assertThat(count(daily)).isEqualTo(10);
    }

    @Test
    void whoTellsOfTheSameAccountsIsOneHoweverLongTheyTake() {
        List<Telling> tellings = weekly("a", "b", "c", "d", "e");
        assertThat(ObserverClusters.count(tellings, Map.of())).isEqualTo(5);
        Map<String, List<Integer>> same = new HashMap<>();
        tellings.forEach(telling -> same.put(telling.observer(), List.of(7, 3)));
        assertThat(ObserverClusters.count(tellings, same)).isEqualTo(1);
    }

    @Test
    void oneSharedAccountOrLessThanHalfOfThemLinksNobody() {
        List<Telling> tellings = weekly("a", "b");
        assertThat(ObserverClusters.count(tellings, Map.of("a", List.of(1), "b", List.of(1))))
                .isEqualTo(2);
        // 2 of 5 shared, then 2 of 4.
        assertThat(ObserverClusters.count(tellings, Map.of("a", List.of(1, 2, 3), "b", List.of(1, 2, 4, 5))))
                .isEqualTo(2);
        assertThat(ObserverClusters.count(tellings, Map.of("a", List.of(1, 2, 3), "b", List.of(4, 2, 1, 1))))
                .isEqualTo(1);
    }

    @Test
    void linksChain() {
        List<Telling> tellings = weekly("a", "b", "c");
        Map<String, List<Integer>> chain = Map.of("a", List.of(1, 2, 3), "b", List.of(2, 3, 4), "c", List.of(3, 4, 5));
        assertThat(ObserverClusters.count(tellings, chain)).isEqualTo(1);
        assertThat(ObserverClusters.ofSameAccounts(tellings, chain)).hasSize(1);
    }

    @Test
    void whoeverTellsWithin48HoursAddsOneAtMostWhateverElseLiesAround() {
        Random random = Seed.random("bursts");
        for (int run = 0; run < 500; run++) {
            List<Telling> around = drawn(random, "honest", random.nextInt(12), 60 * 24 * HOUR);
            Map<String, List<Integer>> alsoObserved = others(random, around);
            long burst = START + random.nextLong(60 * 24 * HOUR);
            List<Telling> brigade = IntStream.range(0, 1 + random.nextInt(300))
                    .mapToObj(i -> new Telling("sybil" + i, burst + random.nextLong(48 * HOUR + 1)))
                    .toList();
            alsoObserved.putAll(others(random, brigade));
            int before = ObserverClusters.count(around, alsoObserved);
            assertThat(ObserverClusters.count(brigade, alsoObserved)).isEqualTo(1);
            assertThat(ObserverClusters.count(joined(around, brigade), alsoObserved))
                    .isLessThanOrEqualTo(before + 1);
        }
    }

    @Test
    void joiningAClusterNeverRaisesTheCount() {
        Random random = Seed.random("joining a cluster");
        for (int run = 0; run < 2_000; run++) {
            List<Telling> tellings = drawn(random, "o", 1 + random.nextInt(12), 40 * 24 * HOUR);
            Map<String, List<Integer>> alsoObserved = others(random, tellings);
            Telling known = tellings.get(random.nextInt(tellings.size()));
            alsoObserved.merge(known.observer(), List.of(901, 902, 903), ObserverClustersTest::joined);
            int before = ObserverClusters.count(tellings, alsoObserved);
            List<Telling> more = IntStream.range(0, 20)
                    .mapToObj(i -> new Telling("joiner" + i, START + random.nextLong(40 * 24 * HOUR)))
                    .toList();
            more.forEach(
                    joiner -> alsoObserved.put(joiner.observer(), List.copyOf(alsoObserved.get(known.observer()))));
            assertThat(ObserverClusters.count(joined(tellings, more), alsoObserved))
                    .isLessThanOrEqualTo(before);
        }
    }

    @Test
    void orderChangesNothingAndNothingThrows() {
        Random random = Seed.random("absurd tellings");
        long[] absurd = {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1, START};
        for (int run = 0; run < 500; run++) {
            List<Telling> tellings = new ArrayList<>(drawn(random, "o", 20, 20 * 24 * HOUR));
            for (int i = 0; i < 5; i++) {
                tellings.add(new Telling("o" + random.nextInt(25), absurd[random.nextInt(absurd.length)]));
            }
            Map<String, List<Integer>> alsoObserved = others(random, tellings);
            int count = ObserverClusters.count(tellings, alsoObserved);
            int burst = ObserverClusters.busiestBurst(tellings);
            Collections.shuffle(tellings, random);
            assertThat(ObserverClusters.count(tellings, alsoObserved)).isEqualTo(count);
            assertThat(ObserverClusters.busiestBurst(tellings)).isEqualTo(burst);
        }
    }

    @Test
    void timesAtBothEndsAreFarApart() {
        assertThat(ObserverClusters.count(
                        List.of(new Telling("a", Long.MIN_VALUE), new Telling("b", Long.MAX_VALUE)), Map.of()))
                .isEqualTo(2);
    }

    private static int count(Telling... tellings) {
        return ObserverClusters.count(List.of(tellings), Map.of());
    }

    private static Telling at(long second) {
        return new Telling("at" + second, START + second);
    }

    private static List<Telling> weekly(String... observers) {
        return IntStream.range(0, observers.length)
                .mapToObj(week -> new Telling(observers[week], START + week * 7 * 24 * HOUR))
                .toList();
    }

    private static List<Telling> drawn(Random random, String name, int count, long within) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Telling(name + i, START + random.nextLong(within)))
                .toList();
    }

    private static Map<String, List<Integer>> others(Random random, List<Telling> tellings) {
        Map<String, List<Integer>> others = new HashMap<>();
        for (Telling telling : tellings) {
            others.put(
                    telling.observer(),
                    random.ints(random.nextInt(5), 0, 8).boxed().toList());
        }
        return others;
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
