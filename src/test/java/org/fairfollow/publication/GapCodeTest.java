package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;

class GapCodeTest {
    private static final Frame FRAME = new Frame("test", "T", 1, 2);

    @Test
    void theParameterIsTheSmallestOfThoseThatMakeTheShortestCodes() {
        for (int[] values : lists(Seed.random("lists to find a parameter for"))) {
            int shortest = 0;
            for (int parameter = 1; parameter <= 31; parameter++) {
                if (plainBits(values, parameter) < plainBits(values, shortest)) {
                    shortest = parameter;
                }
            }
            assertThat(GapCode.bestParameter(values)).isEqualTo(shortest);
            assertThat(GapCode.bits(values, shortest)).isEqualTo(plainBits(values, shortest));
        }
    }

    /** Gaps of 2ᵏ⁺¹ cost as much with k as with k + 1. */
    @Test
    void ofParametersThatTieTheSmallestIsTaken() {
        for (int parameter = 0; parameter < 31; parameter++) {
            int[] one = {1 << (parameter + 1)};
            assertThat(GapCode.bits(one, parameter)).isEqualTo(GapCode.bits(one, parameter + 1));
            assertThat(GapCode.bestParameter(one)).isEqualTo(parameter);
        }
    }

    /** Codes of any length, at any place in a word, are the ones a bit-by-bit encoder writes. */
    @Test
    void wordByWordIsAsBitByBit() {
        Random random = Seed.random("codes in words");
        for (int[] values : lists(random)) {
            int best = GapCode.bestParameter(values);
            for (int parameter : new int[] {best, Math.max(0, best - 5), Math.max(0, best - 9), 31}) {
                if (values.length == 0 || plainBits(values, parameter) > 1 << 15) {
                    continue;
                }
                String bits = plainCodes(values, parameter);
                int[] others = {random.nextInt() >>> 1};
                bits += plainCodes(others, 28);
                ByteBuffer out = FRAME.begin(bits.length());
                GapCode.Writer writer = new GapCode.Writer(out);
                writer.write(values, parameter);
                writer.write(others, 28);
                writer.finish();
                byte[] bytes = Frame.seal(out);
                assertThat(bytes).isEqualTo(framed(bits));
                GapCode.Reader reader = FRAME.payload(bytes);
                assertThat(reader.read(values.length, parameter)).isEqualTo(values);
                assertThat(reader.read(1, 28)).isEqualTo(others);
                reader.finish();
            }
        }
    }

    /** Even and clustered lists, the outermost values, and gaps at which parameters nearly tie. */
    private static List<int[]> lists(Random random) {
        List<int[]> lists = new ArrayList<>(List.of(
                new int[] {},
                new int[] {0},
                new int[] {-1},
                new int[] {0, -1},
                new int[] {-2, -1},
                new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE},
                IntStream.range(0, 500).toArray(),
                IntStream.range(-500, 0).toArray(),
                IntStream.concat(IntStream.range(0, 500), IntStream.of(-1)).toArray(),
                IntStream.concat(IntStream.range(0, 60), IntStream.range(-60, 0))
                        .toArray()));
        for (int run = 0; run < 400; run++) {
            int largest = random.nextInt(32);
            boolean ofOneSize = random.nextBoolean();
            LongStream.Builder values = LongStream.builder();
            long value = -1;
            for (int count = random.nextInt(300); count > 0; count--) {
                int size = ofOneSize ? largest : random.nextInt(largest + 1);
                value += 1 + (random.nextInt(3) == 0 ? 1L << size : random.nextLong(1L << size));
                if (value > 0xffff_ffffL) {
                    break;
                }
                values.add(value);
            }
            lists.add(values.build().mapToInt(each -> (int) each).toArray());
        }
        return lists;
    }

    private static long plainBits(int[] values, int parameter) {
        long bits = 0;
        long previous = -1;
        for (int value : values) {
            long unsigned = Integer.toUnsignedLong(value);
            bits += ((unsigned - previous - 1) >>> parameter) + 1 + parameter;
            previous = unsigned;
        }
        return bits;
    }

    private static String plainCodes(int[] values, int parameter) {
        StringBuilder bits = new StringBuilder();
        long previous = -1;
        for (int value : values) {
            long unsigned = Integer.toUnsignedLong(value);
            long gap = unsigned - previous - 1;
            bits.repeat("1", (int) (gap >>> parameter)).append('0');
            for (int bit = parameter - 1; bit >= 0; bit--) {
                bits.append(gap >>> bit & 1);
            }
            previous = unsigned;
        }
        return bits.toString();
    }

    private static byte[] framed(String bits) {
        ByteBuffer out = FRAME.begin(bits.length());
        String padded = bits + "0000000";
        for (int from = 0; from < bits.length(); from += 8) {
            out.put((byte) Integer.parseInt(padded, from, from + 8, 2));
        }
        return Frame.seal(out);
    }
}
