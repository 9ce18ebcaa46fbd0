package org.fairfollow.publication;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.fairfollow.account.AccountHash;
import org.fairfollow.detection.Practice;

/**
 * A verdict that was published, changed or withdrawn.
 *
 * @param sequence its place in the feed, from 1, without gaps
 * @param version the release it came with
 * @param practice id of the practice
 * @param hash one under which the account is, or was, listed
 * @param account as it was listed, JSON
 */
record Change(long sequence, long version, Instant at, Kind kind, String practice, AccountHash hash, byte[] account) {

    enum Kind {
        PUBLISHED,
        CHANGED,
        WITHDRAWN;

        private static final Kind[] ALL = values();

        @JsonValue
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(int ordinal) {
            return ALL[ordinal];
        }
    }

    static Change of(long sequence, long version, Instant at, Kind kind, Practice practice, PublishedAccount account) {
        return new Change(
                sequence,
                version,
                at,
                kind,
                practice.id(),
                account.hashes().getFirst(),
                Payload.jsonBytes(account.account()));
    }

    byte[] toBytes() {
        byte[] name = practice.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + 8 + 8 + 1 + AccountHash.BYTES + 1 + name.length + account.length)
                .putLong(sequence)
                .putLong(version)
                .putLong(at.getEpochSecond())
                .put((byte) kind.ordinal())
                .put(hash.bytes())
                .put((byte) name.length)
                .put(name)
                .put(account)
                .array();
    }

    static Change of(ByteBuffer in) {
        long sequence = in.getLong();
        long version = in.getLong();
        Instant at = Instant.ofEpochSecond(in.getLong());
        Kind kind = Kind.of(in.get());
        byte[] hash = new byte[AccountHash.BYTES];
        in.get(hash);
        byte[] practice = new byte[in.get()];
        in.get(practice);
        byte[] account = new byte[in.remaining()];
        in.get(account);
        return new Change(
                sequence,
                version,
                at,
                kind,
                new String(practice, StandardCharsets.US_ASCII),
                AccountHash.of(hash),
                account);
    }
}
