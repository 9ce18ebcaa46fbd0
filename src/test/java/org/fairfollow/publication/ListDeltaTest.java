package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListDeltaTest {
    /** Made by another encoder: see docs/list-format.md. */
    record Vector(
            long from,
            long to,
            List<String> former,
            List<String> removed,
            List<String> added,
            List<String> result,
            String bytesHex) {
        byte[] bytes() {
            return HexFormat.of().parseHex(bytesHex);
        }

        @Override
        public String toString() {
            return former.size() + " entries, " + removed.size() + " removed, " + added.size() + " added";
        }
    }

    static List<Vector> vectors() throws IOException {
        return new ObjectMapper()
                .readValue(Project.read("docs/vectors/list-delta.json"), new TypeReference<List<Vector>>() {});
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesReadsAndAppliesWhatTheDocumentSays(Vector vector) {
        int[] former = values(vector.former);
        int[] result = values(vector.result);
        assertThat(HexFormat.of()
                        .formatHex(ListDelta.between(vector.from, vector.to, former, result)
                                .encode()))
                .isEqualTo(vector.bytesHex);
        ListDelta delta = ListDelta.decode(vector.bytes());
        assertThat(delta.from()).isEqualTo(vector.from);
        assertThat(delta.to()).isEqualTo(vector.to);
        assertThat(delta.removed()).isEqualTo(values(vector.removed));
        assertThat(delta.added()).isEqualTo(values(vector.added));
        assertThat(delta.apply(former)).isEqualTo(result);
    }

    @Test
    void theWorkedExampleOfTheDocumentIsAVector() throws IOException {
        List<String> example = List.of(
                "46464401  00  1f  0000  0000000000000005  0000000000000006  00000001  00000001",
                "22c74444aaff02a94f4a004917a2bfa3ba6a7af8f33b97ebf971ca97b92dd709",
                "5fffffffc0  785255db");
        assertThat(Project.read("docs/list-format.md")).contains(example);
        assertThat(vectors())
                .extracting(Vector::bytesHex)
                .contains(String.join("", example).replace(" ", ""));
    }

    @Test
    void whatIsBetweenTwoVersionsMakesOneOfTheOther() {
        Random random = Seed.random("pairs of versions");
        for (int run = 0; run < 300; run++) {
            int[] former = some(random, random.nextInt(200));
            int[] next = changed(random, former);
            ListDelta delta = ListDelta.decode(
                    ListDelta.between(run, run + 1L, former, next).encode());
            assertThat(delta.apply(former)).isEqualTo(next);
            assertThat(delta.undo(next)).isEqualTo(former);
            assertThat(delta.removed()).isEqualTo(minus(former, next));
            assertThat(delta.added()).isEqualTo(minus(next, former));
        }
    }

    /** As a service does that keeps a delta a version and is asked for the sum of many. */
    @Test
    void deltasOneAfterTheOtherAreTheDeltaFromTheFirstVersionToTheLast() {
        Random random = Seed.random("rows of versions");
        for (int run = 0; run < 100; run++) {
            int[] first = some(random, random.nextInt(60));
            int[] last = first;
            List<ListDelta> steps = new ArrayList<>();
            for (int version = 2; version < 12; version++) {
                int[] next = changed(random, last);
                steps.add(ListDelta.between(version - 1L, version, last, next));
                last = next;
            }
            assertThat(ListDelta.together(steps).encode())
                    .isEqualTo(ListDelta.between(1, 11, first, last).encode());
        }
    }

    @Test
    void whatIsAddedAndRemovedAgainCancels() {
        ListDelta there = ListDelta.between(1, 2, new int[] {5, 6}, new int[] {5, 7});
        ListDelta andBack = ListDelta.between(2, 3, new int[] {5, 7}, new int[] {5, 6});
        ListDelta both = ListDelta.together(List.of(there, andBack));
        assertThat(both.removed()).isEmpty();
        assertThat(both.added()).isEmpty();
        assertThat(both.apply(new int[] {5, 6})).containsExactly(5, 6);
    }

    @Test
    void deltasThatDoNotFollowEachOtherAreNotJoined() {
        ListDelta first = ListDelta.between(1, 2, new int[] {5, 6}, new int[] {5, 7});
        for (ListDelta other : List.of(
                ListDelta.between(3, 4, new int[] {5, 7}, new int[] {5}),
                ListDelta.between(2, 3, new int[] {5, 6}, new int[] {5}), // removes what is gone
                ListDelta.between(2, 3, new int[] {5}, new int[] {5, 7}))) { // adds what is there
            assertThatIllegalArgumentException().isThrownBy(() -> ListDelta.together(List.of(first, other)));
        }
    }

    @Test
    void itIsAppliedToNothingButTheVersionItWasMadeFor() {
        ListDelta delta = ListDelta.between(1, 2, new int[] {1, 5, 9}, new int[] {1, 7, 9});
        assertThat(delta.apply(new int[] {1, 5, 9})).containsExactly(1, 7, 9);
        for (int[] other : new int[][] {{}, {1, 9}, {1, 5, 7, 9}, {5, 9}, {1, 5, 9, -1}, {2, 5, 9}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> delta.apply(other));
        }
        for (int[] other : new int[][] {{}, {1, 9}, {1, 5, 7, 9}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> delta.undo(other));
        }
    }

    @Test
    void whatIsNoDeltaIsNotWritten() {
        byte[] sha256 = new byte[32];
        int[] none = {};
        assertNotWritten(2, 2, none, none, sha256);
        assertNotWritten(3, 2, none, none, sha256);
        assertNotWritten(1, 2, new int[] {2, 1}, none, sha256);
        assertNotWritten(1, 2, none, new int[] {1, 1}, sha256);
        assertNotWritten(1, 2, new int[] {1, 3}, new int[] {2, 3}, sha256);
        assertNotWritten(1, 2, none, none, new byte[31]);
        assertThatIllegalArgumentException().isThrownBy(() -> ListDelta.between(2, 1, none, none));
    }

    /** A bound on bytes; half of the changes take entries away, as when accounts come and go. */
    @Test
    void aThousandChangesInAMillionEntriesTakeAtMostSixThousandBytes() {
        Random random = Seed.random("a million entries");
        int[] drawn = random.ints().distinct().limit(1_000_500).toArray();
        int[] former = rising(IntStream.of(drawn).limit(1_000_000));
        int[] next = rising(IntStream.of(drawn).skip(500));
        byte[] delta = ListDelta.between(1, 2, former, next).encode();
        byte[] list = ListCodec.encode(1, former);
        System.out.printf(
                "1,000 changes in 1,000,000 entries: %,d bytes; the list: %,d bytes, %.3f bits an entry%n",
                delta.length, list.length, list.length * 8 / 1e6);
        assertThat(delta.length).isLessThanOrEqualTo(6_000);
        assertThat(ListDelta.decode(delta).apply(former)).isEqualTo(next);
        // The two floors that docs/list-format.md compares with: log2(2^32 / n), and log2(C(2^32, n)) / n.
        assertThat(list.length * 8 / 1e6).isLessThan(1.13 * 12.068).isLessThan(1.01 * 13.511);
    }

    /** Whatever single bit is changed, whatever is cut off or added, the checksum tells. */
    @Test
    void aChangedBitIsNoticed() {
        byte[] delta = ListDelta.between(7, 9, new int[] {1, 2, 900}, new int[] {1, 4_000, -5})
                .encode();
        for (int at = 0; at < delta.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = delta.clone();
                changed[at] ^= (byte) (1 << bit);
                assertRefused(changed);
            }
            assertRefused(Arrays.copyOf(delta, at));
        }
        assertRefused(Arrays.copyOf(delta, delta.length + 1));
    }

    /** With the checksum mended, the bytes still must be exactly what the encoder would have written for some k. */
    @Test
    void malformedDeltasWithARightChecksumAreRefused() {
        // Payload: 10 and 29 bits, twice, and two bits of padding.
        byte[] delta = ListDelta.encode(1, 2, new int[] {0x3000_0000}, new int[] {0x3000_0001}, new byte[32]);
        assertThat(delta).hasSize(64 + 8 + 4);
        assertThat(delta[4]).isEqualTo(delta[5]);
        assertThat(ListDelta.decode(sealed(delta)).removed()).containsExactly(0x3000_0000);
        assertRefusedSealed(delta, 0, 'X');
        assertRefusedSealed(delta, 2, 'L');
        assertRefusedSealed(delta, 3, 2);
        assertRefusedSealed(delta, 4, 32);
        assertRefusedSealed(delta, 5, 255);
        assertRefusedSealed(delta, 6, 1);
        assertRefusedSealed(delta, 7, 1);
        assertRefusedSealed(delta, 15, 2); // from as late as to
        assertRefusedSealed(delta, 15, 3); // from later than to
        assertRefusedSealed(delta, 24, 255); // billions of entries: refused before anything is set aside for them
        assertRefusedSealed(delta, 28, 255);
        assertRefusedSealed(delta, 27, 0); // fewer entries than are there, and a parameter for none
        assertRefusedSealed(delta, 27, 2);
        assertRefusedSealed(delta, 71, delta[71] | 1); // a padding bit
        assertRefusedSealed(delta, 64, 0xff); // a gap beyond 32 bits
        assertRefused(sealed(Arrays.copyOf(delta, delta.length + 1)));
        byte[] same = delta.clone();
        same[71] = (byte) (same[71] & ~0b111); // 0x30000000 is removed and added
        assertRefused(sealed(same));
        byte[] empty = ListDelta.encode(1, 2, new int[] {}, new int[] {}, new byte[32]);
        assertRefusedSealed(empty, 4, 3);
        assertRefusedSealed(empty, 5, 3);
    }

    private static void assertNotWritten(long from, long to, int[] removed, int[] added, byte[] sha256) {
        assertThatIllegalArgumentException().isThrownBy(() -> ListDelta.encode(from, to, removed, added, sha256));
    }

    private static void assertRefusedSealed(byte[] delta, int at, int value) {
        byte[] changed = delta.clone();
        changed[at] = (byte) value;
        assertThat(changed).as("the change at %d", at).isNotEqualTo(delta);
        assertRefused(sealed(changed));
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ListDelta.decode(bytes))
                .withMessageStartingWith("not a delta: ");
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - 4);
        return ByteBuffer.wrap(bytes.clone())
                .putInt(bytes.length - 4, (int) checksum.getValue())
                .array();
    }

    private static int[] values(List<String> hex) {
        return hex.stream().mapToInt(each -> Integer.parseUnsignedInt(each, 16)).toArray();
    }

    /** From few possible values, so that what is removed comes back. */
    private static int[] some(Random random, int count) {
        return rising(random.ints(count, 0, 400).map(value -> value * 10_737_419));
    }

    private static int[] changed(Random random, int[] former) {
        IntStream kept = IntStream.of(former).filter(value -> random.nextInt(5) > 0);
        return rising(IntStream.concat(kept, IntStream.of(some(random, random.nextInt(20)))));
    }

    private static int[] minus(int[] some, int[] others) {
        TreeSet<Integer> left = new TreeSet<>(Integer::compareUnsigned);
        IntStream.of(some).forEach(left::add);
        IntStream.of(others).forEach(left::remove);
        return left.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] rising(IntStream values) {
        return values.mapToLong(Integer::toUnsignedLong)
                .distinct()
                .sorted()
                .mapToInt(value -> (int) value)
                .toArray();
    }
}
