package org.fairfollow.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.evidence.RecordKey;

/** Events as Bluesky's Jetstream writes them, one JSON a line. */
public final class JetstreamLines {
    private final List<String> lines = new ArrayList<>();
    private int clockId;
    private long seq;

    /** A follow under an honest key. */
    public String follow(String actor, String subject, Instant at) {
        String key = key(at);
        lines.add(create("app.bsky.graph.follow", actor, key, subject, at));
        return key;
    }

    public void unfollow(String actor, String key, Instant at) {
        lines.add(delete("app.bsky.graph.follow", actor, key, at));
    }

    public String block(String actor, String subject, Instant at) {
        String key = key(at);
        lines.add(create("app.bsky.graph.block", actor, key, subject, at));
        return key;
    }

    /** A post: the account is there and does something. */
    public void activity(String actor, Instant at) {
        lines.add(
                "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"commit\",\"commit\":{\"rev\":\"%s\",\"operation\":\"create\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"%s\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"hello\"}}}"
                        .formatted(actor, micros(at), key(at), key(at)));
    }

    public void identity(String did, String handle, Instant at) {
        lines.add(identity(did, handle, ++seq, at));
    }

    public void account(String did, boolean active, Instant at) {
        lines.add(account(did, active, ++seq, at));
    }

    public void add(String line) {
        lines.add(line);
    }

    public List<String> list() {
        return lines;
    }

    public byte[] bytes() {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String key(Instant at) {
        clockId = (clockId + 1) % 1024;
        return RecordKey.tidAt(micros(at), clockId);
    }

    public static String create(String collection, String actor, String key, String subject, Instant at) {
        return "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"commit\",\"commit\":{\"rev\":\"%s\",\"operation\":\"create\",\"collection\":\"%s\",\"rkey\":\"%s\",\"record\":{\"$type\":\"%s\",\"createdAt\":\"%s\",\"subject\":\"%s\"}}}"
                .formatted(actor, micros(at), RecordKey.tidAt(micros(at), 7), collection, key, collection, at, subject);
    }

    public static String delete(String collection, String actor, String key, Instant at) {
        return "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"commit\",\"commit\":{\"rev\":\"%s\",\"operation\":\"delete\",\"collection\":\"%s\",\"rkey\":\"%s\"}}"
                .formatted(actor, micros(at), RecordKey.tidAt(micros(at), 7), collection, key);
    }

    public static String identity(String did, String handle, long seq, Instant at) {
        return "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"identity\",\"identity\":{\"did\":\"%s\",\"handle\":\"%s\",\"seq\":%d,\"time\":\"%s\"}}"
                .formatted(did, micros(at), did, handle, seq, at);
    }

    public static String account(String did, boolean active, long seq, Instant at) {
        return "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"account\",\"account\":{\"active\":%b,\"did\":\"%s\",\"seq\":%d,\"time\":\"%s\"}}"
                .formatted(did, micros(at), active, did, seq, at);
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
