package org.fairfollow.detection.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.messages.InventedMessages.DAY;
import static org.fairfollow.detection.messages.InventedMessages.NOW;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observations;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class AutoDmPropertyTest {
    private static final AutoDmDetector DETECTOR = new AutoDmDetector();
    private static final Long[] DELAYS = {null, -1L, 0L, 30L, 600L, 601L, 90_000L, Long.MIN_VALUE, Long.MAX_VALUE};
    private static final long[] TIMES = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, NOW, NOW + 1};

    @Test
    void neverThrowsAndIsAlikeInAnyOrder() {
        Random random = Seed.random("messages in any order");
        for (int run = 0; run < 300; run++) {
            List<MessageTold> messages = drawn(random, random.nextInt(60));
            Map<String, List<Integer>> alsoObserved = others(random, messages);
            long asOf = random.nextInt(10) == 0 ? TIMES[random.nextInt(TIMES.length)] : NOW;
            Finding finding = DETECTOR.judge(dossier(asOf, messages, alsoObserved));
            assertThat(finding.missing().isEmpty()).isEqualTo(finding.opinion() != Opinion.TOO_LITTLE_EVIDENCE);
            assertThat(finding.weight()).isFinite();
            assertThat(finding.reasons())
                    .allSatisfy(reason -> assertThat(reason.value()).isFinite());
            Collections.shuffle(messages, random);
            assertThat(DETECTOR.judge(dossier(asOf, messages, alsoObserved))).isEqualTo(finding);
            messages.addAll(List.copyOf(messages));
            Finding twice = DETECTOR.judge(dossier(asOf, messages, alsoObserved));
            assertThat(twice.statement()).isEqualTo(finding.statement());
            assertThat(twice.opinion()).isEqualTo(finding.opinion());
        }
    }

    @Test
    void whateverABrigadeTellsWithin48HoursIsNeverPresent() {
        Random random = Seed.random("brigades");
        for (int run = 0; run < 50; run++) {
            long burst = NOW - 2 * DAY - random.nextLong(150 * DAY);
            int sybils = 20 + random.nextInt(200);
            int templates = 1 + random.nextInt(3);
            List<MessageTold> messages = new ArrayList<>();
            for (int i = 0; i < sybils; i++) {
                String text = AutoDmDetectorTest.inventedText(random.nextInt(templates));
                messages.add(InventedMessages.message(
                        burst + random.nextLong(2 * DAY + 1), "sybil" + i, text, random.nextLong(600)));
            }
            // An honest recipient or two, who tell what they got, and a person who greets by hand.
            for (int i = 0; i < random.nextInt(3); i++) {
                messages.add(InventedMessages.message(
                        NOW - random.nextLong(170 * DAY), "honest" + i, AutoDmDetectorTest.inventedText(0), 20L));
            }
            Finding finding = DETECTOR.judge(dossier(NOW, messages, others(random, messages)));
            assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        }
    }

    @Test
    void tensOfThousandsOfMessagesAreJudged() {
        Random random = new Random(5);
        List<MessageTold> messages = IntStream.range(0, 10_000)
                .mapToObj(i -> InventedMessages.raw(
                        NOW - random.nextLong(170 * DAY),
                        "o" + i % 3_000,
                        "0".repeat(32),
                        random.ints(32, 0, 3).mapToObj("%08x"::formatted).toList(),
                        random.nextLong(700)))
                .toList();
        assertThat(DETECTOR.judge(dossier(NOW, messages, Map.of())).sources().reported())
                .isLessThan(100);
    }

    private static List<MessageTold> drawn(Random random, int count) {
        List<MessageTold> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = random.nextInt(20) == 0 ? TIMES[random.nextInt(TIMES.length)] : NOW - random.nextLong(200 * DAY);
            String text = random.nextInt(6) == 0
                    ? InventedMessages.THANKS
                    : AutoDmDetectorTest.inventedText(random.nextInt(3));
            MessageTold told =
                    InventedMessages.message(at, "o" + random.nextInt(30), text, DELAYS[random.nextInt(DELAYS.length)]);
            messages.add(random.nextInt(15) > 0 ? told : InventedMessages.raw(at, "", "", List.of("", "x"), 5L));
        }
        return messages;
    }

    private static Map<String, List<Integer>> others(Random random, List<MessageTold> messages) {
        Map<String, List<Integer>> others = new HashMap<>();
        for (MessageTold message : messages) {
            others.put(
                    message.observer(),
                    random.ints(random.nextInt(4), 0, 9).boxed().toList());
        }
        return others;
    }

    private static Dossier dossier(long asOf, List<MessageTold> messages, Map<String, List<Integer>> alsoObserved) {
        return new Dossier(
                asOf,
                List.of(),
                Map.of(),
                new Coverage(List.of(), 0, 0, 0, 0),
                Arrivals.NONE,
                new Observations(
                        List.of(), List.of(), List.copyOf(messages), List.of(), List.of(), List.of(), alsoObserved));
    }
}
