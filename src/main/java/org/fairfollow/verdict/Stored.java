package org.fairfollow.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Dossier;

/** How findings and dossiers are written into rows: JSON in zstd; the same value makes the same bytes. */
final class Stored {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Stored() {}

    static byte[] write(Object value) {
        try {
            return Zstd.compress(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Finding finding(byte[] stored) {
        return read(stored, Finding.class);
    }

    static Dossier dossier(byte[] stored) {
        return read(stored, Dossier.class);
    }

    /** How many bytes of JSON it holds, without reading it. */
    static long size(byte[] stored) {
        return Zstd.getFrameContentSize(stored);
    }

    private static <T> T read(byte[] stored, Class<T> type) {
        try {
            return JSON.readValue(Zstd.decompress(stored, (int) Zstd.getFrameContentSize(stored)), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
