package org.fairfollow.evidence;

import org.fairfollow.account.AccountName;
import org.jspecify.annotations.Nullable;

/** A dated fact with a natural key: appending it twice changes nothing. Times are Unix epoch seconds of the event. */
public sealed interface Evidence {
    long seenAt();

    /** What an edge stands for; {@link #code} is how rows say it. */
    enum Relation {
        FOLLOW(0),
        BLOCK(1);

        final int code;

        Relation(int code) {
            this.code = code;
        }
    }

    /** A stream told that {@code actor} made a follow or block. Natural key: actor, relation, record key. */
    record EdgeCreated(Relation relation, AccountName actor, RecordKey key, AccountName target, long seenAt)
            implements Evidence {}

    /** A stream told that {@code actor} deleted a follow or block; it does not say whose. Natural key as above. */
    record EdgeDeleted(Relation relation, AccountName actor, RecordKey key, long seenAt) implements Evidence {}

    /**
     * The account did something of its own; kept as a day.
     *
     * @param shows whether it is of what a measurement looks at: a post, or the profile
     */
    record OwnActivity(AccountName account, boolean shows, long seenAt) implements Evidence {}

    /** A stream told of an account's identity. Natural key: account, seq. */
    record IdentitySeen(
            AccountName account, long seq, @Nullable AccountName handle, long seenAt) implements Evidence {}

    /**
     * The network was asked whose handle this is, and both directions agree; null: the account has none that holds. It is a
     * sighting, and those commute.
     */
    record HandleVerified(AccountName account, @Nullable AccountName handle, long seenAt) implements Evidence {}

    /** A stream told whether an account is there (or deactivated, suspended, deleted). Natural key: account, seq. */
    record StatusSeen(AccountName account, long seq, boolean active, long seenAt) implements Evidence {}

    /** An observer told a fact about one account, by native id or handle. Natural key: the account and all of the fact. */
    record Observed(AccountName account, Observation fact) implements Evidence {
        public Observed {
            if (fact instanceof Observation.RelationTold) {
                throw new IllegalArgumentException("a relation has two sides that are named: RelationSeen");
            }
        }

        @Override
        public long seenAt() {
            return fact.at();
        }
    }

    /**
     * An observer told that {@code actor} follows {@code target}, or does no longer; both by native id or handle. Natural
     * key: all of it.
     *
     * @param measured as {@link Observation#measured()}
     */
    record RelationSeen(
            AccountName actor, AccountName target, boolean follows, String observer, boolean measured, long seenAt)
            implements Evidence {}
}
