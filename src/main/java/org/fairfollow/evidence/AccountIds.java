package org.fairfollow.evidence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;

/** Internal numbers of accounts by native id, remembered: a stream names the same accounts again and again. */
@ApplicationScoped
class AccountIds {
    /** About 60 MB when full. */
    private static final int REMEMBERED = 300_000;

    private final Cache<AccountName, Integer> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Directory directory;

    AccountIds(Directory directory) {
        this.directory = directory;
    }

    /** Makes accounts that are new; they are remembered by {@link #remember} once the transaction has committed. */
    Map<AccountName, Integer> resolve(Connection connection, Collection<AccountName> nativeIds, long seenAt)
            throws SQLException {
        Map<AccountName, Integer> ids = new HashMap<>(remembered.getAllPresent(nativeIds));
        List<AccountName> unknown =
                nativeIds.stream().filter(name -> !ids.containsKey(name)).toList();
        ids.putAll(directory.resolve(connection, unknown, seenAt));
        return ids;
    }

    void remember(Map<AccountName, Integer> ids) {
        remembered.putAll(ids);
    }
}
