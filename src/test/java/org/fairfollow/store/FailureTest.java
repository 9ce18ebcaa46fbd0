package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest
    @CsvSource({
        "Deadlock found when trying to get lock, 40001, 1213, true, false, false",
        "Driver has reconnect connection. In progress transaction was lost, 25S03, 0, false, true, true",
        "WSREP has not yet prepared node for application use, 08S01, 1047, false, true, true",
        "Lock wait timeout exceeded; try restarting transaction, HY000, 1205, false, false, true",
        "Socket fail to connect, 08000, -1, false, true, true",
        "Failed to enlist. Check if a connection from another datasource is already enlisted, , 0, false, true, true",
        "'Sorry, acquisition timeout!', , 0, false, false, true",
        "Acquisition timeout while waiting for new connection, , 0, false, false, true",
        "Interrupted while acquiring, , 0, false, false, true",
        "The table 'edge' is full, HY000, 1114, false, false, true",
        "Got error 28 \"No space left on device\" from storage engine InnoDB, HY000, 1030, false, false, true",
        "Got error 127 from storage engine, HY000, 1030, false, false, false",
        "The MariaDB server is running with the --read-only option, HY000, 1290, false, false, true",
        "Access denied for user, 28000, 1045, false, false, false",
        "Unknown column, 42S22, 1054, false, false, false"
    })
    void whatTheDatabaseSaysIsUnderstood(
            String message, String state, int code, boolean refusal, boolean broken, boolean outage) {
        SQLException failure = new SQLException(message, state, code);
        assertThat(Failure.isRefusal(failure)).isEqualTo(refusal);
        assertThat(Failure.isBrokenConnection(failure)).isEqualTo(broken);
        assertThat(Failure.isOutage(failure)).isEqualTo(outage);
    }

    /** What the transaction manager makes of a commit that fails: the cause stands among the suppressed. */
    @Test
    void aRefusalAtTheCommitIsFound() {
        XAException resource = new XAException(XAException.XA_RBROLLBACK);
        resource.initCause(new SQLException("Deadlock found", "40001", 1213));
        Exception rollback = new Exception("transaction rolled back");
        rollback.addSuppressed(resource);
        assertThat(Failure.isRefusal(new RuntimeException(rollback))).isTrue();
        assertThat(Failure.isOutage(new RuntimeException(rollback))).isFalse();
    }

    @Test
    void whatWasUndoneBeforeItsCommitMayBeAskedForAgain() {
        Exception undone = new RuntimeException(new RollbackException());
        assertThat(Failure.isOutage(undone)).isTrue();
        RollbackException refused = new RollbackException();
        refused.addSuppressed(new SQLException("Duplicate entry", "23000", 1062));
        assertThat(Failure.isOutage(refused)).isFalse();
    }

    @Test
    void causesThatGoInCirclesEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(Failure.isOutage(first)).isFalse();
        first.addSuppressed(new SQLNonTransientConnectionException("gone"));
        assertThat(Failure.isOutage(second)).isTrue();
    }
}
