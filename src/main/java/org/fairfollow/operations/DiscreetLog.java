package org.fairfollow.operations;

import io.quarkus.logging.LoggingFilter;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.fairfollow.http.Wordless;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps out of the log what was asked for and who asked. Libraries that handle calls quote them when something goes wrong
 * (paths, headers, values of a statement, addresses of sockets); of what they say, level, category, kind of failure and
 * place remain.
 */
@LoggingFilter(name = "discreet")
public final class DiscreetLog implements Filter {
    /** Everything between the socket and the statement that a call passes through. */
    private static final List<String> CALLS_PASS_THROUGH = List.of(
            "com.arjuna",
            "com.github.kagkarlsson",
            "http-problem",
            "io.netty",
            "io.quarkiverse.resteasy",
            "io.quarkus.mutiny",
            "io.quarkus.resteasy",
            "io.quarkus.vertx.http",
            "io.smallrye.mutiny",
            "io.vertx.core.http",
            "io.vertx.core.impl.Context",
            "io.vertx.core.net",
            "io.vertx.ext.web",
            "org.hibernate",
            "org.jboss.resteasy",
            "org.jboss.threads.errors",
            "org.mariadb.jdbc");

    private static final String INSTEAD = ": the words are left out, for they may say what was asked for";

    @Override
    public boolean isLoggable(LogRecord record) {
        String category = String.valueOf(record.getLoggerName());
        if (CALLS_PASS_THROUGH.stream().anyMatch(category::startsWith)) {
            if (record instanceof ExtLogRecord extended) {
                extended.setMessage(category + INSTEAD, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                record.setMessage(category + INSTEAD);
            }
            record.setParameters(null);
            if (record.getThrown() != null) {
                record.setThrown(Wordless.of(record.getThrown()));
            }
        } else if (category.startsWith("org.fairfollow") && record instanceof ExtLogRecord extended) {
            String words = extended.getFormattedMessage();
            String line = inOneLine(words);
            if (!line.equals(words)) {
                extended.setMessage(line, ExtLogRecord.FormatStyle.NO_FORMAT);
                extended.setParameters(null);
            }
        }
        return true;
    }

    /** What we say is a line each; what we repeat of others' words begins no other one, and moves no terminal's cursor. */
    private static String inOneLine(String words) {
        StringBuilder line = new StringBuilder(words.length());
        words.codePoints().forEach(c -> line.appendCodePoint(isWord(c) ? c : ' '));
        return line.toString();
    }

    private static boolean isWord(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
