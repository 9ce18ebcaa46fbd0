package org.fairfollow.network.outbound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.fairfollow.network.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A list of followers as its pages come, the newest first. Whoever comes twice, for the list moved meanwhile, keeps the first rank.
 *
 * @param <T> what is known of one of them
 */
public final class FollowerList<T> {
    /** Pages in a row that bring nobody new, until one believes that no others will. */
    private static final int IDLE_PAGES = 3;

    private final Map<String, T> inOrder = new LinkedHashMap<>();
    private int idlePages;
    private boolean ended;

    /**
     * Adds the followers of a page.
     *
     * @param page by the network's ids
     * @param last whether the network says that there is no other
     * @return whether to ask for another
     */
    public boolean addPage(Map<String, T> page, boolean last) {
        int before = reached();
        page.forEach(inOrder::putIfAbsent);
        idlePages = reached() == before ? idlePages + 1 : 0;
        ended = last || idlePages > 0;
        return !last && idlePages < IDLE_PAGES;
    }

    /** How many there are so far, which is the last one's rank. */
    public int reached() {
        return inOrder.size();
    }

    /**
     * How many there are in all. A list that was read to its end is all there is to rank, but when far fewer are in it than the
     * profile counts, most are withheld.
     *
     * @param told by the profile
     * @throws UnansweredException when there are more than the profile counts, and nobody knows how many
     */
    public long total(@Nullable Long told) throws UnansweredException {
        if (!ended && (told == null || told <= reached())) {
            throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
        }
        boolean all = told == null || (ended && reached() >= told - told / 10);
        return all ? reached() : told;
    }

    /**
     * Some of them by rank, evenly over all ranks from a random start.
     *
     * @param most how many
     */
    public SortedMap<Integer, T> sample(int most, RandomGenerator random) {
        List<T> all = new ArrayList<>(inOrder.values());
        int size = Math.min(most, all.size());
        double step = (double) all.size() / Math.max(1, size);
        // Where all are taken the step is one, and there is nothing to draw.
        double start = size == all.size() ? 0 : random.nextDouble() * step;
        SortedMap<Integer, T> sample = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            int place = Math.min(all.size() - 1, (int) (start + i * step));
            sample.put(place + 1, all.get(place));
        }
        return sample;
    }
}
