package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.fairfollow.testing.Fuzz;

/** Bytes that claim to be a delta: they are one, or are refused; nothing else happens. */
class ListDeltaFuzzTest {
    @FuzzTest
    void decode(byte[] delta) {
        Fuzz.around(delta, bytes -> {
            decodeOrRefuse(bytes);
            if (bytes.length >= 68) {
                CRC32 checksum = new CRC32();
                checksum.update(bytes, 0, bytes.length - 4);
                decodeOrRefuse(ByteBuffer.wrap(bytes.clone())
                        .putInt(bytes.length - 4, (int) checksum.getValue())
                        .array());
            }
        });
    }

    private static void decodeOrRefuse(byte[] bytes) {
        ListDelta delta;
        try {
            delta = ListDelta.decode(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not a delta: ");
            return;
        }
        byte[] again = delta.encode(); // refuses what is not rising, disjoint and of a later version
        assertThat(ListDelta.decode(again).removed()).isEqualTo(delta.removed());
        assertThat(ListDelta.decode(again).added()).isEqualTo(delta.added());
        assertThat(ListDelta.decode(again).resultSha256()).isEqualTo(delta.resultSha256());
    }
}
