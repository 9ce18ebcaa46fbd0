package org.fairfollow.lookup.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fairfollow.account.Network;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.EvidenceLookup;
import org.fairfollow.lookup.PathName;
import org.fairfollow.publication.AccountJson;
import org.jspecify.annotations.Nullable;

/**
 * What is held of an account, for people.
 *
 * @param name the handle, or the native id where no handle is known
 * @param nativeId null where it is not known, or is the name
 * @param away the database is away: only what is listed can be told
 * @param known whether anything was ever seen of the account
 * @param verdicts empty when nothing is known
 * @param coverage when the stream was watched, in words; empty when that is not known
 * @param measurement what there is of a measurement, in words; null where there is none
 * @param measurable whether it may be measured now for the asking
 */
record AccountView(
        String name,
        boolean isHandle,
        String network,
        @Nullable String nativeId,
        String profileUrl,
        String json,
        boolean away,
        boolean known,
        List<VerdictView> verdicts,
        List<String> coverage,
        @Nullable String measurement,
        boolean measurable,
        Sharing sharing) {

    /** Where somebody asks for a measurement. */
    String measure() {
        return page() + "/measurement";
    }

    /** Its page, below which its charts' numbers are. */
    String page() {
        return json.substring("/v1".length());
    }

    /** Where its owner answers. */
    String answer() {
        return "/disputes/about/" + json.substring("/v1/accounts/".length());
    }

    /** Whether there is something that the script makes to be looked into. */
    boolean live() {
        return verdicts.stream().flatMap(verdict -> verdict.charts().stream()).anyMatch(chart -> !chart.live()
                .isEmpty());
    }

    /** Verdicts that rest on something, those that hold something against the account first. */
    List<VerdictView> seen() {
        return verdicts.stream()
                .filter(verdict -> !verdict.unseen())
                .sorted(Comparator.comparing(
                        verdict -> GRAVEST_FIRST.indexOf(verdict.standing().form())))
                .toList();
    }

    List<VerdictView> unseen() {
        return verdicts.stream().filter(VerdictView::unseen).toList();
    }

    private static final List<String> GRAVEST_FIRST =
            List.of("confirmed", "likely", "signs", "cleared", "not-found", "unknown");

    /** Stretches of watched time that are told one by one. */
    private static final int STRETCHES = 4;

    static AccountView of(AccountLookup.Answer answer, Optional<EvidenceLookup.Evidence> evidence, Instant now) {
        AccountJson account = answer.account();
        String name = Objects.requireNonNullElse(account.handle(), String.valueOf(account.nativeId()));
        boolean known = answer.status().equals("assessed");
        return new AccountView(
                name,
                account.handle() != null,
                networkName(account.network()),
                account.handle() == null ? null : account.nativeId(),
                account.profileUrl(),
                "/v1/accounts/" + account.network() + "/" + PathName.of(name),
                answer.stale() || evidence.isEmpty(),
                known,
                known ? verdicts(answer, evidence) : List.of(),
                evidence.map(e -> coverage(e.coverage())).orElse(List.of()),
                answer.measurement() == null ? null : MeasurementWords.of(answer.measurement()),
                isMeasurable(answer, now),
                Sharing.of(answer));
    }

    /** X shows its accounts to nobody who has none there; what is listed is measured again by itself before it lapses. */
    private static boolean isMeasurable(AccountLookup.Answer answer, Instant now) {
        return !answer.stale()
                && !answer.account().network().equals(Network.X.id())
                && (answer.measurement() == null || answer.measurement().isPast(now))
                && answer.verdicts().stream()
                        .noneMatch(verdict -> verdict.standing().isListed());
    }

    private static List<VerdictView> verdicts(AccountLookup.Answer answer, Optional<EvidenceLookup.Evidence> evidence) {
        return answer.verdicts().stream()
                .map(verdict -> VerdictView.of(
                        verdict,
                        evidence.flatMap(seen -> Optional.ofNullable(
                                seen.practices().get(verdict.practice().id())))))
                .flatMap(Optional::stream)
                .toList();
    }

    static String networkName(String network) {
        if (network.equals(Network.X.id())) {
            return "X";
        }
        return network.equals(Network.BLUESKY.id()) ? "Bluesky" : "Mastodon";
    }

    private static List<String> coverage(List<EvidenceLookup.Watched> watched) {
        if (watched.size() <= STRETCHES) {
            return watched.stream()
                    .map(span -> Written.moment(span.from()) + " to " + Written.moment(span.to()))
                    .toList();
        }
        Duration seen = watched.stream()
                .map(span -> Duration.between(span.from(), span.to()))
                .reduce(Duration.ZERO, Duration::plus);
        Duration all =
                Duration.between(watched.getFirst().from(), watched.getLast().to());
        return List.of(Written.moment(watched.getFirst().from()) + " to "
                + Written.moment(watched.getLast().to()) + ", in " + watched.size() + " stretches: "
                + Math.floorDiv(100 * seen.toSeconds(), Math.max(1, all.toSeconds())) + " % of the time");
    }
}
