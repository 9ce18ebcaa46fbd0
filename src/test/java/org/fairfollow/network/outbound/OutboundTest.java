package org.fairfollow.network.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.network.outbound.SmallInternet.json;
import static org.fairfollow.network.outbound.SmallInternet.redirect;
import static org.fairfollow.network.outbound.SmallInternet.status;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.fairfollow.network.outbound.Answer.Forbidden;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Answer.Silent;
import org.fairfollow.network.outbound.Answer.Unfit;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.Outbound.Limits;
import org.fairfollow.network.outbound.Outbound.Redirects;
import org.fairfollow.network.outbound.SmallInternet.Asked;
import org.fairfollow.network.outbound.SmallInternet.Reply;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that anybody may run, at their worst. */
class OutboundTest {
    private static final String HOST = "social.example";
    /** For those who never answer; long enough to connect, and nobody measures it. */
    private static final Limits IMPATIENT =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(1), 1 << 20, 16, false);

    private final TestTicker ticker = new TestTicker();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord record) {
            // What falls behind in the machine is said by its own thread, and names nobody.
            if (!record.getLoggerName().endsWith("BlockedThreadChecker")) {
                logged.add(record.getLoggerName() + ": " + record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private SmallInternet internet;

    @BeforeEach
    void build() throws IOException, GeneralSecurityException {
        internet = new SmallInternet();
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void nothingWasLogged() throws IOException {
        Logger.getLogger("").removeHandler(listener);
        internet.close();
        assertThat(logged).isEmpty();
    }

    @Test
    void theCheckedAddressIsCalledUnderTheName() {
        internet.with(HOST, json("{}"));

        assertThat(ask("https://social.example/a?b=c%20d")).isEqualTo("200 {}");

        assertThat(internet.called).containsExactly(InetAddress.ofLiteral(SmallInternet.PUBLIC));
        Asked asked = internet.asked.getFirst();
        assertThat(asked.serverName()).isEqualTo(HOST);
        assertThat(asked.host()).isEqualTo(HOST);
        assertThat(asked.target()).isEqualTo("/a?b=c%20d");
        assertThat(asked.header("user-agent")).contains("Fairfollow/test (+https://fairfollow.example)");
        assertThat(asked.header("accept")).contains("application/json");
        assertThat(asked.header("accept-encoding")).contains("identity");
        assertThat(asked.headers()).hasSize(5);
    }

    @Test
    void aCookieIsNotSentBack() {
        internet.with(HOST, (asked, out) -> {
            boolean first = asked.target().equals("/1");
            (first ? status("302 Found", "Location: /2", "Set-Cookie: a=b") : json("{}")).to(asked, out);
        });

        assertThat(ask("https://social.example/1")).isEqualTo("200 {}");

        assertThat(internet.asked).hasSize(2).allSatisfy(asked -> assertThat(asked.header("cookie"))
                .isEmpty());
    }

    @Test
    void aCertificateForAnotherNameIsNoAnswer() {
        internet.with("stranger.example", json("{}"));

        assertThat(ask("https://stranger.example/")).isEqualTo("silent");

        assertThat(internet.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "http://social.example/",
                "https://localhost/",
                "https://127.0.0.1/",
                "https://0.0.0.0/",
                "https://[::1]/",
                "https://[::ffff:7f00:1]/",
                "https://2130706433/",
                "https://017700000001/",
                "https://0x7f000001/",
                "https://user@social.example/",
                "https://social.example:22/",
                "https://social.example./",
                "https://sоcial.example/"
            })
    void whatIsNoNameOnTheOpenInternetIsNeitherLookedUpNorCalled(String address) {
        assertThat(ask(address)).isEqualTo("forbidden");

        assertThat(internet.lookups).isEmpty();
        assertThat(internet.called).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "http://other.example/",
                "gopher://other.example/",
                "//127.0.0.1/",
                "https://127.0.0.1/",
                "https://0.0.0.0/",
                "https://[::ffff:7f00:1]/",
                "https://2130706433/",
                "https://017700000001/",
                "https://0x7f.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://localhost/",
                "https://user@other.example/",
                "https://other.example:22/",
                "https://private.example/",
                "https://[",
                "https://other.example/ a"
            })
    void redirectsToWhereNobodyIsCalledAreRefused(String location) {
        internet.with(HOST, redirect(location))
                .with("other.example", json("{}"))
                .named("private.example", "10.0.0.1");

        assertThat(ask("https://social.example/")).isEqualTo("forbidden");

        assertThat(internet.called).containsExactly(InetAddress.ofLiteral(SmallInternet.PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "169.254.169.254",
                "::1",
                "::ffff:7f00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "fd00::1"
            })
    void namesOfPrivateAddressesAreRefused(String address) {
        internet.named(HOST, address).with(HOST, json("{}"));

        assertThat(ask("https://social.example/")).isEqualTo("forbidden");

        assertThat(internet.called).isEmpty();
    }

    @Test
    void onePrivateAddressAmongPublicOnesRefusesThemAll() {
        internet.named(HOST, SmallInternet.PUBLIC, "2a00::1", "127.0.0.1").with(HOST, json("{}"));

        assertThat(ask("https://social.example/")).isEqualTo("forbidden");

        assertThat(internet.called).isEmpty();
    }

    @Test
    void rebindingChangesNothingForTheAddressThatWasChecked() {
        internet.named(HOST, SmallInternet.PUBLIC).named(HOST, "127.0.0.1").with(HOST, json("{}"));

        assertThat(ask("https://social.example/")).isEqualTo("200 {}");

        assertThat(internet.lookups).containsExactly(HOST);
        assertThat(internet.called).containsExactly(InetAddress.ofLiteral(SmallInternet.PUBLIC));
    }

    @Test
    void rebindingBetweenRedirectsIsRefused() {
        internet.named(HOST, SmallInternet.PUBLIC).named(HOST, "127.0.0.1").with(HOST, redirect("/again"));

        assertThat(ask("https://social.example/")).isEqualTo("forbidden");

        assertThat(internet.called).containsExactly(InetAddress.ofLiteral(SmallInternet.PUBLIC));
    }

    @Test
    void anEndlessBodyIsHungUpOn() throws InterruptedException {
        CountDownLatch hungUp = new CountDownLatch(1);
        internet.with(HOST, (asked, out) -> {
            out.write(head("200 OK", "Transfer-Encoding: chunked"));
            try {
                while (true) {
                    out.write(("400\r\n" + "a".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
            } finally {
                hungUp.countDown();
            }
        });

        assertThat(ask("https://social.example/")).isEqualTo("unfit");

        hungUp.await();
    }

    @Test
    void aBodyOfOneByteTooManyIsUnfitAndTheLastThatFitsIsNot() {
        Limits ten = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 10, 16, false);
        internet.with(HOST, json("1234567890")).with("other.example", json("12345678901"));

        assertThat(ask(ten, "https://social.example/")).isEqualTo("200 1234567890");
        assertThat(ask(ten, "https://other.example/")).isEqualTo("unfit");
    }

    @Test
    void aGzipBombIsNotUnpacked() throws IOException {
        internet.with(HOST, (asked, out) -> {
            out.write(head("200 OK", "Content-Encoding: gzip", "Connection: close"));
            GZIPOutputStream packed = new GZIPOutputStream(out);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                packed.write(zeros);
            }
            packed.finish();
        });

        assertThat(ask("https://social.example/")).isEqualTo("unfit");
    }

    @Test
    void aHandshakeThatDoesNotComeIsNotWaitedFor() {
        internet.named(HOST, SmallInternet.MUTE);

        assertThat(ask(IMPATIENT, "https://social.example/")).isEqualTo("silent");
    }

    @Test
    void headersThatDoNotComeAreNotWaitedFor() {
        internet.with(HOST, hangsAfter("HTTP/1.1 200 OK\r\nContent-"));

        assertThat(ask(IMPATIENT, "https://social.example/")).isEqualTo("silent");
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedFor() {
        internet.with(HOST, hangsAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"));

        assertThat(ask(IMPATIENT, "https://social.example/")).isEqualTo("silent");
    }

    @Test
    void aBodyThatDripsIsNotWaitedFor() {
        internet.with(HOST, (asked, out) -> {
            out.write(head("200 OK", "Transfer-Encoding: chunked"));
            while (true) {
                out.write("1\r\n \r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.yield();
            }
        });

        assertThat(ask(
                        new Limits(Duration.ofSeconds(20), Duration.ofSeconds(1), Integer.MAX_VALUE, 16, false),
                        "https://social.example/"))
                .isEqualTo("silent");
    }

    @Test
    void redirectsShareOneTimeLimit() {
        internet.with(HOST, (asked, out) -> {
            if (asked.target().equals("/1")) {
                ticker.advance(Duration.ofMinutes(1));
            }
            redirect("/2").to(asked, out);
        });

        assertThat(ask("https://social.example/1")).isEqualTo("silent");
    }

    @Test
    void endlessHeadersAreHungUpOn() {
        internet.with(HOST, (asked, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(("X: " + "a".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertThat(ask("https://social.example/")).isEqualTo("silent");
    }

    @Test
    void endlessInterimAnswersAreNotWaitedFor() {
        internet.with(HOST, (asked, out) -> {
            while (true) {
                out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertThat(ask(IMPATIENT, "https://social.example/")).isEqualTo("silent");
    }

    @Test
    void anAnswerThatIsNoHttpIsSilence() {
        internet.with(HOST, (asked, out) -> out.write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThat(ask("https://social.example/")).isEqualTo("silent");
    }

    @Test
    void aBodyThatIsCutOffIsNoAnswer() {
        internet.with(
                HOST,
                (asked, out) -> out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII)));

        assertThat(ask("https://social.example/")).isEqualTo("silent");
    }

    @Test
    void aRedirectLoopEndsAfterTwo() {
        internet.with(HOST, redirect("/"));

        assertThat(ask("https://social.example/")).isEqualTo("unfit");

        assertThat(internet.asked).hasSize(3);
    }

    @Test
    void aRedirectToAnotherHostIsFollowedOnlyWhereThatIsAllowed() {
        internet.with(HOST, redirect("https://other.example/there")).with("other.example", json("{}"));
        Outbound outbound = internet.outbound(ticker);
        URI address = URI.create("https://social.example/");

        assertThat(outbound.ask(address, "*/*", Redirects.SAME_HOST, Keeping.NOTHING, Long.MAX_VALUE))
                .isInstanceOf(Forbidden.class);
        assertThat(internet.lookups).containsExactly(HOST);
        assertThat(outbound.ask(address, "*/*", Redirects.ANY_HOST, Keeping.NOTHING, Long.MAX_VALUE))
                .isInstanceOf(Heard.class);
    }

    @Test
    void whoIsBusySaysForHowLongWithinReason() {
        internet.with(HOST, (asked, out) -> status(
                        "429 Too Many Requests",
                        "Retry-After: " + asked.target().substring(1))
                .to(asked, out));

        assertThat(retryAfter("https://social.example/7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("https://social.example/0")).isEqualTo(Duration.ofSeconds(1));
        assertThat(retryAfter("https://social.example/999999999")).isEqualTo(Duration.ofHours(1));
        assertThat(retryAfter("https://social.example/99999999999999999999")).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter("https://social.example/-1")).isEqualTo(Duration.ofMinutes(1));
        assertThat(retryAfter("https://social.example/Fri")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aServerThatFailsIsSilence() {
        internet.with(HOST, status("503 Service Unavailable"));

        assertThat(ask("https://social.example/")).isEqualTo("silent");
    }

    @Test
    void aNameThatNobodyHasIsSilence() {
        assertThat(ask("https://nobody.example/")).isEqualTo("silent");
    }

    @Test
    void whoCannotBeReachedByIpv4IsCalledByIpv6() {
        internet.named(HOST, "2a00::1", SmallInternet.SWITCHED_OFF).with(HOST, json("{}"));

        assertThat(ask("https://social.example/")).isEqualTo("200 {}");

        assertThat(internet.called)
                .containsExactly(InetAddress.ofLiteral(SmallInternet.SWITCHED_OFF), InetAddress.ofLiteral("2a00::1"));
    }

    @Test
    void oneMachineUnderManyNamesIsCalledAsOftenAsUnderOne() {
        Outbound outbound = internet.outbound(ticker);
        List<String> names = List.of(HOST, "server.example", "other.example");
        names.forEach(name -> internet.with(name, json("{}")));
        IntStream.range(0, 30).forEach(i -> assertThat(ask(outbound, "https://" + names.get(i % 3) + "/"))
                .isEqualTo("200 {}"));

        assertThat(ask(outbound, "https://other.example/")).isEqualTo("silent");
        assertThat(internet.asked).hasSize(30);

        ticker.advance(Duration.ofSeconds(2));
        assertThat(ask(outbound, "https://other.example/")).isEqualTo("200 {}");
    }

    @Test
    void thereIsABudgetForAllTogether() {
        Outbound outbound = internet.outbound(ticker);
        IntStream.range(0, 300).forEach(i -> ask(outbound, "https://nobody-" + i + ".example/"));

        assertThat(ask(outbound, "https://nobody.example/")).isEqualTo("silent");

        assertThat(internet.lookups).hasSize(300);
    }

    @Test
    void whoHangsHoldsUpSixteenCallsAndNoMore() {
        Outbound outbound = internet.outbound(ticker);
        CountDownLatch arrived = new CountDownLatch(16);
        CountDownLatch leave = new CountDownLatch(1);
        internet.with(HOST, (asked, out) -> {
            arrived.countDown();
            awaitUninterrupted(leave);
            json("{}").to(asked, out);
        });
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> ask(outbound, "https://social.example/"),
                    task -> Thread.ofVirtual().start(task)));
        }
        awaitUninterrupted(arrived);

        assertThat(ask(outbound, "https://social.example/")).isEqualTo("silent");

        leave.countDown();
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("200 {}"));
        assertThat(ask(outbound, "https://social.example/")).isEqualTo("200 {}");
    }

    @Test
    void measurementsUseTheirConnectionsAgainAndProofsHaveTheirOwn() {
        internet.with(HOST, json("{}"));
        Outbound measuring = internet.measuring(Clock.systemUTC(), ticker);
        IntStream.range(0, 5).forEach(i -> assertThat(ask(measuring, "https://social.example/"))
                .isEqualTo("200 {}"));
        // Who is quick comes before the connection is free again, and makes a second one.
        int made = internet.connections();
        assertThat(made).isLessThanOrEqualTo(2);

        Outbound proving = internet.outbound(ticker);
        IntStream.range(0, 2).forEach(i -> assertThat(ask(proving, "https://social.example/"))
                .isEqualTo("200 {}"));
        assertThat(internet.connections()).isEqualTo(made + 2);
    }

    @Test
    void aConnectionIsNotUsedAgainForAnAddressThatWasNotChecked() {
        internet.named(HOST, SmallInternet.PUBLIC).named(HOST, "127.0.0.1").with(HOST, json("{}"));
        Outbound measuring = internet.measuring(Clock.systemUTC(), ticker);

        assertThat(ask(measuring, "https://social.example/")).isEqualTo("200 {}");
        assertThat(ask(measuring, "https://social.example/")).isEqualTo("forbidden");
    }

    @Test
    void whatAHostSaysOnAConnectionWithoutBeingAskedIsNoAnswer() {
        internet.with(HOST, (asked, out) -> {
            json("{}").to(asked, out);
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\"lies\"".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
        Outbound measuring = internet.measuring(Clock.systemUTC(), ticker);

        assertThat(ask(measuring, "https://social.example/")).isEqualTo("200 {}");
        assertThat(ask(measuring, "https://social.example/")).isNotEqualTo("200 \"lies\"");
    }

    @Test
    void noOwnerWaitsBehindMeasurements() {
        internet.with(HOST, json("{}"));
        WaysOut ways = internet.ways(Clock.systemUTC(), ticker);
        IntStream.range(0, 90).forEach(i -> ask(ways.forMeasurements(), "https://social.example/"));
        assertThat(internet.waited).isNotEmpty();

        assertThat(ask(ways.forProofs(), "https://social.example/")).isEqualTo("200 {}");
    }

    @Test
    void whoAsksToBeLeftAloneIsAndOthersAreNot() {
        internet.with(HOST, status("429 Too Many Requests", "Retry-After: 100")).with("other.example", json("{}"));
        Outbound outbound = internet.outbound(ticker);
        assertThat(ask(outbound, "https://social.example/")).isEqualTo("silent");
        internet.with(HOST, json("{}"));

        assertThat(ask(outbound, "https://social.example/")).isEqualTo("silent");
        assertThat(ask(outbound, "https://other.example/")).isEqualTo("200 {}");
        assertThat(internet.asked).hasSize(2);

        ticker.advance(Duration.ofSeconds(100));
        assertThat(ask(outbound, "https://social.example/")).isEqualTo("200 {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"", "\"a\"b\"", "\"\u00e9\"", "W/a", "w/\"a\""})
    void anEntityTagThatIsNoneIsNotSentBack(String tag) {
        internet.with(HOST, status("200 OK", "ETag: " + tag));
        Outbound outbound = internet.outbound(ticker);

        for (int i = 0; i < 2; i++) {
            outbound.ask(
                    URI.create("https://social.example/"), "*/*", Redirects.ANY_HOST, Keeping.ANSWER, Long.MAX_VALUE);
        }

        assertThat(internet.asked).hasSize(2).allSatisfy(asked -> assertThat(asked.header("if-none-match"))
                .isEmpty());
    }

    private static Reply hangsAfter(String start) {
        return (asked, out) -> {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            awaitUninterrupted(new CountDownLatch(1));
        };
    }

    private static byte[] head(String status, String... headers) {
        return ("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Duration retryAfter(String address) {
        return ((Silent) internet.outbound(ticker)
                        .ask(URI.create(address), "*/*", Redirects.ANY_HOST, Keeping.NOTHING, Long.MAX_VALUE))
                .retryAfter();
    }

    private String ask(String address) {
        return ask(internet.outbound(ticker), address);
    }

    private String ask(Limits limits, String address) {
        return ask(internet.outbound(limits, ticker), address);
    }

    private static String ask(Outbound outbound, String address) {
        Answer answer = outbound.ask(
                URI.create(address), "application/json", Redirects.ANY_HOST, Keeping.NOTHING, Long.MAX_VALUE);
        return switch (answer) {
            case Heard heard -> heard.status() + " " + new String(heard.body(), StandardCharsets.UTF_8);
            case Forbidden forbidden -> "forbidden";
            case Unfit unfit -> "unfit";
            case Silent silent -> "silent";
        };
    }
}
