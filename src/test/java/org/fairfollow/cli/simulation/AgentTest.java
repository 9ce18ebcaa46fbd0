package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.AbstractDoubleAssert;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The agents do what the literature says of them, within the margin of a few dozen of each. */
class AgentTest {
    private static final long SEED = 42;
    private static final long DAY = 86_400;
    private static final Span PERIOD = new Span(20_000 * DAY, 20_090 * DAY);

    /**
     * Key figures of many accounts of one kind, from follows at least 28 days before the end and not followed first.
     *
     * @param perWeek mean follows a week from the first to the end
     * @param returned share of follows returned in the end
     * @param dropped share dropped within 28 days
     * @param droppedUnreturned the same of those not returned by then
     * @param droppedReturned the same of those returned by then
     * @param daysHeld of those dropped within 28 days, ascending
     */
    private record Figures(
            double perWeek,
            double returned,
            double dropped,
            double droppedUnreturned,
            double droppedReturned,
            List<Double> daysHeld) {

        double medianDaysHeld() {
            return daysHeld.get(daysHeld.size() / 2);
        }
    }

    @BeforeAll
    static void printSeed() {
        System.out.println("seed " + SEED);
    }

    @Test
    void organicPeopleFollowFewAndLeaveFewer() {
        Figures organic = figures(Agent.ORGANIC, 400);
        assertThat(organic.perWeek).isBetween(5.0, 12.0); // lognormal(ln 4, 1.2) has a mean of 8.2
        assertThat(organic.returned).isBetween(.50, .64);
        assertThat(organic.dropped).isBetween(.03, .12);
    }

    @Test
    void joinersFollowAListInAWeekAndTrimAThird() {
        Population population = only(Agent.STARTER_PACK_JOINER, 60);
        double trimmed = 0;
        for (int account = 0; account < population.judged(); account++) {
            long joined = population.habits(account).born();
            List<FollowEpisode> list = population.history(account).follows().stream()
                    .filter(follow -> follow.span().from() < joined + 7 * DAY)
                    .toList();
            assertThat(list).hasSizeBetween(60, 1_200);
            if (joined + 31 * DAY < PERIOD.to()) {
                long dropped = list.stream()
                        .filter(follow -> follow.span().to() != Span.OPEN)
                        .count();
                assertThat((double) dropped / list.size()).isBetween(.15, .45);
                trimmed++;
            }
        }
        assertThat(trimmed).isPositive();
    }

    @Test
    void prunersKeepMutuals() {
        Figures pruner = figures(Agent.PRUNER, 60);
        assertThat(pruner.perWeek).isBetween(55.0, 90.0);
        assertThat(pruner.droppedUnreturned).isBetween(.22, .36);
        assertThat(pruner.droppedReturned).isLessThan(.05);
    }

    @Test
    void fickleAndSamplersDropAllAlike() {
        Figures fickle = figures(Agent.FICKLE, 60);
        assertThat(fickle.dropped).isBetween(.50, .64);
        assertThat(fickle.medianDaysHeld()).isBetween(8.0, 20.0);
        Figures sampler = figures(Agent.SAMPLER, 60);
        assertThat(sampler.dropped).isBetween(.55, .65);
        assertThat(sampler.medianDaysHeld()).isLessThan(.6);
    }

    @Test
    void purgersDropOnOneOrTwoDays() {
        Population population = only(Agent.PURGER, 40);
        int purged = 0;
        for (int account = 0; account < population.judged(); account++) {
            List<Long> dropDays = population.history(account).follows().stream()
                    .map(follow -> follow.span().to())
                    .filter(to -> to != Span.OPEN && to >= PERIOD.from())
                    .map(to -> to / DAY)
                    .toList();
            long busiestTwo = dropDays.stream()
                    .distinct()
                    .map(day -> Collections.frequency(dropDays, day))
                    .sorted(Collections.reverseOrder())
                    .limit(2)
                    .mapToInt(Integer::intValue)
                    .sum();
            if (busiestTwo > dropDays.size() / 2) {
                purged++;
            }
        }
        assertThat(purged).isGreaterThan(20);
    }

    @Test
    void cleanersDropTheSilent() {
        Population population = only(Agent.CLEANER, 40);
        double silent = 0;
        double silentDropped = 0;
        for (int account = 0; account < population.judged(); account++) {
            for (FollowEpisode follow : population.history(account).follows()) {
                if (follow.span().from() < PERIOD.to() - 28 * DAY
                        && population.life(follow.target()).silent()) {
                    silent++;
                    silentDropped += follow.span().to() != Span.OPEN ? 1 : 0;
                }
            }
        }
        assertThat(silentDropped / silent).isBetween(.85, .95);
    }

    @Test
    void churnersDropFourInFiveThatDoNotAnswer() {
        Figures churner = figures(Agent.CHURNER, 12);
        assertThat(churner.perWeek).isBetween(300.0, 2_500.0);
        assertThat(churner.returned).isBetween(.12, .36);
        assertThat(churner.droppedUnreturned).isBetween(.75, .83);
        assertThat(churner.droppedReturned).isBetween(.03, .27);
        assertThat(churner.medianDaysHeld()).isBetween(2.0, 9.0);
    }

    @Test
    void freshChurnersAre24DaysOld() {
        Population population = only(Agent.FRESH_CHURNER, 10);
        for (int account = 0; account < population.judged(); account++) {
            long first = population.history(account).follows().getFirst().span().from();
            assertThat(PERIOD.to() - first).isBetween(21 * DAY, 24 * DAY);
        }
    }

    @Test
    void evadersHoldLongAndDropHalf() {
        Figures evader = figures(Agent.EVADER, 60);
        assertThat(evader.perWeek).isBetween(75.0, 115.0);
        assertThat(evader.droppedUnreturned).isBetween(.49, .60);
        assertThat(evader.droppedReturned).isBetween(.04, .16);
        assertThat(evader.medianDaysHeld()).isBetween(8.0, 15.0);
        assertThat(evader.daysHeld.getLast()).isLessThan(23);
    }

    @Test
    void followsComeInBatches() {
        for (Agent agent : List.of(Agent.PRUNER, Agent.CHURNER)) {
            List<Long> times = only(agent, 1).history(0).follows().stream()
                    .map(follow -> follow.span().from())
                    .toList();
            long close = 0;
            for (int i = 1; i < times.size(); i++) {
                close += times.get(i) - times.get(i - 1) < 300 ? 1 : 0;
            }
            shareOf(close, times.size()).isGreaterThan(.7);
        }
    }

    private static AbstractDoubleAssert<?> shareOf(long part, int all) {
        return assertThat((double) part / all);
    }

    private static Population only(Agent agent, int accounts) {
        return new Population(SEED, PERIOD, Collections.nCopies(accounts, agent), 1_000_000);
    }

    private static Figures figures(Agent agent, int accounts) {
        Population population = only(agent, accounts);
        double weeks = accounts * (PERIOD.to() - population.habits(0).born()) / (7.0 * DAY);
        double all = 0;
        double returnedEver = 0;
        double[] follows = new double[2];
        double[] drops = new double[2];
        List<Double> held = new ArrayList<>();
        double everything = 0;
        for (int account = 0; account < accounts; account++) {
            History history = population.history(account);
            everything += history.follows().size();
            for (FollowEpisode follow : history.follows()) {
                Span span = follow.span();
                if (span.from() >= PERIOD.to() - 28 * DAY) {
                    continue;
                }
                List<Span> back = history.ties().get(follow.target()).followedBack();
                long age = span.to() == Span.OPEN ? 28 * DAY : Math.min(28 * DAY, span.to() - span.from());
                int returned = back.stream().anyMatch(b -> b.from() <= span.from() + age) ? 1 : 0;
                boolean dropped = age < 28 * DAY;
                all++;
                returnedEver += back.isEmpty() ? 0 : 1;
                follows[returned]++;
                drops[returned] += dropped ? 1 : 0;
                if (dropped) {
                    held.add(age / (double) DAY);
                }
            }
        }
        held.sort(null);
        return new Figures(
                everything / weeks,
                returnedEver / all,
                (drops[0] + drops[1]) / all,
                drops[0] / follows[0],
                drops[1] / follows[1],
                held);
    }
}
