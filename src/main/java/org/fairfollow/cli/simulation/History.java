package org.fairfollow.cli.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/**
 * All that happened between one judged account and those it followed. The event writer and the dossier are both cut from
 * it, so what the service learns from the events is what the evaluation judges.
 *
 * @param period the simulated time; follows may be older, nothing is later
 * @param follows oldest first, ties ordered by target
 * @param ties by target
 */
record History(int account, Span period, List<FollowEpisode> follows, Map<Integer, Tie> ties) {

    /**
     * What came back from one target; both lists oldest first.
     *
     * @param followedBack when the target followed the account
     */
    record Tie(List<Span> followedBack, List<Block> blocks) {
        Tie() {
            this(new ArrayList<>(1), new ArrayList<>(0));
        }

        boolean blockedAt(long second) {
            return blocks.stream().anyMatch(block -> block.span().contains(second));
        }
    }

    record Block(Span span, boolean byTarget) {}

    /** The dossier that somebody has at the end who saw the whole stream, but nothing from before the period. */
    Dossier dossier(IntFunction<Life> lives) {
        List<FollowEpisode> seen =
                follows.stream().filter(episode -> seen(episode.span())).toList();
        Map<Integer, Target> targets = new HashMap<>();
        for (FollowEpisode episode : seen) {
            targets.computeIfAbsent(episode.target(), target -> target(target, lives.apply(target)));
        }
        long ownUnfollows = ended(seen.stream().map(FollowEpisode::span).toList());
        long theirs = ties.values().stream()
                .mapToLong(tie -> ended(tie.followedBack()))
                .sum();
        return new Dossier(
                period.to(), seen, targets, new Coverage(List.of(period), ownUnfollows + theirs, 0, ownUnfollows, 0));
    }

    private Target target(int target, Life life) {
        Tie tie = ties.getOrDefault(target, new Tie());
        return new Target(
                tie.followedBack().stream().filter(this::seen).toList(),
                life.activeDays(),
                life.gone(),
                tie.blocks().stream().map(Block::span).filter(this::seen).toList());
    }

    private boolean seen(Span span) {
        return span.from() >= period.from();
    }

    private long ended(Collection<Span> spans) {
        return spans.stream()
                .filter(span -> seen(span) && span.to() != Span.OPEN)
                .count();
    }
}
