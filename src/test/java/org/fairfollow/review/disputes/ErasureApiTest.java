package org.fairfollow.review.disputes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.github.luben.zstd.Zstd;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.publication.Publisher;
import org.fairfollow.review.Queue;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Moderation.Person;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.ToldProfiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that is erased at its owner's wish is gone from everywhere, and does not come back by mistake. */
@QuarkusTest
class ErasureApiTest {
    private static final String WORDS = "Unmistakable words of an owner.";

    @Inject
    TestStore tables;

    @Inject
    Pipeline pipeline;

    @Inject
    ToldProfiles profiles;

    @Inject
    Publisher publisher;

    @Inject
    Queue queue;

    @Inject
    Moderation moderation;

    @Inject
    Store store;

    private ListedAccount listed = new ListedAccount();
    private AccountName name = name(listed.did);
    private AccountName handle = new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, "nobody.example");

    @BeforeEach
    void listed() {
        tables.empty();
        listed = new ListedAccount();
        name = name(listed.did);
        handle = new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, Names.handle("erased"));
        listed.lines.identity(listed.did, handle.value(), Instant.now());
        pipeline.send(listed.lines);
        pipeline.judgeAndPublish();
        look("likely");
        tell();
    }

    @Test
    void whatPeopleDecidedAndAuditedGoesWithTheAccount() throws Exception {
        int number = Math.toIntExact(number());
        somethingInEachTable(number);
        assertThat(found(WORDS))
                .contains(
                        "ruling.reasons",
                        "proposal.reasons",
                        "moderation_answer.answer",
                        "audit_answer.note",
                        "audit_task.evidence",
                        "report.note");
        assertThat(rowsOf(number))
                .contains(
                        "moderation_case",
                        "proposal",
                        "moderation_answer",
                        "audit_task",
                        "ruling",
                        "report",
                        "verdict");

        erase(proven()).statusCode(200);
        publisher.publish();
        publisher.publish();

        assertThat(found(WORDS)).isEmpty();
        assertThat(found(listed.did)).isEmpty();
        assertThat(rowsOf(number))
                .as("what stays is numbers: that somebody ruled, and that it was withdrawn")
                .isSubsetOf(Set.of("ruling", "verdict_entry", "released"));
        assertThat(tables.count("SELECT COUNT(*) FROM released WHERE record IS NOT NULL AND account_id = " + number))
                .isZero();
        assertThat(tables.count("SELECT COUNT(*) FROM audit_task WHERE settled_at IS NOT NULL"))
                .as("what was settled still counts")
                .isOne();
        assertThat(tables.count("SELECT COUNT(*) FROM audit_answer")).isEqualTo(2);
        assertThat(tables.count("SELECT COUNT(*) FROM audit_lease")).isZero();
    }

    @Test
    void aPlaceInTheQueueThatWasWrittenDuringTheErasureGoesWithTheNextLook() {
        long number = number();
        erase(proven()).statusCode(200);
        insert("INSERT INTO moderation_case (account_id, id, place, network, state, practices, waiting_since) VALUES ("
                + number + ", RANDOM_BYTES(12), 1, 1, 'listed', 'follow-churn', 1)");
        while (queue.follow()) {
            // Until it has followed all.
        }
        assertThat(tables.count("SELECT COUNT(*) FROM moderation_case WHERE account_id = " + number))
                .isZero();
    }

    @Test
    void afterAnErasureASearchOfAllTablesFindsNeitherNamesNorWords() throws Exception {
        long number = number();
        assertThat(found(listed.did)).isNotEmpty();
        assertThat(found(handle.value())).isNotEmpty();
        JsonPath dispute = proven();
        assertThat(found(WORDS)).isNotEmpty();
        publisher.publish();

        erase(dispute).statusCode(200).body("state", is("erased")).body("account.name", is(""));
        publisher.publish();
        publisher.publish();

        assertThat(found(listed.did)).isEmpty();
        assertThat(found(handle.value())).isEmpty();
        assertThat(found(WORDS)).isEmpty();
        for (String rows : List.of("edge WHERE actor_id =", "edge WHERE target_id =", "verdict WHERE account_id =")) {
            assertThat(tables.count("SELECT COUNT(*) FROM " + rows + number))
                    .as(rows)
                    .isZero();
        }
        Api.call()
                .get("/v1/accounts/bluesky/" + listed.did)
                .then()
                .statusCode(200)
                .body("status", is("unknown"));
        List<Map<String, Object>> feed = feed();
        Map<String, Object> last = feed.stream()
                .filter(change -> name.hash().hex().equals(change.get("hash")))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(last).containsEntry("change", "withdrawn");
        assertThat(String.valueOf(feed)).doesNotContain(listed.did).doesNotContain(handle.value());
    }

    @Test
    void whatIsImportedLaterIsFiledUnderNobody() throws Exception {
        erase(proven()).statusCode(200);

        pipeline.send(listed.lines).statusCode(200).body("accepted", is(0));
        JetstreamLines renamed = new JetstreamLines();
        String next = Names.handle("next");
        renamed.identity(listed.did, next, Instant.now());
        pipeline.send(renamed);
        String told = """
                {"kind":"profile-counters","account":{"network":"bluesky","name":"%s"},"time":"%s",\
                "observer":"o1","followers":{"count":1,"exact":true}}
                """.formatted(next, Instant.now());
        pipeline.send(told.getBytes(StandardCharsets.UTF_8)).statusCode(200).body("ignored.erased", is(1));
        pipeline.judgeAndPublish();

        assertThat(found(listed.did)).isEmpty();
        assertThat(found(next)).isEmpty();
        look(null);
    }

    @Test
    void whatReportersTellLaterIsKeptOfNobody() throws Exception {
        erase(proven()).statusCode(200);

        String token = Telling.token();
        for (String called : List.of(listed.did, handle.value())) {
            Reporting.send(token, Reporting.of("bluesky", called, "follow-churn"))
                    .statusCode(410)
                    .body("code", is("account-erased"));
            Telling.tell(token, List.of(Telling.follow("bluesky", called, true, Instant.now())))
                    .statusCode(202)
                    .body("accepted", is(0));
        }
        publisher.publish();

        assertThat(found(listed.did)).isEmpty();
        assertThat(found(handle.value())).isEmpty();
    }

    @Test
    void whoDidNotProveControlErasesNothing() {
        JsonPath dispute = open();
        erase(dispute).statusCode(409).body("code", is("not-proven"));
        look("likely");
    }

    @Test
    void erasingTwiceIsOnceAndTheDisputeTellsOfNobody() {
        JsonPath dispute = proven();
        erase(dispute).statusCode(200);
        erase(dispute).statusCode(200).body("state", is("erased"));
        as(dispute)
                .get("/v1/disputes/" + dispute.getString("id"))
                .then()
                .statusCode(200)
                .body("rebuttal", nullValue())
                .body("account.name", is(""));
    }

    private void look(String standing) {
        Api.call()
                .get("/v1/accounts/bluesky/" + listed.did)
                .then()
                .statusCode(200)
                .body("status", is(standing == null ? "unknown" : "assessed"))
                .body("verdicts[0].standing", is(standing == null ? "unknown" : standing));
    }

    private long number() {
        return tables.count(
                "SELECT id FROM account WHERE native_hash = x'" + name.hash().hex() + "'");
    }

    private void insert(String sql) {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** What moderators, auditors and reporters left of the account, as their rooms write it. */
    private void somethingInEachTable(int number) {
        while (queue.follow()) {
            // Until it has followed all.
        }
        Person moderator = moderation.person("moderator");
        String caseId = Api.asOperator()
                .get("/v1/moderation/queue?limit=500")
                .jsonPath()
                .getString("accounts.find { it.account.nativeId == '" + listed.did + "' }.caseId");
        for (String outcome : List.of("clear", "expire")) {
            String basedOn = moderator
                    .call()
                    .get("/v1/moderation/cases/" + caseId)
                    .jsonPath()
                    .getString("practices.find { it.practice == 'follow-churn' }.basedOn");
            moderator
                    .call()
                    .header("Idempotency-Key", outcome)
                    .contentType("application/json")
                    .body(Map.of("practice", "follow-churn", "outcome", outcome, "reasons", WORDS, "basedOn", basedOn))
                    .post("/v1/moderation/cases/" + caseId + "/rulings")
                    .then()
                    .statusCode(outcome.equals("clear") ? 201 : 202);
        }
        insert("INSERT INTO audit_task (id, practice, detector, account_id, evidence, drawn_at, answers) VALUES"
                + " (RANDOM_BYTES(16), 'follow-churn', 'open', " + number + ", '" + WORDS + "', 1, 1)");
        insert("INSERT INTO audit_task (id, practice, detector, account_id, drawn_at, answers, settled_at) VALUES"
                + " (RANDOM_BYTES(16), 'follow-churn', 'settled', " + number + ", 1, 2, 1)");
        for (int who : new int[] {1, 2}) {
            insert("INSERT INTO audit_answer (task, moderator, nth, answer, note, answered_at) SELECT number, " + who
                    + ", " + who + ", 'practises', '" + WORDS + "', 1 FROM audit_task WHERE detector = 'settled'");
        }
        insert(
                "INSERT INTO audit_answer (task, moderator, nth, answer, note, answered_at) SELECT number, 1, 1, 'practises', '"
                        + WORDS + "', 1 FROM audit_task WHERE detector = 'open'");
        insert("INSERT INTO audit_lease (moderator, task, ends_at) SELECT 2, number, 4000000000 FROM audit_task"
                + " WHERE detector = 'open'");
        Telling.as(Telling.token())
                .contentType("application/json")
                .header("Idempotency-Key", "of-an-erased-account")
                .body(Map.of(
                        "account",
                        Map.of("network", "bluesky", "name", listed.did),
                        "practice",
                        "follow-churn",
                        "note",
                        WORDS))
                .post("/v1/reports");
    }

    /** Tables that have rows under the account's number. */
    private Set<String> rowsOf(int number) {
        Set<String> found = new TreeSet<>();
        for (List<String> column : tables.rows(
                "SELECT table_name, column_name FROM information_schema.columns WHERE"
                        + " table_schema = DATABASE() AND column_name IN ('account_id', 'actor_id', 'target_id', 'other_id')")) {
            if (tables.count(
                            "SELECT COUNT(*) FROM " + column.getFirst() + " WHERE " + column.getLast() + " = " + number)
                    > 0) {
                found.add(column.getFirst());
            }
        }
        return found;
    }

    /** What people say of the account. */
    private void tell() {
        store.inTransaction(connection -> {
            try (PreparedStatement hearsay = connection.prepareStatement(
                    "INSERT INTO hearsay (reporter, natural_key, kind,"
                            + " account, seen_at, arrived_at, body) VALUES (4000000000, RANDOM_BYTES(16), 1, ?, 1, 4000000000, '')")) {
                hearsay.setString(1, name.key());
                return hearsay.executeUpdate();
            }
        });
    }

    private JsonPath open() {
        return Api.call()
                .contentType("application/json")
                .body(Map.of(
                        "account",
                        Map.of("network", "bluesky", "name", handle.value()),
                        "practice",
                        "follow-churn",
                        "rebuttal",
                        WORDS))
                .post("/v1/disputes")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private JsonPath proven() {
        JsonPath dispute = open();
        profiles.say(name, listed.did, dispute.getString("code"));
        as(dispute)
                .post("/v1/disputes/" + dispute.getString("id") + "/proof")
                .then()
                .statusCode(200)
                .body("state", is("proven"));
        return dispute;
    }

    private static io.restassured.response.ValidatableResponse erase(JsonPath dispute) {
        return as(dispute)
                .post("/v1/disputes/" + dispute.getString("id") + "/erasure")
                .then();
    }

    private static RequestSpecification as(JsonPath dispute) {
        return Api.call().header("Authorization", "Bearer " + dispute.getString("secretToken"));
    }

    private static AccountName name(String did) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did);
    }

    /** The columns of all tables in which the text stands, plain or compressed. */
    private List<String> found(String text) throws Exception {
        Map<String, List<String>> columns = tables
                .rows("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND (data_type LIKE '%char' OR data_type LIKE '%text' OR data_type LIKE '%blob')"
                        + " AND table_name NOT LIKE 'flyway%'")
                .stream()
                .collect(Collectors.groupingBy(List::getFirst, Collectors.mapping(List::getLast, Collectors.toList())));
        assertThat(columns).containsKeys("account", "handle_sighting", "hearsay", "release_change", "dispute");
        List<String> found = new ArrayList<>();
        for (var table : columns.entrySet()) {
            List<String> where = store.read(connection -> {
                List<String> hits = new ArrayList<>();
                try (var statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(
                                "SELECT " + String.join(", ", quoted(table.getValue())) + " FROM " + table.getKey())) {
                    while (rows.next()) {
                        for (int i = 1; i <= table.getValue().size(); i++) {
                            byte[] cell = rows.getBytes(i);
                            if (cell != null && plain(cell).contains(text)) {
                                hits.add(table.getKey() + "." + table.getValue().get(i - 1));
                            }
                        }
                    }
                }
                return hits;
            });
            found.addAll(where);
        }
        return found;
    }

    private static List<String> quoted(List<String> columns) {
        return columns.stream().map(column -> "`" + column + "`").toList();
    }

    private static String plain(byte[] cell) {
        boolean zstd = cell.length > 4 && cell[0] == 0x28 && (cell[1] & 0xff) == 0xB5 && cell[2] == 0x2F;
        byte[] bytes = zstd ? Zstd.decompress(cell, (int) Zstd.getFrameContentSize(cell)) : cell;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** All changes there are, from the first that is kept. */
    private static List<Map<String, Object>> feed() {
        List<Map<String, Object>> feed = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonPath answer = Api.call()
                    .get("/v1/changes?limit=1000" + after)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            feed.addAll(answer.getList("changes"));
            after = "&after=" + answer.getString("cursor");
            more = answer.getBoolean("more");
        }
        return feed;
    }
}
