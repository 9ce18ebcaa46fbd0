package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What moderators do is told, in order and whole, and shows when somebody meddles with it. */
@QuarkusTest
class AuditLogApiTest {
    private static final int AT_ONCE = 20;

    @Inject
    AuditLog log;

    @Inject
    Moderation moderation;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    TestTicker ticker;

    private List<List<String>> before;

    @BeforeEach
    void takeDownWhatThereIs() {
        ticker.advance(Duration.ofDays(2));
        write("began", "", "");
        write("went-on", "", "");
        write("ended", "", "");
        before = tables.rows("SELECT number, action, HEX(hash) FROM audit_log ORDER BY number");
        assertThat(log.check().broken()).isZero();
    }

    /** Others in this run read the log as well. */
    @AfterEach
    void mend() {
        change("DELETE FROM audit_log");
        change("UPDATE audit_log_end SET number = 0, hash = UNHEX(REPEAT('00', 32))");
    }

    @Test
    void whatAModeratorDoesIsToldToModerators() {
        Person operator = moderation.person("operator");
        String name = Moderation.randomName();
        long after = log.check().entries();
        operator.call()
                .contentType("application/json")
                .body(Map.of("name", name, "role", "reviewer"))
                .post("/v1/moderation/moderators")
                .then()
                .statusCode(201);
        operator.call()
                .contentType("application/json")
                .body(Map.of("role", "moderator"))
                .put("/v1/moderation/moderators/" + name + "/role")
                .then()
                .statusCode(200);
        operator.call().delete("/v1/moderation/moderators/" + name).then().statusCode(204);
        operator.call()
                .queryParam("after", after)
                .get("/v1/moderation/log")
                .then()
                .statusCode(200)
                .body("entries.moderator", is(List.of(operator.name(), operator.name(), operator.name())))
                .body("entries.action", is(List.of("moderator-added", "moderator-role", "moderator-closed")))
                .body("entries.subject", is(List.of(name, name, name)))
                .body("entries.detail", is(List.of("reviewer", "reviewer to moderator", "")))
                .body("next", is((int) after + 3));
        operator.call()
                .queryParam("after", after)
                .queryParam("limit", 1)
                .get("/v1/moderation/log")
                .then()
                .body("entries.size()", is(1))
                .body("next", is((int) after + 1));
        operator.call()
                .queryParam("after", after + 3)
                .get("/v1/moderation/log")
                .then()
                .body("entries.size()", is(0))
                .body("next", is((int) after + 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=501", "limit=x", "after=-1", "after=1;DROP", "after=99999999999999999999"})
    void whatCannotBeAskedForIsRefused(String query) {
        moderation
                .person("moderator")
                .wrongCall()
                .get("/v1/moderation/log?" + query)
                .then()
                .statusCode(400);
    }

    @Test
    void anEntryIsThereOnlyWithWhatItTellsOf() {
        assertThatIllegalStateException()
                .isThrownBy(() -> store.inTransaction(connection -> {
                    log.write(connection, null, "undone", "", "");
                    throw new IllegalStateException("something else failed");
                }));
        assertThat(tables.count("SELECT COUNT(*) FROM audit_log WHERE action = 'undone'"))
                .isZero();
        assertThat(log.check().broken()).isZero();
    }

    @Test
    void ofManyWhoWriteAtOnceNoneIsLost() throws Exception {
        long entries = log.check().entries();
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                String subject = "subject " + i;
                writers.add(all.submit(() -> write("at-once", subject, "")));
            }
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(log.check()).matches(check -> check.broken() == 0 && check.entries() == entries + AT_ONCE);
    }

    // Meddling

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_log SET detail = 'something else' WHERE number = ?",
                "UPDATE audit_log SET moderator = 7 WHERE number = ?",
                "UPDATE audit_log SET written_at = written_at + 1 WHERE number = ?",
                "UPDATE audit_log SET action = '', subject = 'went-on' WHERE number = ?",
                "DELETE FROM audit_log WHERE number = ?"
            })
    void anEntryThatWasChangedOrTakenOutShows(String sql) {
        long second = before.size() - 1L;
        change(sql.replace("?", String.valueOf(second)));
        assertThat(log.check().broken()).isEqualTo(second);
    }

    @Test
    void entriesTakenFromTheEndShow() {
        change("DELETE FROM audit_log WHERE number >= " + (before.size() - 1));
        assertThat(log.check().broken()).isEqualTo(before.size() - 1L);
    }

    @Test
    void aChainThatWasWrittenAnewHasAnotherEnd() {
        String last = log.check().lastHash();
        change("DELETE FROM audit_log");
        change("UPDATE audit_log_end SET number = 0, hash = UNHEX(REPEAT('00', 32))");
        for (int i = 0; i < before.size(); i++) {
            write("invented", "", "");
        }
        assertThat(log.check().broken()).isZero();
        assertThat(log.check().lastHash()).isNotEqualTo(last);
    }

    // Log injection

    @Test
    void nothingThatIsWrittenLooksLikeAnotherEntry() {
        write(
                "ruled",
                "a\r\n2026-11-22 moderator-added eve operator",
                "\u202etxt.exe\u0000\u200b\u001b[2J" + "x".repeat(100_000));
        List<String> entry = tables.rows("SELECT subject, detail FROM audit_log ORDER BY number DESC LIMIT 1")
                .getFirst();
        assertThat(entry.get(0)).isEqualTo("a\uFFFD\uFFFD2026-11-22 moderator-added eve operator");
        assertThat(entry.get(1))
                .startsWith("\uFFFDtxt.exe\uFFFD\uFFFD\uFFFD[2Jxxx")
                .hasSize(AuditLog.LONGEST_DETAIL);
        assertThat(log.check().broken()).isZero();
    }

    private Object write(String action, String subject, String detail) {
        return store.inTransaction(connection -> {
            log.write(connection, null, action, subject, detail);
            return null;
        });
    }

    private void change(String sql) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }
}
