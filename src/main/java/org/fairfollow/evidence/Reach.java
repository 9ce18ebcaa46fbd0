package org.fairfollow.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.fairfollow.account.Directory;

/** How many people see an account: what its profile showed when somebody measured it last. */
@ApplicationScoped
public class Reach {
    private final Directory directory;

    Reach(Directory directory) {
        this.directory = directory;
    }

    /** Followers by {@code asOf}, Unix epoch seconds; accounts whose number is not known are left out. */
    public Map<Integer, Long> followers(Connection connection, Collection<Integer> accounts, long asOf)
            throws SQLException {
        Map<Integer, Long> followers = new HashMap<>();
        NewestCounters.load(connection, directory, accounts, asOf).forEach((account, counters) -> {
            if (counters.followers() != null) {
                followers.put(account, counters.followers());
            }
        });
        return followers;
    }
}
