package org.fairfollow.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads JSON bodies in bounded memory: not too large, not too deep, no field that is not known. */
public final class Body {
    public static final int MAX_BYTES = 1 << 20;
    public static final int MAX_DEPTH = 16;

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Body() {}

    /** The body as a {@code type}; throws a {@link Problem} when it is not one. */
    public static <T> T read(InputStream body, Class<T> type) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            // The sender went away: no fault of ours, and nothing to log.
            throw Problem.INVALID_BODY.with("The body broke off; send it again.");
        }
        if (bytes.length > MAX_BYTES) {
            throw Problem.TOO_LARGE.with("Send at most " + MAX_BYTES + " bytes.");
        }
        try {
            T value = STRICT.readValue(bytes, type);
            if (value == null) {
                throw Problem.INVALID_BODY.with("The body must be a JSON object, not null.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw Problem.UNKNOWN_FIELD.with("Leave out the field \"" + shorten(e.getPropertyName()) + "\".");
        } catch (JsonProcessingException e) {
            // Jackson wraps it where a list of nodes is read.
            if (e instanceof StreamConstraintsException || e.getCause() instanceof StreamConstraintsException) {
                throw Problem.TOO_DEEP.with(
                        "Nest at most " + MAX_DEPTH + " levels deep and keep strings and numbers short.");
            }
            throw Problem.INVALID_BODY.with("The body must be JSON of the form openapi.yaml gives for this call.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shorten(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
