package org.fairfollow.intake.bluesky;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Set;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.Evidence.Relation;
import org.fairfollow.evidence.RecordKey;
import org.fairfollow.intake.EventTime;
import org.fairfollow.intake.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of Bluesky's Jetstream: commits, identity and account events, one JSON an event. Fields that are not used
 * here may be anything, for the stream's makers may add to it.
 */
public final class JetstreamEvents {
    static final String FOLLOWS = "app.bsky.graph.follow";
    static final String BLOCKS = "app.bsky.graph.block";
    static final String POSTS = "app.bsky.feed.post";
    static final String PROFILES = "app.bsky.actor.profile";
    /** Lists, list items and the like: neither follows nor signs that somebody is there. */
    private static final String GRAPH = "app.bsky.graph.";

    /** What a measurement of the account would see. */
    private static final Set<String> SHOWING = Set.of(POSTS, PROFILES);

    private static final Set<String> OPERATIONS = Set.of("create", "update", "delete");
    private static final int MAX_DEPTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JetstreamEvents() {}

    /** The first {@code length} bytes as an event, whatever kind of JSON object it is. */
    public static Event read(byte[] line, int length) throws Refused {
        return read(() -> JSON.createParser(line, 0, length));
    }

    static Event read(String message) throws Refused {
        return read(() -> JSON.createParser(message));
    }

    @FunctionalInterface
    private interface Opening {
        JsonParser open() throws IOException;
    }

    private static Event read(Opening text) throws Refused {
        try (JsonParser parser = text.open()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused("not-json");
            }
            Event event = new Event();
            event.readFields(parser, "");
            if (parser.nextToken() != null) {
                throw new Refused("not-json");
            }
            return event;
        } catch (StreamConstraintsException e) {
            throw new Refused("too-deep");
        } catch (IOException e) {
            throw new Refused("not-json");
        }
    }

    /** The fields of an event that matter here; null where there is none, or it is of another type. */
    public static final class Event {
        private @Nullable String did;
        private @Nullable Long timeMicros;
        private @Nullable String kind;
        private @Nullable String operation;
        private @Nullable String collection;
        private @Nullable String recordKey;
        private @Nullable String subject;
        private @Nullable String subjectDid;
        private @Nullable String handle;
        private @Nullable Long seq;
        private @Nullable Boolean active;

        /** When the stream told it, Unix microseconds; null where it does not say. */
        @Nullable
        Long timeMicros() {
            return timeMicros;
        }

        /** Whether this comes from a stream; observations have no such time. */
        public boolean isStreamEvent() {
            return timeMicros != null || did != null;
        }

        /**
         * What the event tells; null when it tells nothing of use.
         *
         * @param now Unix epoch seconds
         */
        public @Nullable Evidence toEvidence(long now) throws Refused {
            AccountName account = account(did, "invalid-account");
            if (timeMicros == null) {
                throw new Refused("missing-time");
            }
            long seenAt = EventTime.check(Math.floorDiv(timeMicros, 1_000_000L), Network.BLUESKY, now);
            return switch (kind == null ? "" : kind) {
                case "commit" -> commit(account, seenAt);
                case "identity" -> new Evidence.IdentitySeen(sameAccount(account), seq(), handle(), seenAt);
                case "account" -> {
                    if (active == null) {
                        throw new Refused("missing-active");
                    }
                    yield new Evidence.StatusSeen(sameAccount(account), seq(), active, seenAt);
                }
                default -> throw new Refused("unknown-kind");
            };
        }

        private @Nullable Evidence commit(AccountName account, long seenAt) throws Refused {
            if (operation == null || !OPERATIONS.contains(operation)) {
                throw new Refused("invalid-operation");
            }
            if (collection == null) {
                throw new Refused("missing-collection");
            }
            return switch (collection) {
                case FOLLOWS -> edge(Relation.FOLLOW, account, seenAt);
                case BLOCKS -> edge(Relation.BLOCK, account, seenAt);
                default ->
                    collection.startsWith(GRAPH) || "delete".equals(operation)
                            ? null
                            : new Evidence.OwnActivity(account, SHOWING.contains(collection), seenAt);
            };
        }

        private @Nullable Evidence edge(Relation relation, AccountName account, long seenAt) throws Refused {
            if (recordKey == null || !RecordKey.isWellFormed(recordKey)) {
                throw new Refused("invalid-record-key");
            }
            RecordKey key = RecordKey.of(recordKey);
            return switch (String.valueOf(operation)) {
                case "create" -> {
                    AccountName target = account(subject, "invalid-subject");
                    if (target.equals(account)) {
                        throw new Refused("self-follow");
                    }
                    yield new Evidence.EdgeCreated(relation, account, key, target, seenAt);
                }
                case "delete" -> new Evidence.EdgeDeleted(relation, account, key, seenAt);
                default -> null;
            };
        }

        /** Identity and account events repeat the account; another one would be somebody else's event. */
        private AccountName sameAccount(AccountName account) throws Refused {
            if (subjectDid != null && !subjectDid.equals(did)) {
                throw new Refused("invalid-account");
            }
            return account;
        }

        private long seq() throws Refused {
            if (seq == null || seq < 0) {
                throw new Refused("missing-seq");
            }
            return seq;
        }

        /** Null when the event names none, or one that cannot be (the network writes handle.invalid then). */
        private @Nullable AccountName handle() {
            if (handle == null || handle.equals("handle.invalid") || handle.startsWith("did:")) {
                return null;
            }
            try {
                return Network.BLUESKY.parse(handle);
            } catch (InvalidAccountException e) {
                return null;
            }
        }

        private static AccountName account(@Nullable String did, String code) throws Refused {
            try {
                if (did == null) {
                    throw new Refused(code);
                }
                return Network.BLUESKY.nativeId(did);
            } catch (InvalidAccountException e) {
                throw new Refused(code);
            }
        }

        private void readFields(JsonParser parser, String path) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = path + parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "commit", "commit.record", "identity", "account" -> {
                        if (value == JsonToken.START_OBJECT) {
                            readFields(parser, field + ".");
                        } else {
                            parser.skipChildren();
                        }
                    }
                    case "did" -> did = text(parser, value);
                    case "time_us" -> timeMicros = number(parser, value);
                    case "kind" -> kind = text(parser, value);
                    case "commit.operation" -> operation = text(parser, value);
                    case "commit.collection" -> collection = text(parser, value);
                    case "commit.rkey" -> recordKey = text(parser, value);
                    case "commit.record.subject" -> subject = text(parser, value);
                    case "identity.did", "account.did" -> subjectDid = text(parser, value);
                    case "identity.handle" -> handle = text(parser, value);
                    case "identity.seq", "account.seq" -> seq = number(parser, value);
                    case "account.active" ->
                        active = value.isBoolean() ? Boolean.valueOf(value == JsonToken.VALUE_TRUE) : skipped(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
            return value == JsonToken.VALUE_STRING ? parser.getText() : skipped(parser);
        }

        private static @Nullable Long number(JsonParser parser, JsonToken value) throws IOException {
            return value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    ? Long.valueOf(parser.getLongValue())
                    : skipped(parser);
        }

        /** A value of another type than it should be counts as none. */
        private static <T> @Nullable T skipped(JsonParser parser) throws IOException {
            parser.skipChildren();
            return null;
        }
    }
}
