package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Posts that people read and labelled, known by a hash alone: whether an app posted them to count or name who unfollowed
 * the author.
 *
 * @param byPost yes or no, by {@link #post}
 * @param unsure how many could not be told and are not scored
 */
record HandLabels(Map<String, Boolean> byPost, long unsure) {
    private static final String RESOURCE = "unfollow-shaming-labels.csv";
    private static final int DIGITS = 16;

    /** The labels that ship; none if none do. */
    static HandLabels shipped() {
        try (InputStream in = HandLabels.class.getResourceAsStream(RESOURCE)) {
            return in == null ? new HandLabels(Map.of(), 0) : read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HandLabels read(Reader reader) throws IOException {
        Map<String, Boolean> byPost = new HashMap<>();
        long unsure = 0;
        for (CSVRecord row : CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(reader)) {
            switch (row.get("label")) {
                case "yes" -> byPost.put(row.get("post"), true);
                case "no" -> byPost.put(row.get("post"), false);
                default -> unsure++;
            }
        }
        return new HandLabels(byPost, unsure);
    }

    boolean isEmpty() {
        return byPost.isEmpty();
    }

    Optional<Boolean> of(String post) {
        return Optional.ofNullable(byPost.get(post));
    }

    /** The first half of the SHA-256 of the cells as they stand in the file, in hex. */
    static String post(String id, String time, String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((id + "\n" + time + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
