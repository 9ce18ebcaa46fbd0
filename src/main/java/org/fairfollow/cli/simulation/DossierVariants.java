package org.fairfollow.cli.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/** A dossier as it would be if less had happened yet, been seen, or been returned by the same people. */
final class DossierVariants {
    /** Unfollows a network shows in a few months, at the least. */
    private static final long NETWORK_UNFOLLOWS = 100_000;

    private DossierVariants() {}

    /** The dossier as of an earlier instant; a day's activity belongs to the whole day. */
    static Dossier asOf(Dossier dossier, long asOf) {
        List<FollowEpisode> follows = dossier.follows().stream()
                .filter(follow -> follow.span().from() < asOf)
                .map(follow -> new FollowEpisode(follow.target(), until(follow.span(), asOf)))
                .toList();
        Map<Integer, Target> targets = new HashMap<>();
        for (FollowEpisode follow : follows) {
            Target target = dossier.targets().get(follow.target());
            if (target != null) {
                targets.put(follow.target(), asOf(target, asOf));
            }
        }
        Coverage all = dossier.coverage();
        List<Span> covered = all.spans().stream()
                .filter(span -> span.from() < asOf)
                .map(span -> new Span(span.from(), Math.min(span.to(), asOf)))
                .toList();
        return new Dossier(
                asOf,
                follows,
                targets,
                new Coverage(covered, all.deletesPaired(), all.deletesOrphaned(), all.ownPaired(), all.ownOrphaned()));
    }

    private static Target asOf(Target target, long asOf) {
        List<Integer> days = target.activeDays();
        int today = Math.toIntExact(Math.floorDiv(asOf - 1, Visits.DAY));
        int position = Collections.binarySearch(days, today);
        return new Target(
                until(target.followedBack(), asOf),
                days.subList(0, position < 0 ? -position - 1 : position + 1),
                until(target.gone(), asOf),
                until(target.blocked(), asOf));
    }

    private static List<Span> until(List<Span> spans, long asOf) {
        return spans.stream()
                .filter(span -> span.from() < asOf)
                .map(span -> until(span, asOf))
                .toList();
    }

    private static Span until(Span span, long asOf) {
        return span.to() < asOf ? span : new Span(span.from(), Span.OPEN);
    }

    /**
     * The placebo: who followed back, and after how long, is dealt anew among the targets first followed on the same
     * day. What was dropped stays dropped, so only the link between the two is cut.
     */
    static Dossier withFollowBacksShuffled(Dossier dossier, Random random) {
        Map<Long, List<FollowEpisode>> firstFollowsByDay = new TreeMap<>();
        Set<Integer> met = new HashSet<>();
        for (FollowEpisode follow : dossier.follows()) {
            if (met.add(follow.target())) {
                long day = Math.floorDiv(follow.span().from(), Visits.DAY);
                firstFollowsByDay
                        .computeIfAbsent(day, unknown -> new ArrayList<>())
                        .add(follow);
            }
        }
        Map<Integer, Target> targets = new HashMap<>(dossier.targets());
        for (List<FollowEpisode> sameDay : firstFollowsByDay.values()) {
            List<FollowEpisode> dealt = new ArrayList<>(sameDay);
            Collections.shuffle(dealt, random);
            for (int i = 0; i < sameDay.size(); i++) {
                Target own = dossier.targets().get(sameDay.get(i).target());
                Target other = dossier.targets().get(dealt.get(i).target());
                if (own != null && other != null) {
                    long later =
                            sameDay.get(i).span().from() - dealt.get(i).span().from();
                    List<Span> followedBack = moved(other.followedBack(), later, dossier.asOf());
                    targets.put(
                            sameDay.get(i).target(),
                            new Target(followedBack, own.activeDays(), own.gone(), own.blocked()));
                }
            }
        }
        return new Dossier(dossier.asOf(), dossier.follows(), targets, dossier.coverage());
    }

    private static List<Span> moved(List<Span> spans, long later, long asOf) {
        return until(
                spans.stream()
                        .map(span ->
                                new Span(span.from() + later, span.to() == Span.OPEN ? Span.OPEN : span.to() + later))
                        .toList(),
                asOf);
    }

    /** The dossier of a stream that lost this share of all follows; the loss shows in unfollows without a follow. */
    static Dossier withLoss(Dossier dossier, double share, Random random) {
        List<FollowEpisode> follows = new ArrayList<>();
        long orphans = 0;
        for (FollowEpisode follow : dossier.follows()) {
            if (random.nextDouble() >= share) {
                follows.add(follow);
            } else if (follow.span().to() != Span.OPEN) {
                orphans++;
            }
        }
        Map<Integer, Target> targets = new HashMap<>();
        for (FollowEpisode follow : follows) {
            Target target = dossier.targets().get(follow.target());
            if (target != null) {
                targets.computeIfAbsent(follow.target(), unknown -> withLoss(target, share, random));
            }
        }
        Coverage coverage = dossier.coverage();
        long lost = Math.round(share * NETWORK_UNFOLLOWS);
        return new Dossier(
                dossier.asOf(),
                follows,
                targets,
                new Coverage(
                        coverage.spans(), NETWORK_UNFOLLOWS - lost, lost, coverage.ownPaired() - orphans, orphans));
    }

    private static Target withLoss(Target target, double share, Random random) {
        return new Target(
                target.followedBack().stream()
                        .filter(back -> random.nextDouble() >= share)
                        .toList(),
                target.activeDays(),
                target.gone(),
                target.blocked());
    }
}
