package org.fairfollow.reporter;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.fairfollow.evidence.ObserverClusters.Telling;

/**
 * What reporters' words are worth. One word is worth the logarithm of how much more often its reporter tells of what rulings
 * uphold than of what they do not, estimated cautiously; those who may be one person are worth no more than the best of them.
 * Only rulings move it: were it the machine's verdicts, whoever moves those would certify themselves.
 */
final class Trust {
    /** Of a reporter of whom no ruling has said anything. */
    static final double NEW = .3;

    static final double MOST = 1.2;
    /** However many report an account: at a prior of 1 in 100 it makes 17 in 100, and no more. */
    static final double MOST_OF_A_CASE = 3;

    static final double HALF_LIFE_SECONDS = 90 * 86_400.0;
    /** The estimate is the lower end of a one-sided interval of 95 in 100. */
    private static final double DOUBT = .05;
    /** So many times right, and once neither, are worth {@link #NEW}: what a new reporter is taken to have been. */
    private static final double PRIOR_RIGHT = Math.log(DOUBT) / -Math.log1p(Math.exp(-NEW));

    private static final double PRIOR_WRONG = 1;
    /** Rulings of either kind that are taken to have been before the first. */
    private static final double PRIOR_RULINGS = 5;

    private Trust() {}

    /** How often rulings said what was reported, and how often they did not. */
    record Rulings(int upheld, int notUpheld) {}

    /**
     * What one reporter's word is worth, from 0 to {@link #MOST}.
     *
     * @param own rulings on what the reporter reported
     * @param all rulings on whatever anybody reported. Where nearly all is upheld it takes no insight to be right: being
     *     right counts less then, and being wrong more, so that whoever reports at random stays at nothing
     */
    static double of(Rulings own, Rulings all) {
        double upheldShare = (all.upheld + PRIOR_RULINGS) / (all.upheld + all.notUpheld + 2 * PRIOR_RULINGS);
        // Never the other way round: where little is upheld, to be right once is no reason to believe anything.
        double base = Math.max(.5, upheldShare);
        double right = PRIOR_RIGHT + 2 * (1 - base) * own.upheld;
        double wrong = PRIOR_WRONG + 2 * base * own.notUpheld;
        // Of a Beta distribution with 1 the quantile needs no search; that is most reporters.
        double share = own.notUpheld == 0
                ? Math.pow(DOUBT, 1 / right)
                : BetaDistribution.of(right, wrong).inverseCumulativeProbability(DOUBT);
        return Math.clamp(Math.log(share / (1 - share)), 0, MOST);
    }

    /**
     * What a word is worth that was given at {@code at} (Unix epoch seconds), as if it were 1970: all fall by half in the same
     * time, so what was compared once stays so.
     */
    static double then(double trust, long at) {
        return trust * Math.pow(2, at / HALF_LIFE_SECONDS);
    }

    /** What {@link #then} is worth now. */
    static double now(double then, long now) {
        return Math.min(MOST_OF_A_CASE, then * Math.pow(2, -now / HALF_LIFE_SECONDS));
    }

    /** The sum over clusters of the best word in each, as {@link #then}. */
    static double then(Collection<List<Telling>> clusters, ToDoubleFunction<String> trust) {
        return clusters.stream()
                .mapToDouble(cluster -> cluster.stream()
                        .mapToDouble(telling -> then(trust.applyAsDouble(telling.observer()), telling.at()))
                        .max()
                        .orElse(0))
                .sum();
    }
}
