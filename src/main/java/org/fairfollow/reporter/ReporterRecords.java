package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fairfollow.account.Directory;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.reporter.Reports.Merits;
import org.fairfollow.reporter.ReportsRepository.Weighed;
import org.fairfollow.reporter.Trust.Rulings;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What is known of reporters, for those who rule on what they tell: whether their word was right before, and what they report now.
 * Of the person nothing is known, and no account is named here; its case has it.
 */
@ApplicationScoped
public class ReporterRecords {
    /** What a word can be worth, and what that of somebody is of whom no ruling has said anything. */
    public static final double MOST = Trust.MOST;

    public static final double OF_A_NEWCOMER = Trust.NEW;

    private static final Pattern PUBLIC_ID = Pattern.compile(Reporters.PUBLIC_PREFIX + "([0-9a-f]{16})");
    private static final String REPORTERS =
            "SELECT r.number, r.public_id, r.made_on, r.upheld, r.not_upheld, r.set_aside,"
                    + " (SELECT COUNT(*) FROM report p WHERE p.reporter = r.number AND p.outcome IS NULL) FROM reporter r";

    private final Store store;
    private final Directory directory;

    ReporterRecords(Store store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    /** @param number to go on from */
    public record Known(long number, String publicId, LocalDate since, Merits merits) {
        /** Whether any ruling said that it was right or wrong. */
        public boolean isProven() {
            return merits.upheld() + merits.notUpheld() > 0;
        }

        /** Against somebody of whom no ruling has said anything: below 0 where its word is worth less, above where more. */
        public int againstNew() {
            return againstNewcomers(merits.trust());
        }
    }

    /**
     * One thing a reporter reported.
     *
     * @param accountId null where nobody knows the account yet
     * @param reports of the same by different reporters that nobody ruled on; 0 when none waits
     * @param clusters of these reporters that can be taken for independent of each other
     */
    public record Made(
            LocalDate day,
            String practice,
            @Nullable Integer accountId,
            @Nullable Adjudication ruled,
            int reports,
            int clusters) {}

    /** Whether a word of this worth counts for less (-1), as much (0) or more (1) than that of somebody new. */
    public static int againstNewcomers(double trust) {
        return Long.compare(Math.round(100 * trust), Math.round(100 * Trust.NEW));
    }

    /** Those of whom a report is kept, whoever came last before the others. */
    public List<Known> before(long number, int limit) {
        return store.readPromptly(connection -> {
            List<Long> numbers = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT DISTINCT reporter FROM report WHERE reporter < ? ORDER BY reporter DESC LIMIT ?")) {
                select.setLong(1, number);
                select.setInt(2, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        numbers.add(row.getLong(1));
                    }
                }
            }
            if (numbers.isEmpty()) {
                return List.of();
            }
            String list = String.join(",", numbers.stream().map(String::valueOf).toList());
            try (PreparedStatement select = connection.prepareStatement(
                    REPORTERS + " WHERE r.number IN (" + list + ") ORDER BY r.number DESC")) {
                return known(connection, select);
            }
        });
    }

    /** Empty for whatever is nobody's public id. */
    public Optional<Known> find(String publicId) {
        Matcher id = PUBLIC_ID.matcher(publicId);
        if (!id.matches()) {
            return Optional.empty();
        }
        return store.readPromptly(connection -> {
            try (PreparedStatement select = connection.prepareStatement(REPORTERS + " WHERE r.public_id = ?")) {
                select.setString(1, id.group(1));
                return known(connection, select).stream().findFirst();
            }
        });
    }

    /** What this reporter reported, the newest first; of one there are at most a thousand. */
    public List<Made> of(Connection connection, Known reporter, int skipped, int limit) throws SQLException {
        List<Made> made = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT sent_at, practice, account_id, outcome"
                + " FROM report WHERE reporter = ? ORDER BY sent_at DESC, id LIMIT ? OFFSET ?")) {
            select.setLong(1, reporter.number());
            select.setInt(2, limit);
            select.setInt(3, skipped);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String account = row.getString(3);
                    String outcome = row.getString(4);
                    made.add(new Made(
                            LocalDate.ofEpochDay(row.getLong(1) / 86_400),
                            row.getString(2),
                            account == null ? null : Integer.valueOf(account),
                            outcome == null ? null : Adjudication.values()[Integer.parseInt(outcome)],
                            0,
                            0));
                }
            }
        }
        return withOthers(connection, made);
    }

    /** The same under the numbers the accounts have now, with how many others say so. */
    private List<Made> withOthers(Connection connection, List<Made> made) throws SQLException {
        Set<Integer> named =
                made.stream().map(Made::accountId).filter(Objects::nonNull).collect(Collectors.toSet());
        Map<Integer, Integer> merged = directory.mergedInto(connection, named);
        Set<Integer> accounts =
                named.stream().map(id -> merged.getOrDefault(id, id)).collect(Collectors.toSet());
        Map<String, Weighed> weighed = ReportsRepository.weighed(connection, accounts).stream()
                .collect(Collectors.toMap(one -> one.accountId() + " " + one.practice(), one -> one));
        return made.stream()
                .map(one -> {
                    Integer account = one.accountId == null ? null : merged.getOrDefault(one.accountId, one.accountId);
                    Weighed all = weighed.get(account + " " + one.practice);
                    return new Made(
                            one.day,
                            one.practice,
                            account,
                            one.ruled,
                            all == null ? 0 : all.reports(),
                            all == null ? 0 : all.clusters());
                })
                .toList();
    }

    private static List<Known> known(Connection connection, PreparedStatement select) throws SQLException {
        Rulings all = ReportsRepository.rulings(connection);
        List<Known> known = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Rulings own = new Rulings(row.getInt(4), row.getInt(5));
                String publicId = Reporters.PUBLIC_PREFIX + row.getString(2);
                known.add(new Known(
                        row.getLong(1),
                        publicId,
                        LocalDate.ofEpochDay(row.getLong(3)),
                        new Merits(
                                publicId,
                                row.getInt(7),
                                own.upheld(),
                                own.notUpheld(),
                                row.getInt(6),
                                Trust.of(own, all))));
            }
        }
        return known;
    }
}
