package org.fairfollow.cli.simulation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.fairfollow.detection.Finding.Opinion;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an evaluation, as they are written to JSON.
 *
 * @param detector version of the rule
 * @param days length of each simulated period
 * @param innocents what is known of the error on innocents of all kinds together
 * @param worstInnocents the kind whose error is known least well or is largest
 * @param precision by share of churners among the judged
 */
public record EvaluationReport(
        String detector,
        int days,
        List<Long> seeds,
        List<AgentFigures> agents,
        Rate innocents,
        String worstInnocents,
        List<Precision> precision,
        List<LossFigures> losses) {

    private static final double CONFIDENCE = .95;
    private static final double[] PREVALENCES = {.001, .01, .05};

    /**
     * A count with what it says of the rate behind it.
     *
     * @param atMost upper bound of the rate, one-sided 95 %, Clopper–Pearson
     */
    public record Rate(long flagged, long n, double atMost) {
        static Rate of(List<Trial> trials, Predicate<Trial> flagged) {
            long count = trials.stream().filter(flagged).count();
            return new Rate(count, trials.size(), upperBound(count, trials.size()));
        }

        double value() {
            return n == 0 ? 0 : (double) flagged / n;
        }

        private static double upperBound(long count, long n) {
            return count == n
                    ? 1
                    : BetaDistribution.of(count + 1.0, (double) (n - count)).inverseCumulativeProbability(CONFIDENCE);
        }
    }

    /**
     * One kind of agent over all seeds.
     *
     * @param churns whether it practises what is judged
     * @param bySeed in the order of the seeds
     * @param everLikely listed at any of the weekly looks
     * @param signs not listed at the end, but the pattern shows
     * @param notFound the pattern excluded at the end
     * @param unknown too little evidence at the end
     * @param placebo listed with the follow-backs shuffled
     * @param medianDaysToFind from the first follow; null when fewer than half were found
     * @param ninthDecileDaysToFind null when fewer than nine tenths were found
     */
    public record AgentFigures(
            String agent,
            boolean churns,
            List<SeedFigures> bySeed,
            Rate likely,
            Rate everLikely,
            Rate strict,
            Rate plain,
            long signs,
            long notFound,
            long unknown,
            long placebo,
            @Nullable Integer medianDaysToFind,
            @Nullable Integer ninthDecileDaysToFind) {}

    public record SeedFigures(long seed, int n, long likely, long everLikely, long strict, long plain, long placebo) {}

    /**
     * How many in a hundred listed accounts would be churners. A churner is found at the rate of all churning agents at
     * the end, an innocent is wrongly listed at the rate of any weekly look.
     *
     * @param worstMix if all innocents were of the worst kind, at the rate observed
     * @param worstMixAtLeast the same at the upper bound of that kind's rate
     * @param pooledAtLeast at the upper bound of all innocents' rate
     */
    public record Precision(double prevalence, double worstMix, double worstMixAtLeast, double pooledAtLeast) {}

    /**
     * What a stream that loses follows does to the rule.
     *
     * @param lost share of follows lost
     * @param churners listed churners
     * @param innocents listed innocents
     * @param unknown accounts of either side on which no opinion is given
     */
    public record LossFigures(double lost, Rate churners, Rate innocents, Rate unknown) {}

    static EvaluationReport of(String detector, int days, Map<Long, List<Trial>> trialsBySeed) {
        List<Trial> all =
                trialsBySeed.values().stream().flatMap(Collection::stream).toList();
        List<AgentFigures> agents = Arrays.stream(Agent.values())
                .map(agent -> figures(agent, trialsBySeed))
                .toList();
        List<Trial> churners = of(all, trial -> trial.agent().churns());
        List<Trial> innocents = of(all, trial -> !trial.agent().churns());
        Rate found = Rate.of(churners, Trial::likely);
        Rate pooled = Rate.of(innocents, Trial::everLikely);
        AgentFigures worst = agents.stream()
                .filter(agent -> !agent.churns())
                .max(Comparator.comparingDouble(agent -> agent.everLikely().atMost()))
                .orElseThrow();
        List<Precision> precision = Arrays.stream(PREVALENCES)
                .mapToObj(prevalence -> new Precision(
                        prevalence,
                        precision(prevalence, found, worst.everLikely().value()),
                        precision(prevalence, found, worst.everLikely().atMost()),
                        precision(prevalence, found, pooled.atMost())))
                .toList();
        return new EvaluationReport(
                detector,
                days,
                List.copyOf(trialsBySeed.keySet()),
                agents,
                pooled,
                worst.agent(),
                precision,
                List.of(
                        losses(Trial.LITTLE_LOSS, churners, innocents, Trial::withLittleLoss),
                        losses(Trial.MUCH_LOSS, churners, innocents, Trial::withMuchLoss)));
    }

    private static AgentFigures figures(Agent agent, Map<Long, List<Trial>> trialsBySeed) {
        List<SeedFigures> bySeed = trialsBySeed.entrySet().stream()
                .map(entry -> figures(entry.getKey(), of(entry.getValue(), trial -> trial.agent() == agent)))
                .toList();
        List<Trial> trials = of(
                trialsBySeed.values().stream().flatMap(Collection::stream).toList(), trial -> trial.agent() == agent);
        return new AgentFigures(
                agent.id(),
                agent.churns(),
                bySeed,
                Rate.of(trials, Trial::likely),
                Rate.of(trials, Trial::everLikely),
                Rate.of(trials, Trial::strict),
                Rate.of(trials, Trial::plain),
                count(trials, trial -> trial.opinion() == Opinion.SIGNS),
                count(trials, trial -> trial.opinion() == Opinion.ABSENT),
                count(trials, trial -> trial.opinion() == Opinion.TOO_LITTLE_EVIDENCE),
                count(trials, Trial::placebo),
                daysToFind(trials, .5),
                daysToFind(trials, .9));
    }

    private static SeedFigures figures(long seed, List<Trial> trials) {
        return new SeedFigures(
                seed,
                trials.size(),
                count(trials, Trial::likely),
                count(trials, Trial::everLikely),
                count(trials, Trial::strict),
                count(trials, Trial::plain),
                count(trials, Trial::placebo));
    }

    private static LossFigures losses(
            double lost, List<Trial> churners, List<Trial> innocents, Function<Trial, Opinion> opinion) {
        Predicate<Trial> listed = trial -> opinion.apply(trial) == Opinion.PRESENT;
        Predicate<Trial> unknown = trial -> opinion.apply(trial) == Opinion.TOO_LITTLE_EVIDENCE;
        return new LossFigures(
                lost,
                Rate.of(churners, listed),
                Rate.of(innocents, listed),
                Rate.of(Stream.concat(churners.stream(), innocents.stream()).toList(), unknown));
    }

    /** Nearest rank; those never found count as found last. */
    private static @Nullable Integer daysToFind(List<Trial> trials, double quantile) {
        int[] days = trials.stream().mapToInt(Trial::foundAfterDays).sorted().toArray();
        int rank = (int) Math.ceil(quantile * days.length);
        return rank == 0 || days[rank - 1] == Trial.NEVER ? null : days[rank - 1];
    }

    private static double precision(double prevalence, Rate found, double falsePositiveRate) {
        double right = prevalence * found.value();
        double wrong = (1 - prevalence) * falsePositiveRate;
        return right + wrong == 0 ? 0 : right / (right + wrong);
    }

    private static List<Trial> of(List<Trial> trials, Predicate<Trial> which) {
        return trials.stream().filter(which).toList();
    }

    private static long count(List<Trial> trials, Predicate<Trial> which) {
        return trials.stream().filter(which).count();
    }
}
