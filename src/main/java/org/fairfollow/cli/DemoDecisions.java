package org.fairfollow.cli;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ruling;

/** What invented people decided in the demo: an owner who answers, one who was heard, one whose pattern was looked at. */
@ApplicationScoped
class DemoDecisions {
    private final Store store;
    private final Directory directory;
    private final Decisions decisions;

    DemoDecisions(Store store, Directory directory, Decisions decisions) {
        this.store = store;
        this.directory = directory;
        this.decisions = decisions;
    }

    @FunctionalInterface
    private interface Act {
        void on(Connection connection, int account) throws SQLException;
    }

    /** Doing it again changes nothing. */
    void make() {
        Practice shaming = Practice.UNFOLLOW_SHAMING;
        String read = "The posts were read one by one. An app made each of them, and all say who unfollowed.";
        decide("shaming-app-user", shaming, rule(shaming, Ruling.CONFIRM, read));

        Practice followingBack = Practice.AUTO_FOLLOW_BACK;
        String words =
                "I follow everybody back; that is what this account is for. It brings people together who draw birds.";
        decide(
                "auto-follow-backer",
                followingBack,
                (connection, account) -> decisions.contest(connection, account, followingBack, words));

        Practice buying = Practice.BUYS_FOLLOWERS;
        String pack = "The followers came within the hours after a starter pack with this account went round.";
        decide("starter-pack-listed", buying, rule(buying, Ruling.CLEAR, pack));
    }

    private Act rule(Practice practice, Ruling outcome, String reasons) {
        return (connection, account) -> decisions.rule(connection, account, practice, outcome, reasons, null, null);
    }

    private void decide(String kind, Practice practice, Act act) {
        AccountName name = new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, DemoPopulation.cast(kind));
        store.inTransaction(connection -> {
            int account = directory.find(connection, name).orElseThrow().id();
            if (decisions.of(connection, account, practice).equals(Decision.NONE)) {
                act.on(connection, account);
            }
            return null;
        });
    }
}
