package org.fairfollow.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.fairfollow.account.Directory;
import org.fairfollow.account.ErasedAccounts;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.TestStore;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Standing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases from a real ledger: several instances over one database, their files on disk, the feed and the circuit breaker. */
@QuarkusTest
class PublisherApiTest {
    @TempDir
    Path folder;

    DatabaseLine line;

    @Inject
    Publisher publisher;

    @Inject
    Store store;

    @Inject
    StoreIdentity identity;

    @Inject
    Releases releases;

    @Inject
    Ledger ledger;

    @Inject
    Directory directory;

    @Inject
    ErasedAccounts erased;

    @Inject
    Clock clock;

    @Inject
    HeldVerdicts verdicts;

    @Inject
    TestStore tables;

    @BeforeEach
    void nothingIsListed() {
        tables.empty();
        publisher.publish();
        assertThat(publisher.current().orElseThrow().manifest().accounts()).isZero();
    }

    private record Settings(
            Optional<String> folder,
            Duration interval,
            Duration staleAfter,
            int plausibleChanges,
            double plausibleShare)
            implements PublicationSettings {
        static Settings in(Path folder) {
            return new Settings(
                    Optional.of(folder.toString()), Duration.ZERO, Duration.ofHours(1), Integer.MAX_VALUE, 1);
        }

        static Settings letting(int changes) {
            return new Settings(Optional.empty(), Duration.ZERO, Duration.ofHours(1), changes, 0);
        }
    }

    /** Another instance of the service over the same database. */
    private Publisher another(Settings settings) {
        return new Publisher(store, identity, releases, ledger, directory, erased, clock, settings);
    }

    private int list(String statement) {
        int account = verdicts.account(Names.did());
        verdicts.hold(account, Practice.FOLLOW_CHURN, Standing.LIKELY, statement);
        return account;
    }

    private static Snapshot of(Publisher publisher) {
        return publisher.current().orElseThrow();
    }

    private void assertSameBytes(Publisher one, Publisher other) throws IOException {
        Snapshot mine = of(one);
        Snapshot theirs = of(other);
        assertThat(theirs.manifestPayload().bytes())
                .isEqualTo(mine.manifestPayload().bytes());
        assertThat(theirs.list().bytes()).isEqualTo(mine.list().bytes());
        for (int prefix = 0; prefix < 16; prefix++) {
            String hex = Integer.toHexString(prefix);
            assertThat(theirs.range(hex).bytes()).isEqualTo(mine.range(hex).bytes());
            assertThat(theirs.range(hex).etag()).isEqualTo(mine.range(hex).etag());
        }
        for (long older = mine.version() - 101; older < mine.version(); older++) {
            assertThat(theirs.delta(older).map(Payload::sha256))
                    .isEqualTo(mine.delta(older).map(Payload::sha256));
        }
        long from = Math.max(mine.beginningOfChanges(), theirs.beginningOfChanges());
        assertThat(theirs.changesAfter(from, 1_000)).isEqualTo(mine.changesAfter(from, 1_000));
        Path dumps = Files.createTempDirectory(folder, "dumps");
        assertThat(Files.readAllBytes(
                        Dump.write(theirs, dumps.resolve("theirs"), null).file()))
                .isEqualTo(Files.readAllBytes(
                        Dump.write(mine, dumps.resolve("mine"), null).file()));
    }

    @Test
    void everyInstanceServesTheSameBytesWhoeverPublishes() throws IOException {
        Publisher other = another(Settings.in(folder.resolve("other")));
        other.publish();
        assertSameBytes(publisher, other);
        int first = list("First.");
        list("Second.");
        assertThat(other.publish()).isTrue();
        assertThat(publisher.publish()).as("takes what the other released").isTrue();
        assertSameBytes(publisher, other);
        verdicts.hold(first, Practice.FOLLOW_CHURN, Standing.SIGNS, "First, less.");
        list("Third.");
        assertThat(publisher.publish()).isTrue();
        verdicts.hold(first, Practice.FOLLOW_CHURN, Standing.LIKELY, "First, again.");
        assertThat(publisher.publish()).isTrue();
        assertThat(other.publish()).as("two releases at once").isTrue();
        assertSameBytes(publisher, other);
        assertThat(of(other).manifest().accounts()).isEqualTo(3);
        Publisher newcomer = another(Settings.in(folder.resolve("newcomer")));
        assertThat(newcomer.current()).isEmpty();
        newcomer.publish();
        assertSameBytes(publisher, newcomer);
        assertThat(newcomer.publish()).as("nothing is new").isFalse();
    }

    /** A release that is decided while the second turns. */
    @Test
    void everyInstanceTellsTheSameTimeOfAChange() throws IOException {
        AtomicLong seconds = new AtomicLong();
        Clock fast = new Clock() {
            @Override
            public Instant instant() {
                return clock.instant().plusSeconds(seconds.incrementAndGet());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        Settings settings = Settings.letting(Integer.MAX_VALUE);
        Publisher hasty = new Publisher(store, identity, releases, ledger, directory, erased, fast, settings);
        hasty.publish();
        list("In the meantime.");
        assertThat(hasty.publish()).isTrue();
        publisher.publish();
        assertSameBytes(hasty, publisher);
    }

    @Test
    void twoThatPublishAtOnceMakeEveryChangeOnce() {
        Publisher other = another(Settings.letting(Integer.MAX_VALUE));
        other.publish();
        long before = of(publisher).release().lastSequence();
        for (int i = 0; i < 20; i++) {
            list("Statement " + i + ".");
            CompletableFuture<?> theirs = CompletableFuture.runAsync(() -> publishAsAJob(other));
            publishAsAJob(publisher);
            theirs.join();
        }
        publishAsAJob(publisher);
        publishAsAJob(other);
        assertThat(of(publisher).release()).isEqualTo(of(other).release());
        assertThat(of(publisher).release().lastSequence()).isEqualTo(before + 20);
        assertThat(tables.count("SELECT COUNT(*) FROM release_change WHERE sequence > " + before))
                .isEqualTo(20);
    }

    /** As the schedule does it: on a machine that is very busy the database may count as away for a moment. */
    private static void publishAsAJob(Publisher publisher) {
        while (true) {
            try {
                publisher.publish();
                return;
            } catch (DatabaseAwayException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void withoutADatabaseAStartServesWhatWasKeptOnDisk() throws IOException {
        Path kept = folder.resolve("kept");
        Publisher before = another(Settings.in(kept));
        list("Kept on disk.");
        before.publish();
        list("Kept too.");
        before.publish();
        of(before).log().close();
        line.cut();
        try {
            Publisher after = another(Settings.in(kept));
            assertThat(after.isStale()).isTrue();
            assertThatThrownBy(after::publish).isInstanceOf(DatabaseAwayException.class);
            assertThat(after.isStale()).isTrue();
            assertThat(of(after).manifest()).isEqualTo(of(before).manifest());
            line.restore();
            untilItIsBack();
            assertThat(after.publish()).as("it is the newest").isFalse();
            assertThat(after.isStale()).isFalse();
            assertSameBytes(publisherAfter(), after);
            of(after).log().close();
        } finally {
            line.restore();
            untilItIsBack();
        }
    }

    @Test
    void whatADemoKeptOnDiskIsNotServedAsIfItWereReal() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Release demo = Releasing.demo();
        SnapshotLog log = SnapshotLog.create(kept.resolve("snapshot.log"));
        log.append(SnapshotLog.Kind.RELEASE, Payload.jsonBytes(demo));
        log.flush();
        log.close();
        Publisher after = another(Settings.in(kept));
        assertThat(after.current()).isEmpty();
    }

    private Publisher publisherAfter() {
        publisher.publish();
        return publisher;
    }

    private void untilItIsBack() {
        while (store.isAway()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSnapshotOfAnotherStoreIsGivenUp() throws IOException {
        Path kept = folder.resolve("kept");
        Releasing releasing = new Releasing(Files.createDirectories(kept).resolve("snapshot.log"));
        releasing.release(Releasing.accounts(5), List.of());
        releasing.log().close();
        list("Of this store.");
        Publisher after = another(Settings.in(kept));
        assertThat(of(after).manifest().accounts()).isEqualTo(5);
        after.publish();
        assertSameBytes(publisherAfter(), after);
        of(after).log().close();
        Publisher again = another(Settings.in(kept));
        assertThat(of(again).manifest()).isEqualTo(of(after).manifest());
        of(again).log().close();
    }

    @Test
    void theFeedTellsEveryChangeInOrderAndNothingThatWasWithdrawn() {
        String cursor = of(publisher).end().text();
        long last = of(publisher).release().lastSequence();
        int first = list("First.");
        list("Second.");
        publisher.publish();
        verdicts.hold(first, Practice.FOLLOW_CHURN, Standing.LIKELY, "First, changed.");
        verdicts.hold(first, Practice.AUTO_DM, Standing.LIKELY, "And another.");
        publisher.publish();
        JsonPath page = changes("?after=" + cursor);
        assertThat(page.getList("changes.sequence", Long.class))
                .containsExactly(last + 1, last + 2, last + 3, last + 4);
        assertThat(page.getList("changes.change", String.class))
                .containsExactly("published", "published", "changed", "published");
        assertThat(page.getString("changes[0].verdict.statement")).isEqualTo("First, changed.");
        assertThat(page.getString("changes[1].verdict.statement")).isEqualTo("Second.");
        assertThat(page.getBoolean("more")).isFalse();
        verdicts.hold(first, Practice.FOLLOW_CHURN, Standing.NOT_FOUND, "Not any more.");
        publisher.publish();
        JsonPath all = changes("?after=" + cursor);
        assertThat(all.getList("changes.change", String.class))
                .containsExactly("published", "published", "changed", "published", "withdrawn");
        assertThat(all.getString("changes[0].verdict")).isNull();
        assertThat(all.getString("changes[2].verdict")).isNull();
        assertThat(all.getString("changes[3].verdict.statement")).isEqualTo("And another.");
        assertThat(all.getString("changes[4].verdict")).isNull();
        // Page by page comes to the same.
        List<Long> seen = new ArrayList<>();
        String at = cursor;
        boolean more = true;
        while (more) {
            JsonPath part = changes("?limit=2&after=" + at);
            seen.addAll(part.getList("changes.sequence", Long.class));
            at = part.getString("cursor");
            more = part.getBoolean("more");
        }
        assertThat(seen).containsExactly(last + 1, last + 2, last + 3, last + 4, last + 5);
        assertThat(at).isEqualTo(all.getString("cursor"));
        assertThat(changes("?after=" + at).getList("changes")).isEmpty();
    }

    private static JsonPath changes(String query) {
        return Api.call()
                .get("/v1/changes" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void whoWaitsForChangesGetsThemWhenTheyArePublished() {
        String cursor = of(publisher).end().text();
        CompletableFuture<JsonPath> waiting = CompletableFuture.supplyAsync(() -> changes("?wait=20&after=" + cursor));
        list("Waited for.");
        publisher.publish();
        JsonPath page = waiting.join();
        assertThat(page.getList("changes.change", String.class)).containsExactly("published");
        assertThat(page.getString("changes[0].verdict.statement")).isEqualTo("Waited for.");
    }

    @Test
    void whatIsNoCursorIsRefused() {
        Api.call().get("/v1/changes?after=nonsense").then().statusCode(400).body("code", is("invalid-cursor"));
        Api.call()
                .get("/v1/changes?after=" + new Cursor("ffffffffffffffff", 3).text())
                .then()
                .statusCode(404)
                .body("code", is("cursor-expired"));
        String ahead = new Cursor(identity.epoch(), 1L << 50).text();
        Api.call()
                .get("/v1/changes?after=" + ahead)
                .then()
                .statusCode(200)
                .body("changes", hasSize(0), "cursor", is(ahead));
        Api.wrongCall().get("/v1/changes?limit=0").then().statusCode(400).body("code", is("invalid-limit"));
        Api.wrongCall().get("/v1/changes?limit=1001").then().statusCode(400);
        Api.wrongCall().get("/v1/changes?wait=31").then().statusCode(400).body("code", is("invalid-wait"));
        Api.wrongCall().get("/v1/changes?wait=-1").then().statusCode(400);
    }

    @Test
    void theDumpHoldsWhatIsListedAndSaysWhereTheFeedGoesOn() throws IOException {
        int account = list("In the dump.");
        verdicts.hold(account, Practice.AUTO_DM, Standing.SIGNS, "Not in the dump.");
        publisher.publish();
        JsonPath manifest = Api.call()
                .get("/v1/dump/manifest")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        byte[] dump = Api.call()
                .get("/v1/dump?version=" + manifest.getLong("version"))
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .header("Content-Encoding", nullValue())
                .contentType(containsString("application/gzip"))
                .extract()
                .asByteArray();
        assertThat(Payload.of(dump).sha256()).isEqualTo(manifest.getString("sha256"));
        assertThat(dump).hasSize(manifest.getInt("bytes"));
        assertThat(manifest.getInt("accounts")).isOne();
        String lines;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(dump))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(lines.lines())
                .singleElement()
                .asString()
                .contains("In the dump.")
                .doesNotContain("Not in the dump.");
        list("After the dump.");
        publisher.publish();
        assertThat(changes("?after=" + manifest.getString("cursor")).getList("changes.verdict.statement"))
                .containsExactly("After the dump.");
        Api.call().get("/v1/dump?version=1").then().statusCode(404).body("code", is("version-expired"));
        Api.call().get("/v1/dump?version=x").then().statusCode(400).body("code", is("invalid-version"));
    }

    @Test
    void deltasAreServedForTheNewestVersion() {
        long older = of(publisher).version();
        int[] former = ListCodec.decode(of(publisher).list().bytes());
        list("Added.");
        publisher.publish();
        long version = of(publisher).version();
        byte[] delta = Api.call()
                .get("/v1/list/" + version + "/since/" + older)
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("immutable"))
                .extract()
                .asByteArray();
        assertThat(ListDelta.decode(delta).apply(former))
                .isEqualTo(
                        ListCodec.decode(Api.call().get("/v1/list/" + version).asByteArray()));
        for (String gone : List.of(version + "/since/" + version, version + "/since/999999999", older + "/since/1")) {
            Api.wrongCall().get("/v1/list/" + gone).then().statusCode(404).body("code", is("version-expired"));
        }
        Api.wrongCall()
                .get("/v1/list/" + version + "/since/x")
                .then()
                .statusCode(400)
                .body("code", is("invalid-version"));
    }

    @Test
    void aListedAccountIsAnsweredWithAllThatIsHeldOfIt() {
        String did = Names.did();
        int account = verdicts.account(did);
        verdicts.hold(account, Practice.FOLLOW_CHURN, Standing.LIKELY, "Listed.");
        verdicts.hold(account, Practice.AUTO_DM, Standing.SIGNS, "Signs.");
        publisher.publish();
        JsonPath answer = Api.call()
                .get("/v1/accounts/bluesky/" + did)
                .then()
                .statusCode(200)
                .body("status", is("assessed"), "stale", is(false), "verdicts", hasSize(Practice.values().length))
                .extract()
                .jsonPath();
        Map<String, String> standings = new TreeMap<>();
        answer.getList("verdicts", Map.class)
                .forEach(verdict -> standings.put((String) verdict.get("practice"), (String) verdict.get("standing")));
        assertThat(standings)
                .containsEntry("follow-churn", "likely")
                .containsEntry("auto-dm", "signs")
                .containsEntry("never-replies", "unknown");
        String batch = Api.call()
                .contentType("application/json")
                .body(Map.of("accounts", List.of(Map.of("network", "bluesky", "name", did))))
                .post("/v1/lookups")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("results[0].verdicts");
        assertThat(batch).as("one at a time or many: the same").isEqualTo(answer.getString("verdicts"));
    }

    @Test
    void aReleaseThatChangesTooMuchWaitsForTheOperatorButWithdrawalsDoNot() {
        Publisher careful = another(Settings.letting(3));
        int listed = list("Was there before.");
        publisher.publish();
        careful.publish();
        Map<Integer, String> many = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            many.put(verdicts.account(Names.did()), "Suddenly " + i + ".");
        }
        verdicts.hold(many, Practice.FOLLOW_CHURN, Standing.LIKELY);
        careful.publish();
        assertThat(of(careful).manifest().accounts()).isEqualTo(1);
        assertThat(careful.held())
                .hasValueSatisfying(held -> assertThat(held.accounts()).isEqualTo(5));
        long version = of(careful).version();
        careful.publish();
        assertThat(of(careful).version()).as("waiting makes no versions").isEqualTo(version);
        verdicts.hold(listed, Practice.FOLLOW_CHURN, Standing.NOT_FOUND, "Cleared.");
        careful.publish();
        assertThat(of(careful).manifest().accounts())
                .as("the withdrawal went through")
                .isZero();
        assertThat(careful.held()).isPresent();
        Publisher restarted = another(Settings.letting(3));
        restarted.publish();
        assertThat(restarted.held()).as("it is known to all").isPresent();
        careful.approve();
        careful.publish();
        assertThat(of(careful).manifest().accounts()).isEqualTo(5);
        assertThat(careful.held()).isEmpty();
        Api.asOperator().get("/v1/moderation/release").then().statusCode(200).body("held", nullValue());
        Api.wrongCall().get("/v1/moderation/release").then().statusCode(401);
        Api.asOperator().post("/v1/moderation/release/approval").then().statusCode(200);
    }

    @Test
    void whatWasApprovedDoesNotWaitAgainForWhatCameAfter() {
        Publisher careful = another(Settings.letting(3));
        careful.publish();
        careful.approve();
        Map<Integer, String> many = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            many.put(verdicts.account(Names.did()), "Suddenly " + i + ".");
        }
        verdicts.hold(many, Practice.FOLLOW_CHURN, Standing.LIKELY);
        careful.publish();
        assertThat(careful.held()).isPresent();
        careful.approve();
        list("One more, after the approval.");
        careful.publish();
        assertThat(of(careful).manifest().accounts()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void ratherMuchWithinAnHourIsTooMuchAsWell() {
        long already = tables.count("SELECT COALESCE(SUM(changes), 0) FROM list_release WHERE cut > "
                + tables.count("SELECT approved_cut FROM release_hold"));
        Publisher strict = another(Settings.letting((int) already + 2));
        list("One.");
        strict.publish();
        list("Two.");
        strict.publish();
        assertThat(strict.held()).isEmpty();
        list("Three.");
        strict.publish();
        assertThat(strict.held()).isPresent();
        assertThat(of(strict).manifest().accounts()).isEqualTo(2);
        strict.approve();
        strict.publish();
        assertThat(of(strict).manifest().accounts()).isEqualTo(3);
    }
}
