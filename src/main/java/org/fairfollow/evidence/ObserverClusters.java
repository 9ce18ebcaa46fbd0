package org.fairfollow.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many of those who tell of an account can be taken for independent of each other. A brigade tells within two days, or
 * tells of the same accounts; so observers who tell of the same others are one cluster, and of clusters only those count
 * between which more than 48 hours lie.
 *
 * <p>Whoever tells within any 48 hours adds one at most, and nobody who joins a cluster adds any: a cluster stands for the
 * whole time from its first telling to its last, which can only grow. Who tells patiently, over weeks, of ever other
 * accounts, is not told from honest people by this.
 */
public final class ObserverClusters {
    private static final long BURST = 48 * 3_600L;
    private static final double ALIKE = .5;
    private static final int SHARED = 2;

    /** @param at when the observer told, Unix epoch seconds */
    public record Telling(String observer, long at) {}

    private record Period(long from, long to) {
        static Period of(List<Telling> tellings) {
            return new Period(
                    tellings.stream().mapToLong(Telling::at).min().orElseThrow(),
                    tellings.stream().mapToLong(Telling::at).max().orElseThrow());
        }

        /** By more than a burst lasts. */
        boolean isLaterThan(Period other) {
            // The difference of times far apart may overflow, and is then negative.
            return from > other.to && (from - other.to > BURST || from - other.to < 0);
        }
    }

    private ObserverClusters() {}

    /**
     * The largest number of clusters of which each two lie more than 48 hours apart.
     *
     * @param alsoObserved the other accounts each observer told of, by number
     */
    public static int count(Collection<Telling> tellings, Map<String, List<Integer>> alsoObserved) {
        return apart(tellings, alsoObserved).size();
    }

    /**
     * The tellings in as many parts, in the order of time: whoever tells of the same accounts as another, or within the same
     * 48 hours, is in one part with them.
     *
     * @param alsoObserved the other accounts each observer told of, by number
     */
    public static List<List<Telling>> apart(Collection<Telling> tellings, Map<String, List<Integer>> alsoObserved) {
        List<List<Telling>> byEnd = ofSameAccounts(tellings, alsoObserved).stream()
                .sorted(Comparator.comparing(
                        Period::of, Comparator.comparingLong(Period::to).thenComparingLong(Period::from)))
                .toList();
        // The period that ends first never stands in the way of more than another would.
        List<List<Telling>> parts = new ArrayList<>();
        Period last = null;
        for (List<Telling> cluster : byEnd) {
            Period period = Period.of(cluster);
            if (last == null || period.isLaterThan(last)) {
                parts.add(new ArrayList<>(cluster));
                last = period;
            } else {
                parts.getLast().addAll(cluster);
            }
        }
        return parts;
    }

    /** The tellings of those who tell of the same other accounts together; everybody else's by observer. */
    public static List<List<Telling>> ofSameAccounts(
            Collection<Telling> tellings, Map<String, List<Integer>> alsoObserved) {
        TreeMap<String, List<Telling>> byObserver = new TreeMap<>();
        tellings.forEach(telling -> byObserver
                .computeIfAbsent(telling.observer(), observer -> new ArrayList<>())
                .add(telling));
        // Observers of exactly the same accounts are one from the start: a brigade costs no more than one of its
        // members.
        Map<List<Integer>, List<Telling>> byAccounts = new HashMap<>();
        List<List<Integer>> accounts = new ArrayList<>();
        List<List<Telling>> groups = new ArrayList<>();
        byObserver.forEach((observer, told) -> {
            List<Integer> others = List.copyOf(new TreeSet<>(alsoObserved.getOrDefault(observer, List.of())));
            List<Telling> same = others.size() < SHARED ? null : byAccounts.get(others);
            if (same != null) {
                same.addAll(told);
            } else {
                byAccounts.put(others, told);
                accounts.add(others);
                groups.add(told);
            }
        });
        return linked(accounts, groups);
    }

    /** How many tellings fall into the 48 hours with the most of them. */
    public static int busiestBurst(Collection<Telling> tellings) {
        List<Period> inOrder = tellings.stream()
                .map(telling -> Period.of(List.of(telling)))
                .sorted(Comparator.comparingLong(Period::from))
                .toList();
        int most = 0;
        int to = 0;
        for (int from = 0; from < inOrder.size(); from++) {
            while (to < inOrder.size() && !inOrder.get(to).isLaterThan(inOrder.get(from))) {
                to++;
            }
            most = Math.max(most, to - from);
        }
        return most;
    }

    /** Single linkage: whoever is alike to one of a cluster belongs to it. */
    private static List<List<Telling>> linked(List<List<Integer>> accounts, List<List<Telling>> groups) {
        int[] parent = new int[groups.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
            for (int j = 0; j < i; j++) {
                int one = root(parent, i);
                int other = root(parent, j);
                if (one != other && alike(accounts.get(i), accounts.get(j))) {
                    parent[one] = other;
                }
            }
        }
        Map<Integer, List<Telling>> clusters = new TreeMap<>();
        for (int i = 0; i < parent.length; i++) {
            clusters.computeIfAbsent(root(parent, i), root -> new ArrayList<>()).addAll(groups.get(i));
        }
        return List.copyOf(clusters.values());
    }

    private static int root(int[] parent, int of) {
        int root = of;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    /** Jaccard similarity of ascending lists of at least {@link #ALIKE}, and accounts enough for it to be no chance. */
    private static boolean alike(List<Integer> one, List<Integer> other) {
        int smaller = Math.min(one.size(), other.size());
        int larger = Math.max(one.size(), other.size());
        if (smaller < SHARED || smaller < ALIKE * larger) {
            return false;
        }
        int shared = 0;
        for (int i = 0, j = 0; i < one.size() && j < other.size(); ) {
            int order = Integer.compare(one.get(i), other.get(j));
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return shared >= SHARED && shared >= ALIKE * (one.size() + other.size() - shared);
    }
}
