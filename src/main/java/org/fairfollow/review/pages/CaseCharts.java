package org.fairfollow.review.pages;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.lookup.EvidenceLookup;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.fairfollow.lookup.PathName;
import org.fairfollow.lookup.Practices;
import org.fairfollow.lookup.pages.Chart;
import org.fairfollow.lookup.pages.Charts;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.review.CaseJson;

/** Draws a case's evidence as its account's own page does; what is hidden there is drawn from what the rules found. */
@ApplicationScoped
class CaseCharts {
    private static final PracticeEvidence NONE = new PracticeEvidence(List.of(), List.of());

    private final EvidenceLookup evidence;

    CaseCharts(EvidenceLookup evidence) {
        this.evidence = evidence;
    }

    /**
     * @param page of the account, where the charts' numbers are
     * @param byPractice those that have any
     */
    record Drawn(String page, Map<Practice, List<Chart>> byPractice) {
        List<Chart> of(Practice practice) {
            return byPractice.getOrDefault(practice, List.of());
        }

        /** Whether any of them can be looked into more than a picture. */
        boolean live() {
            return byPractice.values().stream().flatMap(List::stream).anyMatch(chart -> !chart.live()
                    .isEmpty());
        }
    }

    Drawn of(CaseJson shown) {
        AccountJson account = shown.account();
        Network network = Network.of(account.network()).orElseThrow();
        String id = account.nativeId();
        String handle = account.handle();
        // By the id where there is one: who has the handle now may be somebody else.
        AccountName name = id != null
                ? new AccountName(network, AccountName.Kind.NATIVE_ID, id)
                : new AccountName(network, AccountName.Kind.HANDLE, String.valueOf(handle));
        Map<String, PracticeEvidence> seen = evidence.of(name).practices();
        Map<Practice, List<Chart>> charts = new EnumMap<>(Practice.class);
        for (CaseJson.OfPractice one : shown.practices()) {
            CaseJson.Found rules = one.rules();
            if (rules != null) {
                PracticeEvidence open = seen.getOrDefault(one.practice().id(), NONE);
                PracticeEvidence all =
                        open.tables().isEmpty() ? new PracticeEvidence(open.series(), rules.tables()) : open;
                Practices.of(one.practice())
                        .map(described -> Charts.of(described, rules.reasons(), null, Optional.of(all)))
                        .filter(drawn -> !drawn.isEmpty())
                        .ifPresent(drawn -> charts.put(one.practice(), drawn));
            }
        }
        return new Drawn(
                "/accounts/" + network.id() + "/" + PathName.of(Objects.requireNonNullElse(handle, name.value())),
                charts);
    }
}
