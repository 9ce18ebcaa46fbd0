package org.fairfollow.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that are ready to be sent, with the strong ETag that names them. */
public final class Payload {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int ETAG_DIGITS = 32;

    private final byte[] bytes;
    private final String sha256;

    private Payload(byte[] bytes, String sha256) {
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    public static Payload json(Object value) {
        return of(jsonBytes(value));
    }

    public static Payload of(byte[] bytes) {
        return new Payload(bytes, HexFormat.of().formatHex(sha256Digest().digest(bytes)));
    }

    /** Bytes that are fully determined by what {@code sha256} (hex) is of: they need not be hashed themselves. */
    static Payload determinedBy(String sha256, byte[] bytes) {
        return new Payload(bytes, sha256);
    }

    /** A value as all answers write it. */
    public static byte[] jsonBytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(byte[] json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Lower-case hex. */
    public String sha256() {
        return sha256;
    }

    /** Quoted, as it stands in a header. */
    public String etag() {
        return '"' + sha256.substring(0, ETAG_DIGITS) + '"';
    }
}
