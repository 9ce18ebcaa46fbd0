package org.fairfollow.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {
    @Test
    void aTidTellsTheSecondItWasMadeIn() {
        Random random = Seed.random("TIDs");
        for (int i = 0; i < 1_000; i++) {
            long micros = random.nextLong(1L << 53);
            String tid = RecordKey.tidAt(micros, random.nextInt(1_024));
            assertThat(tid).hasSize(13);
            assertThat(RecordKey.of(tid).claimedSecond()).as(tid).isEqualTo(micros / 1_000_000);
        }
    }

    /** Keys of the real stream (../shared/data/api-fixtures), with the time their records were created at. */
    @ParameterizedTest
    @CsvSource({"3mptbyplj5d2a, 1783175888", "3mptbyoeyc22k, 1783175887", "2222222222222, 0"})
    void realTids(String tid, long second) {
        assertThat(RecordKey.of(tid).claimedSecond()).isBetween(second - 1, second + 1);
    }

    @Test
    void tidsOfOneMomentDifferByTheirClock() {
        assertThat(RecordKey.of(RecordKey.tidAt(1_783_175_888_000_000L, 1)))
                .isNotEqualTo(RecordKey.of(RecordKey.tidAt(1_783_175_888_000_000L, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self",
                "3mptbyplj5d2", // too short
                "3mptbyplj5d2aa", // too long
                "3MPTBYPLJ5D2A", // upper case is another key
                "3mptbyplj5d21", // 1 is no digit
                "zzzzzzzzzzzzz", // beyond 63 bits
                "k222222222222"
            })
    void otherKeysTellNoTimeAndAreToldApart(String key) {
        RecordKey recordKey = RecordKey.of(key);
        assertThat(recordKey.claimedSecond()).isEqualTo(-1);
        assertThat(recordKey).isEqualTo(RecordKey.of(key)).isNotEqualTo(RecordKey.of(key + "x"));
        assertThat(recordKey.number()).isNegative();
    }

    @Test
    void theLargestTidIsOneStill() {
        assertThat(RecordKey.of("bzzzzzzzzzzzz").number()).isEqualTo(Long.MAX_VALUE);
        assertThat(RecordKey.of("c222222222222").number()).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3mptbyplj5d2a", "self", "a.b_c:d~e-f", "..."})
    void wellFormed(String key) {
        assertThat(RecordKey.isWellFormed(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "a\n", "é", "\u0000", "a#b"})
    void malformed(String key) {
        assertThat(RecordKey.isWellFormed(key)).isFalse();
    }

    @Test
    void longerThanAKeyMayBe() {
        assertThat(RecordKey.isWellFormed("a".repeat(512))).isTrue();
        assertThat(RecordKey.isWellFormed("a".repeat(513))).isFalse();
        assertThat(RecordKey.isWellFormed("a".repeat(100_000))).isFalse();
    }
}
