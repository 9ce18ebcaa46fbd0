package org.fairfollow.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Target;

/**
 * The part of a dossier that anybody may see: what streams showed in public, and what was measured. Nothing that single
 * people told is in it, not even without their names, for the account's owner knows to whom it wrote, or whom it left,
 * at which second.
 *
 * <p>Accounts are numbered anew, in the order in which they come up, so that neither the number nor its place among the
 * service's own says anything. Sources of measurements are numbered in the order of their names, for a rule may break a tie
 * by it; they are the operator's instruments, nobody who told.
 */
public record OpenDossier(
        long asOf,
        List<FollowEpisode> follows,
        Map<Integer, Target> targets,
        Coverage coverage,
        Arrivals arrivals,
        List<ProfileCounters> profiles,
        List<FollowerSample> followerSamples,
        List<PostSample> postSamples,
        List<OwnerStatement> statements) {

    /** Nothing may be lacking: whoever reads one from a file learns so before it is judged. */
    public OpenDossier {
        Stream.of(follows, targets, coverage, arrivals, profiles, followerSamples, postSamples, statements)
                .forEach(Objects::requireNonNull);
    }

    static OpenDossier of(Dossier dossier) {
        Observations seen = dossier.observations();
        Numbers numbers = new Numbers();
        List<FollowEpisode> follows = dossier.follows().stream()
                .map(follow -> new FollowEpisode(numbers.of(follow.target()), follow.span()))
                .toList();
        // Accounts it blocks and never followed bear on nothing.
        Map<Integer, Target> targets = new TreeMap<>();
        for (FollowEpisode follow : dossier.follows()) {
            Target target = dossier.targets().get(follow.target());
            if (target != null) {
                targets.put(numbers.of(follow.target()), target);
            }
        }
        Arrivals arrivals = new Arrivals(
                dossier.arrivals().newest().stream()
                        .map(arrival -> new Arrivals.Arrival(
                                numbers.of(arrival.follower()),
                                arrival.span(),
                                arrival.counters(),
                                arrival.activeDays()))
                        .toList(),
                dossier.arrivals().days(),
                dossier.arrivals().companions().stream()
                        .map(companion -> new Arrivals.Companion(numbers.of(companion.account()), companion.shared()))
                        .toList());
        UnaryOperator<String> source = sources(seen);
        return new OpenDossier(
                dossier.asOf(),
                follows,
                targets,
                dossier.coverage(),
                arrivals,
                measured(
                        seen.profiles(),
                        one -> new ProfileCounters(
                                one.at(),
                                source.apply(one.observer()),
                                true,
                                one.followers(),
                                one.following(),
                                one.posts(),
                                one.createdAt(),
                                one.hasAvatar(),
                                one.bioLength(),
                                one.lastPostAt())),
                measured(
                        seen.followerSamples(),
                        one -> new FollowerSample(
                                one.at(), source.apply(one.observer()), true, one.total(), one.followers())),
                measured(
                        seen.postSamples(),
                        one -> new PostSample(
                                one.at(), source.apply(one.observer()), true, one.posts(), one.questions())),
                measured(
                        seen.statements(),
                        one -> new OwnerStatement(one.at(), source.apply(one.observer()), true, one.claim())));
    }

    /** Whether something was told that is not in it. */
    static boolean leavesOut(Dossier dossier) {
        Observations seen = dossier.observations();
        return !seen.relations().isEmpty()
                || !seen.messages().isEmpty()
                || facts(seen).anyMatch(fact -> !fact.measured());
    }

    /** For a rule to judge. */
    public Dossier dossier() {
        return new Dossier(
                asOf,
                follows,
                targets,
                coverage,
                arrivals,
                new Observations(profiles, List.of(), List.of(), followerSamples, postSamples, statements, Map.of()));
    }

    /** Numbers accounts from 1 on as they come up. */
    private static final class Numbers {
        private final Map<Integer, Integer> given = new HashMap<>();

        int of(int account) {
            return given.computeIfAbsent(account, first -> given.size() + 1);
        }
    }

    private static Stream<? extends Observation> facts(Observations seen) {
        return Stream.of(seen.profiles(), seen.followerSamples(), seen.postSamples(), seen.statements())
                .flatMap(List::stream);
    }

    private static <T extends Observation> List<T> measured(List<T> facts, Function<T, T> renamed) {
        return facts.stream().filter(Observation::measured).map(renamed).toList();
    }

    private static UnaryOperator<String> sources(Observations seen) {
        List<String> names = List.copyOf(facts(seen)
                .filter(Observation::measured)
                .map(Observation::observer)
                .collect(Collectors.toCollection(TreeSet::new)));
        int digits = String.valueOf(names.size()).length();
        Map<String, String> renamed = new HashMap<>();
        for (String name : names) {
            renamed.put(name, String.format(Locale.ROOT, "o%0" + digits + "d", renamed.size() + 1));
        }
        return name -> renamed.getOrDefault(name, "o");
    }
}
