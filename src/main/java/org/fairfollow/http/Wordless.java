package org.fairfollow.http;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A failure without its words: of what kind it was and where it happened. Messages of failures quote what was asked for
 * (a name, a path, a row's value), and so have no place in a log.
 */
public final class Wordless extends Throwable {
    /** Longer chains of causes end there; they may also be circles. */
    private static final int CAUSES = 10;

    private Wordless(Throwable failure, int causes) {
        super(kind(failure), cause(failure, causes), false, true);
        setStackTrace(failure.getStackTrace());
    }

    public static Throwable of(Throwable failure) {
        return failure instanceof Wordless ? failure : new Wordless(failure, CAUSES);
    }

    private static @Nullable Throwable cause(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return cause == null || causes == 0 ? null : new Wordless(cause, causes - 1);
    }

    /** What a database refused and why is told by its numbers. */
    private static String kind(Throwable failure) {
        String name = failure.getClass().getName();
        return failure instanceof SQLException sql
                ? name + " (state " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")"
                : name;
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
