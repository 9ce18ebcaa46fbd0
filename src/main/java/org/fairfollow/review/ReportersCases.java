package org.fairfollow.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.fairfollow.reporter.ReporterRecords;
import org.fairfollow.reporter.ReporterRecords.Known;
import org.fairfollow.reporter.ReporterRecords.Made;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/** The cases that one reporter's reports are in. */
@ApplicationScoped
public class ReportersCases {
    private final Store store;
    private final ReporterRecords records;

    ReportersCases(Store store, ReporterRecords records) {
        this.store = store;
        this.records = records;
    }

    /** @param caseId null where the account is not known, or nothing of it waits or ever did */
    public record Reported(Made report, @Nullable String caseId) {}

    public List<Reported> of(Known reporter, int skipped, int limit) {
        return store.readPromptly(connection -> {
            List<Made> made = records.of(connection, reporter, skipped, limit);
            Map<Integer, CaseRepository.Case> cases = CaseRepository.byAccount(
                    connection,
                    made.stream().map(Made::accountId).filter(Objects::nonNull).collect(Collectors.toSet()));
            return made.stream()
                    .map(one -> {
                        CaseRepository.Case found = cases.get(one.accountId());
                        return new Reported(one, found == null ? null : found.id());
                    })
                    .toList();
        });
    }
}
