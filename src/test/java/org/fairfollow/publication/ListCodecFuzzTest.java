package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.fairfollow.testing.Fuzz;

/** Bytes that claim to be a list: they are one, or are refused; nothing else happens. */
class ListCodecFuzzTest {
    @FuzzTest
    void decode(byte[] list) {
        Fuzz.around(list, bytes -> {
            decodeOrRefuse(bytes);
            if (bytes.length >= 24) {
                CRC32 checksum = new CRC32();
                checksum.update(bytes, 0, bytes.length - 4);
                decodeOrRefuse(ByteBuffer.wrap(bytes.clone())
                        .putInt(bytes.length - 4, (int) checksum.getValue())
                        .array());
            }
        });
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            int[] values = ListCodec.decode(bytes);
            for (int i = 1; i < values.length; i++) {
                assertThat(Integer.compareUnsigned(values[i - 1], values[i])).isNegative();
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not a list: ");
        }
    }
}
