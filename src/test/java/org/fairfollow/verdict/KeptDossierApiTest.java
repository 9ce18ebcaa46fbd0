package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.evidence.Retention;
import org.fairfollow.store.Deletion;
import org.fairfollow.store.Store;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a verdict was reached on can be shown, and judged again, until its appeal is over. */
@QuarkusTest
class KeptDossierApiTest {
    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    Pipeline pipeline;

    @Inject
    Ledger ledger;

    @Inject
    DueQueue queue;

    @Inject
    Retention retention;

    @Inject
    TestClock clock;

    @BeforeEach
    void listSomebody() {
        tables.empty();
        ListedAccount churner = new ListedAccount();
        churner.lines.follow(Names.did(), Names.did(), clock.instant().minus(Duration.ofDays(3)));
        pipeline.send(churner.lines).statusCode(200);
        pipeline.judgeAndPublish();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void judgingItAgainGivesTheSameFinding() {
        assertThat(
                        tables.rows(
                                "SELECT standing, former, cause FROM verdict_entry WHERE standing NOT IN ('not-found', 'unknown')"))
                .singleElement()
                .asList()
                .containsExactly("likely", null, "judged");
        List<Finding> found =
                kept("SELECT k.body, e.finding FROM kept_dossier k JOIN verdict_entry e ON e.id = k.entry_id");
        assertThat(found).hasSize(2);
        assertThat(found.get(0)).isEqualTo(found.get(1));
        assertThat(found.get(0).opinion()).isEqualTo(Finding.Opinion.PRESENT);
    }

    @Test
    void itOutlivesTheEvidenceAndGoesWhenTheAppealIsOver() {
        clock.advance(Duration.ofDays(91));
        retention.forget();
        judgeAgain();
        forget();
        assertThat(tables.rows("SELECT standing FROM verdict_entry ORDER BY id DESC LIMIT 1"))
                .containsExactly(List.of("unknown"));
        assertThat(tables.count("SELECT COUNT(*) FROM kept_dossier")).isEqualTo(1);
        assertThat(kept("SELECT k.body, e.finding FROM kept_dossier k JOIN verdict_entry e ON e.id = k.entry_id"))
                .as("still shown in full")
                .hasSize(2);
        clock.advance(Duration.ofDays(31));
        forget();
        assertThat(tables.count("SELECT COUNT(*) FROM kept_dossier")).isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM verdict_entry WHERE standing = 'likely'"))
                .as("that it was held stays in the ledger")
                .isEqualTo(1);
    }

    /** What the kept dossier yields when it is judged again, then what was found. */
    private List<Finding> kept(String sql) {
        return store.read(connection -> {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                assertThat(row.next()).isTrue();
                Finding again = Detectors.all().getFirst().judge(Stored.dossier(row.getBytes(1)));
                Finding stored = Stored.finding(row.getBytes(2));
                assertThat(row.next()).isFalse();
                return List.of(again, stored);
            }
        });
    }

    private void judgeAgain() {
        store.inTransaction(connection -> {
            queue.mark(connection, ledger.dueAgain(connection, clock.instant().getEpochSecond(), 1_000));
            return null;
        });
        pipeline.judgeAndPublish();
    }

    private void forget() {
        Deletion.of(store, Ledger.pastDossiers(clock.instant().getEpochSecond()));
    }
}
