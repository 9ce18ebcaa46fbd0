package org.fairfollow.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairfollow.testing.Fuzz;

/** Messages as anybody may write them. */
class NormalTextFuzzTest {
    @FuzzTest
    void read(byte[] message) {
        Fuzz.around(message, bytes -> {
            readOne(new String(bytes, StandardCharsets.UTF_8));
            readOne(new String(bytes, StandardCharsets.UTF_16));
        });
    }

    private static void readOne(String text) {
        MessageText message = MessageText.of(text, List.of(text));
        assertThat(message.kind()).isNotNull();
        NormalText normal = NormalText.of(text);
        assertThat(NormalText.of(normal.value()))
                .as("a normal text stays as it is")
                .isEqualTo(normal);
        assertThat(normal.value()).doesNotContain("  ").isEqualTo(normal.value().strip());
        assertThat(normal.fingerprint()).matches("[0-9a-f]{32}");
        assertThat(normal.bands().size()).isIn(0, Bands.COUNT);
    }
}
