package org.fairfollow.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.Listed;
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
 * Answers what is held of an account. What is listed comes from the published snapshot; the rest from the ledger, and is
 * never shown above {@code signs}. Without a database only what is listed can be told.
 */
@ApplicationScoped
public class AccountLookup {
    private final Publisher publisher;
    private final Store store;
    private final Directory directory;
    private final Ledger ledger;
    private final String publicUrl;

    AccountLookup(
            Publisher publisher,
            Store store,
            Directory directory,
            Ledger ledger,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        this.publisher = publisher;
        this.store = store;
        this.directory = directory;
        this.ledger = ledger;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    /** An account and its verdicts as clients see them. */
    public record Answer(
            AccountJson account, String status, Instant asOf, boolean stale, List<VerdictJson> verdicts, Links links) {}

    public record Links(String page) {}

    /** What is told of each name, in order. */
    Map<AccountName, Answer> answer(Collection<AccountName> names) {
        Optional<Snapshot> snapshot = publisher.current();
        Map<AccountName, Known> known;
        boolean stale = false;
        try {
            known = store.readPromptly(connection -> {
                Map<AccountName, Account> accounts = directory.find(connection, names);
                Map<Integer, List<Verdict>> verdicts =
                        ledger.of(accounts.values().stream().map(Account::id).toList());
                Map<AccountName, Known> found = new HashMap<>();
                accounts.forEach((name, account) ->
                        found.put(name, new Known(account, verdicts.getOrDefault(account.id(), List.of()))));
                return found;
            });
        } catch (DatabaseAwayException e) {
            known = Map.of();
            stale = true;
        }
        Map<AccountName, Answer> answers = new LinkedHashMap<>();
        for (AccountName name : names) {
            Optional<Listed> listed = snapshot.flatMap(published -> published.find(name));
            Instant publishedAt = snapshot.map(published -> published.manifest().publishedAt())
                    .orElse(Instant.EPOCH);
            answers.put(name, answer(name, listed, known.get(name), publishedAt, stale));
        }
        return answers;
    }

    public Answer answer(AccountName name) {
        return Objects.requireNonNull(answer(List.of(name)).get(name));
    }

    private record Known(Account account, List<Verdict> verdicts) {}

    private Answer answer(
            AccountName name, Optional<Listed> listed, @Nullable Known known, Instant publishedAt, boolean stale) {
        List<VerdictJson> verdicts = new ArrayList<>();
        listed.ifPresent(published -> published.verdicts().forEach(verdict -> verdicts.add(VerdictJson.of(verdict))));
        if (known != null) {
            for (Verdict verdict : known.verdicts) {
                boolean shown = verdicts.stream()
                        .anyMatch(v -> v.practice() == verdict.finding().practice());
                if (!shown) {
                    verdicts.add(VerdictJson.of(unlisted(verdict)));
                }
            }
        }
        boolean assessed = !verdicts.isEmpty();
        if (!stale) {
            addWhatIsUnknown(verdicts, publishedAt);
        }
        verdicts.sort(Comparator.comparing(VerdictJson::practice));
        AccountJson account = known != null
                ? AccountJson.of(known.account)
                : listed.map(published -> AccountJson.of(published.account())).orElseGet(() -> AccountJson.of(name));
        Instant asOf = verdicts.stream()
                .map(VerdictJson::asOf)
                .max(Comparator.naturalOrder())
                .orElse(publishedAt);
        String status = assessed ? "assessed" : stale ? "not-listed" : "unknown";
        return new Answer(account, status, asOf, stale, verdicts, new Links(page(account)));
    }

    /** A verdict for each practice: of one without any evidence it says what would be needed. */
    private static void addWhatIsUnknown(List<VerdictJson> verdicts, Instant asOf) {
        Set<Practice> told = verdicts.stream().map(VerdictJson::practice).collect(Collectors.toSet());
        for (Detector detector : Detectors.all()) {
            if (!told.contains(detector.practice())) {
                verdicts.add(unheardOf(detector.judge(Dossier.empty(asOf.getEpochSecond())), asOf));
            }
        }
    }

    /** A verdict that is not, or not yet, published shows at most as signs. */
    private static Verdict unlisted(Verdict verdict) {
        return verdict.standing().isListed()
                ? new Verdict(
                        verdict.accountId(),
                        Standing.SIGNS,
                        null,
                        verdict.finding(),
                        verdict.asOf(),
                        verdict.reviewAt())
                : verdict;
    }

    private static VerdictJson unheardOf(Finding finding, Instant asOf) {
        return VerdictJson.of(new Verdict(0, Standing.UNKNOWN, null, finding, asOf.getEpochSecond(), 0));
    }

    private String page(AccountJson account) {
        String name = account.handle() != null ? account.handle() : String.valueOf(account.nativeId());
        return publicUrl + "/accounts/" + account.network() + "/" + PathName.of(name);
    }
}
