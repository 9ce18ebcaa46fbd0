package org.fairfollow.reporter;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever has no key is counted by address; here the tests' own address is a trusted proxy that tells of others. */
@QuarkusTest
@TestProfile(AnonymousQuotaApiTest.SmallQuota.class)
class AnonymousQuotaApiTest {
    public static final class SmallQuota implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fairfollow.quota.anonymous.per-minute",
                    "4",
                    "fairfollow.quota.reporter.per-day",
                    "3",
                    "fairfollow.quota.reporter.reports-per-day",
                    "2",
                    "fairfollow.trusted-proxies",
                    "127.0.0.0/8,::1,10.0.0.0/8");
        }
    }

    @Inject
    TestTicker ticker;

    @AfterEach
    void forgetWhatWasSpent() {
        ticker.advance(Duration.ofMinutes(2));
    }

    @Test
    void anAddressHasItsQuotaAndNoOthers() {
        for (int left = 3; left >= 0; left--) {
            get("198.51.100.1")
                    .statusCode(200)
                    .header("Cache-Control", is("no-cache"))
                    .header("RateLimit-Policy", is("\"default\";q=4;w=60"))
                    .header("RateLimit", is("\"default\";r=" + left + ";t=" + (4 - left) * 15));
        }
        get("198.51.100.1")
                .statusCode(429)
                .body("code", is("quota-exceeded"))
                .header("Retry-After", is("15"))
                .header("Cache-Control", is("no-store"))
                .header("RateLimit", is("\"default\";r=0;t=15"));
        get("198.51.100.2").statusCode(200);
        ticker.advance(Duration.ofSeconds(15));
        get("198.51.100.1").statusCode(200);
        get("198.51.100.1").statusCode(429);
    }

    @Test
    void aFloodOfDisputesIsItsAddressesOwnAndReadersDoNotFeelIt() {
        dispute("198.51.100.40").statusCode(201);
        for (int i = 0; i < 20; i++) {
            dispute("198.51.100.40").statusCode(429).body("code", is("quota-exceeded"));
        }
        get("198.51.100.41").statusCode(200);
        Api.call()
                .header("X-Forwarded-For", "198.51.100.40")
                .get("/v1/practices")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse dispute(String address) {
        return Api.call()
                .header("X-Forwarded-For", address)
                .contentType("application/json")
                .body(Map.of(
                        "account",
                        Map.of("network", "x", "name", "someone"),
                        "practice",
                        "follow-churn",
                        "rebuttal",
                        "No."))
                .post("/v1/disputes")
                .then();
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        for (int i = 0; i < 4; i++) {
            get("2001:db8:1:1::" + i).statusCode(200);
        }
        get("[2001:db8:1:1:ffff::9]:443").statusCode(429);
        get("2001:db8:1:2::9").statusCode(200);
    }

    @Test
    void whatAClientWritesIntoTheHeaderGivesItNoOtherAddress() {
        for (int i = 0; i < 4; i++) {
            get("203.0.113." + i + ", 198.51.100.3").statusCode(200);
        }
        get("203.0.113.9, 198.51.100.3, 10.1.1.1").statusCode(429);
        Api.call()
                .header("X-Forwarded-For", "203.0.113.9", "198.51.100.3", "10.1.1.1")
                .header("Forwarded", "for=203.0.113.9")
                .header("X-Real-IP", "203.0.113.9")
                .get("/v1/accounts/x/someone")
                .then()
                .statusCode(429);
    }

    @Test
    void aWholeCallCountsWhateverComesOfIt() {
        for (int i = 0; i < 2; i++) {
            Api.wrongCall()
                    .header("X-Forwarded-For", "198.51.100.4")
                    .get("/v1/accounts/x/no-such-name")
                    .then()
                    .statusCode(400);
            String etag = get("198.51.100.4").statusCode(200).extract().header("ETag");
            Api.call()
                    .header("X-Forwarded-For", "198.51.100.5")
                    .header("If-None-Match", etag)
                    .get("/v1/accounts/x/someone")
                    .then()
                    .statusCode(304);
        }
        get("198.51.100.4").statusCode(429);
        get("198.51.100.5").header("RateLimit", is("\"default\";r=1;t=45"));
    }

    @Test
    void aBatchIsNoLargerThanTheQuota() {
        Api.call()
                .header("X-Forwarded-For", "198.51.100.6")
                .contentType("application/json")
                .body(Map.of("accounts", Collections.nCopies(5, Map.of("network", "x", "name", "someone"))))
                .post("/v1/lookups")
                .then()
                .statusCode(400)
                .body("code", is("too-many-items"))
                .header("RateLimit", nullValue());
        get("198.51.100.6").header("RateLimit", is("\"default\";r=3;t=15"));
    }

    @Test
    void whatIsToldCostsTheAddressAndTheReporter() {
        String token = register("198.51.100.7").statusCode(201).extract().path("secretToken");
        tell("198.51.100.8", token, 2)
                .statusCode(202)
                .header("RateLimit-Policy", is("\"default\";q=4;w=60, \"reporter\";q=3;w=86400"))
                .header("RateLimit", is("\"default\";r=2;t=30, \"reporter\";r=1;t=57600"));
        // What the reporter has not left is not taken from the address either.
        tell("198.51.100.8", token, 2)
                .statusCode(429)
                .body("code", is("quota-exceeded"))
                .header("Retry-After", is("28800"));
        tell("198.51.100.8", token, 1).statusCode(202);
        get("198.51.100.8").statusCode(200);
        get("198.51.100.8").statusCode(429);
        tell("198.51.100.9", token, 1).statusCode(429);
        tell("198.51.100.9", token, 4).statusCode(400).body("code", is("too-many-items"));
        String other = register("198.51.100.9").statusCode(201).extract().path("secretToken");
        tell("198.51.100.8", other, 1).statusCode(429).header("Retry-After", is("15"));
        ticker.advance(Duration.ofHours(8));
        tell("198.51.100.8", token, 1).statusCode(202);
        tell("198.51.100.8", token, 1).statusCode(429);
    }

    @Test
    void anAddressBecomesNoMoreThanAReporterAMinute() {
        register("198.51.100.11").statusCode(201).header("RateLimit", is("\"default\";r=0;t=60"));
        register("198.51.100.11").statusCode(429).header("Retry-After", is("60"));
        get("198.51.100.11").statusCode(429);
    }

    @Test
    void reportsCostTheAddressAndTheReporterWhoeverTheyAreSentFrom() {
        String token = register("198.51.100.12").statusCode(201).extract().path("secretToken");
        report("198.51.100.13", token, "a")
                .statusCode(202)
                .header("RateLimit-Policy", is("\"default\";q=4;w=60, \"reports\";q=2;w=86400"))
                .header("RateLimit", is("\"default\";r=3;t=15, \"reports\";r=1;t=43200"));
        report("198.51.100.14", token, "b").statusCode(202);
        // The same again costs as well, from wherever it is said to come.
        report("203.0.113.1, 198.51.100.15", token, "c").statusCode(429).header("Retry-After", is("43200"));
        report("2001:db8:9:9::1", token, "c").statusCode(429);
    }

    @Test
    void noHeaderGivesWhoReportsAnotherAddress() {
        String[] tokens = new String[3];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] =
                    register("198.51.100." + (20 + i)).statusCode(201).extract().path("secretToken");
        }
        for (int i = 0; i < 4; i++) {
            report("2001:db8:7:7::" + i, tokens[i / 2], "n" + i).statusCode(202);
        }
        Telling.as(tokens[2])
                .header("X-Forwarded-For", "203.0.113.7, 2001:db8:7:7:ffff::1")
                .header("Forwarded", "for=203.0.113.8")
                .header("X-Real-IP", "203.0.113.9")
                .contentType("application/json")
                .body(Reporting.of("x", "gwen_example", "follow-churn"))
                .post("/v1/reports")
                .then()
                .statusCode(429);
    }

    private static ValidatableResponse report(String forwardedFor, String token, String name) {
        return Reporting.send(
                Telling.as(token).header("X-Forwarded-For", forwardedFor), Reporting.of("x", name, "follow-churn"));
    }

    private static ValidatableResponse register(String forwardedFor) {
        Map<String, Object> challenge = Api.call()
                .header("X-Forwarded-For", "198.51.100.10")
                .get("/v1/reporters/challenge")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        return Api.call()
                .header("X-Forwarded-For", forwardedFor)
                .contentType("application/json")
                .body(Telling.solved(challenge))
                .post("/v1/reporters")
                .then();
    }

    private static ValidatableResponse tell(String forwardedFor, String token, int observations) {
        Object one = Telling.follow("x", "gwen_example", true, Instant.now());
        return Telling.as(token)
                .header("X-Forwarded-For", forwardedFor)
                .contentType("application/json")
                .body(Map.of("observations", Collections.nCopies(observations, one)))
                .post("/v1/observations")
                .then();
    }

    private static ValidatableResponse get(String forwardedFor) {
        return Api.call()
                .header("X-Forwarded-For", forwardedFor)
                .get("/v1/accounts/x/someone")
                .then();
    }
}
