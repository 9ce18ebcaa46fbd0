package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Cursor;
import org.fairfollow.publication.Publisher;
import org.fairfollow.review.Queue;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.Moderation;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/api.md} and {@code docs/list-format.md}, run as they stand there: by bash, python3 and java. */
@QuarkusTest
class ExamplesApiTest {
    /** A fenced block and the name of the file in its first line. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "^```(bash|python|java)\n((?:#|//) ([a-zA-Z]+\\.(?:sh|py|java)): .*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern BLOCK = Pattern.compile("^```[a-z]+$", Pattern.MULTILINE);
    private static final Pattern CACHING = Pattern.compile("^\\| `(/v1/[^`]*)` \\| `([^`]*)` \\|$", Pattern.MULTILINE);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @TestHTTPResource("/")
    URI address;

    @Inject
    TestStore tables;

    @Inject
    Pipeline pipeline;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    Publisher publisher;

    @Inject
    Queue queue;

    @Inject
    Moderation moderation;

    private final String page = Project.read("docs/api.md");
    private final String formatPage = Project.read("docs/list-format.md");

    @BeforeEach
    void writeTheExamplesDown() throws IOException {
        for (var example : examples().entrySet()) {
            Files.writeString(folder.resolve(example.getKey()), example.getValue());
        }
        tables.empty();
        publisher.publish();
    }

    private Map<String, String> examples() {
        Map<String, String> examples = new LinkedHashMap<>();
        Matcher found = EXAMPLE.matcher(page + formatPage);
        while (found.find()) {
            examples.put(found.group(3), found.group(2));
        }
        return examples;
    }

    /** Whoever adds an example adds it here, and a test that runs it. */
    @Test
    void everyExampleIsRun() {
        assertThat(examples())
                .containsOnlyKeys(
                        "range.sh",
                        "listed.py",
                        "Listed.java",
                        "maybe.py",
                        "delta.sh",
                        "account.sh",
                        "measure.sh",
                        "batch.sh",
                        "dump.sh",
                        "mirror.py",
                        "refusal.sh",
                        "again.sh",
                        "key.sh",
                        "tell.py",
                        "report.py",
                        "dispute.sh",
                        "release.sh",
                        "rule.py",
                        "proofs.sh",
                        "invite.sh",
                        "practices.sh",
                        "padding.py");
        assertThat(BLOCK.matcher(page + formatPage).results().count())
                .as("blocks without the name of a file in their first line are not run")
                .isEqualTo(examples().size());
    }

    @Test
    void aMeasurementIsWishedFor() throws Exception {
        assertThat(run(account("nobody.example"), "bash", "measure.sh").out)
                .startsWith("\"measurement\":{\"state\":\"queued\",\"since\":\"");
    }

    @Test
    void whoIsListedIsFoundWithoutSayingWhoIsMeant() throws Exception {
        ListedAccount account = new ListedAccount();
        String handle = Names.handle("growth");
        account.lines.identity(account.did, handle, Instant.now().minus(Duration.ofHours(1)));
        pipeline.send(account.lines);
        pipeline.judgeAndPublish();
        String shown = handle.toUpperCase(Locale.ROOT);
        String nobody = neighbour(handle);

        assertThat(run(account(shown), "bash", "range.sh").out).isEqualTo("listed\n");
        assertThat(run(account(account.did), "bash", "range.sh").out).isEqualTo("listed\n");
        assertThat(run(account(nobody), "bash", "range.sh").out).isEqualTo("not listed\n");

        String told = run(Map.of(), "python3", "listed.py", "bluesky", shown).out;
        assertThat(told).startsWith("likely follow-churn: ").contains("follows").hasLineCount(1);
        assertThat(run(Map.of(), "python3", "listed.py", "bluesky", account.did).out)
                .isEqualTo(told);
        assertThat(run(Map.of(), "python3", "listed.py", "bluesky", handle, account.did).out)
                .isEqualTo(told);
        assertThat(run(Map.of(), "python3", "listed.py", "bluesky", handle, "did:plc:other").out)
                .as("the handle is another account's now")
                .isEqualTo("not listed\n");
        assertThat(run(Map.of(), "python3", "listed.py", "bluesky", nobody).out).isEqualTo("not listed\n");
        assertThat(run(Map.of(), "python3", "listed.py", "x", "nobody_example").out)
                .isEqualTo("not listed\n");

        assertThat(java("bluesky", shown).out).isEqualTo(told);
        assertThat(java("bluesky", account.did).out).isEqualTo(told);
        assertThat(java("bluesky", nobody).out).isEqualTo("not listed\n");

        assertThat(run(account(handle), "bash", "account.sh").out.lines().map(String::strip))
                .startsWith("\"status\":\"assessed\"")
                .contains("1 \"standing\":\"likely\"");
        assertThat(JSON.readTree(folder.resolve("evidence.json").toFile())
                        .get("practices")
                        .has("follow-churn"))
                .isTrue();
        assertThat(run(account(handle), "bash", "batch.sh").out.lines())
                .containsExactly("\"status\":\"assessed\"", "\"status\":\"unknown\"", "\"status\":\"invalid\"");
    }

    /** Nobody at all, but under the same prefix: only the whole hash tells them apart. */
    private static String neighbour(String handle) throws InvalidAccountException {
        char prefix = Network.BLUESKY.parse(handle).hash().hex().charAt(0);
        String nobody = handle;
        while (nobody.equals(handle)
                || Network.BLUESKY.parse(nobody).hash().hex().charAt(0) != prefix) {
            nobody = Names.handle("nobody");
        }
        return nobody;
    }

    @Test
    void thePublishedListSaysWhoIsWorthAskingAbout() throws Exception {
        Map<Integer, String> many = new TreeMap<>();
        List<String> listed = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String did = Names.did();
            many.put(verdicts.account(did), "Statement " + i + ".");
            listed.add("bluesky " + did);
        }
        verdicts.hold(many, Practice.FOLLOW_CHURN, Standing.LIKELY);
        publisher.publish();
        String older = String.valueOf(version());
        List<String> asked = Stream.concat(
                        listed.stream(),
                        Stream.generate(() -> "bluesky " + Names.did()).limit(300))
                .toList();
        Files.write(folder.resolve("in"), asked);
        List<String> out =
                run(Map.of(), "bash", "-c", "python3 maybe.py < in").out.lines().toList();
        assertThat(out.getFirst()).isEqualTo("version " + older + ": 300 entries");
        assertThat(out.stream().skip(1))
                .containsExactlyElementsOf(
                        listed.stream().map(name -> "maybe " + name).toList());

        list("One more.");
        publisher.publish();
        assertThat(run(Map.of("OLDER", older), "bash", "delta.sh").out)
                .startsWith("from " + older + " to " + version() + ": ");
        assertThat(folder.resolve("delta.bin")).isNotEmptyFile();
    }

    @Test
    void aRangeIsPaddedAsTheFormatSays() throws Exception {
        String prefix = "0".repeat(publisher.current().orElseThrow().prefixLength());
        assertPadded(prefix);
        for (int i = 0; i < 60; i++) {
            list("“" + i + "” – dropped \\ 3 × \uD83D\uDC4B");
        }
        publisher.publish();
        assertPadded(prefix);
        assertPadded(prefix.substring(1) + "f");
    }

    private void assertPadded(String prefix) throws Exception {
        Response range = Api.call().get("/v1/ranges/" + prefix);
        Files.write(folder.resolve("range.json"), range.asByteArray());
        assertThat(run(Map.of(), "bash", "-c", "python3 padding.py " + prefix + " < range.json").out)
                .isEqualTo(range.header("ETag") + "\n");
    }

    @Test
    void anEmptyListIsAListToo() throws Exception {
        Files.writeString(folder.resolve("in"), "x nobody_example\n");
        assertThat(run(Map.of(), "bash", "-c", "python3 maybe.py < in").out)
                .isEqualTo("version " + version() + ": 0 entries\n");
    }

    @Test
    void theDumpIsWhatItsManifestSays() throws Exception {
        list("One.");
        list("Two.");
        publisher.publish();
        assertThat(run(Map.of(), "bash", "dump.sh").out.lines())
                .satisfiesExactly(
                        checked -> assertThat(checked).isEqualTo("verdicts.ndjson.gz: OK"),
                        counted -> assertThat(counted).startsWith("2 accounts, then: /v1/changes?after="));
    }

    @Test
    void aMirrorHoldsWhatIsListedAndNothingThatWasWithdrawn() throws Exception {
        int first = list("First.");
        list("Second.");
        publisher.publish();
        assertThat(mirror()).isEqualTo("took the dump: 2 accounts\n");
        assertThat(mirrored()).containsExactly("First.", "Second.");
        assertThat(mirror()).as("nothing is new").isEmpty();

        list("Third.");
        verdicts.hold(first, Practice.AUTO_DM, Standing.LIKELY, "First, and another.");
        publisher.publish();
        verdicts.hold(first, Practice.FOLLOW_CHURN, Standing.NOT_FOUND, "Not any more.");
        publisher.publish();
        assertThat(mirror()).isEqualTo("applied 3 changes\n");
        assertThat(mirrored()).containsExactly("First, and another.", "Second.", "Third.");

        // Another store's cursor: whoever holds it has missed what happened since.
        verdicts.hold(first, Practice.AUTO_DM, Standing.UNKNOWN, "Lapsed.");
        publisher.publish();
        sqlite("UPDATE reached SET cursor = '" + new Cursor("ffffffffffffffff", 7).text() + "'");
        assertThat(mirror()).isEqualTo("took the dump: 2 accounts\n");
        assertThat(mirrored()).containsExactly("Second.", "Third.");
    }

    @Test
    @Timeout(120)
    void aMirrorThatWaitsLearnsOfAWithdrawalWhenItIsReleased() throws Exception {
        int account = list("Soon gone.");
        publisher.publish();
        Process process = start(Map.of(), "python3", "mirror.py", "mirror.db")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("took the dump: 1 accounts");
            verdicts.hold(account, Practice.FOLLOW_CHURN, Standing.NOT_FOUND, "Gone.");
            publisher.publish();
            assertThat(out.readLine()).isEqualTo("applied 1 changes");
            // Written before it was said.
            assertThat(mirrored()).isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
        list("While it was dead.");
        publisher.publish();
        assertThat(mirror()).as("killed, it goes on where it was").isEqualTo("applied 1 changes\n");
        assertThat(mirrored()).containsExactly("While it was dead.");
    }

    private String mirror() throws Exception {
        return run(Map.of(), "python3", "mirror.py", "mirror.db", "--once").out;
    }

    private List<String> mirrored() throws Exception {
        return sqlite("SELECT verdict FROM verdict")
                .lines()
                .map(ExamplesApiTest::statement)
                .sorted()
                .toList();
    }

    private static String statement(String verdict) {
        try {
            return JSON.readTree(verdict).get("statement").asText();
        } catch (IOException e) {
            throw new AssertionError(verdict, e);
        }
    }

    private String sqlite(String sql) throws Exception {
        String program = "import sqlite3, sys\ndb = sqlite3.connect('mirror.db')\nwith db:\n"
                + "    for row in db.execute(sys.argv[1]): print(row[0])\n";
        return run(Map.of(), "python3", "-c", program, sql).out;
    }

    @Test
    void aRefusalIsAProblemWithACode() throws Exception {
        JsonNode problem = JSON.readTree(run(Map.of(), "bash", "refusal.sh").out);
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("code").asText()).isEqualTo("invalid-account");
        assertThat(problem.get("detail").asText()).isNotEmpty();
    }

    @Test
    void theSameQuestionAgainCostsNoBody() throws Exception {
        assertThat(run(Map.of(), "bash", "again.sh").out).isEqualTo("304\n");
        assertThat(folder.resolve("range.json")).isNotEmptyFile();
    }

    @Test
    void whoHasAKeySeesWhatIsLeftOfIt() throws Exception {
        String key = Api.asOperator()
                .contentType("application/json")
                .body(Map.of("label", "An example", "requestsPerMinute", 70))
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        Map<String, String> environment = Map.of("FAIRFOLLOW_KEY", key, "ACCOUNT", "nobody.example");
        assertThat(run(environment, "bash", "key.sh").out.lines().map(String::strip))
                .anySatisfy(line -> assertThat(line).isEqualToIgnoringCase("RateLimit-Policy: \"default\";q=70;w=60"))
                .anySatisfy(line -> assertThat(line).startsWithIgnoringCase("RateLimit: \"default\";r=69;"));
    }

    @Test
    void whatIsToldIsTakenBack() throws Exception {
        long before = tables.count("SELECT COUNT(*) FROM reporter");
        JsonNode told = JSON.readTree(run(account("nobody.example"), "python3", "tell.py").out);
        assertThat(told.get("accepted").asInt()).isOne();
        assertThat(told.get("rejected").get(0).get("code").asText()).isEqualTo("unknown-kind");
        assertThat(tables.count("SELECT COUNT(*) FROM reporter")).isEqualTo(before);
    }

    @Test
    void whatIsReportedIsFollowedAndWithdrawn() throws Exception {
        Map<String, String> environment = new HashMap<>(account("nobody.example"));
        environment.put("FAIRFOLLOW_TOKEN", Telling.token());
        assertThat(run(environment, "python3", "report.py").out)
                .startsWith("received: Nobody has looked at it yet.")
                .contains("weighs 0.30", "withdrawn");
        assertThat(tables.count("SELECT COUNT(*) FROM report")).isZero();
    }

    @Test
    void anOperatorSeesWhetherAReleaseWaitsAndLetsItPass() throws Exception {
        Map<String, String> operator = Map.of("FAIRFOLLOW_OPERATOR_TOKEN", Api.OPERATOR_TOKEN);
        assertThat(JSON.readTree(run(operator, "bash", "release.sh").out)
                        .get("held")
                        .isNull())
                .isTrue();
        list("Waiting, or not.");
        String both = run(operator, "bash", "release.sh", "approve").out;
        assertThat(JSON.readerFor(JsonNode.class).readValues(both).readAll()).hasSize(2);
        assertThat(publisher.current().orElseThrow().manifest().accounts()).isOne();
    }

    @Test
    void anOperatorInvitesSomebodyWhoIsToSignIn() throws Exception {
        String name = Moderation.randomName();
        Map<String, String> operator = Map.of("FAIRFOLLOW_OPERATOR_TOKEN", Api.OPERATOR_TOKEN, "NAME", name);
        JsonNode invitation = JSON.readTree(run(operator, "bash", "invite.sh").out);
        assertThat(invitation.get("name").asText()).isEqualTo(name);
        assertThat(invitation.get("code").asText()).startsWith("ffi_");
    }

    @Test
    void anOperatorSeesWhatAuditsFoundOfEachPractice() throws Exception {
        Map<String, String> operator = Map.of("FAIRFOLLOW_OPERATOR_TOKEN", Api.OPERATOR_TOKEN);
        assertThat(JSON.readTree(run(operator, "bash", "practices.sh").out).get("practices"))
                .hasSize(Practice.values().length);
    }

    @Test
    void aDisputeIsOpenedAndItsProofWaitsForTheProfile() throws Exception {
        String[] said = run(account(Names.did()), "bash", "dispute.sh").out.split("\n", 2);
        assertThat(said[0]).matches("fairfollow-[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(said[1]).contains("profile-unreachable");
    }

    @Test
    void aModeratorSeesWhatWaitsAndRules() throws Exception {
        list("Waits.");
        while (queue.follow()) {
            // Until it has followed all.
        }
        Map<String, String> moderator =
                Map.of("MODERATOR_TOKEN", moderation.person("moderator").token());
        String waiting = run(moderator, "python3", "rule.py").out;
        assertThat(waiting).contains(" listed did:").hasLineCount(1);
        String[] ruling = {
            "python3", "rule.py", waiting.split(" ")[0], "follow-churn", "clear", "It is a backup of another account."
        };
        assertThat(run(moderator, ruling).out).isEqualTo("ruled\n");
        assertThat(run(moderator, "python3", "rule.py").out).isEmpty();
    }

    @Test
    void aModeratorSeesWhichCodesToLookForAndSaysWhatStandsThere() throws Exception {
        JsonPath dispute = Api.call()
                .contentType("application/json")
                .body(Map.of(
                        "account",
                        Map.of("network", "x", "name", "pier_example"),
                        "practice",
                        "auto-dm",
                        "kind",
                        "objection"))
                .post("/v1/disputes")
                .jsonPath();
        String id = dispute.getString("id");
        Api.call()
                .header("Authorization", "Bearer " + dispute.getString("secretToken"))
                .post("/v1/disputes/" + id + "/proof")
                .then()
                .statusCode(200);
        Map<String, String> moderator =
                Map.of("MODERATOR_TOKEN", moderation.person("moderator").token());
        JsonNode waiting = JSON.readTree(run(moderator, "bash", "proofs.sh").out);
        assertThat(waiting.get("proofs").findValuesAsText("code")).contains(dispute.getString("code"));
        JsonNode decided = JSON.readTree(run(moderator, "bash", "proofs.sh", id, "confirmation").out);
        assertThat(decided.get("state").asText()).isEqualTo("proven");
    }

    @Test
    void answersMayBeCachedAsTheTableSays() {
        int account = list("Cached.");
        publisher.publish();
        long older = version();
        verdicts.hold(account, Practice.FOLLOW_CHURN, Standing.NOT_FOUND, "Gone.");
        publisher.publish();
        Map<String, String> told = new TreeMap<>();
        Map<String, String> served = new TreeMap<>();
        Matcher rows = CACHING.matcher(page);
        while (rows.find()) {
            String path = rows.group(1)
                    .replace("{version}", String.valueOf(version()))
                    .replace("{older}", String.valueOf(older))
                    .replace(
                            "{prefix}",
                            "0".repeat(publisher.current().orElseThrow().prefixLength()))
                    .replace("{network}", "x")
                    .replace("{name}", "nobody_example");
            told.put(path, rows.group(2));
            served.put(
                    path, Api.call().get(path).then().statusCode(200).extract().header("Cache-Control"));
        }
        assertThat(told).hasSizeGreaterThan(8);
        assertThat(served).isEqualTo(told);
    }

    private int list(String statement) {
        int account = verdicts.account(Names.did());
        verdicts.hold(account, Practice.FOLLOW_CHURN, Standing.LIKELY, statement);
        return account;
    }

    private long version() {
        return publisher.current().orElseThrow().manifest().version();
    }

    private static Map<String, String> account(String name) {
        return Map.of("ACCOUNT", name);
    }

    private Ran java(String network, String name) throws Exception {
        String jackson = Stream.of(ObjectMapper.class, JsonFactory.class, JsonProperty.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(Map.of(), java, "--class-path", jackson, "Listed.java", network, name);
    }

    private record Ran(String out, String err) {}

    /** Runs a program to its end, which must be a good one; that it is not there is a failure too. */
    private Ran run(Map<String, String> environment, String... command) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = start(environment, command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        Ran ran = new Ran(Files.readString(out), Files.readString(err));
        assertThat(ended)
                .as("%s ends; it said: %s", command[command.length - 1], ran)
                .isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", String.join(" ", command), ran)
                .isZero();
        return ran;
    }

    private ProcessBuilder start(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> given = builder.environment();
        given.put("FAIRFOLLOW", address.toString().replaceFirst("/+$", ""));
        // What a machine's proxy is for has nothing to do with the service under test.
        given.put("no_proxy", "*");
        given.put("NO_PROXY", "*");
        given.put("PYTHONUTF8", "1");
        given.putAll(environment);
        return builder;
    }
}
