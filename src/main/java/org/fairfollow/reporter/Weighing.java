package org.fairfollow.reporter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.ObserverClusters;
import org.fairfollow.evidence.ObserverClusters.Telling;
import org.fairfollow.evidence.text.Bands;
import org.fairfollow.reporter.Reports.Complaint;
import org.fairfollow.reporter.Reports.Message;
import org.fairfollow.reporter.ReportsRepository.Told;
import org.fairfollow.reporter.ReportsRepository.Weighed;
import org.fairfollow.reporter.Trust.Rulings;
import org.jspecify.annotations.Nullable;

/**
 * The reports of one practice of an account, in clusters of those who may be one person.
 *
 * @param told the heaviest of them
 * @param clusters in the order of time
 * @param trust of each reporter
 */
record Weighing(List<Told> told, List<List<Telling>> clusters, Map<String, Double> trust) {
    /** Of more than these the heaviest stand for all: a crowd cannot make it slow, and adds next to nothing. */
    private static final int MOST = 1_000;

    /**
     * @param told of one practice of one account
     * @param accounts that account, under all its numbers
     * @param subjects what else the reporters reported
     * @param all rulings on whatever was reported
     */
    static Weighing of(List<Told> told, Set<Integer> accounts, Map<Long, List<Integer>> subjects, Rulings all) {
        Map<Rulings, Double> known = new HashMap<>();
        Map<String, Double> trust = new HashMap<>();
        for (Told one : told) {
            trust.put(observer(one), known.computeIfAbsent(one.rulings(), own -> Trust.of(own, all)));
        }
        List<Told> heaviest = told.size() <= MOST
                ? told
                : told.stream()
                        .sorted(Comparator.comparingDouble(
                                        (Told one) -> Trust.then(trust.getOrDefault(observer(one), 0.0), one.sentAt()))
                                .reversed()
                                .thenComparingLong(Told::reporter))
                        .limit(MOST)
                        .toList();
        List<Telling> tellings = heaviest.stream()
                .map(one -> new Telling(observer(one), one.sentAt()))
                .toList();
        Map<String, List<Integer>> alsoReported = new HashMap<>();
        if (tellings.size() > 1) {
            for (Told one : heaviest) {
                alsoReported.computeIfAbsent(
                        observer(one), observer -> subjects.getOrDefault(one.reporter(), List.of()).stream()
                                .filter(subject -> !accounts.contains(subject))
                                .toList());
            }
        }
        return new Weighing(heaviest, ObserverClusters.apart(tellings, alsoReported), trust);
    }

    private static String observer(Told one) {
        return String.valueOf(one.reporter());
    }

    /** @param all every report of the case, those left out of the clusters included */
    Weighed weighed(int accountId, List<Told> all) {
        return new Weighed(
                accountId,
                all.getFirst().practice(),
                reporters(all),
                clusters.size(),
                reporters(all.stream().filter(one -> one.message() != null).toList()),
                Trust.then(clusters, reporter -> trust.getOrDefault(reporter, 0.0)),
                all.stream().mapToLong(Told::sentAt).min().orElseThrow(),
                all.stream().mapToLong(Told::sentAt).max().orElseThrow());
    }

    private static int reporters(Collection<Told> told) {
        return (int) told.stream().mapToLong(Told::reporter).distinct().count();
    }

    List<Complaint> complaints(long now) {
        Map<String, Integer> clusterOf = new HashMap<>();
        for (int i = 0; i < clusters.size(); i++) {
            for (Telling telling : clusters.get(i)) {
                clusterOf.put(telling.observer(), i + 1);
            }
        }
        List<Complaint> complaints = new ArrayList<>();
        for (Told one : told) {
            double worth = trust.getOrDefault(observer(one), 0.0);
            complaints.add(new Complaint(
                    Reporters.PUBLIC_PREFIX + one.publicId(),
                    worth,
                    one.practice(),
                    one.note(),
                    one.sentAt() / 86_400,
                    clusterOf.getOrDefault(observer(one), 0),
                    Trust.now(Trust.then(worth, one.sentAt()), now),
                    one.keptFor(),
                    one.message() == null ? null : message(one.message(), clusterOf),
                    one.ruled()));
        }
        return complaints;
    }

    private Message message(MessageTold message, Map<String, Integer> clusterOf) {
        Set<String> alike = told.stream()
                .filter(other -> other.message() != null && isAlike(message, other.message()))
                .map(Weighing::observer)
                .collect(Collectors.toCollection(HashSet::new));
        return new Message(
                message.kind().name().toLowerCase(java.util.Locale.ROOT),
                message.delaySeconds(),
                message.hasLink(),
                alike.size(),
                (int) alike.stream().map(clusterOf::get).distinct().count());
    }

    private static boolean isAlike(MessageTold one, @Nullable MessageTold other) {
        return other != null
                && (one.fingerprint().equals(other.fingerprint())
                        || Bands.parse(one.bands())
                                .flatMap(bands -> Bands.parse(other.bands()).map(bands::similarity))
                                .filter(similarity -> similarity >= Bands.NEAR_DUPLICATE)
                                .isPresent());
    }
}
