package org.fairfollow.detection.followchurn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/**
 * The placebo of follow-churn: who followed back, and after how long, is dealt anew among the targets first followed on
 * the same day. What was dropped stays dropped, so only the link between the two is cut.
 */
final class ShuffledFollowBacks {
    private ShuffledFollowBacks() {}

    private static final Comparator<FollowEpisode> OLDEST_FIRST = Comparator.comparingLong(
                    (FollowEpisode follow) -> follow.span().from())
            .thenComparingInt(FollowEpisode::target)
            .thenComparingLong(follow -> follow.span().to());

    static Dossier of(Dossier dossier) {
        Map<Integer, Target> targets = new HashMap<>(dossier.targets());
        firstFollowsByDay(dossier.follows()).forEach((day, sameDay) -> {
            List<FollowEpisode> dealt = new ArrayList<>(sameDay);
            long deal = mix(day + mix(sameDay.size()));
            dealt.sort(Comparator.comparingLong((FollowEpisode follow) ->
                            mix(deal ^ follow.target() ^ mix(follow.span().from())))
                    .thenComparing(OLDEST_FIRST));
            for (int i = 0; i < sameDay.size(); i++) {
                Target own = dossier.targets().get(sameDay.get(i).target());
                Target other = dossier.targets().get(dealt.get(i).target());
                if (own != null && other != null) {
                    long later =
                            sameDay.get(i).span().from() - dealt.get(i).span().from();
                    targets.put(
                            sameDay.get(i).target(),
                            new Target(
                                    moved(other.followedBack(), later, dossier.asOf()),
                                    own.activeDays(),
                                    own.gone(),
                                    own.blocked()));
                }
            }
        });
        return new Dossier(
                dossier.asOf(),
                dossier.follows(),
                targets,
                dossier.coverage(),
                dossier.arrivals(),
                dossier.observations());
    }

    private static Map<Long, List<FollowEpisode>> firstFollowsByDay(List<FollowEpisode> follows) {
        Map<Long, List<FollowEpisode>> byDay = new TreeMap<>();
        Set<Integer> met = new HashSet<>();
        follows.stream()
                .sorted(OLDEST_FIRST)
                .filter(follow -> met.add(follow.target()))
                .forEach(follow -> byDay.computeIfAbsent(
                                Math.floorDiv(follow.span().from(), ObservedFollow.DAY), _ -> new ArrayList<>())
                        .add(follow));
        return byDay;
    }

    /** The spans so many seconds later; what has not begun, or not ended, by {@code asOf} is cut. */
    private static List<Span> moved(List<Span> spans, long later, long asOf) {
        return spans.stream()
                .filter(span -> span.from() + later < asOf)
                .map(span -> new Span(span.from() + later, span.to() >= asOf - later ? Span.OPEN : span.to() + later))
                .toList();
    }

    /** SplitMix64: an order that has nothing to do with what is dealt, and always the same. */
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
