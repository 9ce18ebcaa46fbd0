package org.fairfollow.detection.followback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/**
 * Invents who followed an account over 89 days and how it answered, alike for the same seed.
 *
 * @param received how many followers came
 * @param throwaways share of them that looks thrown away
 * @param answer when a follow is answered
 * @param profiles whether the followers' counters are known; else there is only their activity
 */
record InventedFollowers(int received, double throwaways, Answer answer, boolean profiles) {
    static final long DAY = 86_400;
    static final long HOUR = 3_600;
    static final long AS_OF = Instant.parse("2026-11-22T10:00:00Z").getEpochSecond();

    interface Answer {
        /** Second of the follow-back; {@link Span#OPEN} for none. */
        long to(long at, boolean throwaway, Random random);

        /** Nobody of whom it is true that the chance fails is answered. */
        default Answer of(double share) {
            return (at, throwaway, random) -> {
                long answered = to(at, throwaway, random);
                return random.nextDouble() < share ? answered : Span.OPEN;
            };
        }
    }

    static Answer within(long seconds) {
        return (at, throwaway, random) -> at + 1 + random.nextLong(seconds);
    }

    /** Everything that came since the last stroke, some seconds apart. */
    static Answer everyFrom(long period, long phase) {
        return (at, throwaway, random) -> {
            long next = at + period - Math.floorMod(at - phase, period);
            return next + random.nextLong(60);
        };
    }

    /** Sits down to it once in the evening, some hours around 19:00, and answers for half an hour. */
    static Answer inTheEvening(long jitter) {
        return (at, throwaway, random) -> {
            long day = Math.floorDiv(at, DAY);
            long session = session(day, jitter);
            return (session > at ? session : session(day + 1, jitter)) + random.nextLong(1_800);
        };
    }

    private static long session(long day, long jitter) {
        return day * DAY + 19 * HOUR + new Random(day).nextLong(2 * jitter) - jitter;
    }

    /** At once from 7 to 23 UTC, and what came in the night when it is over. */
    static Answer whenAwake(long seconds) {
        return (at, throwaway, random) -> {
            long hour = Math.floorMod(at, DAY) / HOUR;
            long awake = hour >= 7 && hour < 23
                    ? at
                    : Math.floorDiv(at + HOUR, DAY) * DAY + 7 * HOUR + new Random(at / DAY).nextLong(HOUR);
            return awake + 1 + random.nextLong(seconds);
        };
    }

    static Answer sparingThrowaways(Answer answer, double share) {
        return (at, throwaway, random) ->
                throwaway && random.nextDouble() >= share ? Span.OPEN : answer.to(at, throwaway, random);
    }

    static InventedFollowers instant() {
        return new InventedFollowers(400, .3, within(300).of(.98), true);
    }

    InventedFollowers receiving(int many) {
        return new InventedFollowers(many, throwaways, answer, profiles);
    }

    InventedFollowers throwaways(double share) {
        return new InventedFollowers(received, share, answer, profiles);
    }

    InventedFollowers answering(Answer other) {
        return new InventedFollowers(received, throwaways, other, profiles);
    }

    InventedFollowers withoutProfiles() {
        return new InventedFollowers(received, throwaways, answer, false);
    }

    Dossier dossier(long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        List<FollowEpisode> follows = new ArrayList<>();
        Map<Integer, Target> targets = new HashMap<>();
        for (int follower = 0; follower < received; follower++) {
            long at = AS_OF - DAY - 1 - random.nextLong(88 * DAY);
            boolean throwaway = random.nextDouble() < throwaways;
            Counters counters = throwaway ? thrownAway() : lively(random);
            List<Integer> active = throwaway ? List.of() : List.of((int) (at / DAY), (int) (at / DAY) + 1);
            Span inbound = new Span(at, Span.OPEN);
            arrivals.add(new Arrival(follower, inbound, profiles ? counters : null, active));
            long answered = answer.to(at, throwaway, random);
            if (answered < AS_OF) {
                follows.add(new FollowEpisode(follower, new Span(answered, Span.OPEN)));
                targets.put(follower, new Target(List.of(inbound), active, List.of(), List.of()));
            }
        }
        arrivals.sort(Comparator.comparingLong(arrival -> arrival.span().from()));
        follows.sort(Comparator.comparingLong(follow -> follow.span().from()));
        return dossier(arrivals, follows, targets);
    }

    static Dossier dossier(List<Arrival> arrivals, List<FollowEpisode> follows, Map<Integer, Target> targets) {
        Coverage coverage = new Coverage(List.of(new Span(AS_OF - 120 * DAY, AS_OF)), 10_000, 0, 0, 0);
        return new Dossier(
                AS_OF, follows, targets, coverage, new Arrivals(arrivals, List.of(), List.of()), Observations.NONE);
    }

    /** As bulk registrations look. */
    static Counters thrownAway() {
        return new Counters(1L, 4_800L, 0L, AS_OF - 200 * DAY, false, 0, null);
    }

    static Counters lively(Random random) {
        return new Counters(
                300L + random.nextInt(500),
                200L + random.nextInt(200),
                900L + random.nextInt(3_000),
                AS_OF - 900 * DAY,
                true,
                80,
                AS_OF - 90 * DAY);
    }
}
