package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void splitsAtLineFeeds() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("a")).containsExactly("a");
        assertThat(read("a\n")).containsExactly("a");
        assertThat(read("a\n\nb")).containsExactly("a", "", "b");
        assertThat(read("\n")).containsExactly("");
    }

    @Test
    void howeverTheBytesArrive() throws IOException {
        Random random = Seed.random("pieces of lines");
        for (int round = 0; round < 50; round++) {
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                expected.add("x".repeat(random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(50)));
            }
            byte[] bytes = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.UTF_8);
            InputStream trickle = new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    return super.read(buffer, offset, 1 + random.nextInt(length));
                }
            };
            assertThat(read(trickle)).isEqualTo(expected);
        }
    }

    @Test
    void aLineOfExactlyTheLimitIsTaken() throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream(new byte[Lines.MAX_LINE]));
        Lines.Line line = lines.next();
        assertThat(line.tooLong()).isFalse();
        assertThat(line.length()).isEqualTo(Lines.MAX_LINE);
        Lines.Line longer = new Lines(new ByteArrayInputStream(new byte[Lines.MAX_LINE + 1])).next();
        assertThat(longer.tooLong()).isTrue();
    }

    @Test
    void aLineOfAHundredMegabytesTakesNoMoreMemoryThanTheLongestTaken() throws IOException {
        byte[] rest = "\nnext".getBytes(StandardCharsets.UTF_8);
        Lines lines = new Lines(new ImportApiTest.LongLine(new byte[0], 100L << 20, rest));
        Lines.Line line = lines.next();
        assertThat(line.tooLong()).isTrue();
        assertThat(line.bytes()).hasSizeLessThanOrEqualTo(Lines.MAX_LINE);
        Lines.Line next = lines.next();
        assertThat(new String(next.bytes(), 0, next.length(), StandardCharsets.UTF_8))
                .isEqualTo("next");
        assertThat(lines.next()).isNull();
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        List<String> all = new ArrayList<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            all.add(new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8));
        }
        return all;
    }
}
