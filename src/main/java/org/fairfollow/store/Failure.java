package org.fairfollow.store;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/** What a failure of the database means for whoever wanted something of it. */
final class Failure {
    /** Deadlock, and the same at a Galera node that certifies: nothing was written, try again. */
    private static final String REFUSED_STATE = "40001";

    /**
     * The driver lost its node and has another: of a transaction that was under way nothing was written; of one that was just
     * being committed nobody knows.
     */
    private static final String OTHER_NODE_STATE = "25S03";

    /** Who waits for a row that somebody holds waits so long and no longer; nothing was written. */
    private static final int WAITED_TOO_LONG = 1205;

    /**
     * What MariaDB says when it is there and cannot write: disk full (1021, 1114, a storage engine's 28, file error 3 and
     * 1026), or read-only (1290, 1836).
     */
    private static final Set<Integer> NO_WRITES = Set.of(3, 1021, 1026, 1114, 1290, 1836);

    private static final int ENGINE_ERROR = 1030;

    private Failure() {}

    /** The database undid the transaction for reasons of its own. */
    static boolean isRefusal(Throwable failure) {
        return any(failure, cause -> cause instanceof SQLException sql && REFUSED_STATE.equals(sql.getSQLState()));
    }

    static boolean isBrokenConnection(Throwable failure) {
        return any(failure, Failure::isBroken);
    }

    /** There is no connection, no database that takes writes, or somebody who does not let others write; all may pass. */
    static boolean isOutage(Throwable failure) {
        return any(
                failure,
                cause -> isBroken(cause)
                        || isWithoutConnection(cause)
                        || isRefusalToWrite(cause)
                        || isRolledBack(cause)
                        || (cause instanceof SQLException sql && sql.getErrorCode() == WAITED_TOO_LONG));
    }

    private static boolean isBroken(Throwable cause) {
        // Class 08 is SQL's connection exception. Of a connection that broke before its transaction could begin the
        // transaction manager says only that it was not enlisted.
        return cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLRecoverableException
                || (cause instanceof SQLException sql
                        && (String.valueOf(sql.getSQLState()).startsWith("08")
                                || OTHER_NODE_STATE.equals(sql.getSQLState())
                                || String.valueOf(sql.getMessage()).startsWith("Failed to enlist")));
    }

    /** The pool has no state of its own when it finds no connection in time or whoever waited for one was let go. */
    private static boolean isWithoutConnection(Throwable cause) {
        return cause instanceof SQLException sql
                && (String.valueOf(sql.getMessage()).contains("cquisition timeout")
                        || String.valueOf(sql.getMessage()).contains("Interrupted while acquiring"));
    }

    /** The transaction manager had undone it by the commit, as after waiting too long, and nothing else says why. */
    private static boolean isRolledBack(Throwable cause) {
        return cause instanceof RollbackException && cause.getCause() == null && cause.getSuppressed().length == 0;
    }

    private static boolean isRefusalToWrite(Throwable cause) {
        return cause instanceof SQLException sql
                && (NO_WRITES.contains(sql.getErrorCode())
                        || (sql.getErrorCode() == ENGINE_ERROR
                                && String.valueOf(sql.getMessage()).contains("error 28")));
    }

    /** What fails at the commit stands among the suppressed exceptions of the transaction manager's own. */
    private static boolean any(Throwable failure, Predicate<Throwable> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>();
        left.add(failure);
        while (!left.isEmpty()) {
            Throwable next = left.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (wanted.test(next)) {
                return true;
            }
            if (next.getCause() != null) {
                left.add(next.getCause());
            }
            Collections.addAll(left, next.getSuppressed());
        }
        return false;
    }
}
