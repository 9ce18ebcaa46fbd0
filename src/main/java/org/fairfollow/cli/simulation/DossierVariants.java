package org.fairfollow.cli.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/** A dossier as it would be if less had happened yet, or been seen. */
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
