package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListCodecTest {
    /** Made by another encoder: see docs/list-format.md. */
    record Vector(long version, List<String> prefixes, String bytesHex) {
        int[] values() {
            return prefixes.stream()
                    .mapToInt(prefix -> Integer.parseUnsignedInt(prefix, 16))
                    .toArray();
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(bytesHex);
        }

        @Override
        public String toString() {
            return prefixes.size() + " entries, version " + version;
        }
    }

    static List<Vector> vectors() throws IOException {
        return new ObjectMapper()
                .readValue(Project.read("docs/vectors/list.json"), new TypeReference<List<Vector>>() {});
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesAndReadsWhatTheDocumentSays(Vector vector) {
        assertThat(HexFormat.of().formatHex(ListCodec.encode(vector.version, vector.values())))
                .isEqualTo(vector.bytesHex);
        assertThat(ListCodec.decode(vector.bytes())).isEqualTo(vector.values());
    }

    @Test
    void theWorkedExampleOfTheDocumentIsAVector() throws IOException {
        String example = "46464c01  1e  000000  0000000000000005  00000002  00000001dfffffff00  ceeb4047";
        assertThat(Project.read("docs/list-format.md")).contains(example);
        assertThat(vectors()).extracting(Vector::bytesHex).contains(example.replace(" ", ""));
    }

    @Test
    void whatIsWrittenIsRead() {
        Random random = Seed.random("lists");
        for (int count : new int[] {0, 1, 2, 3, 7, 50, 1_000, 30_000}) {
            int[] values = random.ints(count)
                    .mapToLong(Integer::toUnsignedLong)
                    .distinct()
                    .sorted()
                    .mapToInt(value -> (int) value)
                    .toArray();
            byte[] bytes = ListCodec.encode(random.nextLong(1L << 53), values);
            assertThat(ListCodec.decode(bytes)).isEqualTo(values);
            if (count == 30_000) {
                assertThat(bytes.length * 8.0 / count).as("bits an entry").isLessThan(19);
            }
        }
    }

    @Test
    void valuesThatDoNotRiseAreNotWritten() {
        for (int[] values : new int[][] {{1, 1}, {2, 1}, {0, 5, 3}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ListCodec.encode(1, values));
        }
    }

    /** Whatever single byte is changed, cut off or added, the checksum tells. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 20})
    void aChangedByteIsNoticed(int count) {
        int[] values = new Random(count)
                .ints(count, 0, Integer.MAX_VALUE)
                .distinct()
                .sorted()
                .toArray();
        byte[] list = ListCodec.encode(7, values);
        for (int at = 0; at < list.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = list.clone();
                changed[at] ^= (byte) (1 << bit);
                assertRefused(changed);
            }
            assertRefused(Arrays.copyOf(list, at));
        }
        assertRefused(Arrays.copyOf(list, list.length + 1));
    }

    /** With the checksum mended, the bytes still must be exactly what the encoder would have written for some k. */
    @Test
    void malformedListsWithARightChecksumAreRefused() {
        byte[] list = ListCodec.encode(5, new int[] {0, -1});
        assertThat(ListCodec.decode(sealed(list))).containsExactly(0, -1);
        assertRefusedSealed(list, 0, 'X');
        assertRefusedSealed(list, 3, 2);
        assertRefusedSealed(list, 4, 32);
        assertRefusedSealed(list, 4, 255);
        assertRefusedSealed(list, 5, 1);
        assertRefusedSealed(list, 6, 1);
        assertRefusedSealed(list, 7, 1);
        assertRefusedSealed(list, 19, 3); // more entries than the payload has
        assertRefusedSealed(list, 19, 1); // fewer: bits are left over
        assertRefusedSealed(list, 16, 255); // billions of entries: refused before anything is set aside for them
        assertRefusedSealed(list, 28, 1); // a padding bit
        assertRefusedSealed(list, 24, 0xff); // a gap beyond 32 bits
        assertRefused(sealed(Arrays.copyOf(list, list.length + 1)));
        byte[] empty = ListCodec.encode(1, new int[0]);
        assertRefusedSealed(empty, 4, 3);
    }

    /** Any bytes either are a list, the same one when written again, or are refused as such. */
    @Test
    void noBytesDoAnythingElse() {
        Random random = Seed.random("mutated lists");
        byte[] list = ListCodec.encode(
                9, random.ints(60, 0, Integer.MAX_VALUE).distinct().sorted().toArray());
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated =
                    Arrays.copyOf(list, random.nextInt(4) == 0 ? random.nextInt(list.length + 9) : list.length);
            for (int changes = random.nextInt(4); changes > 0 && mutated.length > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            byte[] bytes = mutated.length >= 24 && random.nextBoolean() ? sealed(mutated) : mutated;
            try {
                int[] values = ListCodec.decode(bytes);
                long version = ByteBuffer.wrap(bytes).getLong(8);
                assertThat(ListCodec.decode(ListCodec.encode(version, values))).isEqualTo(values);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("not a list: ");
            }
        }
    }

    private static void assertRefusedSealed(byte[] list, int at, int value) {
        byte[] changed = list.clone();
        changed[at] = (byte) value;
        assertRefused(sealed(changed));
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ListCodec.decode(bytes))
                .withMessageStartingWith("not a list: ");
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - 4);
        return ByteBuffer.wrap(bytes.clone())
                .putInt(bytes.length - 4, (int) checksum.getValue())
                .array();
    }
}
