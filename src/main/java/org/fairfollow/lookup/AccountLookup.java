package org.fairfollow.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.Payload;
import org.fairfollow.publication.PublishedAccount;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.Snapshot;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is held of an account. All that is held of a listed one comes from the published snapshot; of others from the ledger,
 * and is never shown above {@code signs}. Without a database only listed accounts can be told of.
 */
@ApplicationScoped
public class AccountLookup {
    private final Publisher publisher;
    private final Store store;
    private final Directory directory;
    private final Ledger ledger;
    private final Measurements measurements;
    private final String publicUrl;
    private volatile UnheardOf unheardOf = UnheardOf.of(Instant.EPOCH);

    AccountLookup(
            Publisher publisher,
            Store store,
            Directory directory,
            Ledger ledger,
            Measurements measurements,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        this.publisher = publisher;
        this.store = store;
        this.directory = directory;
        this.ledger = ledger;
        this.measurements = measurements;
        this.publicUrl = publicUrl.replaceFirst("(?<!/)/+$", "");
    }

    /**
     * An account and its verdicts as clients see them.
     *
     * @param measurement null where there is none; where the account is listed or one of several it is not looked for
     */
    public record Answer(
            AccountJson account,
            String status,
            Instant asOf,
            boolean stale,
            List<VerdictJson> verdicts,
            Measurements.@Nullable Status measurement,
            Links links) {}

    /** @param dispute where the account's owner answers */
    public record Links(String page, String dispute) {}

    /** What is told of each name, in order. */
    Map<AccountName, Answer> answer(Collection<AccountName> names) {
        return answer(names, false);
    }

    private Map<AccountName, Answer> answer(Collection<AccountName> names, boolean withMeasurement) {
        Optional<Snapshot> snapshot = publisher.current();
        Map<AccountName, PublishedAccount> listed = new HashMap<>();
        snapshot.ifPresent(
                release -> names.forEach(name -> release.find(name).ifPresent(account -> listed.put(name, account))));
        List<AccountName> others =
                names.stream().filter(name -> !listed.containsKey(name)).toList();
        Map<AccountName, Known> known = Map.of();
        boolean away = false;
        try {
            known = others.isEmpty() ? known : readLedger(others, withMeasurement);
        } catch (DatabaseAwayException e) {
            if (snapshot.isEmpty()) {
                // Nobody knows who is listed: "not listed" would be a guess.
                throw e;
            }
            away = true;
        }
        Instant publishedAt = publishedAt(snapshot);
        Map<AccountName, Answer> answers = new LinkedHashMap<>();
        for (AccountName name : names) {
            PublishedAccount published = listed.get(name);
            answers.put(
                    name,
                    published != null
                            ? answer(published, publishedAt)
                            : answer(name, known.get(name), publishedAt, away));
        }
        return answers;
    }

    public Answer answer(AccountName name) {
        return Objects.requireNonNull(answer(List.of(name), true).get(name));
    }

    /**
     * The answer on a listed account as JSON, put together from what lies ready in the snapshot; empty when it is not listed. It
     * never asks the database.
     */
    Optional<byte[]> listedJson(AccountName name) {
        return publisher.current().flatMap(snapshot -> snapshot.find(name)
                .map(account -> json(account, snapshot.manifest().publishedAt())));
    }

    private byte[] json(PublishedAccount published, Instant publishedAt) {
        Map<Practice, byte[]> verdicts = new TreeMap<>(unheardOf(publishedAt).json);
        published.verdicts().forEach(told -> verdicts.put(told.practice(), told.json()));
        Instant asOf = Instant.ofEpochSecond(published.asOf());
        return json(published.account(), "assessed", asOf, publisher.isStale(), verdicts, null);
    }

    /** The answer on any account as JSON: what {@link #answer(AccountName)} says, written faster. */
    byte[] json(AccountName name) {
        Answer answer = answer(name);
        UnheardOf unheardOf = unheardOf(publishedAt(publisher.current()));
        Map<Practice, byte[]> verdicts = new TreeMap<>();
        for (VerdictJson verdict : answer.verdicts) {
            Practice practice = verdict.practice();
            // Of most practices nothing was seen of most accounts: what is said then is written already.
            verdicts.put(
                    practice,
                    verdict == unheardOf.verdicts.get(practice)
                            ? Objects.requireNonNull(unheardOf.json.get(practice))
                            : Payload.jsonBytes(verdict));
        }
        return json(answer.account, answer.status, answer.asOf, answer.stale, verdicts, answer.measurement);
    }

    private byte[] json(
            AccountJson account,
            String status,
            Instant asOf,
            boolean stale,
            Map<Practice, byte[]> verdicts,
            Measurements.@Nullable Status measurement) {
        JsonBytes json = new JsonBytes(1_024 * (1 + verdicts.size()));
        json.raw("{\"account\":").raw(Payload.jsonBytes(account));
        json.raw(",\"status\":\"" + status + "\",\"asOf\":\"" + asOf);
        json.raw("\",\"stale\":" + stale + ",\"verdicts\":[");
        String separator = "";
        for (byte[] verdict : verdicts.values()) {
            json.raw(separator).raw(verdict);
            separator = ",";
        }
        json.raw("]");
        if (measurement != null) {
            json.raw(",\"measurement\":").raw(Payload.jsonBytes(measurement));
        }
        json.raw(",\"links\":").raw(Payload.jsonBytes(links(account))).raw("}");
        return json.bytes();
    }

    private static Instant publishedAt(Optional<Snapshot> snapshot) {
        return snapshot.map(release -> release.manifest().publishedAt()).orElse(Instant.EPOCH);
    }

    private Answer answer(PublishedAccount published, Instant publishedAt) {
        Map<Practice, VerdictJson> verdicts = new TreeMap<>(unheardOf(publishedAt).verdicts);
        published.verdicts().forEach(told -> verdicts.put(told.practice(), told.read()));
        AccountJson account = published.account();
        return new Answer(
                account,
                "assessed",
                Instant.ofEpochSecond(published.asOf()),
                publisher.isStale(),
                List.copyOf(verdicts.values()),
                null,
                links(account));
    }

    /** @param account null: nobody is known by that name */
    private record Known(
            @Nullable Account account, List<Verdict> verdicts, Measurements.@Nullable Status measurement) {}

    private Map<AccountName, Known> readLedger(Collection<AccountName> names, boolean withMeasurement) {
        return store.readPromptly(connection -> {
            Map<AccountName, Account> accounts = directory.find(connection, names);
            Map<Integer, List<Verdict>> verdicts = ledger.of(
                    connection, accounts.values().stream().map(Account::id).toList());
            Map<AccountName, Known> found = new HashMap<>();
            for (AccountName name : names) {
                Account account = accounts.get(name);
                found.put(
                        name,
                        new Known(
                                account,
                                account == null ? List.of() : verdicts.getOrDefault(account.id(), List.of()),
                                withMeasurement
                                        ? measurements
                                                .of(connection, name, account)
                                                .orElse(null)
                                        : null));
            }
            return found;
        });
    }

    /** The answer on an account that is not listed; what is held of it shows at most as signs. */
    private Answer answer(AccountName name, @Nullable Known known, Instant publishedAt, boolean away) {
        Map<Practice, VerdictJson> verdicts = new TreeMap<>();
        if (!away) {
            verdicts.putAll(unheardOf(publishedAt).verdicts);
        }
        List<Verdict> held = known == null ? List.of() : known.verdicts;
        held.forEach(verdict ->
                verdicts.put(verdict.finding().practice(), VerdictJson.of(PublishedAccount.unlisted(verdict))));
        AccountJson account =
                known == null || known.account == null ? AccountJson.of(name) : AccountJson.of(known.account);
        Instant asOf = verdicts.values().stream()
                .map(VerdictJson::asOf)
                .max(Comparator.naturalOrder())
                .orElse(publishedAt);
        String status = !held.isEmpty() ? "assessed" : away ? "not-listed" : "unknown";
        return new Answer(
                account,
                status,
                asOf,
                away,
                List.copyOf(verdicts.values()),
                known == null ? null : known.measurement,
                links(account));
    }

    /** What is told of a practice nothing was seen of: what would be needed to judge it. The same for every account. */
    private record UnheardOf(Instant asOf, Map<Practice, VerdictJson> verdicts, Map<Practice, byte[]> json) {
        static UnheardOf of(Instant asOf) {
            Map<Practice, VerdictJson> verdicts = new EnumMap<>(Practice.class);
            Map<Practice, byte[]> json = new EnumMap<>(Practice.class);
            for (Detector detector : Detectors.all()) {
                Finding finding = detector.judge(Dossier.empty(asOf.getEpochSecond()));
                VerdictJson verdict =
                        VerdictJson.of(Verdict.undecided(0, Standing.UNKNOWN, null, finding, asOf.getEpochSecond(), 0));
                verdicts.put(detector.practice(), verdict);
                json.put(detector.practice(), Payload.jsonBytes(verdict));
            }
            return new UnheardOf(asOf, verdicts, json);
        }
    }

    private UnheardOf unheardOf(Instant asOf) {
        UnheardOf last = unheardOf;
        if (!last.asOf.equals(asOf)) {
            last = UnheardOf.of(asOf);
            unheardOf = last;
        }
        return last;
    }

    private Links links(AccountJson account) {
        String name = account.handle() != null ? account.handle() : String.valueOf(account.nativeId());
        String path = account.network() + "/" + PathName.of(name);
        return new Links(publicUrl + "/accounts/" + path, publicUrl + "/disputes/about/" + path);
    }
}
