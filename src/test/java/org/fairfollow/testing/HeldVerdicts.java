package org.fairfollow.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.luben.zstd.Zstd;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Standing;

/** Verdicts written into the ledger without evidence: for tests of what is made of them. */
@ApplicationScoped
public class HeldVerdicts {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Store store;
    private final Directory directory;

    HeldVerdicts(Store store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    /** The number of a new account on Bluesky. */
    public int account(String did) {
        AccountName name = new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, did);
        return store.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO account (network, native_id, native_hash, first_seen) VALUES (?,?,?,?)")) {
                insert.setInt(1, name.network().code());
                insert.setString(2, name.value());
                insert.setBytes(3, name.hash().bytes());
                insert.setLong(4, Instant.now().getEpochSecond());
                insert.executeUpdate();
            }
            return directory.find(connection, name).orElseThrow().id();
        });
    }

    /** Holds a verdict from now on. */
    public void hold(int account, Practice practice, Standing standing, String statement) {
        hold(Map.of(account, statement), practice, standing);
    }

    /** Holds verdicts on several accounts, all at once. */
    public void hold(Map<Integer, String> statements, Practice practice, Standing standing) {
        store.inTransaction(connection -> {
            for (var one : statements.entrySet()) {
                write(connection, one.getKey(), practice, standing, one.getValue());
            }
            return null;
        });
    }

    /** Holds verdicts on several accounts as the rule found them, all at once. */
    public void hold(Map<Integer, Finding> findings, Standing standing) {
        store.inTransaction(connection -> {
            for (var one : findings.entrySet()) {
                write(connection, one.getKey(), one.getValue(), standing);
            }
            return null;
        });
    }

    private static void write(
            Connection connection, int account, Practice practice, Standing standing, String statement)
            throws SQLException {
        write(
                connection,
                account,
                finding(practice, standing, statement, Instant.now().getEpochSecond()),
                standing);
    }

    private static void write(Connection connection, int account, Finding found, Standing standing)
            throws SQLException {
        long now = Instant.now().getEpochSecond();
        byte[] finding = stored(found);
        try (PreparedStatement verdict = connection.prepareStatement(
                        "REPLACE INTO verdict"
                                + " (account_id, practice, standing, finding, detector, as_of, review_at) VALUES (?,?,?,?,?,?,?)");
                PreparedStatement entry = connection.prepareStatement("INSERT INTO verdict_entry"
                        + " (account_id, practice, standing, cause, finding, detector, written_at)"
                        + " VALUES (?,?,?,'judged',?,?,?)")) {
            verdict.setInt(1, account);
            verdict.setString(2, found.practice().id());
            verdict.setString(3, standing.id());
            verdict.setBytes(4, finding);
            verdict.setString(5, found.detector());
            verdict.setLong(6, now);
            verdict.setLong(7, now + 90 * 86_400);
            verdict.executeUpdate();
            entry.setInt(1, account);
            entry.setString(2, found.practice().id());
            entry.setString(3, standing.id());
            entry.setBytes(4, finding);
            entry.setString(5, found.detector());
            entry.setLong(6, now);
            entry.executeUpdate();
        }
    }

    private static Finding finding(Practice practice, Standing standing, String statement, long now) {
        return new Finding(
                practice,
                practice.id() + "/1",
                standing == Standing.SIGNS ? Finding.Opinion.SIGNS : Finding.Opinion.PRESENT,
                false,
                statement,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Finding.Sources(1, 0),
                List.of(),
                now,
                0);
    }

    private static byte[] stored(Finding finding) {
        try {
            return Zstd.compress(JSON.writeValueAsBytes(finding));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
