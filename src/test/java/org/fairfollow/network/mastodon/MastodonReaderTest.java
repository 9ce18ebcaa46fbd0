package org.fairfollow.network.mastodon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.fairfollow.network.mastodon.StubMastodon.ACTOR;
import static org.fairfollow.network.mastodon.StubMastodon.API;
import static org.fairfollow.network.mastodon.StubMastodon.HANDLE;
import static org.fairfollow.network.mastodon.StubMastodon.HOST;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicFollowers.Follower;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.PublicPosts.Kind;
import org.fairfollow.network.PublicPosts.Post;
import org.fairfollow.network.PublicPosts.Question;
import org.fairfollow.network.Reading;
import org.fairfollow.network.Reading.Found;
import org.fairfollow.network.Reading.Gone;
import org.fairfollow.network.Reading.Refused;
import org.fairfollow.network.Reading.Unreachable;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.SmallInternet;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers that anybody may run tell of their users, and what comes of those that lie. */
class MastodonReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String ROBOTS = "/robots.txt";
    private static final String WEBFINGER = "/.well-known/webfinger";
    private static final String LOOKUP = "/api/v1/accounts/lookup";
    private static final String FOLLOWERS = "/api/v1/accounts/7/followers";
    private static final String STATUSES = "/api/v1/accounts/7/statuses";

    private static StubMastodon mastodon;
    private static SmallInternet internet;

    private final TestTicker ticker = new TestTicker();
    private MastodonReader reader;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        mastodon = new StubMastodon();
        internet = new SmallInternet().leadsTo(mastodon.server.httpsPort(), HOST, "server.example");
    }

    @AfterAll
    static void stop() throws IOException {
        mastodon.close();
        internet.close();
    }

    @BeforeEach
    void build() {
        internet.forget();
        mastodon.reset();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        reader = new MastodonReader(internet.ways(clock, ticker), clock, ticker, new Random(7));
    }

    @Test
    void anAccountIsReadByItsHandleAndByItsActor() throws InvalidAccountException {
        PublicAccount expected =
                new PublicAccount(ACTOR, HANDLE, API, 3L, 34L, 12L, 1667433600L, false, 8, true, null, NOW);

        assertThat(account()).isEqualTo(expected);
        assertThat(mastodon.calls()).isEqualTo(3);
        assertThat(reader.account(Network.MASTODON.nativeId(ACTOR))).isEqualTo(new Found<>(expected));
    }

    @Test
    void aDomainThatClaimsAnotherHostsUserIsRefused() {
        String claim = StubMastodon.webFinger("growth@server.example", ACTOR);
        mastodon.server.stubFor(get(urlPathEqualTo(WEBFINGER))
                .withHost(equalTo("server.example"))
                .willReturn(okJson(claim)));

        assertThat(reader.account(name("growth@server.example"))).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"growth@127.0.0.1", "growth@printer.local", "growth@2130706433.local"})
    void aHostThatIsNotPublicIsNotCalled(String handle) {
        assertThat(reader.account(name(handle))).isEqualTo(new Refused<>(Refusal.FORBIDDEN_ADDRESS));
        assertThat(internet.lookups).isEmpty();
    }

    @Test
    void whoIsSuspendedIsGone() {
        mastodon.account.put("suspended", true);

        assertThat(reader.account(name(HANDLE))).isEqualTo(new Gone<>());
    }

    @Test
    void whoMovedSaysWhereTo() {
        mastodon.account.putObject("moved").put("uri", "https://other.example/users/new");
        assertThat(account().movedTo()).isEqualTo("https://other.example/users/new");

        mastodon.account.putObject("moved").put("uri", ACTOR);
        assertThat(account().movedTo()).isNull();

        mastodon.account.putObject("moved").put("uri", "file:///etc/passwd");
        assertThat(account().movedTo()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7/../8\"", "\"\"", "\"7?x=y\"", "null", "{}", "\"7\\r\\nX: y\"", "true x"})
    void anIdThatIsNoneIsUnreadable(String id) {
        instead(LOOKUP, okJson(mastodon.account.toString().replace("\"id\":\"7\"", "\"id\":" + id)));

        assertThat(reader.account(name(HANDLE))).isEqualTo(new Refused<>(Refusal.UNREADABLE_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"34\"", "1e400", "1.5", "99999999999999999999", "null", "[]"})
    void aCountThatIsNoneIsNotShown(String count) {
        instead(
                LOOKUP,
                okJson(mastodon.account.toString().replace("\"following_count\":34", "\"following_count\":" + count)));

        assertThat(account().following()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"9999-12-31T00:00:00Z\"", "\"2011-01-01\"", "\"2026-11-25\"", "\"soon\"", "7", "null"})
    void aTimeThatCannotBeIsNotShown(String time) {
        instead(LOOKUP, okJson(mastodon.account.toString().replace("\"2022-11-03T00:00:00.000Z\"", time)));

        assertThat(account().createdAt()).isNull();
    }

    @Test
    void whatAServerOfOtherSoftwareDoesNotTellIsNotShown() {
        Stream.of("created_at", "note", "avatar", "following_count", "followers_count", "statuses_count")
                .forEach(mastodon.account::remove);

        assertThat(account())
                .isEqualTo(new PublicAccount(ACTOR, HANDLE, API, null, null, null, null, null, null, true, null, NOW));
    }

    @Test
    void aThousandFollowersArePagedByTheLinkHeaderWithinThirtyCallsInAll() {
        mastodon.followedBy(1_000);
        for (int i = 0; i < 150; i++) {
            mastodon.statuses.add(status(String.valueOf(1_000 - i), "\"replies_count\": 1"));
        }

        PublicAccount account = account();
        PublicFollowers followers = followers(account);
        PublicPosts posts = posts(account);

        assertThat(followers.total()).isEqualTo(1_000);
        assertThat(followers.reached()).isEqualTo(1_000);
        assertThat(followers.followers()).hasSize(1_000).allSatisfy(follower -> assertThat(follower)
                .isEqualTo(new Follower(
                        follower.rank(), (long) follower.rank(), 33L, 5L, 1667692800L, true, 3, 1667952000L)));
        assertThat(posts.posts()).hasSize(100);
        assertThat(mastodon.calls()).isLessThanOrEqualTo(30);
    }

    @Test
    void aLongerListIsToldAsFarAsItWasReadAndEvenly() {
        mastodon.followedBy(2_000);

        PublicFollowers followers = ((Found<PublicFollowers>) reader.followers(account(), 400)).value();

        assertThat(followers.total()).isEqualTo(2_000);
        assertThat(followers.reached()).isEqualTo(1_040);
        assertThat(followers.followers()).hasSize(400);
        assertThat(followers.followers().getLast().rank()).isGreaterThan(1_030);
    }

    @Test
    void aHiddenListIsNotAskedFor() {
        mastodon.account.put("hide_collections", true);
        PublicAccount account = account();

        assertThat(account.showsFollowers()).isFalse();
        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));
        assertThat(mastodon.calls(FOLLOWERS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aListThatIsNotForEverybodyIsHidden(int status) {
        PublicAccount account = account();
        instead(FOLLOWERS, aResponse().withStatus(status));

        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));
    }

    @Test
    void anEmptyListOfFollowersThatAreCountedIsHiddenAndOneOfNoneIsEmpty() {
        mastodon.followers.clear();
        assertThat(reader.followers(account(), 1_000)).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));

        mastodon.account.put("followers_count", 0);
        assertThat(followers(account()).followers()).isEmpty();
    }

    @Test
    void whoFollowsAndIsSaidToFollowNobodyIsNotKnownToItsServer() {
        mastodon.followers.getFirst().put("following_count", 0);

        assertThat(followers(account()).followers().getFirst().following()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<https://other.example/api/v1/accounts/7/followers?max_id=1>; rel=\"next\"",
                "<http://social.example/api/v1/accounts/7/followers?max_id=1>; rel=\"next\"",
                "<https://social.example/api/v1/accounts/8/followers?max_id=1>; rel=\"next\"",
                "<https://social.example/api/v1/accounts/7/followers/../../8?max_id=1>; rel=\"next\"",
                "<https://social.example/api/v1/accounts/7/followers?max_id=1%0d%0a>; rel=\"next\"",
                "<https://social.example/api/v1/accounts/7/followers?max_id=../x>; rel=\"next\"",
                "<file:///etc/passwd>; rel=\"next\"",
                "</etc/passwd>; rel=\"next\"",
                "<<<<<<<<>>>>; rel=next",
                ";;;,,,"
            })
    void aLinkToAnythingButTheNextPageIsNotFollowed(String link) {
        instead(FOLLOWERS, okJson(mastodon.followers.toString()).withHeader("Link", link));

        assertThat(followers(account()).reached()).isEqualTo(3);
        assertThat(mastodon.calls(FOLLOWERS)).isEqualTo(1);
        assertThat(internet.lookups).containsOnly(HOST);
    }

    @Test
    void aLinkThatLeadsToItselfEnds() {
        instead(
                FOLLOWERS,
                okJson(mastodon.followers.toString())
                        .withHeader("Link", "<" + API + "/followers?max_id=1>; rel=\"next\""));

        assertThat(followers(account()).reached()).isEqualTo(3);
        assertThat(mastodon.calls(FOLLOWERS)).isEqualTo(2);
    }

    @Test
    void pagesWithoutAnEndEndAndAreNotTakenForTheWholeList() {
        mastodon.followedBy(5_000);
        mastodon.account.put("followers_count", 5);

        assertThat(reader.followers(account(), 1_000)).isEqualTo(new Refused<>(Refusal.UNREADABLE_ANSWER));
        assertThat(mastodon.calls(FOLLOWERS)).isEqualTo(13);
    }

    @Test
    void aLinkHeaderOfAHundredKilobytesIsHungUpOn() {
        PublicAccount account = account();
        instead(FOLLOWERS, okJson("[]").withHeader("Link", "<" + "a".repeat(100_000) + ">; rel=\"next\""));

        assertThat(reader.followers(account, 1_000)).isInstanceOf(Unreachable.class);
    }

    @Test
    void postsAreToldByKindWithLinksWrittenOutAndTheAppTheyCameBy() {
        mastodon.statuses.add(status("9", """
                "content": "<p>buy <a href=\\"https://shop.example/?a=1&amp;b=2\\" rel=\\"nofollow\\"><span class=\\"invisible\\">https://</span>shop\\u2026</a> now</p>",
                "application": {"name": "Buffer", "website": null}"""));
        mastodon.statuses.add(status("8", """
                "content": "<p><span class=\\"h-card\\"><a href=\\"https://o.example/@x\\" class=\\"u-url mention\\">@<span>x</span></a></span> yes <a href=\\"https://social.example/tags/a\\" class=\\"mention hashtag\\" rel=\\"tag\\">#<span>a</span></a></p>",
                "in_reply_to_id": "1", "in_reply_to_account_id": "99\""""));
        mastodon.statuses.add(status(
                "7", "\"content\": \"<p>2/2</p>\", \"in_reply_to_id\": \"6\", \"in_reply_to_account_id\": \"7\""));
        mastodon.statuses.add(status("6", "\"content\": \"\", \"reblog\": {\"content\": \"<p>theirs</p>\"}"));
        mastodon.statuses.add(status("5", "\"content\": \"<p>look</p>\", \"quote\": {\"state\": \"accepted\"}"));
        mastodon.statuses.add(status(
                "4",
                "\"content\": \"<p>to the void</p>\", \"in_reply_to_id\": \"3\", \"in_reply_to_account_id\": null"));
        mastodon.statuses.add(status("3", "\"content\": \"<p>quiet</p>\", \"visibility\": \"unlisted\""));
        mastodon.statuses.add(status("2", "\"content\": \"<p>secret</p>\", \"visibility\": \"private\""));
        mastodon.statuses.add(status("1", "\"content\": \"<p>x</p>\", \"account\": {\"id\": \"8\"}"));
        mastodon.statuses.add(status("0", "\"content\": \"<p>x</p>\", \"created_at\": \"9999-01-01T00:00:00Z\""));

        assertThat(posts(account()).posts())
                .extracting(Post::kind, Post::text, Post::source)
                .containsExactlyInAnyOrder(
                        tuple(Kind.ORIGINAL, "buy https://shop.example/?a=1&b=2 now", "Buffer"),
                        tuple(Kind.REPLY, "@x yes #a", null),
                        tuple(Kind.ORIGINAL, "2/2", null),
                        tuple(Kind.REPOST, "theirs", null),
                        tuple(Kind.QUOTE, "look", null),
                        tuple(Kind.REPLY, "to the void", null),
                        tuple(Kind.ORIGINAL, "quiet", null));
    }

    @Test
    void questionsOfOthersAreToldWithTheirAnswers() {
        mastodon.statuses.add(status("9", "\"replies_count\": 6"));
        mastodon.contexts.put(
                "9",
                StubMastodon.tree("["
                        + String.join(
                                ",",
                                List.of(
                                        remark("11", "9", "50", "<p>@growth why?</p>", 1),
                                        remark("12", "11", "7", "<p>because</p>", 0),
                                        remark("13", "9", "51", "<p>when?</p>", 0),
                                        remark("14", "9", "52", "<p>fine</p>", 0),
                                        remark("15", "9", "53", "<p>who?</p>", 2),
                                        remark("16", "9", "54", "<p>beep?</p>", 0)
                                                .replace("\"bot\": false", "\"bot\": true"),
                                        remark("17", "9", "7", "<p>or?</p>", 0),
                                        "null",
                                        "7",
                                        "{\"in_reply_to_id\": \"9\"}"))
                        + "]"));

        long at = Instant.parse("2026-11-02T00:00:00Z").getEpochSecond();
        assertThat(posts(account()).questions())
                .containsExactlyInAnyOrder(
                        new Question(at, "https://other.example/users/50", at),
                        new Question(at, "https://other.example/users/51", null));
    }

    @Test
    void sixThreadsAreReadAtMostAndOneThatIsGoneSpoilsNoOther() {
        IntStream.range(10, 30)
                .forEach(i -> mastodon.statuses.add(status(String.valueOf(i), "\"replies_count\": " + i)));
        mastodon.contexts.put("24", StubMastodon.tree("[" + remark("99", "24", "50", "<p>why?</p>", 0) + "]"));

        assertThat(posts(account()).questions()).hasSize(1);
        assertThat(mastodon.server.getAllServeEvents().stream()
                        .filter(event -> event.getRequest().getUrl().endsWith("/context")))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User-agent: *\nDisallow: /",
                "User-agent: fairfollow\nDisallow: /",
                "User-agent: Fairfollow\nDisallow: /.well-known/",
                "User-agent: *\nDisallow:\n\nUser-agent: fairFollow\nDisallow: *webfinger*",
                "User-agent: *\nCrawl-delay: 10"
            })
    void whoWantsNoRobotsIsAskedForNothingElse(String robots) {
        instead(ROBOTS, ok(robots));

        assertThat(reader.account(name(HANDLE))).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));
        assertThat(mastodon.calls()).isEqualTo(1);
    }

    @Test
    void robotsRulesHoldForEachAddressAndOwnersAreNoRobots() {
        instead(ROBOTS, ok("User-agent: *\nDisallow: /api/v1/accounts/*/followers\nAllow: /"));
        PublicAccount account = account();

        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));
        assertThat(reader.posts(account, 100)).isInstanceOf(Found.class);
        instead(ROBOTS, ok("User-agent: *\nDisallow: /"));
        assertThat(reader.profile(name(HANDLE))).isInstanceOf(ProfileText.Found.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void whoHasNoRulesForRobotsAllowsAll(int status) {
        instead(ROBOTS, aResponse().withStatus(status));

        assertThat(account().nativeId()).isEqualTo(ACTOR);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 501, 503})
    void whoCannotSayNowIsAskedLater(int status) {
        instead(ROBOTS, aResponse().withStatus(status));

        assertThat(reader.account(name(HANDLE))).isInstanceOf(Unreachable.class);
        assertThat(mastodon.calls()).isEqualTo(1);
    }

    @Test
    void rulesForRobotsAreAskedForOnceADay() {
        account();
        account();
        assertThat(mastodon.calls(ROBOTS)).isEqualTo(1);

        ticker.advance(Duration.ofDays(1).plusSeconds(1));
        account();
        assertThat(mastodon.calls(ROBOTS)).isEqualTo(2);
    }

    @Test
    void ofRulesForRobotsHalfAMegabyteIsRead() {
        String rules = "User-agent: *\nDisallow: /x\n" + ("# " + "a".repeat(998) + "\n").repeat(600) + "Disallow: /\n";
        instead(ROBOTS, ok(rules));
        assertThat(account().nativeId()).isEqualTo(ACTOR);
    }

    @Test
    void rulesMadeToHangWhoMatchesThemDoNot() {
        instead(ROBOTS, ok("User-agent: *\n" + ("Disallow: /" + "*a".repeat(200) + "*$\n").repeat(1_000)));

        assertThat(account().nativeId()).isEqualTo(ACTOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOOKUP, FOLLOWERS, STATUSES, WEBFINGER, "/api/v1/statuses/9/context"})
    void whatIsNotWhatSuchAnAnswerLooksLikeIsNeverAFact(String path) {
        mastodon.statuses.add(status("9", "\"replies_count\": 1"));
        PublicAccount known = account();
        for (String body : List.of(
                "",
                "null",
                "7",
                "\"\"",
                "<html><body>Welcome</body></html>",
                "[",
                "{}",
                "[null, 7, [], {\"id\": {}}, {\"id\": \"\"}, \"x\"]",
                "{\"descendants\": {\"a\": [7]}, \"links\": 7, \"subject\": []}",
                "{\"acct\": \"other\", \"uri\": \"https://other.example/users/other\"}",
                "[".repeat(10_000) + "]".repeat(10_000))) {
            instead(path, okJson(body));
            Reading<PublicAccount> account = reader.account(name(HANDLE));
            Reading<PublicFollowers> followers = reader.followers(known, 1_000);
            Reading<PublicPosts> posts = reader.posts(known, 100);

            assertThat(account instanceof Found)
                    .isEqualTo(!List.of(LOOKUP, WEBFINGER).contains(path));
            assertThat(followers instanceof Found).isEqualTo(!path.equals(FOLLOWERS));
            if (posts instanceof Found<PublicPosts>(PublicPosts value)) {
                assertThat(value.posts()).hasSizeLessThanOrEqualTo(1);
                assertThat(value.questions()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anAnswerThatBreaksOffIsNone(Fault fault) {
        PublicAccount account = account();
        for (String path : List.of(LOOKUP, FOLLOWERS, STATUSES)) {
            instead(path, aResponse().withFault(fault));
        }

        assertThat(reader.account(name(HANDLE))).isInstanceOf(Unreachable.class);
        assertThat(reader.followers(account, 1_000)).isInstanceOf(Unreachable.class);
        assertThat(reader.posts(account, 100)).isInstanceOf(Unreachable.class);
    }

    @Test
    void aListOnAnotherHostIsNotSought() {
        PublicAccount account = account();
        instead(FOLLOWERS, aResponse().withStatus(302).withHeader("Location", "https://other.example/list"));

        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.FORBIDDEN_ADDRESS));
        assertThat(internet.lookups).containsOnly(HOST);
    }

    @Test
    void ofAHostSixtyCallsAMinuteAreMadeAndThenOneASecond() {
        mastodon.followedBy(1_000);
        PublicAccount account = account();
        for (int i = 0; i < 6; i++) {
            followers(account);
        }

        assertThat(mastodon.calls()).isEqualTo(3 + 6 * 13);
        // The ticker stands still but for whoever waits, so all calls over sixty waited.
        assertThat(internet.waited).hasSize(3 + 6 * 13 - 60).allSatisfy(wait -> assertThat(wait)
                .isLessThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void theRealAnswersAreRead() throws IOException {
        Optional<Path> followers = Project.shared("data/api-fixtures/mastodon_followers.json");
        Optional<Path> account = Project.shared("data/api-fixtures/mastodon_account.json");
        if (followers.isEmpty() || account.isEmpty()) {
            return;
        }
        instead(FOLLOWERS, okJson(Files.readString(followers.get())));
        ObjectNode told = StubMastodon.object(Files.readString(account.get()));
        told.put("acct", "growth").put("url", "https://social.example/@growth").put("id", "7");
        instead(LOOKUP, okJson(told.toString()));

        PublicAccount read = account();
        assertThat(read.followers()).isEqualTo(told.path("followers_count").longValue());
        assertThat(read.createdAt()).isNotNull();
        assertThat(read.hasAvatar()).isTrue();
        assertThat(followers(read).followers()).isNotEmpty().allSatisfy(follower -> {
            assertThat(follower.followers()).isNotNull();
            assertThat(follower.createdAt()).isBetween(Network.MASTODON.since(), NOW.getEpochSecond());
            assertThat(follower.hasAvatar()).isNotNull();
            assertThat(follower.bioLength()).isPositive();
        });
    }

    private void instead(String path, ResponseDefinitionBuilder answer) {
        mastodon.server.stubFor(get(urlPathEqualTo(path)).willReturn(answer));
    }

    /** @param fields in place of what a status has anyway */
    private static ObjectNode status(String id, String fields) {
        ObjectNode status = StubMastodon.object("""
                {"id": "%s", "created_at": "2026-11-01T00:00:00.000Z", "in_reply_to_id": null, "in_reply_to_account_id": null,
                 "sensitive": false, "visibility": "public", "language": "en", "replies_count": 0, "reblog": null,
                 "content": "<p>x</p>", "application": null, "account": {"id": "7", "acct": "Growth"}}""".formatted(id));
        status.setAll(StubMastodon.object("{" + fields + "}"));
        return status;
    }

    private static String remark(String id, String parent, String author, String content, int replies) {
        return """
                {"id": "%s", "created_at": "2026-11-02T00:00:00.000Z", "in_reply_to_id": "%s", "visibility": "public",
                 "replies_count": %d, "content": "%s",
                 "account": {"id": "%s", "bot": false, "uri": "https://other.example/users/%s"}}""".formatted(id, parent, replies, content, author, author);
    }

    private PublicAccount account() {
        return ((Found<PublicAccount>) reader.account(name(HANDLE))).value();
    }

    private PublicFollowers followers(PublicAccount account) {
        return ((Found<PublicFollowers>) reader.followers(account, 1_000)).value();
    }

    private PublicPosts posts(PublicAccount account) {
        return ((Found<PublicPosts>) reader.posts(account, 100)).value();
    }

    private static AccountName name(String name) {
        try {
            return Network.MASTODON.parse(name);
        } catch (InvalidAccountException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
