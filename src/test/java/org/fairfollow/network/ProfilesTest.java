package org.fairfollow.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fairfollow.network.outbound.SmallInternet.json;
import static org.fairfollow.network.outbound.SmallInternet.redirect;
import static org.fairfollow.network.outbound.SmallInternet.status;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText.Found;
import org.fairfollow.network.ProfileText.Gone;
import org.fairfollow.network.ProfileText.Refused;
import org.fairfollow.network.ProfileText.Unreachable;
import org.fairfollow.network.bluesky.BlueskyReader;
import org.fairfollow.network.mastodon.MastodonReader;
import org.fairfollow.network.outbound.SmallInternet;
import org.fairfollow.network.outbound.SmallInternet.Reply;
import org.fairfollow.network.outbound.WaysOut;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What profiles say, and whom hosts may speak for. */
class ProfilesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String ACTOR = "https://social.example/users/Growth";
    private static final String ACTOR_ID =
            "id:" + Base64.getUrlEncoder().encodeToString(ACTOR.getBytes(StandardCharsets.UTF_8));
    private static final String PROFILE = """
            {"id": "7", "username": "Growth", "acct": "Growth", "url": "https://social.example/@Growth",
             "uri": "https://social.example/users/Growth",
             "note": "<p>I &amp; mine</p><p>code-\u200b1</p>",
             "fields": [{"name": "Site", "value": "<a href=\\"https://a.example\\">a.example</a>"}, {"name": "x"}, 3]}""";

    private SmallInternet internet;
    private HttpServer appView;
    private final List<String> appViewAsked = new CopyOnWriteArrayList<>();
    private Profiles profiles;

    @BeforeEach
    void build() throws IOException, GeneralSecurityException {
        internet = new SmallInternet();
        appView = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        appView.start();
        TestTicker ticker = new TestTicker();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        WaysOut ways = internet.ways(clock, ticker);
        URI api = URI.create("http://127.0.0.1:" + appView.getAddress().getPort() + "/base/");
        profiles = new PublicNetworks(
                List.of(new BlueskyReader(ways, clock, api), new MastodonReader(ways, clock, ticker)));
    }

    @AfterEach
    void tearDown() throws IOException {
        internet.close();
        appView.stop(0);
    }

    @Test
    void onXAPersonHasToLook() {
        assertThat(read(Network.X, "growth")).isEqualTo(new Refused(Refusal.NO_PUBLIC_API));
        assertThat(Refusal.NO_PUBLIC_API.id()).isEqualTo("no-public-api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://api.example", "api.example", "https://api.example/?a=b", "file:///etc"})
    void anAppViewThatIsNoAddressIsSaidAtTheStart(String api) {
        Clock clock = Clock.systemUTC();
        WaysOut ways = internet.ways(clock, new TestTicker());

        assertThatThrownBy(() -> new BlueskyReader(ways, clock, URI.create(api)))
                .hasMessageStartingWith("FAIRFOLLOW_BLUESKY_API_URL must be");
    }

    @Test
    void onBlueskyTheAppViewTellsTheDescription() {
        String profile = """
                {"did": "did:plc:abc", "handle": "Growth.example", "description": "line\\ncode-1", "viewer": {}}""";
        appViewSays(200, profile);
        Found found = new Found("did:plc:abc", "growth.example", "line\ncode-1", NOW);

        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(found);
        assertThat(read(Network.BLUESKY, "did:plc:abc")).isEqualTo(found);
        assertThat(appViewAsked)
                .containsExactly(
                        "/base/xrpc/app.bsky.actor.getProfile?actor=growth.example",
                        "/base/xrpc/app.bsky.actor.getProfile?actor=did%3Aplc%3Aabc");
    }

    @Test
    void onBlueskyAHandleThatDoesNotPointBackIsNone() {
        appViewSays(200, """
                {"did": "did:plc:abc", "handle": "handle.invalid"}""");

        assertThat(read(Network.BLUESKY, "did:plc:abc")).isEqualTo(new Found("did:plc:abc", null, "", NOW));
        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
    }

    @Test
    void onBlueskyWhatIsSuspendedOrNotThereIsGone() {
        appViewSays(400, """
                {"error": "AccountTakedown", "message": "Account has been suspended"}""");

        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(new Gone());
    }

    @Test
    void onBlueskyABusyAppViewIsUnreachable() {
        appViewSays(502, "");

        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(new Unreachable(Duration.ofMinutes(1)));
    }

    @Test
    void onBlueskyTheAnswerForAnotherAccountIsRefused() {
        appViewSays(200, """
                {"did": "did:plc:other", "handle": "other.example"}""");

        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
        assertThat(read(Network.BLUESKY, "did:plc:abc")).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "3", "{", "{\"did\": 7}", "{\"did\": [\"did:plc:abc\"]}", "{\"did\": \"x\"}"})
    void onBlueskyWrongTypesAreUnreadable(String body) {
        appViewSays(200, body);

        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(new Refused(Refusal.UNREADABLE_ANSWER));
    }

    @Test
    void onMastodonTheAccountsOwnHostTellsBioAndFields() {
        internet.with("social.example", host(PROFILE, webFinger("growth@social.example", ACTOR)));
        Found found = new Found(ACTOR, "growth@social.example", "I & mine\ncode-1\nSite: a.example\nx:\n:", NOW);

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(found);
        assertThat(read(Network.MASTODON, ACTOR_ID)).isEqualTo(found);
        assertThat(internet.asked.stream().map(SmallInternet.Asked::target))
                .containsExactly(
                        "/.well-known/webfinger?resource=acct%3Agrowth%40social.example",
                        "/api/v1/accounts/lookup?acct=growth",
                        "/.well-known/webfinger?resource=https%3A%2F%2Fsocial.example%2Fusers%2FGrowth",
                        "/api/v1/accounts/lookup?acct=growth");
    }

    @Test
    void onMastodonADomainMayHaveItsServerElsewhereIfBothSaySo() {
        String jrd = webFinger("growth@social.example", "https://server.example/users/growth");
        internet.with("social.example", redirectsTo("server.example")).with("server.example", host("""
                        {"acct": "growth", "url": "https://server.example/@growth", "note": "code-1"}""", jrd));
        Found found = new Found("https://server.example/users/growth", "growth@social.example", "code-1", NOW);

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(found);
        assertThat(read(Network.MASTODON, "growth@server.example")).isEqualTo(found);
    }

    @Test
    void onMastodonADomainCannotClaimAnotherHostsUser() {
        internet.with("other.example", host("{}", webFinger("growth@other.example", ACTOR)))
                .with("social.example", host(PROFILE, webFinger("growth@social.example", ACTOR)));

        assertThat(read(Network.MASTODON, "growth@other.example")).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
    }

    @Test
    void onMastodonAHostCannotClaimTheNameOfAnotherDomain() {
        String actor = "https://other.example/users/growth";
        String profile = "{\"acct\": \"growth\", \"url\": \"" + actor + "\", \"note\": \"code-1\"}";
        internet.with("other.example", host(profile, webFinger("growth@social.example", actor)))
                .with("social.example", host(PROFILE, webFinger("growth@social.example", ACTOR)));

        assertThat(read(Network.MASTODON, "growth@other.example")).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
    }

    @Test
    void onMastodonAnActorThatAnswersForAnotherIsRefused() {
        internet.with("social.example", host(PROFILE, webFinger("growth@social.example", ACTOR + "2")));

        assertThat(read(Network.MASTODON, ACTOR_ID)).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"acct\": \"growth\"}",
                "{\"acct\": \"growth@other.example\", \"url\": \"https://other.example/@growth\"}",
                "{\"acct\": \"growth@social.example\", \"url\": \"https://social.example/@growth\"}",
                "{\"acct\": \"growth\", \"url\": \"https://other.example/@growth\"}",
                "{\"acct\": \"growth\", \"url\": \"http://social.example/@growth\"}",
                "{\"acct\": \"growth\", \"url\": \"https://social.example/@a\", \"uri\": \"https://social.example/users/a\"}",
                "{\"acct\": \"growth\", \"uri\": \"https://social.example.other.example/users/Growth\"}",
                "{\"acct\": \"someone\", \"url\": \"https://social.example/@growth\"}",
                "{\"acct\": [\"growth\"], \"url\": \"https://social.example/@growth\"}",
                "{\"acct\": \"growth\", \"url\": {\"https://social.example/@growth\": 1}}",
                "{\"acct\": null, \"url\": null}"
            })
    void onMastodonAProfileOfSomebodyElseIsRefused(String profile) {
        internet.with("social.example", host(profile, webFinger("growth@social.example", ACTOR)));

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Refused(Refusal.ANOTHER_ACCOUNT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"subject\": 7, \"links\": 7}",
                "{\"subject\": \"acct:growth@social.example\"}",
                "{\"subject\": \"acct:growth@social.example\", \"links\": {\"rel\": \"self\"}}",
                "{\"subject\": \"acct:growth@social.example\", \"links\": [3, null, {\"rel\": \"self\", \"type\": \"text/html\", \"href\": \"https://social.example/@growth\"}]}"
            })
    void onMastodonWrongTypesInWebFingerAreUnreadable(String jrd) {
        internet.with("social.example", host(PROFILE, jrd));

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Refused(Refusal.UNREADABLE_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "http://social.example/users/growth",
                "https://127.0.0.1:8080/users/growth",
                "https://[::ffff:7f00:1]/users/growth",
                "https://a@social.example/users/growth"
            })
    void onMastodonAnActorThatIsNoAddressOfAnActorIsUnreadable(String actor) {
        internet.with("social.example", host(PROFILE, webFinger("growth@social.example", actor)));

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Refused(Refusal.UNREADABLE_ANSWER));
        assertThat(internet.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2130706433.local", "0x7f.1", "printer.local", "10.0.0.1"})
    void onMastodonAHandleOrActorOfAHostThatIsNotPublicIsNotCalled(String host) {
        internet.with(
                "social.example", host(PROFILE, webFinger("growth@social.example", "https://" + host + "/users/a")));

        assertThat(read(Network.MASTODON, "growth@" + host)).isEqualTo(new Refused(Refusal.FORBIDDEN_ADDRESS));
        assertThat(internet.lookups).isEmpty();
        assertThat(read(Network.MASTODON, "growth@social.example")).isInstanceOf(Refused.class);
        assertThat(internet.lookups).containsExactly("social.example");
    }

    @Test
    void onMastodonALookAlikeOfAHostSpeaksForItselfOnly() {
        // With an acute accent on the o: another host, whose name people may misread.
        String actor = "https://xn--scial-0ta.example/users/growth";
        internet.with("social.example", host(PROFILE, webFinger("growth@social.example", ACTOR)))
                .with(
                        "xn--scial-0ta.example",
                        host(
                                "{\"acct\": \"growth\", \"url\": \"" + actor + "\", \"note\": \"code-2\"}",
                                webFinger("growth@s\u00f3cial.example", actor)));

        assertThat(read(Network.MASTODON, "growth@s\u00f3cial.example"))
                .isEqualTo(new Found(actor, "growth@xn--scial-0ta.example", "code-2", NOW));
        assertThat(internet.lookups).containsOnly("xn--scial-0ta.example");
    }

    @Test
    void deepJsonIsUnreadable() {
        String deep = "{\"subject\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        internet.with("social.example", host(PROFILE, deep));
        appViewSays(200, deep);

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Refused(Refusal.UNREADABLE_ANSWER));
        assertThat(read(Network.BLUESKY, "growth.example")).isEqualTo(new Refused(Refusal.UNREADABLE_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "growth\r\nHost: other.example@social.example",
                "growth@social.example\r\nX: y",
                "growth@social.example/../../x?a=b#",
                "growth@social.example@other.example",
                "Growth@social.example",
                "https://social.example/@growth",
                "growth\u0000@social.example",
                ""
            })
    void lineBreaksAndWhateverElseIsNoHandleReachNobody(String value) {
        for (Network network : Network.all()) {
            for (AccountName.Kind kind : AccountName.Kind.values()) {
                AccountName name = new AccountName(network, kind, value);
                boolean isOne = network == Network.MASTODON
                        && kind == AccountName.Kind.NATIVE_ID
                        && value.equals("https://social.example/@growth");
                if (!isOne) {
                    assertThat(profiles.read(name)).isEqualTo(new Refused(Refusal.NOT_AN_ACCOUNT));
                }
            }
        }
        assertThat(internet.lookups).isEmpty();
        assertThat(appViewAsked).isEmpty();
    }

    @Test
    void onMastodonWhoIsNotThereIsGone() {
        internet.with("social.example", status("404 Not Found")).with("other.example", status("410 Gone"));

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Gone());
        assertThat(read(Network.MASTODON, "growth@other.example")).isEqualTo(new Gone());
    }

    @Test
    void onMastodonAServerThatShowsNothingToTheWorldIsNotPublic() {
        internet.with("social.example", status("401 Unauthorized"));

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Refused(Refusal.NOT_PUBLIC));
    }

    @Test
    void onMastodonAProfileIsNotSoughtOnAnotherHost() {
        String jrd = webFinger("growth@social.example", ACTOR);
        internet.with("social.example", (asked, out) -> (asked.target().startsWith("/.well-known/")
                        ? json(jrd)
                        : redirect("https://other.example" + asked.target()))
                .to(asked, out));
        internet.with("other.example", json(PROFILE));

        assertThat(read(Network.MASTODON, "growth@social.example")).isEqualTo(new Refused(Refusal.FORBIDDEN_ADDRESS));
        assertThat(internet.lookups).doesNotContain("other.example");
    }

    @Test
    void whoAsksForWhatIsBeingReadGetsThatAnswer() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        internet.with("social.example", (asked, out) -> {
            arrived.countDown();
            await(answer);
            status("410 Gone").to(asked, out);
        });
        List<CompletableFuture<ProfileText>> readers = new CopyOnWriteArrayList<>();
        readers.add(started());
        arrived.await();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<ProfileText> reader = new CompletableFuture<>();
            readers.add(reader);
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .start(() -> reader.complete(read(Network.MASTODON, "growth@social.example"))));
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        answer.countDown();

        assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEqualTo(new Gone()));
        assertThat(internet.asked).hasSize(1);
    }

    private CompletableFuture<ProfileText> started() {
        return CompletableFuture.supplyAsync(() -> read(Network.MASTODON, "growth@social.example"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProfileText read(Network network, String name) {
        try {
            return profiles.read(network.parse(name));
        } catch (InvalidAccountException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void appViewSays(int status, String body) {
        appView.createContext("/", exchange -> {
            appViewAsked.add(exchange.getRequestURI().toString());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** A server of Mastodon, as far as it is asked here. */
    private static Reply host(String profile, String webFinger) {
        return (asked, out) -> json(asked.target().startsWith("/.well-known/webfinger?") ? webFinger : profile)
                .to(asked, out);
    }

    private static Reply redirectsTo(String host) {
        return (asked, out) -> redirect("https://" + host + asked.target()).to(asked, out);
    }

    private static String webFinger(String handle, String actor) {
        return """
                {"subject": "acct:%s", "aliases": [], "links": [
                  {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": "https://a.example/"},
                  {"rel": "self", "type": "application/activity+json", "href": "%s"}]}""".formatted(handle, actor);
    }
}
