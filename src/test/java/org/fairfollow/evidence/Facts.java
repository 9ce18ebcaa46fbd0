package org.fairfollow.evidence;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Evidence.Relation;
import org.fairfollow.testing.Names;

/** Facts as a stream tells them; times are Unix seconds. */
final class Facts {
    final List<Evidence> all = new ArrayList<>();
    private int clockId;
    private long seq;

    static AccountName did() {
        return new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, Names.did());
    }

    static AccountName handle(String what) {
        return new AccountName(Network.BLUESKY, AccountName.Kind.HANDLE, Names.handle(what));
    }

    /** A key made by an honest clock at this second; every one is another. */
    RecordKey keyAt(long second) {
        return RecordKey.of(RecordKey.tidAt(second * 1_000_000, ++clockId % 1_024));
    }

    RecordKey follow(AccountName actor, AccountName target, long at) {
        RecordKey key = keyAt(at);
        follow(actor, target, key, at);
        return key;
    }

    void follow(AccountName actor, AccountName target, RecordKey key, long at) {
        all.add(new Evidence.EdgeCreated(Relation.FOLLOW, actor, key, target, at));
    }

    void unfollow(AccountName actor, RecordKey key, long at) {
        all.add(new Evidence.EdgeDeleted(Relation.FOLLOW, actor, key, at));
    }

    RecordKey block(AccountName actor, AccountName target, long at) {
        RecordKey key = keyAt(at);
        all.add(new Evidence.EdgeCreated(Relation.BLOCK, actor, key, target, at));
        return key;
    }

    void unblock(AccountName actor, RecordKey key, long at) {
        all.add(new Evidence.EdgeDeleted(Relation.BLOCK, actor, key, at));
    }

    void activity(AccountName account, long at) {
        all.add(new Evidence.OwnActivity(account, false, at));
    }

    void identity(AccountName account, AccountName handle, long at) {
        all.add(new Evidence.IdentitySeen(account, ++seq, handle, at));
    }

    void status(AccountName account, boolean active, long at) {
        all.add(new Evidence.StatusSeen(account, ++seq, active, at));
    }

    /** Something on every hour, so that the time between is covered. */
    void watched(long from, long to) {
        AccountName somebody = did();
        for (long at = from; at <= to; at += 3_600) {
            activity(somebody, at);
        }
    }
}
