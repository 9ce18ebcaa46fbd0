package org.fairfollow.cli.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.fairfollow.evidence.RecordKey;

/**
 * Writes events as Bluesky's Jetstream does, one JSON object a line. All text in it is invented and plain ASCII, so
 * nothing needs escaping.
 */
final class JetstreamFormat {
    private static final long MICROS = TimeUnit.SECONDS.toMicros(1);
    // A record key is the client's clock, time_us the server's, a little later but within the same second.
    private static final long LATEST_KEY = 600_000;
    private static final long LEAST_LAG = 50_000;
    private static final long LAG_SPREAD = 300_000;
    private static final int CLOCKS = 1 << 10;
    private static final long FIRST_SEQUENCE = 30_000_000_000L;
    private static final String[] POSTS = {
        "Good morning from the invented side of the internet.",
        "Today's bread turned out well.",
        "Does anybody else count the swifts every evening?",
        "The train was on time. I have no further questions.",
        "Reading in the garden until it rains.",
        "Second attempt at the blue sweater.",
        "Is it too early for soup?",
        "A long walk, a short post."
    };

    private final Population population;
    private final Names names;
    private long sequence = FIRST_SEQUENCE;

    JetstreamFormat(Population population, Names names) {
        this.population = population;
        this.names = names;
    }

    /** The order of events within a second is the order of these. */
    long micros(Event event) {
        return keyMicros(event.second(), event) + lag(event);
    }

    String line(Event event) {
        long micros = micros(event);
        String did = names.did(event.actor());
        String head = "{\"did\":\"" + did + "\",\"time_us\":" + micros + ",\"kind\":";
        return switch (event.kind()) {
            case IDENTITY -> head + identity(did, names.handle(event.actor()), micros);
            case RENAME -> head + identity(did, names.newHandle(event.actor()), micros);
            case ACTIVE -> head + account(did, "\"active\":true,", "", micros);
            case GONE -> {
                String status = population.life(event.actor()).status();
                yield head + account(did, "\"active\":false,", ",\"status\":\"" + status + "\"", micros);
            }
            case ACTIVITY -> head + activity(event);
            case FOLLOW -> head + create(event, "app.bsky.graph.follow", subject(event));
            case UNFOLLOW -> head + delete(event, "app.bsky.graph.follow");
            case BLOCK -> head + create(event, "app.bsky.graph.block", subject(event));
            case UNBLOCK -> head + delete(event, "app.bsky.graph.block");
        };
    }

    private String identity(String did, String handle, long micros) {
        return "\"identity\",\"identity\":{\"did\":\"" + did + "\",\"handle\":\"" + handle + "\",\"seq\":" + sequence++
                + ",\"time\":\"" + time(micros) + "\"}}";
    }

    private String account(String did, String active, String status, long micros) {
        return "\"account\",\"account\":{" + active + "\"did\":\"" + did + "\",\"seq\":" + sequence++ + status
                + ",\"time\":\"" + time(micros) + "\"}}";
    }

    private String activity(Event event) {
        long choice = bits(event.second(), event, 1);
        return switch ((int) (choice >>> 62)) {
            case 0 -> {
                String text = POSTS[Math.floorMod((int) choice, POSTS.length)];
                yield create(event, "app.bsky.feed.post", "\"langs\":[\"en\"],\"text\":\"" + text + "\"");
            }
            case 1 -> create(event, "app.bsky.feed.repost", somebodysPost(event, choice));
            default -> create(event, "app.bsky.feed.like", somebodysPost(event, choice));
        };
    }

    private String somebodysPost(Event event, long choice) {
        String author = names.did(Math.floorMod((int) choice, population.size()));
        String post = timestamp((event.second() - Visits.HOUR) * MICROS, choice);
        return "\"subject\":{\"cid\":\"" + cid(event, 2) + "\",\"uri\":\"at://" + author + "/app.bsky.feed.post/" + post
                + "\"}";
    }

    private String subject(Event event) {
        return "\"subject\":\"" + names.did(event.subject()) + "\"";
    }

    private String create(Event event, String collection, String content) {
        return commit(event, "create", collection) + ",\"record\":{\"$type\":\"" + collection + "\",\"createdAt\":\""
                + time(keyMicros(event.since(), event)) + "\"," + content + "},\"cid\":\"" + cid(event, 3) + "\"}}";
    }

    /** A delete names the record by its key alone; the subject stands only in the create. */
    private String delete(Event event, String collection) {
        return commit(event, "delete", collection) + "}}";
    }

    private String commit(Event event, String operation, String collection) {
        String revision = timestamp(micros(event), bits(event.second(), event, 4));
        String key = timestamp(keyMicros(event.since(), event), bits(event.since(), event, 5));
        return "\"commit\",\"commit\":{\"rev\":\"" + revision + "\",\"operation\":\"" + operation
                + "\",\"collection\":\"" + collection + "\",\"rkey\":\"" + key + "\"";
    }

    /** Depends on nothing but actor, subject and second, so that a delete finds the key of its create. */
    private long keyMicros(long second, Event event) {
        return second * MICROS + Math.floorMod(bits(second, event, 6), LATEST_KEY);
    }

    private long lag(Event event) {
        return LEAST_LAG + Math.floorMod(bits(event.second(), event, 7), LAG_SPREAD);
    }

    private static String timestamp(long micros, long clock) {
        return RecordKey.tidAt(micros, Math.floorMod(clock, CLOCKS));
    }

    private String cid(Event event, int which) {
        StringBuilder cid = new StringBuilder("bafyrei");
        for (int part = 0; part < 4; part++) {
            cid.append(Base32.of(bits(event.second(), event, 10L * which + part), 13));
        }
        return cid.toString();
    }

    private long bits(long second, Event event, long question) {
        long pair = (long) event.actor() << Integer.SIZE | event.subject();
        return Chance.bits(Chance.bits(population.seed(), pair, second), Question.RECORD, question);
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros / 1_000, ChronoUnit.MILLIS).toString();
    }
}
