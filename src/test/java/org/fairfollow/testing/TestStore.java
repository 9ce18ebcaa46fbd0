package org.fairfollow.testing;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.store.Store;

/** Looks into the database, and empties it where a test needs the stream, the queue or the list to itself. */
@ApplicationScoped
// For every test: one database and one start of the service for the whole run.
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
public class TestStore {
    // Accounts stay: their numbers are remembered. Releases stay: versions only rise.
    private static final List<String> EMPTIED = List.of(
            "edge",
            "edge_aside",
            "edge_day",
            "tracked",
            "tally",
            "activity",
            "account_event",
            "observation",
            "hearsay",
            "report",
            "reported",
            "reported_due",
            "measurement",
            "measurement_host",
            "stream_hour",
            "stream_day",
            "stream_cursor",
            "stream_gap",
            "scheduled_tasks",
            "quota_replica",
            "due",
            "watched",
            "proposal",
            "moderation_answer",
            "moderation_case",
            "ruling",
            "decision",
            "practice_gate",
            "audit_draw",
            "audit_task",
            "audit_lease",
            "audit_answer",
            "audit_look",
            "practice_resumption",
            "dispute",
            "dispute_practice",
            "erased",
            "kept_dossier",
            "judged_aside",
            "rules_trial",
            "rules_in_force",
            "rulebook",
            "verdict_entry");
    /** Whatever is held is given up, as if judged so: the next release withdraws it. */
    private static final List<String> GIVEN_UP = List.of(
            "DELETE FROM verdict",
            "INSERT INTO verdict_entry (account_id, practice, standing, former, cause, finding, detector, written_at)"
                    + " SELECT account_id, 'follow-churn', 'unknown', 'likely', 'judged', '', '', 0 FROM released"
                    + " WHERE record IS NOT NULL");

    private final Store store;

    TestStore(Store store) {
        this.store = store;
    }

    public void empty() {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                for (String table : EMPTIED) {
                    statement.executeUpdate("DELETE FROM " + table);
                }
                for (String sql : GIVEN_UP) {
                    statement.executeUpdate(sql);
                }
            }
            return null;
        });
    }

    /** All rows, cells as text. */
    public List<List<String>> rows(String sql) {
        return store.read(connection -> {
            List<List<String>> rows = new ArrayList<>();
            try (var statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(sql)) {
                while (found.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        row.add(found.getString(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        });
    }

    public long count(String sql) {
        return Long.parseLong(rows(sql).getFirst().getFirst());
    }
}
