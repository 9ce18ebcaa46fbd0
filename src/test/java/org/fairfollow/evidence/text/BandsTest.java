package org.fairfollow.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandsTest {
    /** Texts of 60 words of which the last so many differ; their true similarity is on their shingles. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6, 10, 20, 40})
    void similarityIsThatOfTheShingles(int differing) {
        Random random = Seed.random("similarity of bands");
        double estimated = 0;
        double squares = 0;
        double actual = 0;
        int pairs = 400;
        for (int pair = 0; pair < pairs; pair++) {
            List<String> one = words(random, 60);
            List<String> other = new ArrayList<>(one.subList(0, 60 - differing));
            other.addAll(words(random, differing));
            double estimate = bands(one).similarity(bands(other));
            double truth = jaccard(one, other);
            estimated += estimate / pairs;
            actual += truth / pairs;
            squares += (estimate - truth) * (estimate - truth) / pairs;
        }
        System.out.printf("similarity %.3f: estimated %.3f, error %.3f%n", actual, estimated, Math.sqrt(squares));
        assertThat(Math.sqrt(squares)).isLessThan(actual > .75 ? .065 : .14);
        // The root of a share is biased low where few bands are shared.
        assertThat(estimated).isCloseTo(actual, within(actual < .3 ? .06 : .02));
    }

    @Test
    void otherTextsShareNoBands() {
        Random random = Seed.random("different texts");
        List<Bands> texts = IntStream.range(0, 300)
                .mapToObj(text -> bands(words(random, 30)))
                .toList();
        for (Bands one : texts) {
            assertThat(texts.stream().filter(other -> other != one)).allMatch(other -> one.similarity(other) < .3);
        }
    }

    @Test
    void shortTextsHaveNone() {
        assertThat(NormalText.of("a".repeat(36) + " bb").bands()).isEmpty();
        assertThat(NormalText.of("a".repeat(35) + " b c").bands()).isEmpty();
        assertThat(NormalText.of("a".repeat(36) + " b c").bands()).hasSize(32);
        assertThat(NormalText.of("a".repeat(80) + " bb").bands()).isEmpty();
    }

    @Test
    void whatIsToldIsReadBackOrRefused() {
        Bands bands = bands(words(new Random(1), 20));
        assertThat(Bands.parse(bands.hex())).contains(bands);
        List<String> upper = new ArrayList<>(bands.hex());
        upper.set(31, "ABCDEF01");
        assertThat(Bands.parse(upper)).isEmpty();
        upper.set(31, "0123456");
        assertThat(Bands.parse(upper)).isEmpty();
        assertThat(Bands.parse(Collections.nCopies(31, "00000000"))).isEmpty();
        assertThat(Bands.parse(Collections.nCopies(33, "00000000"))).isEmpty();
        assertThat(Bands.parse(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thank you so much for following me! Have a great day!",
                "Hi Anna, thanks for the follow back. Looking forward to your posts",
                "Muchas gracias por seguirme. Que tengas un buen día",
                "Vielen Dank fürs Folgen! Ich wünsche dir einen schönen Tag",
                "フォローしていただきありがとうございます！今後ともよろしくお願いいたします。"
            })
    void politenessIsNoTemplate(String text) {
        NormalText normal = NormalText.of(text, List.of("anna.example", "Anna"));
        assertThat(Bands.of(normal).map(StockPhrases::similarity).orElse(1.0)).isGreaterThanOrEqualTo(.8);
    }

    @Test
    void aSellersOwnWordsAreNoStockPhrase() {
        String text = "Thanks for the follow! Every Friday our harbour bakery has cinnamon rolls, order them here";
        assertThat(StockPhrases.similarity(Bands.of(NormalText.of(text)).orElseThrow()))
                .isLessThan(.5);
        assertThat(StockPhrases.count()).isGreaterThan(1_000);
    }

    private static Bands bands(List<String> words) {
        return Bands.of(NormalText.of(String.join(" ", words))).orElseThrow();
    }

    private static double jaccard(List<String> one, List<String> other) {
        Set<List<String>> shared = shingles(one);
        shared.retainAll(shingles(other));
        Set<List<String>> all = shingles(one);
        all.addAll(shingles(other));
        return (double) shared.size() / all.size();
    }

    private static Set<List<String>> shingles(List<String> words) {
        return IntStream.rangeClosed(0, words.size() - 3)
                .mapToObj(at -> words.subList(at, at + 3))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<String> words(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(word ->
                        Integer.toString(46_656 + random.nextInt(1_000_000), 36).replaceAll("[0-9]", "z"))
                .toList();
    }
}
