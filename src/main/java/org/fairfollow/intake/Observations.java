package org.fairfollow.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Evidence;
import org.jspecify.annotations.Nullable;

/** Reads observations: facts seen by one observer, on any network. */
final class Observations {
    private static final int MAX_DEPTH = 8;
    /** More followers than there are people. */
    private static final long MAX_COUNT = 10_000_000_000L;

    private static final Pattern OBSERVER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private Observations() {}

    record Named(@Nullable String network, @Nullable String name) {
        AccountName parse() throws Refused {
            Network of = Network.of(String.valueOf(network)).orElseThrow(() -> new Refused("invalid-network"));
            try {
                return of.parse(name);
            } catch (InvalidAccountException e) {
                throw new Refused("invalid-account");
            }
        }
    }

    /** {@code exact} is false where a page showed it abbreviated. */
    record Count(@Nullable Long count, @Nullable Boolean exact) {}

    record Relation(
            String kind,
            @Nullable Named actor,
            @Nullable Named target,
            @Nullable String time,
            @Nullable String observer) {}

    record ProfileCounters(
            String kind,
            @Nullable Named account,
            @Nullable String time,
            @Nullable String observer,
            @Nullable Count followers,
            @Nullable Count following,
            @Nullable Count posts) {}

    /**
     * @param now Unix epoch seconds
     */
    static Evidence read(byte[] line, int length, long now) throws Refused {
        try {
            JsonNode tree = JSON.readTree(line, 0, length);
            return switch (tree.path("kind").asText()) {
                case "follow", "unfollow" -> relation(JSON.treeToValue(tree, Relation.class), now);
                case "profile-counters" -> counters(JSON.treeToValue(tree, ProfileCounters.class), now);
                default -> throw new Refused("unknown-kind");
            };
        } catch (UnrecognizedPropertyException e) {
            throw new Refused("unknown-field");
        } catch (JsonProcessingException e) {
            throw new Refused("invalid-field");
        } catch (IOException e) {
            throw new Refused("not-json");
        }
    }

    private static Evidence relation(Relation relation, long now) throws Refused {
        AccountName actor = required(relation.actor).parse();
        AccountName target = required(relation.target).parse();
        if (actor.network() != target.network()) {
            throw new Refused("invalid-account");
        }
        if (actor.equals(target)) {
            throw new Refused("self-follow");
        }
        String body = write(new TreeMap<>(Map.of("target", target.key(), "observer", observer(relation.observer))));
        return new Evidence.Observed(actor, relation.kind, body, time(relation.time, now));
    }

    private static Evidence counters(ProfileCounters counters, long now) throws Refused {
        if (counters.followers == null && counters.following == null && counters.posts == null) {
            throw new Refused("missing-field");
        }
        check(counters.followers);
        check(counters.following);
        check(counters.posts);
        AccountName account = required(counters.account).parse();
        String body = write(new ProfileCounters(
                counters.kind,
                null,
                null,
                observer(counters.observer),
                counters.followers,
                counters.following,
                counters.posts));
        return new Evidence.Observed(account, counters.kind, body, time(counters.time, now));
    }

    private static void check(@Nullable Count count) throws Refused {
        if (count == null) {
            return;
        }
        if (count.count == null || count.exact == null) {
            throw new Refused("missing-field");
        }
        if (count.count < 0 || count.count > MAX_COUNT) {
            throw new Refused("impossible-count");
        }
    }

    private static Named required(@Nullable Named named) throws Refused {
        if (named == null) {
            throw new Refused("missing-field");
        }
        return named;
    }

    private static String observer(@Nullable String observer) throws Refused {
        if (observer == null || !OBSERVER.matcher(observer).matches()) {
            throw new Refused("invalid-observer");
        }
        return observer;
    }

    private static long time(@Nullable String time, long now) throws Refused {
        try {
            return EventTime.check(OffsetDateTime.parse(String.valueOf(time)).toEpochSecond(), now);
        } catch (DateTimeException e) {
            throw new Refused("invalid-time");
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
