package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.Observation;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationsTest {
    private static final long NOW = Instant.parse("2026-07-04T12:00:00Z").getEpochSecond();
    private static final AccountName ALICE = new AccountName(Network.X, AccountName.Kind.HANDLE, "alice");
    private static final String FINGERPRINT = "\"fingerprint\":\"" + "0a".repeat(16) + "\"";
    private static final String MESSAGE = FINGERPRINT + ",\"bands\":[],\"kind\":\"other\",\"hasLink\":false";
    private static final String POST =
            "\"time\":\"2026-07-01T00:00:00Z\",\"template\":\"0123456789abcdef\",\"kind\":\"quote\",\"hasLink\":true,\"promotional\":false";
    private static final String QUESTION = "\"time\":\"2026-07-01T00:00:00Z\",\"asker\":\"0123456789abcdef\"";

    /** Whatever an observer may tell is read as it was told. */
    @Test
    void everyLineThatCanBeToldIsRead() throws Refused {
        Random random = Seed.random("lines of observations");
        Told told = new Told(random);
        for (int i = 0; i < 300; i++) {
            Observation fact = told.any(NOW - random.nextInt(1_000_000), "observer-" + i);
            assertThat(read(Told.line(ALICE, fact))).isEqualTo(new Evidence.Observed(ALICE, fact));
        }
    }

    @Test
    void aRelationIsAlwaysTold() throws Refused {
        AccountName bob = new AccountName(Network.X, AccountName.Kind.HANDLE, "bob");
        for (boolean follows : new boolean[] {true, false}) {
            assertThat(read(Told.line(ALICE, bob, follows, NOW, "carol")))
                    .isEqualTo(new Evidence.RelationSeen(ALICE, bob, follows, "carol", false, NOW));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-07-04T12:05:00Z | ",
                "2026-07-04T12:05:01Z | time-out-of-range",
                "2006-03-21T00:00:00Z | ",
                "2006-03-20T23:59:59Z | time-out-of-range",
                "2026-07-04T14:00:00+02:00 | ",
                "2026-07-04 12:00:00Z | invalid-time",
                "2026-07-04T12:00:00 | invalid-time",
                "+999999999-12-31T23:59:59-18:00 | time-out-of-range",
                "2026-02-30T12:00:00Z | invalid-time",
            })
    void timesLieBetweenTheNetworksBeginningAndNow(String time, String code) {
        assertCode(line("owner-statement", time, "\"claim\":\"followers-not-ordered\""), code);
    }

    @ParameterizedTest
    @CsvSource({
        "x, alice, 2006-03-21, 2006-03-20",
        "mastodon, alice@social.example, 2016-03-16, 2016-03-15",
        "bluesky, alice.example, 2022-11-17, 2022-11-16"
    })
    void nothingIsOlderThanItsNetwork(String network, String name, String first, String before) {
        String line = line("owner-statement", first + "T00:00:00Z", "\"claim\":\"followers-not-ordered\"")
                .replace("\"x\"", "\"" + network + "\"")
                .replace("alice", name);
        assertCode(line, null);
        assertCode(line.replace(first, before), "time-out-of-range");
        String created = line(
                        "follower-sample", "\"followers\":[{\"rank\":1,\"createdAt\":\"" + first + "T00:00:00Z\"}]")
                .replace("\"x\"", "\"" + network + "\"")
                .replace("alice", name);
        assertCode(created, null);
        assertCode(created.replace(first, before), "time-out-of-range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'followers':{'count':8300000000,'exact':true} | ",
                "'followers':{'count':8300000001,'exact':true} | impossible-count",
                "'followers':{'count':0,'exact':false} | ",
                "'followers':{'count':-1,'exact':true} | impossible-count",
                "'followers':{'count':1e400,'exact':true} | invalid-field",
                "'followers':{'count':7.0,'exact':true} | invalid-field",
                "'followers':{'count':99999999999999999999,'exact':true} | invalid-field",
                "'followers':{'count':'7','exact':true} | invalid-field",
                "'followers':{'count':true,'exact':true} | invalid-field",
                "'followers':{'count':7,'exact':1} | invalid-field",
                "'followers':{'count':7,'exact':'true'} | invalid-field",
                "'followers':{'count':7} | missing-field",
                "'followers':7 | invalid-field",
                "'createdAt':'2020-01-01T00:00:00Z' | missing-field",
                "'posts':{'count':7,'exact':true},'createdAt':'2020-01-01T00:00:00Z','hasAvatar':true,'bioLength':0,'lastPostAt':'2026-07-04T00:05:00Z' | ",
                "'posts':{'count':7,'exact':true},'lastPostAt':'2026-07-04T00:05:01Z' | time-out-of-range",
                "'posts':{'count':7,'exact':true},'createdAt':'2026-07-04T00:05:01Z' | time-out-of-range",
                "'posts':{'count':7,'exact':true},'createdAt':5 | invalid-field",
                "'posts':{'count':7,'exact':true},'createdAt':'' | invalid-time",
                "'posts':{'count':7,'exact':true},'hasAvatar':0 | invalid-field",
                "'posts':{'count':7,'exact':true},'bioLength':-1 | impossible-count",
                "'posts':{'count':7,'exact':true},'bioLength':2147483648 | impossible-count",
                "'posts':{'count':7,'exact':true},'bio':'hello' | unknown-field",
                "'posts':{'count':7,'exact':true,'text':'hello'} | unknown-field",
                "'posts':{'count':7,'exact':true},'posts':{'count':8,'exact':true} | duplicate-field",
            })
    void countersOfProfiles(String fields, String code) {
        assertCode(line("profile-counters", fields.replace('\'', '"')), code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'delaySeconds':0 | ",
                "'delaySeconds':7776000 | ",
                "'delaySeconds':7776001 | invalid-field",
                "'delaySeconds':-1 | invalid-field",
                "'delaySeconds':0.5 | invalid-field",
                "'delaySeconds':null | ",
                "'text':'hello' | unknown-field",
            })
    void delaysOfMessages(String more, String code) {
        assertCode(line("message", "\"message\":{" + MESSAGE + "," + more.replace('\'', '"') + "}"), code);
    }

    @Test
    void marksOfMessages() {
        String bands = IntStream.range(0, 32)
                .mapToObj(i -> "\"0123abc" + i % 10 + "\"")
                .collect(Collectors.joining(","));
        assertCode(message(MESSAGE.replace("[]", "[" + bands + "]")), null);
        assertCode(message(MESSAGE.replace("[]", "[" + bands + ",\"0123abcd\"]")), "invalid-field");
        assertCode(message(MESSAGE.replace("[]", "[\"0123abcd\"]")), "invalid-field");
        assertCode(
                message(MESSAGE.replace("[]", "[" + bands.replaceFirst("0123abc0", "0123ABC0") + "]")), "invalid-hash");
        assertCode(
                message(MESSAGE.replace("[]", "[" + bands.replaceFirst("\"0123abc0\"", "null") + "]")),
                "missing-field");
        assertCode(message(MESSAGE.replace("0a0a", "0A0A")), "invalid-hash");
        assertCode(message(MESSAGE.replace("0a0a", "0a")), "invalid-hash");
        assertCode(message(MESSAGE.replace("0a0a", "0g0a")), "invalid-hash");
        assertCode(message(MESSAGE.replace("0a0a", "\\u00000")), "invalid-hash");
        assertCode(message(MESSAGE.replace("other", "OTHER")), "invalid-field");
        for (String kind : List.of("greeting", "promotion", "threat")) {
            assertCode(message(MESSAGE.replace("other", kind)), null);
        }
        assertCode(message(MESSAGE.replace("\"other\"", "3")), "invalid-field");
        assertCode(message(MESSAGE.replace(",\"hasLink\":false", "")), "missing-field");
        assertCode(line("message", "\"message\":null"), "missing-field");
        assertCode(line("message", "\"message\":[]"), "invalid-field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'followers':[{'rank':1}] | ",
                "'followers':[{'rank':5},{'rank':2}],'total':5 | ",
                "'followers':[{'rank':5},{'rank':2}],'total':4 | rank-beyond-total",
                "'followers':[{'rank':5},{'rank':5}],'total':4 | duplicate-rank",
                "'followers':[{'rank':0}] | impossible-count",
                "'followers':[{'rank':-1}] | impossible-count",
                "'followers':[{'rank':2147483648}] | impossible-count",
                "'followers':[{'rank':1.5}] | invalid-field",
                "'followers':[{}] | missing-field",
                "'followers':[null] | missing-field",
                "'followers':[7] | invalid-field",
                "'followers':[] | empty-sample",
                "'followers':null | missing-field",
                "'followers':[{'rank':1}],'total':-1 | impossible-count",
                "'followers':[{'rank':1,'followers':-1}] | impossible-count",
                "'followers':[{'rank':1,'following':8300000001}] | impossible-count",
                "'followers':[{'rank':1,'posts':1e400}] | invalid-field",
                "'followers':[{'rank':1,'createdAt':'2026-07-04T00:05:01Z'}] | time-out-of-range",
                "'followers':[{'rank':1,'lastPostAt':'2006-03-20T00:00:00Z'}] | time-out-of-range",
                "'followers':[{'rank':1,'name':'somebody'}] | unknown-field",
                "'followers':[{'rank':1,'rank':2}] | duplicate-field",
            })
    void samplesOfFollowers(String fields, String code) {
        assertCode(line("follower-sample", fields.replace('\'', '"')), code);
    }

    @Test
    void aSampleHasAThousandAtMost() {
        for (int count : new int[] {1_000, 1_001}) {
            String code = count > 1_000 ? "sample-too-large" : null;
            assertCode(line("follower-sample", "\"followers\":[" + many(count, "{\"rank\":%d}") + "]"), code);
            String posts = many(count, "{" + POST + ",\"hits\":[\"h%d\"]}");
            assertCode(line("post-sample", "\"posts\":[" + posts + "]"), code);
            String questions = many(count, "{" + QUESTION.replace("0123", "%04d") + "}");
            assertCode(line("post-sample", "\"posts\":[],\"questions\":[" + questions + "]"), code);
        }
    }

    @Test
    void samplesOfPosts() {
        String hits = ",\"hits\":[]";
        assertCode(posts(POST + hits), null);
        assertCode(posts(POST), "missing-field");
        assertCode(posts(POST + ",\"hits\":[\"a-1\",\"" + "b".repeat(32) + "\"]"), null);
        assertCode(posts(POST + ",\"hits\":[\"" + "b".repeat(33) + "\"]"), "invalid-field");
        assertCode(posts(POST + ",\"hits\":[\"A\"]"), "invalid-field");
        assertCode(posts(POST + ",\"hits\":[null]"), "missing-field");
        assertCode(posts(POST + ",\"hits\":[" + many(8, "\"h%d\"") + "]"), null);
        assertCode(posts(POST + ",\"hits\":[" + many(9, "\"h%d\"") + "]"), "invalid-field");
        assertCode(posts(POST + hits + ",\"text\":\"hello\""), "unknown-field");
        assertCode(posts(POST.replace("quote", "like") + hits), "invalid-field");
        assertCode(posts(POST.replace("abcdef", "abcdeF") + hits), "invalid-hash");
        assertCode(posts(POST.replace("abcdef", "abcde") + hits), "invalid-hash");
        assertCode(posts(POST.replace("2026-07-01T00:00:00Z", "2026-07-04T00:05:00Z") + hits), null);
        assertCode(posts(POST.replace("2026-07-01T00:00:00Z", "2026-07-04T00:05:01Z") + hits), "time-out-of-range");
        assertCode(posts(POST.replace("2026", "2005") + hits), "time-out-of-range");
        assertCode(posts(POST.replace("\"hasLink\":true,", "") + hits), "missing-field");
        assertCode(posts(POST.replace("\"promotional\":false", "\"promotional\":null") + hits), "missing-field");
        assertCode(line("post-sample", "\"posts\":[]"), "empty-sample");
        assertCode(line("post-sample", "\"posts\":[],\"questions\":[]"), "empty-sample");
        assertCode(line("post-sample", "\"questions\":[{" + QUESTION + "}]"), "missing-field");
        assertCode(questions(QUESTION), null);
        assertCode(questions(QUESTION + ",\"answeredAt\":\"2026-07-01T00:00:00Z\""), null);
        assertCode(questions(QUESTION + ",\"answeredAt\":\"2026-06-30T23:59:59Z\""), "time-out-of-range");
        assertCode(questions(QUESTION + ",\"answeredAt\":\"2026-07-04T00:05:01Z\""), "time-out-of-range");
        assertCode(questions(QUESTION.replace("0123", "012")), "invalid-hash");
        assertCode(questions(QUESTION.replace("2026", "2027")), "time-out-of-range");
        assertCode(questions("\"asker\":\"0123456789abcdef\""), "missing-field");
    }

    /** The same posts in another order are the same sample, and so are the codes of one post. */
    @Test
    void theOrderInWhichASampleIsSentMakesNoOther() throws Refused {
        String one = "{" + POST + ",\"hits\":[\"b\",\"a\",\"b\"]}";
        String other = "{" + POST.replace("quote", "reply") + ",\"hits\":[]}";
        Evidence there = read(line("post-sample", "\"posts\":[" + one + "," + other + "]"));
        assertThat(read(line("post-sample", "\"posts\":[" + other + "," + one + "]")))
                .isEqualTo(there);
        assertThat(read(line(
                        "post-sample",
                        "\"posts\":[" + one.replace("\"b\",\"a\",\"b\"", "\"a\",\"b\"") + "," + other + "]")))
                .isEqualTo(there);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "a b",
                "",
                "ä",
                "o\\u0000",
                "a'b",
                "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void observersAreCalledByPlainNames(String observer) {
        assertCode(
                line("owner-statement", "\"claim\":\"followers-not-ordered\"").replace("carol", observer),
                "invalid-observer");
    }

    private static void assertCode(String line, String code) {
        if (code == null) {
            assertThat(line).satisfies(told -> assertThat(read(told)).isNotNull());
        } else {
            assertThatThrownBy(() -> read(line))
                    .as(line)
                    .isInstanceOf(Refused.class)
                    .hasMessage(code);
        }
    }

    private static Evidence read(String line) throws Refused {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return Observations.read(bytes, bytes.length, NOW);
    }

    private static String message(String marks) {
        return line("message", "\"message\":{" + marks + "}");
    }

    private static String posts(String fields) {
        return line("post-sample", "\"posts\":[{" + fields + "}]");
    }

    private static String questions(String fields) {
        return line("post-sample", "\"posts\":[],\"questions\":[{" + fields + "}]");
    }

    private static String many(int count, String format) {
        return IntStream.rangeClosed(1, count).mapToObj(format::formatted).collect(Collectors.joining(","));
    }

    private static String line(String kind, String fields) {
        return line(kind, "2026-07-04T00:00:00Z", fields);
    }

    private static String line(String kind, String time, String fields) {
        return "{\"kind\":\"%s\",\"account\":{\"network\":\"x\",\"name\":\"alice\"},\"time\":\"%s\",\"observer\":\"carol\",%s}"
                .formatted(kind, time, fields);
    }
}
