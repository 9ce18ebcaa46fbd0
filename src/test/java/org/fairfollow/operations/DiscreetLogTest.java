package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreetLogTest {
    private static final PatternFormatter CONSOLE = new PatternFormatter("%p %s%e%n");

    private final DiscreetLog log = new DiscreetLog();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name\n2026-01-01 ERROR forged",
                "name\r2026-01-01 ERROR forged",
                "name\r\n2026-01-01 ERROR forged",
                "name\u0085forged",
                "name\u2028forged",
                "name\u001b[1A\u001b[2Kforged",
                "name\u0000\u0007\u202eforged"
            })
    void noWordsOfOthersBeginALineOrMoveTheCursor(String words) {
        for (ExtLogRecord record : new ExtLogRecord[] {
            new ExtLogRecord(Level.INFO, "The key of " + words, "test"),
            new ExtLogRecord(Level.INFO, "The key of %s", ExtLogRecord.FormatStyle.PRINTF, "test")
        }) {
            record.setLoggerName("org.fairfollow.reporter.ApiKeys");
            if (record.getMessage().contains("%s")) {
                record.setParameters(new Object[] {words});
            }
            assertThat(log.isLoggable(record)).isTrue();
            assertThat(CONSOLE.format(record).stripTrailing())
                    .startsWith("INFO The key of name")
                    .endsWith("forged")
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
        }
    }

    @Test
    void whatIsPlainStaysAsItIs() {
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, "Release %s of Zo\u00eb", ExtLogRecord.FormatStyle.PRINTF, "test");
        record.setLoggerName("org.fairfollow.publication.Publisher");
        record.setParameters(new Object[] {7});
        assertThat(log.isLoggable(record)).isTrue();
        assertThat(CONSOLE.format(record)).isEqualTo("INFO Release 7 of Zo\u00eb" + System.lineSeparator());
    }
}
