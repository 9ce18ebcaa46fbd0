package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/scale.md} is the sum of its numbers: {@code bench/scale --write} after one of them was changed. */
class ScaleDocumentTest {
    @Test
    void theDocumentIsTheSumOfItsNumbers() throws IOException {
        String document = Files.readString(ScaleDocument.FILE);
        assertThat(document).as("bench/scale --write").isEqualTo(ScaleDocument.filled(document));
    }

    /** Else a number could be changed without any effect. */
    @Test
    void everyNumberBearsOnATable() throws IOException {
        String document = Files.readString(ScaleDocument.FILE);
        Pattern number = Pattern.compile("(?m)^(\\| `(\\w+)` \\| )([0-9.][0-9,.]*)( \\|)");
        assertThat(number.matcher(document).results().toList())
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> {
                    BigDecimal value = new BigDecimal(row.group(3).replace(",", "")).multiply(BigDecimal.valueOf(7));
                    String other = document.substring(0, row.start(3))
                            + value.toPlainString()
                            + document.substring(row.end(3));
                    assertThat(ScaleDocument.filled(other)).as(row.group(2)).isNotEqualTo(other);
                });
    }

    @Test
    void aNumberThatIsMissingOrToldTwiceIsSaid() throws IOException {
        String document = Files.readString(ScaleDocument.FILE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScaleDocument.filled(document.replace("| `polls` |", "| `others` |")))
                .withMessageContaining("polls");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScaleDocument.filled(document + "\n| `polls` | 3 | |\n"))
                .withMessageContaining("polls");
    }
}
