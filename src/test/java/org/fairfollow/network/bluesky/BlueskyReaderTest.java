package org.fairfollow.network.bluesky;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.fairfollow.network.bluesky.StubAppView.DID;
import static org.fairfollow.network.bluesky.StubAppView.HANDLE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an AppView tells, and what comes of one that tells nonsense. */
class BlueskyReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String PROFILE = "app.bsky.actor.getProfile";
    private static final String PROFILES = "app.bsky.actor.getProfiles";
    private static final String FOLLOWERS = "app.bsky.graph.getFollowers";
    private static final String FEED = "app.bsky.feed.getAuthorFeed";
    private static final String THREAD = "app.bsky.feed.getPostThread";
    private static final String RESOLVE = "com.atproto.identity.resolveHandle";
    private static final String QUESTIONER = "did:plc:asker";

    private static StubAppView appView;
    private static SmallInternet internet;

    private final TestTicker ticker = new TestTicker();
    private BlueskyReader reader;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        appView = new StubAppView();
        internet = new SmallInternet();
    }

    @AfterAll
    static void stop() throws IOException {
        appView.close();
        internet.close();
    }

    @BeforeEach
    void build() {
        internet.forget();
        appView.reset();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        reader = new BlueskyReader(internet.ways(clock, ticker), clock, new Random(7), appView.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {HANDLE, DID})
    void anAccountIsReadByItsHandleAndByItsDid(String name) {
        appView.followedBy(3);

        assertThat(account(name))
                .isEqualTo(new PublicAccount(DID, HANDLE, DID, 3L, 34L, 12L, 1732074469L, true, 6, true, null, NOW));
        assertThat(appView.calls()).isEqualTo(2);
    }

    @Test
    void aHandleThatLeadsToAnotherAccountIsNotTheirs() {
        instead(RESOLVE, okJson("{\"did\": \"did:plc:other\"}"));

        assertThat(reader.account(name(HANDLE))).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
        assertThat(account(DID).handle()).isNull();
    }

    @Test
    void aHandleThatNobodyHasAnyMoreIsNotTheirs() {
        instead(RESOLVE, jsonResponse("{\"error\":\"InvalidRequest\"}", 400));

        assertThat(reader.account(name(HANDLE))).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
        assertThat(account(DID).handle()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 501})
    void anAppViewThatResolvesNoHandlesHasCheckedThemItself(int status) {
        instead(RESOLVE, aResponse().withStatus(status));

        assertThat(account(HANDLE).handle()).isEqualTo(HANDLE);
    }

    @Test
    void aProfileOfSomebodyElseIsRefused() {
        appView.profile.put("did", "did:plc:other").put("handle", "other.example");

        assertThat(reader.account(name(DID))).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
        assertThat(reader.account(name(HANDLE))).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
    }

    @Test
    void anAccountWithoutAHandleThatHoldsHasNone() {
        appView.profile.put("handle", "handle.invalid");

        assertThat(account(DID).handle()).isNull();
        assertThat(reader.account(name(HANDLE))).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
        assertThat(appView.calls(RESOLVE)).isZero();
    }

    @Test
    void whatIsSuspendedOrNotThereIsGone() {
        assertThat(reader.account(name("did:plc:nobody"))).isEqualTo(new Gone<>());

        PublicAccount account = account(DID);
        instead(FOLLOWERS, jsonResponse("{\"error\":\"AccountTakedown\"}", 400));
        instead(FEED, jsonResponse("{\"error\":\"AccountTakedown\"}", 400));
        assertThat(reader.followers(account, 1_000)).isEqualTo(new Gone<>());
        assertThat(reader.posts(account, 100)).isEqualTo(new Gone<>());
    }

    @Test
    void namesThatAreNoneReachNobody() {
        for (String value : List.of("growth.example&actor=other.example", "did:plc:a b", "GROWTH.example", "../x")) {
            for (AccountName.Kind kind : AccountName.Kind.values()) {
                assertThat(reader.account(new AccountName(Network.BLUESKY, kind, value)))
                        .isEqualTo(new Refused<>(Refusal.NOT_AN_ACCOUNT));
            }
        }
        assertThat(appView.calls()).isZero();
    }

    @Test
    void whoAsksNotToBeShownToEverybodyIsNot() {
        appView.profile.withArray("labels").addObject().put("src", DID).put("val", "!no-unauthenticated");
        appView.followedBy(3);

        PublicAccount account = account(DID);

        assertThat(account.showsFollowers()).isFalse();
        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));
        assertThat(reader.posts(account, 100)).isEqualTo(new Refused<>(Refusal.NOT_PUBLIC));
        assertThat(appView.calls()).isEqualTo(2);
    }

    @Test
    void ofAThousandFollowersAnEvenSampleIsToldByThirtyCallsInAll() {
        appView.followedBy(1_000);
        posted(150);

        PublicAccount account = account(HANDLE);
        PublicFollowers followers = followers(account);
        PublicPosts posts = posts(account);

        assertThat(followers.total()).isEqualTo(1_000);
        assertThat(followers.reached()).isEqualTo(1_000);
        assertThat(followers.followers()).hasSizeBetween(385, 400);
        Map<Integer, Long> perTenth = followers.followers().stream()
                .collect(Collectors.groupingBy(follower -> (follower.rank() - 1) / 100, Collectors.counting()));
        assertThat(perTenth).hasSize(10).allSatisfy((tenth, many) -> assertThat(many)
                .isEqualTo(40));
        assertThat(followers.followers()).allSatisfy(follower -> assertThat(follower)
                .isEqualTo(new Follower(follower.rank(), (long) follower.rank(), 7L, 3L, 1732345998L, false, 3, null)));
        assertThat(posts.posts()).hasSize(100);
        assertThat(appView.calls()).isLessThanOrEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 101, 384, 385, 399, 400, 401, 999, 1_000})
    void upToSomeThousandFollowersNobodyCostsMoreThanThirtyCalls(int many) {
        appView.followedBy(many);
        posted(120);
        for (int i = 0; i < 20; i++) {
            asked(i, 1);
        }

        PublicAccount account = account(HANDLE);
        PublicFollowers followers = followers(account);
        reader.posts(account, 200);

        assertThat(followers.total()).isEqualTo(many);
        assertThat(followers.reached()).isEqualTo(many);
        assertThat(followers.followers()).hasSize(Math.min(many, 400));
        assertThat(followers.followers()).extracting(Follower::rank).isSorted().doesNotHaveDuplicates();
        assertThat(appView.calls()).isLessThanOrEqualTo(30);
    }

    @Test
    void aLongListIsWalkedForAHundredPagesAndSaysHowFar() {
        appView.followedBy(10_500);

        PublicFollowers followers = followers(account(HANDLE));

        assertThat(followers.total()).isEqualTo(10_500);
        assertThat(followers.reached()).isEqualTo(10_000);
        assertThat(followers.followers()).hasSize(400);
        assertThat(followers.followers().getLast().rank()).isGreaterThan(9_900);
        assertThat(appView.calls(FOLLOWERS)).isEqualTo(100);
    }

    @Test
    void samplesBeginWhereChanceHasThem() {
        appView.followedBy(800);
        PublicAccount account = account(HANDLE);

        assertThat(IntStream.range(0, 8)
                        .map(i -> followers(account).followers().getFirst().rank())
                        .distinct()
                        .boxed())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void whoIsOnTwoPagesBecauseTheListMovedHasOneRank() {
        appView.followedBy(150);
        // Ten followed while the first page was read, so its last ten begin the second.
        appView.followers.addAll(
                100, appView.followers.subList(90, 100).stream().toList());

        PublicFollowers followers = followers(account(HANDLE));

        assertThat(followers.reached()).isEqualTo(150);
        assertThat(followers.followers())
                .extracting(Follower::rank, Follower::followers)
                .doesNotHaveDuplicates()
                .hasSize(150);
    }

    @Test
    void whoIsGoneWhenTheirNumbersAreAskedForHasNone() {
        appView.followedBy(3);
        PublicAccount account = account(HANDLE);
        instead(PROFILES, okJson("{\"profiles\": []}"));

        assertThat(followers(account).followers())
                .contains(new Follower(2, null, null, null, 1732345998L, false, 3, null))
                .hasSize(3);
    }

    @Test
    void aListThatIsShorterThanTheProfileCountsIsAllThereIsUnlessMostIsWithheld() {
        appView.followedBy(95);
        appView.profile.put("followersCount", 100);
        assertThat(followers(account(HANDLE)).total()).isEqualTo(95);

        appView.profile.put("followersCount", 200);
        assertThat(followers(account(HANDLE)).total()).isEqualTo(200);
    }

    @Test
    void aListThatIsLongerThanTheProfileCountsIsReadToItsEnd() {
        appView.followedBy(3_000);
        appView.profile.put("followersCount", 5);

        PublicFollowers followers = followers(account(HANDLE));

        assertThat(followers.reached()).isEqualTo(3_000);
        assertThat(followers.total()).isEqualTo(3_000);
    }

    @Test
    void pagesWithoutAnEndEndAndAreNotTakenForTheWholeList() {
        appView.followedBy(20_000);
        appView.profile.put("followersCount", 5);
        PublicAccount account = account(HANDLE);

        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.UNREADABLE_ANSWER));
        assertThat(appView.calls(FOLLOWERS)).isEqualTo(100);
    }

    @Test
    void aCursorThatRepeatsEndsTheList() {
        instead(FOLLOWERS, okJson(page("same", "did:plc:f1", "did:plc:f2")));

        PublicFollowers followers = followers(account(HANDLE));

        assertThat(followers.reached()).isEqualTo(2);
        assertThat(appView.calls(FOLLOWERS)).isEqualTo(2);
    }

    @Test
    void emptyPagesWithACursorEndSoon() {
        for (int i = 0; i < 50; i++) {
            String cursor = "c" + i;
            appView.server.stubFor(get(urlPathEqualTo("/xrpc/" + FOLLOWERS))
                    .inScenario("empty")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "c" + (i - 1))
                    .willSetStateTo(cursor)
                    .willReturn(okJson(page(cursor))));
        }

        PublicFollowers followers = followers(account(HANDLE));

        assertThat(followers.followers()).isEmpty();
        assertThat(appView.calls(FOLLOWERS)).isEqualTo(3);
    }

    @Test
    void followersOfSomebodyElseAreRefused() {
        instead(FOLLOWERS, okJson(page(null, "did:plc:f1").replace(DID, "did:plc:other")));

        assertThat(reader.followers(account(HANDLE), 1_000)).isEqualTo(new Refused<>(Refusal.ANOTHER_ACCOUNT));
    }

    @Test
    void noAccountFollowsItself() {
        instead(FOLLOWERS, okJson(page(null, DID, "did:plc:f1")));

        assertThat(followers(account(HANDLE)).reached()).isEqualTo(1);
    }

    @Test
    void postsAreToldByKindWithTheAddressesTheyLinkTo() {
        appView.feed.add(post(1, "a", "{\"text\": \"first\"}"));
        appView.feed.add(post(2, "b", """
                {"text": "@x yes", "reply": {"root": {"uri": "at://did:plc:x/app.bsky.feed.post/r"},
                 "parent": {"uri": "at://did:plc:x/app.bsky.feed.post/p"}}}"""));
        appView.feed.add(post(3, "c", """
                {"text": "2/2", "reply": {"root": {"uri": "at://did:plc:growth/app.bsky.feed.post/a"},
                 "parent": {"uri": "at://did:plc:growth/app.bsky.feed.post/a"}}}"""));
        appView.feed.add(post(4, "d", """
                {"text": "look", "embed": {"$type": "app.bsky.embed.record",
                 "record": {"uri": "at://did:plc:x/app.bsky.feed.post/p"}}}"""));
        appView.feed.add(post(5, "e", """
                {"text": "my list", "embed": {"$type": "app.bsky.embed.record",
                 "record": {"uri": "at://did:plc:x/app.bsky.graph.list/p"}}}"""));
        appView.feed.add(post(6, "f", """
                {"text": "pic", "embed": {"$type": "app.bsky.embed.recordWithMedia",
                 "record": {"record": {"uri": "at://did:plc:x/app.bsky.feed.post/p"}}}}"""));
        appView.feed.add(post(7, "g", """
                {"text": "\\u00fcber shop.example/\\u2026 now", "facets": [{"index": {"byteStart": 6, "byteEnd": 22},
                 "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://shop.example/buy?a=1"}]}]}"""));
        appView.feed.add(post(8, "h", """
                {"text": "card", "embed": {"$type": "app.bsky.embed.external",
                 "external": {"uri": "https://card.example/x", "title": "t"}}}"""));
        ObjectNode repost = post(9, "i", "{\"text\": \"theirs\"}");
        ((ObjectNode) repost.path("post")).put("uri", "at://did:plc:x/app.bsky.feed.post/i");
        ((ObjectNode) repost.path("post").path("author")).put("did", "did:plc:x");
        repost.putObject("reason")
                .put("$type", "app.bsky.feed.defs#reasonRepost")
                .put("indexedAt", "2026-10-01T00:00:00Z")
                .putObject("by")
                .put("did", DID);
        appView.feed.add(repost);

        assertThat(posts(account(HANDLE)).posts())
                .extracting(Post::kind, Post::text)
                .containsExactlyInAnyOrder(
                        tuple(Kind.ORIGINAL, "first"),
                        tuple(Kind.REPLY, "@x yes"),
                        tuple(Kind.ORIGINAL, "2/2"),
                        tuple(Kind.QUOTE, "look"),
                        tuple(Kind.ORIGINAL, "my list"),
                        tuple(Kind.QUOTE, "pic"),
                        tuple(Kind.ORIGINAL, "\u00fcber https://shop.example/buy?a=1 now"),
                        tuple(Kind.ORIGINAL, "card\nhttps://card.example/x"),
                        tuple(Kind.REPOST, "theirs"));
    }

    @Test
    void postsComeNewestFirstAndOnce() {
        posted(230);
        // A pinned post stands at the top and in its place.
        appView.feed.addFirst(appView.feed.get(50));

        List<Post> posts = ((Found<PublicPosts>) reader.posts(account(HANDLE), 200))
                .value()
                .posts();

        assertThat(posts).hasSize(200).doesNotHaveDuplicates();
        assertThat(posts).extracting(Post::postedAt).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void postsOfOthersAndFromNoTimeAreNotTheAccounts() {
        ObjectNode others = post(1, "a", "{\"text\": \"x\"}");
        ((ObjectNode) others.path("post").path("author")).put("did", "did:plc:x");
        appView.feed.add(others);
        appView.feed.add(post(2, "b", "{\"text\": \"x\", \"createdAt\": \"2011-01-01T00:00:00Z\"}"));
        appView.feed.add(post(3, "c", "{\"text\": \"future\", \"createdAt\": \"9999-12-31T00:00:00Z\"}"));
        ObjectNode never = post(4, "d", "{\"text\": \"x\", \"createdAt\": \"soon\"}");
        ((ObjectNode) never.path("post")).put("indexedAt", 7);
        appView.feed.add(never);
        appView.feed.add(post(5, "e", "{\"text\": \"late\", \"createdAt\": \"2026-11-20T00:00:00Z\"}"));

        assertThat(posts(account(HANDLE)).posts())
                .extracting(Post::text, Post::postedAt)
                .containsExactlyInAnyOrder(tuple("future", indexedAt(3)), tuple("late", indexedAt(5)));
    }

    @Test
    void questionsOfOthersAreToldWithTheirAnswers() {
        asked(0, 5);
        thread(0, """
                [{"post": %s, "replies": [{"post": %s}]},
                 {"post": %s, "replies": []},
                 {"post": %s},
                 {"post": %s},
                 {"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://x", "notFound": true}]""".formatted(
                        remark("q1", QUESTIONER, "why is that?", 1, "2026-11-01T00:00:00Z"),
                        remark("a1", DID, "because", 0, "2026-11-02T00:00:00Z"),
                        remark("q2", "did:plc:other", "and when?", 0, "2026-11-03T00:00:00Z"),
                        remark("s1", "did:plc:third", "see https://x.example/?a=b now", 0, "2026-11-03T00:00:00Z"),
                        remark("o1", DID, "or is it?", 0, "2026-11-03T00:00:00Z")));

        assertThat(posts(account(HANDLE)).questions())
                .containsExactly(
                        new Question(seconds("2026-11-03T00:00:00Z"), "did:plc:other", null),
                        new Question(seconds("2026-11-01T00:00:00Z"), QUESTIONER, seconds("2026-11-02T00:00:00Z")));
    }

    @Test
    void anAnswerThatMayBeAmongWhatIsNotShownCountsForNothing() {
        asked(0, 3);
        thread(0, """
                [{"post": %s, "replies": [{"$type": "app.bsky.feed.defs#blockedPost", "blocked": true}]},
                 {"post": %s, "replies": [{"post": %s}]}]""".formatted(
                        remark("q1", QUESTIONER, "why?", 1, "2026-11-01T00:00:00Z"),
                        remark("q2", "did:plc:other", "when?", 1, "2026-11-01T00:00:00Z"),
                        remark("r2", "did:plc:third", "deep", 9, "2026-11-01T00:00:00Z")));

        assertThat(posts(account(HANDLE)).questions()).isEmpty();
    }

    @Test
    void neitherBotsNorWhoIsNotToBeShownAreQuoted() {
        asked(0, 2);
        thread(
                0,
                "[{\"post\": %s}, {\"post\": %s}]"
                        .formatted(
                                remark("q1", QUESTIONER, "why?", 0, "2026-11-01T00:00:00Z")
                                        .replace("\"labels\": []", "\"labels\": [{\"val\": \"bot\"}]"),
                                remark("q2", "did:plc:other", "why?", 0, "2026-11-01T00:00:00Z")
                                        .replace(
                                                "\"labels\": []", "\"labels\": [{\"val\": \"!no-unauthenticated\"}]")));

        assertThat(posts(account(HANDLE)).questions()).isEmpty();
    }

    @Test
    void threadsThatGaveAnAnswerTimeAreReadFirstAndSixAtMost() {
        for (int i = 0; i < 20; i++) {
            asked(i, i < 3 ? 100 : 1 + i);
        }

        posts(account(HANDLE));

        List<String> asked = appView.server.getAllServeEvents().stream()
                .map(event -> event.getRequest())
                .filter(request -> request.getUrl().startsWith("/xrpc/" + THREAD))
                .map(request -> request.queryParameter("uri").firstValue())
                .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                .toList();
        // The three with a hundred replies are from this week.
        assertThat(asked).containsExactlyInAnyOrder("q19", "q18", "q17", "q16", "q15", "q14");
    }

    @Test
    void aThreadThatIsGoneSpoilsNoOther() {
        asked(0, 9);
        asked(1, 1);
        thread(1, "[{\"post\": %s}]".formatted(remark("q", QUESTIONER, "why?", 0, "2026-11-01T00:00:00Z")));

        assertThat(posts(account(HANDLE)).questions()).hasSize(1);
    }

    @Test
    void whereNoCallIsLeftNobodyHasLookedForQuestions() {
        appView.followedBy(1_000);
        posted(100);
        asked(0, 9);

        assertThat(posts(account(HANDLE)).questions()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "\"34\"",
                "1e400",
                "1.5",
                "99999999999999999999",
                "10000000001",
                "null",
                "true",
                "[]",
                "{\"a\": 1}"
            })
    void aCountThatIsNoneIsNotShown(String count) {
        String told = appView.profile.toString().replace("\"followsCount\":34", "\"followsCount\":" + count);
        instead(PROFILE, okJson(told));

        assertThat(account(DID).following()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"9999-12-31T00:00:00Z\"",
                "\"2011-01-01T00:00:00Z\"",
                "\"-999999999-01-01T00:00:00Z\"",
                "\"2026-11-23T10:06:00Z\"",
                "\"2026-13-45T00:00:00Z\"",
                "\"yesterday\"",
                "\"T\"",
                "1732074469",
                "null",
                "{}"
            })
    void aTimeThatCannotBeIsNotShown(String time) {
        String told = appView.profile.toString().replace("\"2024-11-20T03:47:49.503Z\"", time);
        instead(PROFILE, okJson(told));

        assertThat(account(DID).createdAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {PROFILE, PROFILES, FOLLOWERS, FEED, THREAD, RESOLVE})
    void whatIsNotWhatSuchAnAnswerLooksLikeIsNeverAFact(String method) {
        appView.followedBy(3);
        asked(0, 1);
        String deep = "{\"did\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        for (String body : List.of(
                "",
                "null",
                "[]",
                "7",
                "\"\"",
                "<html><body>Welcome</body></html>",
                "{",
                "{}",
                "{\"did\": 7, \"handle\": [], \"profiles\": 7, \"followers\": {\"a\": 7}, \"feed\": \"x\", \"thread\": [7]}",
                "{\"did\": \"did:plc:growth\", \"subject\": {\"did\": \"did:plc:growth\"}, \"followers\": [null, 7, [], {\"did\": {}}],"
                        + " \"profiles\": [null, 7, {\"did\": \"\"}], \"feed\": [null, 7, {\"post\": 7}, {\"post\": {\"record\": []}}],"
                        + " \"thread\": {\"post\": {\"uri\": \"at://did:plc:growth/app.bsky.feed.post/q0\"}, \"replies\": {\"a\": [7]}}}",
                deep)) {
            appView.server.resetMappings();
            appView.speak();
            instead(method, okJson(body));
            Reading<PublicAccount> account = reader.account(name(HANDLE));
            PublicAccount known = account instanceof Found<PublicAccount>(PublicAccount value) ? value : known();
            Reading<PublicFollowers> followers = reader.followers(known, 1_000);
            Reading<PublicPosts> posts = reader.posts(known, 100);

            assertThat(account).isInstanceOfAny(Refused.class, Found.class);
            if (method.equals(PROFILE)) {
                assertThat(account).isInstanceOf(Refused.class);
            }
            if (followers instanceof Found<PublicFollowers>(PublicFollowers value)) {
                assertThat(value.reached()).isIn(0, 3);
            }
            if (posts instanceof Found<PublicPosts>(PublicPosts value)) {
                assertThat(value.posts()).hasSizeLessThanOrEqualTo(1);
                assertThat(Optional.ofNullable(value.questions()).orElse(List.of()))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anAnswerThatBreaksOffIsNone(Fault fault) {
        PublicAccount account = account(HANDLE);
        for (String method : List.of(PROFILE, FOLLOWERS, FEED)) {
            instead(method, aResponse().withFault(fault));
        }

        assertThat(reader.account(name(DID))).isInstanceOf(Unreachable.class);
        assertThat(reader.followers(account, 1_000)).isInstanceOf(Unreachable.class);
        assertThat(reader.posts(account, 100)).isInstanceOf(Unreachable.class);
    }

    @Test
    void aPageOfMoreThanFourMebibytesIsNotRead() {
        PublicAccount account = account(HANDLE);
        instead(FOLLOWERS, okJson("{\"a\": \"" + "x".repeat(4 << 20) + "\"}"));

        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.UNREADABLE_ANSWER));
    }

    @Test
    void aTreeThatWouldFillTheMemoryIsNotBuilt() {
        PublicAccount account = account(HANDLE);
        instead(FOLLOWERS, okJson("{\"followers\": [" + "{},".repeat(1_000_000) + "{}]}"));

        assertThat(reader.followers(account, 1_000)).isEqualTo(new Refused<>(Refusal.UNREADABLE_ANSWER));
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, PT7S",
        "503, 999999, PT1H",
        "500, , PT1M",
        "429, 'Mon, 23 Nov 2026 10:00:42 GMT', PT42S",
        "429, 'Mon, 23 Nov 2020 10:00:42 GMT', PT1S",
        "429, soon, PT1M"
    })
    void whoIsBusyIsAskedAgainWhenItSays(int status, String retryAfter, Duration wait) {
        ResponseDefinitionBuilder busy = aResponse().withStatus(status);
        instead(PROFILE, retryAfter == null ? busy : busy.withHeader("Retry-After", retryAfter));

        assertThat(reader.account(name(DID))).isEqualTo(new Unreachable<>(wait));
    }

    @ParameterizedTest
    @CsvSource({
        "RateLimit-Remaining, RateLimit-Reset, 1795428090, PT1M30S",
        "RateLimit-Remaining, RateLimit-Reset, 90, PT1M30S",
        "X-RateLimit-Remaining, X-RateLimit-Reset, 2026-11-23T10:01:30.000Z, PT1M30S",
        "X-RateLimit-Remaining, X-RateLimit-Reset, 2999-11-23T10:01:30.000Z, PT1H",
        "X-RateLimit-Remaining, X-RateLimit-Reset, nonsense, PT1M"
    })
    void whoseCallsAreUsedUpIsNotCalledUntilThereAreNewOnes(String remaining, String reset, String at, Duration wait) {
        instead(
                PROFILE,
                okJson(appView.profile.toString()).withHeader(remaining, "0").withHeader(reset, at));

        assertThat(reader.account(name(DID))).isEqualTo(new Unreachable<>(wait));
        assertThat(reader.account(name(DID))).isEqualTo(new Unreachable<>(wait));
        assertThat(appView.calls()).isEqualTo(1);

        appView.server.resetRequests();
        ticker.advance(wait);
        reader.account(name(DID));
        assertThat(appView.calls()).isEqualTo(1);
    }

    @Test
    void whatIsMeasuredAgainIsAskedForOnlyIfItChanged() {
        for (String method : List.of(PROFILE, FOLLOWERS)) {
            String body = method.equals(PROFILE) ? appView.profile.toString() : page(null, "did:plc:f1");
            appView.server.stubFor(call(method)
                    .withHeader("If-None-Match", equalTo("W/\"a-b\""))
                    .atPriority(1)
                    .willReturn(aResponse().withStatus(304)));
            instead(method, okJson(body).withHeader("ETag", "W/\"a-b\""));
        }

        PublicAccount first = account(DID);
        PublicFollowers followers = followers(first);
        assertThat(account(DID)).isEqualTo(first);
        assertThat(followers(first)).isEqualTo(followers);

        assertThat(appView.server.getAllServeEvents().stream()
                        .filter(event -> event.getResponse().getStatus() == 304))
                .hasSize(2);
    }

    @Test
    void nothingIsKeptOfAHostThatSaysNothingChangedWithoutBeingAsked() {
        instead(PROFILE, aResponse().withStatus(304));

        assertThat(reader.account(name(DID))).isEqualTo(new Refused<>(Refusal.UNREADABLE_ANSWER));
    }

    @Test
    void measurementsWaitForTheirTurnAndOwnersDoNot() {
        appView.followedBy(10_500);
        PublicAccount account = account(HANDLE);

        followers(account);
        followers(account);

        // 200 calls a minute; those that are used up come back one by one.
        assertThat(internet.waited).isNotEmpty().allSatisfy(wait -> assertThat(wait)
                .isLessThanOrEqualTo(Duration.ofMillis(300)));
        assertThat(reader.profile(name(HANDLE))).isInstanceOf(ProfileText.Found.class);
    }

    @Test
    void whoCallsSaysWhoItIsAndTakesNoCookies() {
        instead(PROFILE, okJson(appView.profile.toString()).withHeader("Set-Cookie", "a=b"));

        account(HANDLE);
        account(HANDLE);

        assertThat(appView.server.getAllServeEvents()).allSatisfy(event -> {
            assertThat(event.getRequest().getHeader("User-Agent"))
                    .isEqualTo("Fairfollow/test (+https://fairfollow.example)");
            assertThat(event.getRequest().getHeader("Cookie")).isNull();
        });
    }

    @Test
    void theRealAnswersAreRead() throws IOException {
        Optional<Path> followers = Project.shared("data/api-fixtures/bluesky_getFollowers.json");
        Optional<Path> profiles = Project.shared("data/api-fixtures/bluesky_getProfiles.json");
        if (followers.isEmpty() || profiles.isEmpty()) {
            return;
        }
        ObjectNode page = StubAppView.object(Files.readString(followers.get()));
        page.remove("cursor");
        page.putObject("subject").put("did", DID);
        instead(FOLLOWERS, okJson(page.toString()));
        instead(PROFILES, okJson(Files.readString(profiles.get())));

        PublicFollowers read = followers(account(HANDLE));

        assertThat(read.reached()).isEqualTo(page.path("followers").size()).isGreaterThan(10);
        assertThat(read.followers()).allSatisfy(follower -> {
            assertThat(follower.createdAt()).isBetween(Network.BLUESKY.since(), NOW.getEpochSecond());
            assertThat(follower.hasAvatar()).isNotNull();
            assertThat(follower.bioLength()).isNotNull();
        });
    }

    private void instead(String method, ResponseDefinitionBuilder answer) {
        appView.server.stubFor(call(method).willReturn(answer));
    }

    private static MappingBuilder call(String method) {
        return get(urlPathEqualTo("/xrpc/" + method));
    }

    /** Posts, one an hour, the newest three days old. */
    private void posted(int many) {
        for (int i = 0; i < many; i++) {
            Instant at = NOW.minus(Duration.ofDays(3)).minus(Duration.ofHours(i));
            appView.feed.add(post(0, "p" + i, "{\"text\": \"post %d\", \"createdAt\": \"%s\"}".formatted(i, at)));
        }
    }

    /** A post with replies; the first three are from this week. */
    private void asked(int number, int replies) {
        Instant at = NOW.minus(Duration.ofDays(number < 3 && replies > 50 ? 2 : 30));
        ObjectNode post =
                post(0, "q" + number, "{\"text\": \"ask me %d\", \"createdAt\": \"%s\"}".formatted(number, at));
        ((ObjectNode) post.path("post")).put("replyCount", replies);
        appView.feed.add(0, post);
    }

    private void thread(int number, String replies) {
        String uri = "at://" + DID + "/app.bsky.feed.post/q" + number;
        appView.threads.put(
                uri, StubAppView.object("{\"post\": {\"uri\": \"%s\"}, \"replies\": %s}".formatted(uri, replies)));
    }

    private static String remark(String id, String author, String text, int replies, String at) {
        return """
                {"uri": "at://%s/app.bsky.feed.post/%s", "author": {"did": "%s", "handle": "a.example", "labels": []},
                 "record": {"$type": "app.bsky.feed.post", "text": "%s", "createdAt": "%s"}, "replyCount": %d,
                 "indexedAt": "%s"}""".formatted(author, id, author, text, at, replies, at);
    }

    private static ObjectNode post(int day, String key, String record) {
        ObjectNode item = StubAppView.object("""
                {"post": {"uri": "at://did:plc:growth/app.bsky.feed.post/%s", "cid": "c", "replyCount": 0,
                 "author": {"did": "did:plc:growth", "handle": "growth.example"}}}""".formatted(key));
        ObjectNode post = (ObjectNode) item.path("post");
        ObjectNode told = StubAppView.object(record);
        String at = Instant.ofEpochSecond(indexedAt(day)).toString();
        if (!told.has("createdAt")) {
            told.put("createdAt", at);
        }
        post.set("record", told.put("$type", "app.bsky.feed.post"));
        post.put("indexedAt", day == 0 ? told.path("createdAt").textValue() : at);
        return item;
    }

    private static long indexedAt(int day) {
        return seconds("2026-10-01T00:00:00Z") + day * 86_400L;
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static String page(String cursor, String... dids) {
        ObjectNode page = StubAppView.object("{\"subject\": {\"did\": \"" + DID + "\"}, \"followers\": []}");
        for (String did : dids) {
            page.withArray("followers").add(StubAppView.listed(did));
        }
        return (cursor == null ? page : page.put("cursor", cursor)).toString();
    }

    private static PublicAccount known() {
        return new PublicAccount(DID, HANDLE, DID, 3L, 34L, 12L, null, null, null, true, null, NOW);
    }

    private PublicAccount account(String name) {
        return ((Found<PublicAccount>) reader.account(name(name))).value();
    }

    private PublicFollowers followers(PublicAccount account) {
        return ((Found<PublicFollowers>) reader.followers(account, 1_000)).value();
    }

    private PublicPosts posts(PublicAccount account) {
        return ((Found<PublicPosts>) reader.posts(account, 100)).value();
    }

    private static AccountName name(String name) {
        try {
            return Network.BLUESKY.parse(name);
        } catch (InvalidAccountException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
