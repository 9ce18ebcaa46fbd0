package org.fairfollow.detection.followchurn;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.fairfollow.detection.Statistics;

/**
 * How often unreturned follows are dropped, and how much more often than returned ones of the same age. Each standard
 * error is the larger of a formula for independent drops and a jackknife over follow-days, since follows come in
 * batches.
 *
 * @param hazard Λ, the cumulative drop rate of follows not returned, to the age of 28 days
 * @param logHazardError standard error of ln Λ
 * @param hazardVariance variance of Λ
 * @param heaviestWeight the most that one further drop would add to Λ; infinite when nothing was seen to 28 days
 * @param ratio HR, Mantel–Haenszel ratio of the drop rates of unreturned and returned follows at equal age
 * @param logRatioError standard error of ln HR
 */
record ChurnEstimate(
        double hazard,
        double logHazardError,
        double hazardVariance,
        double heaviestWeight,
        double ratio,
        double logRatioError) {

    /**
     * @param useAge whether drops at an age in seconds are of use; those at other ages count as if they had not been
     * @param countedReturned share of the drops of unreturned follows to count as drops of returned ones
     */
    static ChurnEstimate of(List<ObservedFollow> follows, LongPredicate useAge, double countedReturned) {
        long[] ages = follows.stream()
                .filter(ObservedFollow::dropped)
                .mapToLong(ObservedFollow::age)
                .filter(useAge)
                .sorted()
                .distinct()
                .toArray();
        RiskSets sets = RiskSets.of(follows, ages);
        RiskSets.Sums whole = sets.sumsWithout(RiskSets.of(List.of(), ages), countedReturned);
        List<RiskSets.Sums> withoutEachDay = byFollowDay(follows).stream()
                .map(day -> sets.sumsWithout(RiskSets.of(day, ages), countedReturned))
                .toList();
        double hazardError = jackknifeError(withoutEachDay, RiskSets.Sums::hazard);
        double logHazardError = jackknifeError(withoutEachDay, sums -> Math.log(sums.hazard()));
        double logRatioError = jackknifeError(withoutEachDay, sums -> Math.log(sums.ratio()));
        boolean anyDrop = whole.hazard() > 0;
        return new ChurnEstimate(
                whole.hazard(),
                anyDrop ? Math.max(Math.sqrt(whole.variance()) / whole.hazard(), logHazardError) : 0,
                anyDrop ? Math.max(whole.variance(), hazardError * hazardError) : 0,
                // A drop weighs most at the greatest age, where fewest are left.
                1.0
                        / follows.stream()
                                .filter(ObservedFollow::unreturnedToTheEnd)
                                .count(),
                whole.ratio(),
                Math.max(Math.sqrt(whole.logRatioVariance()), logRatioError));
    }

    private static double jackknifeError(
            List<RiskSets.Sums> withoutEachDay, ToDoubleFunction<RiskSets.Sums> statistic) {
        return Statistics.jackknifeError(
                withoutEachDay.stream().mapToDouble(statistic).toArray());
    }

    private static Collection<List<ObservedFollow>> byFollowDay(List<ObservedFollow> follows) {
        // By day, so that sums come out the same for any order of the follows.
        return follows.stream()
                .collect(Collectors.groupingBy(ObservedFollow::followDay, TreeMap::new, Collectors.toList()))
                .values();
    }

    /** S, the share of follows not returned that is dropped within 28 days. */
    double dropped() {
        return share(hazard);
    }

    double droppedAtLeast(double z) {
        return share(hazard * Math.exp(-z * logHazardError));
    }

    double droppedAtMost(double z) {
        return share(Statistics.weightedPoissonUpper(
                hazard, hazardVariance, heaviestWeight, Statistics.normalProbability(z)));
    }

    double ratioAtLeast(double z) {
        return ratio * Math.exp(-z * logRatioError);
    }

    double ratioAtMost(double z) {
        return ratio * Math.exp(z * logRatioError);
    }

    private static double share(double hazard) {
        return -Math.expm1(-hazard);
    }
}
