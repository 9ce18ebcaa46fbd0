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

/** How findings and dossiers are written into rows: JSON, dossiers compressed by zstd. */
final class Stored {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Stored() {}

    static String finding(Finding finding) {
        try {
            return JSON.writeValueAsString(finding);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Finding finding(String stored) {
        try {
            return JSON.readValue(stored, Finding.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] dossier(Dossier dossier) {
        try {
            return Zstd.compress(JSON.writeValueAsBytes(dossier));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Dossier dossier(byte[] stored) {
        try {
            byte[] json = Zstd.decompress(stored, (int) Zstd.getFrameContentSize(stored));
            return JSON.readValue(json, Dossier.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
