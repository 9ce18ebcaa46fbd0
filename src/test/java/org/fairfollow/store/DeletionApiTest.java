package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More rows than go in one transaction: those that are meant go, and no others. */
@QuarkusTest
class DeletionApiTest {
    private static final int ROWS = 2 * Deletion.ROWS_AT_ONCE + 10;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @BeforeEach
    void fill() {
        tables.empty();
        // Three days an account, the first of which is old.
        execute("INSERT INTO tally (account_id, day, followed, unfollowed)"
                + " SELECT seq DIV 3 + 1, IF(seq % 3 = 0, 10, 500 + seq % 3), 1, 1 FROM seq_0_to_" + (3 * ROWS - 1));
    }

    @AfterEach
    void empty() {
        tables.empty();
    }

    private void execute(String sql) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private void assertThatTheOldOnesAreGone() {
        assertThat(tables.count("SELECT COUNT(*) FROM tally WHERE day = 10")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM tally")).isEqualTo(2 * ROWS);
    }

    @Test
    void goesOnUntilNoneIsLeft() {
        Deletion.of(store, "tally WHERE day = 10 ORDER BY account_id");
        assertThatTheOldOnesAreGone();
        Deletion.of(store, "tally WHERE day = 10");
        assertThatTheOldOnesAreGone();
    }

    @Test
    void walkingGoesThroughAllKeys() {
        Deletion.walking(store, "tally", "account_id", "day < 20 OR followed > 5");
        assertThatTheOldOnesAreGone();
    }

    /** All rows of an account lie on the same side of a boundary. */
    @Test
    void anAccountWithMoreRowsThanGoAtOnceIsNotPassedOver() {
        execute("DELETE FROM tally");
        execute("INSERT INTO tally (account_id, day, followed, unfollowed)"
                + " SELECT 1 + (seq > 20), seq, 1, 1 FROM seq_1_to_" + ROWS);
        Deletion.walking(store, "tally", "account_id", "day > 30");
        assertThat(tables.count("SELECT COUNT(*) FROM tally")).isEqualTo(30);
    }

    @Test
    void twoAtOnceDoTheSame() {
        CompletableFuture<Void> other =
                CompletableFuture.runAsync(() -> Deletion.walking(store, "tally", "account_id", "day = 10"));
        Deletion.walking(store, "tally", "account_id", "day = 10");
        other.join();
        assertThatTheOldOnesAreGone();
    }

    /** As seen by how often was committed. */
    @Test
    void noTransactionDeletesMoreThanItsShare() {
        long before = commits();
        Deletion.of(store, "tally WHERE day = 10 ORDER BY account_id", 100);
        assertThat(commits() - before).isGreaterThanOrEqualTo(ROWS / 100);
    }

    private long commits() {
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_commit'")) {
                row.next();
                return row.getLong(2);
            }
        });
    }
}
