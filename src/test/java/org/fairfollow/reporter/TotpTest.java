package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        Instant at = Instant.ofEpochSecond(second);
        assertThat(Totp.code(SECRET, Totp.step(at))).isEqualTo(code);
        assertThat(Totp.stepOf(SECRET, code, at)).isEqualTo(second / 30);
    }

    @Test
    void aClockMayBeOffByOneStepAndNoMore() {
        Instant now = Instant.ofEpochSecond(1_800_000_015);
        long step = Totp.step(now);
        for (int off = -1; off <= 1; off++) {
            assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + off), now)).isEqualTo(step + off);
        }
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step - 2), now)).isEqualTo(Totp.NONE);
        assertThat(Totp.stepOf(SECRET, Totp.code(SECRET, step + 2), now)).isEqualTo(Totp.NONE);
    }

    @Test
    void whatIsNoCodeMatchesNothing() {
        Instant now = Instant.ofEpochSecond(59);
        for (String code :
                new String[] {"", "28708", "2870820", " 287082", "287082\n", "２８７０８２", "x".repeat(100_000)}) {
            assertThat(Totp.stepOf(SECRET, code, now)).isEqualTo(Totp.NONE);
        }
    }

    @Test
    void theKeyIsWrittenAsAppsReadIt() {
        assertThat(Totp.written(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.address("ada", SECRET))
                .isEqualTo("otpauth://totp/Fairfollow:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Fairfollow");
    }
}
