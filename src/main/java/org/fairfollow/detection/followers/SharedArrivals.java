package org.fairfollow.detection.followers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Companion;

/**
 * How many of the arrivals other accounts share.
 *
 * @param arrivals in all
 * @param companions other accounts that share enough of them
 * @param pack of these, accounts that share so many that they may stand in a starter pack together
 * @param shared arrivals shared with each account, most first
 */
record SharedArrivals(long arrivals, int companions, int pack, List<Integer> shared) {

    static SharedArrivals of(Arrivals arrivals, Thresholds.Synchrony rule) {
        long followed = arrivals.days().stream()
                .mapToLong(day -> Math.max(0, day.followed()))
                .sum();
        long all = Math.max(followed, arrivals.newest().size());
        Map<Integer, Integer> byAccount = new HashMap<>();
        for (Companion companion : arrivals.companions()) {
            byAccount.merge(companion.account(), companion.shared(), Math::max);
        }
        List<Integer> shared = byAccount.values().stream()
                .sorted((one, other) -> Integer.compare(other, one))
                .toList();
        double enough = Math.max(rule.arrivals(), rule.share() * all);
        double half = Math.max(rule.arrivals(), rule.packShare() * all);
        return new SharedArrivals(
                all,
                (int) shared.stream().filter(count -> count >= enough).count(),
                (int) shared.stream().filter(count -> count >= half).count(),
                shared);
    }

    /** A starter pack shares its joiners among all whom it names. */
    boolean show(Thresholds.Synchrony rule) {
        return companions >= rule.companions() && pack < rule.pack();
    }
}
