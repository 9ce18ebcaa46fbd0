package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    @ParameterizedTest
    @CsvSource({
        "fake, POSITIVE",
        "' Bots ', POSITIVE",
        "POLLUTER, POSITIVE",
        "social_spambots, POSITIVE",
        "fake-follower, POSITIVE",
        "genuine, NEGATIVE",
        "Legitimate, NEGATIVE",
        "human, NEGATIVE",
        "genuine_accounts, NEGATIVE",
        "'', NOT_UNDERSTOOD",
        "s, NOT_UNDERSTOOD",
        "not fake, NOT_UNDERSTOOD",
        "celebrity, NOT_UNDERSTOOD",
        "1, NOT_UNDERSTOOD",
    })
    void readsLabelsByTheirWords(String label, LabelReading reading) {
        assertThat(LabelReading.of(label)).isEqualTo(reading);
    }

    @Test
    void anAccountKeepsItsFirstLabel() throws RefusedRowException {
        Labels labels = new Labels();
        labels.learn("a", "");
        labels.learn("a", "bot");
        labels.learn("a", "");
        labels.learn("b", "");
        assertThatExceptionOfType(RefusedRowException.class).isThrownBy(() -> labels.learn("a", "human"));
        assertThat(labels.reading("a")).isEqualTo(LabelReading.POSITIVE);
        assertThat(labels.reading("c")).isEqualTo(LabelReading.NOT_UNDERSTOOD);
        assertThat(labels.figures())
                .containsExactly(
                        new Labels.LabelFigures("", LabelReading.NOT_UNDERSTOOD, 1),
                        new Labels.LabelFigures("bot", LabelReading.POSITIVE, 1));
    }

    @Test
    void handLabelsKnowAPostByItsHash() throws IOException {
        // python3: hashlib.sha256("7\n2026-01-01T00:00:00Z\nZwölf\nZeilen ".encode()).hexdigest()[:16]
        String post = HandLabels.post("7", "2026-01-01T00:00:00Z", "Zwölf\nZeilen ");
        assertThat(post).isEqualTo("ead5821e67df0aa9");
        HandLabels labels = HandLabels.read(new StringReader("post,label\r\n" + post + ",yes\n00aa,no\n01aa,unsure\n"));
        assertThat(labels.of(post)).contains(true);
        assertThat(labels.of("00aa")).contains(false);
        assertThat(labels.of("01aa")).isEmpty();
        assertThat(labels.unsure()).isEqualTo(1);
    }

    @Test
    void labelsThatShipCanBeReadIfThereAreAny() {
        assertThat(HandLabels.shipped().byPost().keySet()).allMatch(post -> post.matches("[0-9a-f]{16}"));
    }
}
