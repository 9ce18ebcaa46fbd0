package org.fairfollow.detection.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.messages.InventedMessages.DAY;
import static org.fairfollow.detection.messages.InventedMessages.NOW;
import static org.fairfollow.detection.messages.InventedMessages.TEMPLATE;
import static org.fairfollow.detection.messages.InventedMessages.THANKS;

import java.util.List;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.text.NormalText;
import org.junit.jupiter.api.Test;

class AutoDmDetectorTest {
    private static final AutoDmDetector DETECTOR = new AutoDmDetector();

    @Test
    void oneTextWithinMinutesToldOfOverWeeksIsPresent() {
        Finding finding = judge(new InventedMessages().every(4, 12, TEMPLATE, 45L));
        assertThat(finding.opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(finding.statement())
                .isEqualTo("3 Oct – 16 Nov, 12 recipients in at least 12 independent groups told of the same text."
                        + " Of 12 who also told when it came, 12 got it within 10 minutes of following: 100 in 100"
                        + " (at least 51). For 12 it held a link.");
        assertThat(finding.sources()).isEqualTo(new Finding.Sources(0, 12));
        assertThat(finding.lastEvidenceAt()).isEqualTo(NOW - 2 * DAY);
        assertThat(finding.missing()).isEmpty();
        assertThat(finding.strict()).isFalse();
        assertThat(finding.weight()).isPositive();
        assertThat(finding.alibis())
                .extracting(Alibi::code)
                .containsExactly("manual-greeter", "busiest-cluster-counted-once", "stock-phrase");
    }

    @Test
    void fiveRecipientsInFourClustersAreEnough() {
        InventedMessages five = new InventedMessages().every(3, 4, TEMPLATE, 600L);
        assertThat(judge(five).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(judge(five))).containsExactly("recipients");
        five.told(2, "fifth.example", TEMPLATE, 600L);
        assertThat(judge(five).opinion()).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void threeClustersAreNot() {
        InventedMessages three = new InventedMessages()
                .every(3, 3, TEMPLATE, 10L)
                .told(2.5, "d.example", TEMPLATE, 10L)
                .told(5.5, "e.example", TEMPLATE, 10L);
        assertThat(missing(judge(three))).containsExactly("observer-clusters");
    }

    @Test
    void fourInFiveMustComeWithinTenMinutes() {
        InventedMessages told = new InventedMessages()
                .every(5, 8, TEMPLATE, 600L)
                .told(5, "late.example", TEMPLATE, 601L)
                .told(10, "later.example", TEMPLATE, 90_000L);
        assertThat(judge(told).opinion()).isEqualTo(Opinion.PRESENT);
        told.told(15, "latest.example", TEMPLATE, 601L);
        assertThat(judge(told).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(judge(told))).containsExactly("certainty");
    }

    @Test
    void unknownDelaysDoNotCount() {
        InventedMessages told = new InventedMessages().every(4, 4, TEMPLATE, 5L).every(4, 30, TEMPLATE, null);
        assertThat(missing(judge(told))).containsExactly("recipients");
        told.told(100, "negative.example", TEMPLATE, -5L);
        assertThat(missing(judge(told))).containsExactly("recipients");
        told.told(100, "fifth.example", TEMPLATE, 5L);
        assertThat(judge(told).opinion()).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void oneVoiceHoweverOftenItTells() {
        InventedMessages told = new InventedMessages();
        for (int i = 0; i < 40; i++) {
            told.told(2 + 3 * i, "same.example", TEMPLATE, 5L);
        }
        assertThat(judge(told).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void theLongestDelayOfARecipientCounts() {
        InventedMessages told = new InventedMessages().every(4, 5, TEMPLATE, 5L);
        for (int i = 0; i < 5; i++) {
            told.told(1, "observer" + i + ".example", TEMPLATE, 90_000L);
        }
        assertThat(judge(told).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void nearDuplicatesAreOneTemplate() {
        InventedMessages told = new InventedMessages();
        String text =
                "Hi there, every %s our little harbour bakery down at the old pier bakes cinnamon rolls with cardamom"
                        + " and brown butter, and since you follow us now you get to hear of it the evening before anybody else does";
        String[] days = {"Friday", "Monday", "Tuesday", "Sunday", "Friday", "Monday"};
        for (int i = 0; i < days.length; i++) {
            told.told(2 + 4 * i, "o" + i + ".example", text.formatted(days[i]), 30L);
        }
        assertThat(judge(told).opinion()).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void ownWordsForEveryoneAreAbsent() {
        InventedMessages told = new InventedMessages();
        for (int i = 0; i < 20; i++) {
            told.told(2 + 3 * i, "o" + i + ".example", inventedText(i), 30L);
        }
        Finding finding = judge(told);
        assertThat(finding.opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(finding.statement()).contains("none got a text").contains("at most 22");
        InventedMessages fewer = new InventedMessages();
        told.messages().stream().skip(1).forEach(fewer::add);
        assertThat(judge(fewer).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(judge(fewer))).contains("shared-text");
    }

    @Test
    void absenceNeedsIndependentRecipientsToo() {
        InventedMessages told = new InventedMessages();
        for (int i = 0; i < 100; i++) {
            told.told(2 + i / 100.0, "o" + i + ".example", inventedText(i), 30L);
        }
        assertThat(judge(told).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void severalTemplatesTogetherAreNotAbsent() {
        InventedMessages told = new InventedMessages();
        for (int i = 0; i < 25; i++) {
            told.told(2 + 3 * i, "o" + i + ".example", inventedText(i % 8), 30L);
        }
        assertThat(judge(told).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void whoGreetsByHandHoursLaterIsAbsent() {
        InventedMessages told =
                new InventedMessages().every(3, 3, TEMPLATE, 300L).every(3, 22, TEMPLATE, 21_600L);
        assertThat(judge(told).opinion()).isEqualTo(Opinion.ABSENT);
    }

    @Test
    void politenessIsNoTemplate() {
        for (String text : List.of(THANKS, "Thanks for the follow!")) {
            Finding finding = judge(new InventedMessages().every(4, 12, text, 5L));
            assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
            assertThat(missing(finding)).startsWith("shared-text");
            assertThat(judge(new InventedMessages().every(4, 22, text, 5L)).opinion())
                    .isEqualTo(Opinion.ABSENT);
        }
    }

    @Test
    void leaningOnAStockPhraseGivesSigns() {
        String leaning = THANKS + " See you at the pier";
        assertThat(survived(judge(new InventedMessages().every(4, 12, leaning, 5L)), "stock-phrase"))
                .isFalse();
        assertThat(judge(new InventedMessages().every(4, 12, leaning, 5L)).opinion())
                .isEqualTo(Opinion.SIGNS);
    }

    @Test
    void aBrigadeIsOneCluster() {
        InventedMessages brigade = new InventedMessages();
        for (int i = 0; i < 500; i++) {
            brigade.told(5 + 2.0 * i / 499, "sybil" + i + ".example", TEMPLATE, 5L);
        }
        assertThat(judge(brigade).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(judge(brigade).sources().reported()).isEqualTo(1);
        brigade.told(30, "honest.example", TEMPLATE, 5L);
        assertThat(judge(brigade).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void aBrigadeDoesNotOutvoteThoseWhomSomebodyGreetedByHand() {
        // The text is pasted by hand, hours later as a rule; sybils tell that it came at once.
        InventedMessages told =
                new InventedMessages().every(6, 4, TEMPLATE, 400L).every(6, 12, TEMPLATE, 30_000L);
        for (int i = 0; i < 300; i++) {
            told.told(40 + 2.0 * i / 299, "sybil" + i + ".example", TEMPLATE, 5L);
        }
        Finding finding = judge(told);
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(survived(finding, "busiest-cluster-counted-once")).isFalse();
        assertThat(survived(finding, "manual-greeter")).isFalse();
    }

    @Test
    void oneSittingAtTheScreenIsNoHabit() {
        // Prompt on one evening with many recipients, late on the other days.
        InventedMessages told =
                new InventedMessages().every(6, 4, TEMPLATE, 400L).every(6, 3, TEMPLATE, 4_000L);
        for (int i = 0; i < 10; i++) {
            told.told(50.1 + i / 100.0, "evening" + i + ".example", TEMPLATE, 200L);
            told.told(60.1 + i / 100.0, "another" + i + ".example", TEMPLATE, 200L);
        }
        Finding finding = judge(told);
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(survived(finding, "manual-greeter")).isFalse();
    }

    @Test
    void friendsWhoTellOfTheSameAccountsAreOneCluster() {
        InventedMessages told = new InventedMessages().every(4, 12, TEMPLATE, 5L);
        for (int i = 0; i < 12; i++) {
            told.alsoObserved("observer" + i + ".example", 5, 6, 100 + i);
        }
        assertThat(missing(judge(told))).containsExactly("observer-clusters");
    }

    @Test
    void oldAndFutureMessagesDoNotCount() {
        InventedMessages told = new InventedMessages().every(4, 12, TEMPLATE, 5L);
        assertThat(judge(told.dossier(NOW + 200 * DAY)).lastEvidenceAt()).isZero();
        assertThat(judge(told.dossier(NOW + 200 * DAY)).statement()).startsWith("Nobody told of a message");
        assertThat(judge(told.dossier(NOW - 100 * DAY)).reasons()).isEmpty();
        assertThat(judge(told.dossier(NOW - 100 * DAY)).weight()).isZero();
    }

    @Test
    void theBetterOfTwoTemplatesDecides() {
        InventedMessages told = new InventedMessages().every(4, 6, TEMPLATE, 5L).every(4, 12, inventedText(3), 50_000L);
        assertThat(judge(told).opinion()).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void bandsThatAreNoneMakeNoTemplate() {
        String fingerprint = NormalText.of(TEMPLATE).fingerprint();
        for (List<String> bands : List.of(List.<String>of(), List.of("zz"), List.of("0".repeat(100_000)))) {
            InventedMessages told = new InventedMessages();
            for (int i = 0; i < 10; i++) {
                told.add(InventedMessages.raw(NOW - (2 + 4 * i) * DAY, "o" + i, fingerprint, bands, 5L));
            }
            assertThat(judge(told).opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        }
    }

    @Test
    void everyCodeHasItsWords() {
        var description = DETECTOR.describe();
        List<Finding> findings = Stream.of(
                        new InventedMessages().every(4, 12, TEMPLATE, 5L),
                        new InventedMessages().every(4, 12, THANKS + " See you at the pier", 5L),
                        new InventedMessages().every(3, 25, TEMPLATE, 21_600L),
                        new InventedMessages())
                .map(AutoDmDetectorTest::judge)
                .toList();
        for (Finding finding : findings) {
            assertThat(description.caveats()).extracting(Phrase::code).containsAll(finding.caveats());
            assertThat(description.alibis())
                    .extracting(Phrase::code)
                    .containsAll(finding.alibis().stream().map(Alibi::code).toList());
            assertThat(description.measures())
                    .extracting(measure -> measure.code())
                    .containsAll(finding.reasons().stream().map(Reason::code).toList());
            finding.tables().forEach(table -> assertThat(table.rows())
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns())));
        }
        assertThat(findings.getFirst().caveats())
                .containsExactly(
                        "seen-by-recipients-only",
                        "told-not-measured",
                        "pasted-by-hand",
                        "observers-told-of-nothing-else");
        assertThat(findings.getLast().caveats()).isEmpty();
    }

    static String inventedText(int i) {
        String[] words = {"apples", "boats", "candles", "drums", "engines", "flowers", "guitars", "hats", "islands"};
        String one = words[i % 9] + "x".repeat(i / 9);
        String other = words[(i + 4) % 9] + "y".repeat(i / 9);
        return "I saw your photos of %s and wondered whether %s would look as fine beside your %s in %s light"
                .formatted(one, other, one + other, other + one);
    }

    private static Finding judge(InventedMessages told) {
        return judge(told.dossier());
    }

    private static Finding judge(Dossier dossier) {
        return DETECTOR.judge(dossier);
    }

    private static List<String> missing(Finding finding) {
        return finding.missing().stream().map(Missing::code).toList();
    }

    private static boolean survived(Finding finding, String alibi) {
        return finding.alibis().stream()
                .filter(one -> one.code().equals(alibi))
                .findFirst()
                .orElseThrow()
                .survived();
    }
}
