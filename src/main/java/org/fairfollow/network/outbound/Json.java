package org.fairfollow.network.outbound;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.fairfollow.account.Network;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.Answer.Forbidden;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Answer.Silent;
import org.fairfollow.network.outbound.Answer.Unfit;
import org.jspecify.annotations.Nullable;

/** Answers in JSON, whatever they are. What is not there, or not of its kind, is null. */
public final class Json {
    /** A thread of five posts that quote posts has about 40. */
    private static final int MAX_DEPTH = 64;
    /** A thread of a thousand replies has some 200,000; a tree of more would fill the memory from a few megabytes. */
    private static final int MAX_TOKENS = 400_000;
    /** More than there are people on earth nobody has of anything. */
    private static final long MAX_COUNT = 10_000_000_000L;
    /** As far as clocks are apart. */
    private static final long SKEW_SECONDS = 300;

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build());

    private Json() {}

    /** The object in a good answer. */
    public static JsonNode object(Answer answer) throws UnansweredException {
        return parse(answer, false);
    }

    /** The array in a good answer. */
    public static JsonNode array(Answer answer) throws UnansweredException {
        return parse(answer, true);
    }

    /** What stands there, if it is text. */
    public static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.path(field).textValue());
    }

    /** What something is known by, a text or a whole number; empty if it is neither. */
    public static String id(JsonNode object, String field) {
        JsonNode told = object.path(field);
        return told.isTextual() || told.isIntegralNumber() ? told.asText() : "";
    }

    /** A number of people or things. */
    public static @Nullable Long count(JsonNode object, String field) {
        JsonNode told = object.path(field);
        return told.isIntegralNumber()
                        && told.canConvertToLong()
                        && 0 <= told.longValue()
                        && told.longValue() <= MAX_COUNT
                ? (Long) told.longValue()
                : null;
    }

    /**
     * A time at which something can have been on the network, in Unix epoch seconds.
     *
     * @param now later than it nothing can have been, but for what clocks are apart
     */
    public static @Nullable Long time(JsonNode object, String field, Network network, Instant now) {
        String told = object.path(field).textValue();
        if (told == null) {
            return null;
        }
        try {
            long at = told.indexOf('T') < 0
                    ? LocalDate.parse(told).atStartOfDay().toEpochSecond(ZoneOffset.UTC)
                    : OffsetDateTime.parse(told).toEpochSecond();
            return network.since() <= at && at <= now.getEpochSecond() + SKEW_SECONDS ? (Long) at : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static JsonNode parse(Answer answer, boolean array) throws UnansweredException {
        return switch (answer) {
            case Heard heard when heard.status() == Heard.OK -> parse(heard.body(), array);
            case Heard heard ->
                throw switch (heard.status()) {
                    case 404, 410 -> UnansweredException.gone();
                    case 401, 403 -> UnansweredException.refused(Refusal.NOT_PUBLIC);
                    default -> UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
                };
            case Forbidden forbidden -> throw UnansweredException.refused(Refusal.FORBIDDEN_ADDRESS);
            case Unfit unfit -> throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
            case Silent silent -> throw UnansweredException.unreachable(silent.retryAfter());
        };
    }

    private static JsonNode parse(byte[] body, boolean array) throws UnansweredException {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && (array ? node.isArray() : node.isObject())) {
                return node;
            }
        } catch (IOException e) {
            // It is refused like anything else that is no object.
        }
        throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
    }
}
