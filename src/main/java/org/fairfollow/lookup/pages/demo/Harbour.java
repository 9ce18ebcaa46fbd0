package org.fairfollow.lookup.pages.demo;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Follows;
import org.fairfollow.lookup.pages.Chip;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** The invented site's people and who follows whom, read from the demo's store in bounded pieces. */
@ApplicationScoped
class Harbour {
    static final int PEOPLE_A_PAGE = 24;
    static final int FOLLOWERS_A_PAGE = 30;
    /** Pages of followers that can be asked for: a skip reads what it skips. */
    static final int LAST_PAGE = 50;
    /** Verdicts looked through for somebody to suggest. */
    private static final int CANDIDATES = 8;
    /** And for somebody who answered, as few do. */
    private static final int ANSWERED_AMONG = 200;

    private final Store store;
    private final Directory directory;
    private final Follows follows;
    private final Ledger ledger;

    Harbour(Store store, Directory directory, Follows follows, Ledger ledger) {
        this.store = store;
        this.directory = directory;
        this.follows = follows;
        this.ledger = ledger;
    }

    /** Somebody worth a visit, with what the service holds of them. */
    record Suggested(Person person, Chip standing) {}

    /** @param practice its name, and what else there is to say */
    record Example(String practice, Suggested suggested) {}

    /**
     * @param suggested by what is held about follow-churn
     * @param examples of the other practices
     * @param followedByListed somebody whose newest followers are shown with a listed one among them; null when there is
     *     nobody
     * @param next number of the last account looked at; null at the end
     */
    record Welcome(
            List<Suggested> suggested,
            List<Example> examples,
            @Nullable Person followedByListed,
            List<Person> people,
            @Nullable Integer next) {}

    record Profile(Person person, Follows.Counts counts) {}

    record Followers(Person person, List<Person> followers, int page, boolean more) {}

    Welcome welcome(int after) {
        return store.readPromptly(connection -> {
            List<Suggested> suggested = new ArrayList<>();
            suggested.addAll(suggest(connection, Practice.FOLLOW_CHURN, Standing.LIKELY, 2));
            suggested.addAll(suggest(connection, Practice.FOLLOW_CHURN, Standing.SIGNS, 1));
            suggested.addAll(suggest(connection, Practice.FOLLOW_CHURN, Standing.NOT_FOUND, 1));
            suggested.addAll(suggest(connection, Practice.FOLLOW_CHURN, Standing.UNKNOWN, 1));
            List<Account> accounts = directory.list(connection, Network.BLUESKY, after, PEOPLE_A_PAGE);
            return new Welcome(
                    suggested,
                    examples(connection),
                    suggested.isEmpty() ? null : followedBy(connection, suggested.getFirst()),
                    accounts.stream().map(Person::of).flatMap(Optional::stream).toList(),
                    accounts.size() < PEOPLE_A_PAGE
                            ? null
                            : Integer.valueOf(accounts.getLast().id()));
        });
    }

    /** Empty when nobody invented has this handle. */
    Optional<Profile> profile(AccountName handle) {
        return store.readPromptly(connection -> {
            Optional<Person> person = find(connection, handle);
            return person.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Profile(
                            person.get(), follows.count(connection, person.get().id())));
        });
    }

    /** @param page counted from 1 */
    Optional<Followers> followers(AccountName handle, int page) {
        return store.readPromptly(connection -> {
            Optional<Person> person = find(connection, handle);
            if (person.isEmpty()) {
                return Optional.empty();
            }
            // One more than is shown, to know whether there are more.
            List<Integer> newest = follows.newestFollowers(
                    connection, person.get().id(), (page - 1) * FOLLOWERS_A_PAGE, FOLLOWERS_A_PAGE + 1);
            boolean more = newest.size() > FOLLOWERS_A_PAGE && page < LAST_PAGE;
            List<Integer> shown = newest.subList(0, Math.min(newest.size(), FOLLOWERS_A_PAGE));
            return Optional.of(new Followers(person.get(), people(connection, shown), page, more));
        });
    }

    /** Some of every kind, in an order that has nothing to do with it. */
    List<Person> newFollowers() {
        return store.readPromptly(connection -> {
            List<Suggested> some = new ArrayList<>();
            for (Standing standing : List.of(Standing.LIKELY, Standing.NOT_FOUND, Standing.UNKNOWN)) {
                some.addAll(suggest(connection, Practice.FOLLOW_CHURN, standing, 4));
            }
            return some.stream()
                    .map(Suggested::person)
                    .sorted((a, b) ->
                            Integer.compare(a.did().hashCode(), b.did().hashCode()))
                    .toList();
        });
    }

    private Optional<Person> find(Connection connection, AccountName handle) throws SQLException {
        return directory.find(connection, handle).flatMap(Person::of);
    }

    private List<Example> examples(Connection connection) throws SQLException {
        List<Example> examples = new ArrayList<>();
        for (Detector detector : Detectors.all()) {
            Practice practice = detector.practice();
            if (practice == Practice.FOLLOW_CHURN) {
                continue;
            }
            String name = detector.describe().name();
            for (Standing standing : List.of(Standing.CONFIRMED, Standing.LIKELY)) {
                suggest(connection, practice, standing, 1).forEach(one -> examples.add(new Example(name, one)));
            }
            List<Verdict> answered = ledger.of(connection, practice, Standing.SIGNS, ANSWERED_AMONG).stream()
                    .filter(verdict -> verdict.decision().rebuttal() != null)
                    .toList();
            suggest(connection, answered, Standing.SIGNS, 1)
                    .forEach(one -> examples.add(new Example(name + ", answered by its owner", one)));
        }
        return examples;
    }

    private List<Suggested> suggest(Connection connection, Practice practice, Standing standing, int count)
            throws SQLException {
        return suggest(connection, ledger.of(connection, practice, standing, CANDIDATES), standing, count);
    }

    private List<Suggested> suggest(Connection connection, List<Verdict> verdicts, Standing standing, int count)
            throws SQLException {
        List<Integer> accounts = verdicts.stream().map(Verdict::accountId).toList();
        return people(connection, accounts).stream()
                .limit(count)
                .map(person -> new Suggested(person, Chip.of(standing)))
                .toList();
    }

    private @Nullable Person followedBy(Connection connection, Suggested listed) throws SQLException {
        List<Integer> followed =
                follows.newestFollowed(connection, listed.person().id(), CANDIDATES);
        for (Person person : people(connection, followed)) {
            if (follows.newestFollowers(connection, person.id(), 0, FOLLOWERS_A_PAGE)
                    .contains(listed.person().id())) {
                return person;
            }
        }
        return null;
    }

    /** Those among them who are shown here, in the same order. */
    private List<Person> people(Connection connection, Collection<Integer> accounts) throws SQLException {
        Map<Integer, Account> known = directory.load(connection, accounts);
        return accounts.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .map(Person::of)
                .flatMap(Optional::stream)
                .toList();
    }
}
