package org.fairfollow.detection.followchurn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/**
 * Invents the evidence of an account with simple habits, alike for the same seed.
 *
 * @param days how long before {@link #AS_OF} it began to follow
 * @param followsPerDay mean
 * @param returned share of follows that the target would return, after a day on average
 * @param leaving when a follow is considered for dropping
 * @param dropsUnreturned share then dropped of those not returned by then
 * @param dropsReturned share then dropped of those returned by then
 * @param silent share of targets without activity
 */
public record InventedAccount(
        int days,
        double followsPerDay,
        double returned,
        Leaving leaving,
        double dropsUnreturned,
        double dropsReturned,
        double silent) {

    static final long DAY = 86_400;
    static final long AS_OF = Instant.parse("2026-11-22T10:00:00Z").getEpochSecond();

    public interface Leaving {
        /** Second at which a follow is considered; later than the evidence for never. */
        long consider(long followed, Random random);
    }

    static Leaving afterDays(double least, double most) {
        return (followed, random) -> followed + (long) (DAY * (least + (most - least) * random.nextDouble()));
    }

    /** Everything at once, on the next of some days, counted back from the end of the evidence. */
    static Leaving onDaysBefore(int... daysBefore) {
        return (followed, random) -> IntStream.of(daysBefore)
                .mapToLong(day -> AS_OF - day * DAY)
                .filter(day -> day > followed)
                .min()
                .orElse(Span.OPEN);
    }

    /** People of each habit, who began lately or long ago. */
    public static Stream<Dossier> ofAllHabits(long seed) {
        return Stream.of(churner(), freshChurner(), evader(), organic(), pruner(), sampler(), purger(30, 9))
                .flatMap(habit -> IntStream.of(2, 9, 24, 40, 89).mapToObj(habit::since))
                .map(habit -> habit.dossier(seed));
    }

    static InventedAccount churner() {
        return new InventedAccount(89, 40, .3, afterDays(2, 9), .8, .1, .15);
    }

    static InventedAccount freshChurner() {
        return new InventedAccount(24, 80, .3, afterDays(2, 6), .8, .1, .15);
    }

    static InventedAccount evader() {
        return new InventedAccount(89, 14, .3, afterDays(1, 21), .55, .08, .15);
    }

    static InventedAccount organic() {
        return new InventedAccount(89, 2, .6, afterDays(0, 60), .1, .05, .15);
    }

    static InventedAccount pruner() {
        return new InventedAccount(89, 10, .6, afterDays(2, 28), .3, .02, .15);
    }

    static InventedAccount sampler() {
        return new InventedAccount(89, 10, .6, afterDays(0, .25), .6, .6, .15);
    }

    static InventedAccount purger(int... daysBefore) {
        return new InventedAccount(89, 10, .6, onDaysBefore(daysBefore), .95, .02, .15);
    }

    InventedAccount following(double perDay) {
        return new InventedAccount(days, perDay, returned, leaving, dropsUnreturned, dropsReturned, silent);
    }

    InventedAccount since(int days) {
        return new InventedAccount(days, followsPerDay, returned, leaving, dropsUnreturned, dropsReturned, silent);
    }

    Dossier dossier(long seed) {
        Random random = new Random(seed);
        List<FollowEpisode> follows = new ArrayList<>();
        Map<Integer, Target> targets = new HashMap<>();
        int own = 0;
        int count = (int) Math.round(days * followsPerDay);
        for (int target = 0; target < count; target++) {
            long followed = AS_OF - 1 - random.nextLong(days * DAY);
            boolean isSilent = random.nextDouble() < silent;
            long back = !isSilent && random.nextDouble() < returned
                    ? followed + 60 + (long) (DAY * -Math.log(1 - random.nextDouble()))
                    : Span.OPEN;
            long considered = leaving.consider(followed, random);
            boolean drops = random.nextDouble() < (back <= considered ? dropsReturned : dropsUnreturned);
            long unfollowed = drops && considered < AS_OF ? considered : Span.OPEN;
            if (unfollowed != Span.OPEN) {
                own++;
            }
            follows.add(new FollowEpisode(target, new Span(followed, unfollowed)));
            boolean everBack = back < AS_OF && back <= unfollowed;
            targets.put(
                    target,
                    new Target(
                            everBack ? List.of(new Span(back, Span.OPEN)) : List.of(),
                            isSilent ? List.of() : activeDays(followed, random),
                            List.of(),
                            List.of()));
        }
        follows.sort(
                Comparator.comparingLong((FollowEpisode follow) -> follow.span().from())
                        .thenComparingInt(FollowEpisode::target));
        List<Span> covered = List.of(new Span(AS_OF - 120 * DAY, AS_OF));
        return new Dossier(AS_OF, follows, targets, new Coverage(covered, 10_000, 0, own, 0));
    }

    /** Some four days in the weeks around a follow. */
    private static List<Integer> activeDays(long followed, Random random) {
        int followDay = (int) (followed / DAY);
        return random.ints(4, followDay - 5, followDay + 25)
                .filter(day -> day <= AS_OF / DAY)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}
