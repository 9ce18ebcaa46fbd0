package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.fairfollow.detection.Practice;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.reporter.Reports.Reported;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.Wire;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those send who would use reports against others, against reporters or against the service. */
@QuarkusTest
class ReportAttacksApiTest {
    @Inject
    TestStore tables;

    @Inject
    Store store;

    @Inject
    Reports reports;

    @Inject
    HeldVerdicts accounts;

    @Inject
    Pipeline pipeline;

    @BeforeEach
    void begin() {
        tables.empty();
    }

    // Other people's reports

    @Test
    void anotherReportersReportLooksLikeNone() {
        String owner = Telling.token();
        String other = Telling.token();
        String id = Reporting.sent(owner, Reporting.of("x", "gwen_example", "follow-churn"));
        String none = "0".repeat(24);
        assertThat(answer(Telling.as(other).get("/v1/reports/" + id)))
                .isEqualTo(answer(Telling.as(other).get("/v1/reports/" + none)));
        assertThat(answer(Telling.as(other).delete("/v1/reports/" + id)))
                .isEqualTo(answer(Telling.as(other).delete("/v1/reports/" + none)))
                .startsWith("404");
        Telling.as(owner).get("/v1/reports/" + id).then().statusCode(200);
        Telling.as(other).get("/v1/reports").then().body("reports.size()", is(0));
    }

    @Test
    void idsCannotBeWalked() {
        String token = Telling.token();
        Set<String> beginnings = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            beginnings.add(Reporting.sent(token, Reporting.of("x", "walk_" + i, "follow-churn"))
                    .substring(0, 8));
        }
        assertThat(beginnings).as("ids drawn at random").hasSize(20);
        String other = Telling.token();
        for (String id : List.of("1", "-1", "0", "1%20OR%201=1", "..%2f", "%00", "%25", "*", "A".repeat(24), "me")) {
            Api.wrongCall()
                    .urlEncodingEnabled(false)
                    .header("Authorization", "Bearer " + other)
                    .get("/v1/reports/" + id)
                    .then()
                    .statusCode(404);
        }
    }

    /** All of it but the address that was asked for. */
    private static String answer(Response response) {
        return response.statusCode() + response.asString().replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    // Tokens

    @Test
    void erasedTruncatedAndForeignTokensOpenNothingAndLookTheSame() {
        String token = Telling.token();
        String id = Reporting.sent(token, Reporting.of("x", "gwen_example", "follow-churn"));
        String erased = Telling.token();
        Telling.as(erased).delete("/v1/reporters/me").then().statusCode(204);
        Set<String> refusals = new HashSet<>();
        for (String wrong : List.of(
                erased,
                token.substring(0, token.length() - 1),
                token + "A",
                token.toUpperCase(),
                "ffr_",
                Api.OPERATOR_TOKEN,
                "ffr_' OR ''='")) {
            var call = Api.wrongCall().header("Authorization", "Bearer " + wrong);
            for (Response answer : List.of(
                    call.get("/v1/reports/" + id),
                    call.get("/v1/reports"),
                    call.get("/v1/reporters/me"),
                    call.delete("/v1/reports/" + id),
                    Reporting.send(call, Reporting.of("x", "gwen_example", "auto-dm"))
                            .extract()
                            .response())) {
                refusals.add(answer(answer));
            }
        }
        assertThat(refusals).hasSize(1).allMatch(refusal -> refusal.startsWith("401"));
    }

    @Test
    void aTokenInAnAddressOpensNoReports() {
        String token = Telling.token();
        for (String name : List.of("token", "access_token", "authorization", "Authorization")) {
            Api.wrongCall().queryParam(name, token).get("/v1/reports").then().statusCode(401);
        }
    }

    // What is nobody's to choose

    @ParameterizedTest
    @ValueSource(
            strings = {
                "standing",
                "trust",
                "reporterId",
                "reporter",
                "id",
                "state",
                "weight",
                "outcome",
                "sentAt",
                "accountId"
            })
    void nobodyChoosesWhatAReportIsWorth(String field) {
        Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
        report.put(field, 1);
        Reporting.sendWrongly(Telling.token(), report).statusCode(400).body("code", is("unknown-field"));
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
    }

    // Once

    @Test
    void aHundredIdenticalReportsAtOnceAreOneReportAndOneAnswer() throws Exception {
        String token = Telling.token();
        Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
        report.put("note", "the same");
        Set<String> answers = new HashSet<>();
        List<Future<String>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(20)) {
            for (int i = 0; i < 100; i++) {
                calls.add(callers.submit(() ->
                        Reporting.send(token, report).statusCode(202).extract().asString()));
            }
        }
        for (Future<String> call : calls) {
            answers.add(call.get());
        }
        assertThat(answers).hasSize(1);
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isEqualTo(1);
    }

    @Test
    void aRetryAfterACutConnectionIsOneRecordWithTheFirstAnswer() throws IOException {
        String token = Telling.token();
        String body =
                "{\"account\":{\"network\":\"x\",\"name\":\"gwen_example\"},\"practice\":\"follow-churn\",\"note\":\"é\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = Wire.open()) {
            socket.getOutputStream()
                    .write(("POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Idempotency-Key: cut\r\nAuthorization: Bearer " + token + "\r\nContent-Length: "
                                    + bytes.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            // It was read when the first byte of the answer is there; the rest is never taken.
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        String first = retry(token, body);
        Reporting.sent(token, Reporting.of("x", "gwen_example", "follow-churn"));
        assertThat(retry(token, body))
                .as("though it was changed since")
                .isEqualTo(first)
                .contains("\\u00E9");
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isEqualTo(1);
        Telling.as(token)
                .delete("/v1/reports/" + JsonPath.from(first).getString("id"))
                .then()
                .statusCode(204);
        assertThat(tables.count("SELECT COUNT(*) FROM hearsay_answer WHERE report IS NOT NULL"))
                .as("what is withdrawn is in no answer either")
                .isZero();
    }

    private static String retry(String token, String body) {
        return Telling.as(token)
                .header("Idempotency-Key", "cut")
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/reports")
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    // Influence

    @Test
    void oneReporterOnVeryManyAccountsWeighsOneWordOnEachAndNothingOnceFoundWrong() {
        String token = Telling.token();
        List<Integer> reported = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String did = Names.did();
            reported.add(accounts.account(did));
            Reporting.sent(token, Reporting.of("bluesky", did, "follow-churn"));
        }
        assertThat(against(reported).values())
                .hasSize(60)
                .allSatisfy(cases -> assertThat(cases.getFirst().weight()).isLessThanOrEqualTo(.3001));
        rule(reported.getFirst(), Adjudication.WRONG);
        assertThat(against(reported).values())
                .allSatisfy(cases -> assertThat(cases.getFirst().weight()).isZero());
    }

    @Test
    void noReporterHasMoreThanAThousandReports() {
        String token = Telling.token();
        String id = Reporting.sent(token, Reporting.of("x", "gwen_example", "follow-churn"));
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "INSERT INTO report (reporter, id, account_hash, account, practice, sent_at,"
                                + " updated_at) SELECT r.reporter, LPAD(s.seq, 12, '0'), LPAD(s.seq, 16, '0'), 'x:@filler', 'auto-dm',"
                                + " 1, 1 FROM report r, seq_1_to_999 s WHERE HEX(r.id) = '" + id + "'");
            }
        });
        Reporting.send(token, Reporting.of("x", "ben_example", "follow-churn"))
                .statusCode(429)
                .body("code", is("quota-exceeded"));
        Reporting.send(token, Reporting.of("x", "gwen_example", "follow-churn")).statusCode(202);
        Telling.as(token).delete("/v1/reports/" + id).then().statusCode(204);
        Reporting.send(token, Reporting.of("x", "ben_example", "follow-churn")).statusCode(202);
    }

    @Test
    void whatTheMachineFindsEndorsesNobody() {
        String did = Names.did();
        int account = accounts.account(did);
        String token = Telling.token();
        Reporting.sent(token, Reporting.of("bluesky", did, "follow-churn"));
        accounts.hold(account, Practice.FOLLOW_CHURN, Standing.LIKELY, "As reported.");
        pipeline.judgeAndPublish();
        reports.weigh();
        Telling.as(token)
                .get("/v1/reporters/me")
                .then()
                .body("trust.weight", is(.3f), "reports.upheld", is(0), "reports.received", is(1));
    }

    @Test
    void twoTokensOfOnePersonCountOnceWhereTheyArriveTogether() {
        String did = Names.did();
        int account = accounts.account(did);
        for (int i = 0; i < 2; i++) {
            Reporting.sent(Telling.token(), Reporting.of("bluesky", did, "follow-churn"));
        }
        Reported reported = against(List.of(account)).get(account).getFirst();
        assertThat(reported.reports()).isEqualTo(2);
        assertThat(reported.clusters()).isEqualTo(1);
        assertThat(reported.weight()).isLessThanOrEqualTo(.3001);
    }

    // Much of everything

    @Test
    void hugeNotesAndBodiesAreRefused() {
        String token = Telling.token();
        Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
        report.put("note", "a".repeat(100_000));
        Reporting.sendWrongly(token, report).statusCode(400).body("code", is("invalid-body"));
        report.put("note", "a".repeat(2 << 20));
        Reporting.sendWrongly(token, report).statusCode(413).body("code", is("too-large"));
    }

    @Test
    void fiftyMegabytesAreNotReadToTheirEnd() throws IOException {
        try (Socket socket = Wire.open()) {
            int sent = 0;
            try {
                socket.getOutputStream()
                        .write(("POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Connection: close\r\nAuthorization: Bearer " + Telling.token()
                                        + "\r\nContent-Length: " + (50 << 20) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                byte[] part = new byte[1 << 16];
                for (; sent <= 2 << 20; sent += part.length) {
                    socket.getOutputStream().write(part);
                }
            } catch (SocketException e) {
                // Refused already.
            }
            assertThat(Wire.answers(socket.getInputStream())).first().satisfies(answer -> assertThat(answer.status())
                    .isEqualTo(413));
        }
    }

    @Test
    void tenThousandLevelsAreTooDeep() {
        Reporting.sendWrongly(Telling.token(), "{\"account\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                .statusCode(400)
                .body("code", is("too-deep"));
    }

    @Test
    void aGzipBombIsNotUnpacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(" ".repeat(10 << 20).getBytes(StandardCharsets.US_ASCII));
        }
        Api.wrongCall()
                .header("Authorization", "Bearer " + Telling.token())
                .header("Content-Encoding", "gzip")
                .contentType("application/json")
                .body(packed.toByteArray())
                .post("/v1/reports")
                .then()
                .statusCode(400)
                .body("code", is("invalid-body"));
    }

    // Text

    @Test
    void sqlInANoteIsText() {
        String token = Telling.token();
        for (String note :
                List.of("'; DROP TABLE report; -- ", "\\' OR 1=1 #", "100%_\\%", "${jndi:ldap://a.example}")) {
            Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
            report.put("note", note);
            Reporting.send(token, report).statusCode(202).body("note", is(note.strip()));
        }
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gwen'--", "%", "gwen%", "'; DROP TABLE report; --", "a\u0000b", "gwen\r\nX: y"})
    void sqlAndControlsInANameAreNoAccount(String name) {
        Reporting.sendWrongly(Telling.token(), Reporting.of("x", name, "follow-churn"))
                .statusCode(400)
                .body("code", is("invalid-account"));
    }

    /** On X {@code _} is a letter of handles; to the database it stands for itself alone. */
    @Test
    void wildcardsInANameStandForThemselves() {
        String token = Telling.token();
        String one = Reporting.sent(token, Reporting.of("x", "gwen_a", "follow-churn"));
        String other = Reporting.sent(token, Reporting.of("x", "gwen__", "follow-churn"));
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void whatIsNotSeenIsTakenOutOfNotesAndMarkupStaysText() {
        Map<String, String> notes = new HashMap<>();
        notes.put("<script>alert(1)</script>", "<script>alert(1)</script>");
        notes.put("javascript:alert(1)", "javascript:alert(1)");
        notes.put("a\u202Eb\u2066c\u200Fd", "abcd");
        notes.put("a\u200Bb\u200Dc\uFEFFd\u2060e", "abcde");
        notes.put("a\u0007b\u001B[31mc", "ab[31mc");
        notes.put("one\r\n\r\nSet-Cookie: x=1\u2028two", "one Set-Cookie: x=1 two");
        notes.put("\u200B\u202E \u3164", null);
        notes.put("e\u0301", "é");
        String token = Telling.token();
        notes.forEach((sent, kept) -> {
            Map<String, Object> report = Reporting.of("x", "gwen_example", "follow-churn");
            report.put("note", sent);
            Response answer = Reporting.send(token, report)
                    .statusCode(202)
                    .header("Content-Type", is("application/json"))
                    .extract()
                    .response();
            assertThat(answer.<String>path("note")).isEqualTo(kept);
            assertThat(answer.headers().hasHeaderWithName("Set-Cookie")).isFalse();
        });
    }

    @Test
    void lookAlikesAreOtherAccountsOrNone() {
        String token = Telling.token();
        String plain = Reporting.sent(token, Reporting.of("mastodon", "gwen@apple.example", "follow-churn"));
        // Cyrillic а in the host is another host, in punycode as well.
        String cyrillic = Reporting.sent(token, Reporting.of("mastodon", "gwen@\u0430pple.example", "follow-churn"));
        String punycode = Reporting.sent(token, Reporting.of("mastodon", "gwen@xn--pple-43d.example", "follow-churn"));
        assertThat(plain).isNotEqualTo(cyrillic);
        assertThat(cyrillic).isEqualTo(punycode);
        for (String name : List.of("gw\u0435n_example", "\uFF47wen", "gwen\u200B")) {
            Reporting.sendWrongly(token, Reporting.of("x", name, "follow-churn"))
                    .statusCode(400)
                    .body("code", is("invalid-account"));
        }
    }

    @Test
    void nothingOfAReportStandsInTheLog() {
        List<String> lines = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            Map<String, Object> report = Reporting.of("x", "secret_name", "follow-churn");
            report.put("note", "secret\n2026-11-22 10:00:00 ERROR forged");
            Reporting.send(Telling.token(), report).statusCode(202);
            Reporting.sendWrongly(Telling.token(), Reporting.of("x", "secret\nname", "follow-churn"))
                    .statusCode(400);
        } finally {
            root.removeHandler(listener);
        }
        assertThat(lines).noneMatch(line -> line != null && (line.contains("secret") || line.contains("forged")));
    }

    /** 100 kB that make patterns which try again and again stall. */
    @Test
    void noPatternStalls() {
        for (String text :
                List.of(" ".repeat(100_000), "\u200B".repeat(100_000), "a ".repeat(50_000), "e\u0301".repeat(50_000))) {
            PlainText.of(text);
        }
        assertThat(PlainText.of(" ".repeat(100_000))).isNull();
    }

    private Map<Integer, List<Reported>> against(List<Integer> some) {
        return store.inTransaction(connection -> reports.against(connection, some));
    }

    private void rule(int account, Adjudication adjudication) {
        store.inTransaction(connection -> {
            reports.ruled(connection, account, "follow-churn", adjudication);
            return null;
        });
    }
}
