package org.fairfollow.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTextTest {
    @Test
    void recipientsOfOneTemplateGetTheSameText() {
        NormalText anna = NormalText.of(
                "Hi Anna! Thanks for following, you are number 1,204. See https://shop.example/?for=anna",
                List.of("anna.example", "Anna Berg"));
        NormalText bo = NormalText.of(
                "Hi Bo! Thanks for following, you are number 987. See https://shop.example/?for=bo",
                List.of("@bo@social.example", "Bo"));
        assertThat(anna).isEqualTo(bo);
        assertThat(anna.value()).isEqualTo("hi @ thanks for following you are number # see shop.example");
    }

    @Test
    void theLocaleOfTheMachineChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(NormalText.of("THIS IS IT").value()).isEqualTo("this is it");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "@a.", "a@", "www.", "https://", "1,", "\u0301", "\ufdfa", "#", "\ud83d", "aa.", "-"})
    void longTextsTakeNeitherTheStackNorMoreThanTheirShare(String piece) {
        String value = NormalText.of(piece.repeat(100_000)).value();
        assertThat(value.codePointCount(0, value.length())).isLessThanOrEqualTo(NormalText.LONGEST);
        assertThat(NormalText.of(value).value()).isEqualTo(value);
    }

    @Test
    void whatWasNormalisedStaysAsItIs() {
        for (String text : DrawnTexts.drawn(7, 3_000)) {
            NormalText normal = NormalText.of(text);
            assertThat(NormalText.of(normal.value())).isEqualTo(normal);
        }
    }

    @Test
    void phraseListsAreInNormalForm() {
        for (String list : List.of("threats.txt", "promotions.txt", "greetings.txt")) {
            assertThat(Phrases.read(list)).isNotEmpty().doesNotHaveDuplicates().allSatisfy(phrase -> assertThat(
                            NormalText.of(phrase).value())
                    .isEqualTo(phrase.replace("*", "")));
        }
    }
}
