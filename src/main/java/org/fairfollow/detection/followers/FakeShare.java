package org.fairfollow.detection.followers;

import java.util.stream.DoubleStream;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.Statistics.Validation;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds.Plausible;

/**
 * The share of followers that are fake, corrected for the errors of the classifier. Its bounds hold for the classifier as
 * it was validated and for any within the plausible range, so that another network cannot make an accusation.
 *
 * @param fakes followers that look fake
 * @param judged of so many
 * @param effective as many followers drawn one by one would say as much
 */
record FakeShare(long fakes, long judged, double effective, Validation classifier, Plausible plausible) {

    /** Makes a share of a group of followers, with the rule's classifier. */
    interface OfGroup {
        FakeShare of(long fakes, long judged, double effective);
    }

    double found() {
        return judged == 0 ? 0 : (double) fakes / judged;
    }

    private double sensitivity() {
        return (double) classifier.found() / classifier.with();
    }

    private double specificity() {
        return (double) classifier.cleared() / classifier.without();
    }

    /** Whether the classifier tells enough for any correction to mean something, however it fares elsewhere. */
    boolean tells() {
        return power() >= plausible.power();
    }

    double power() {
        return Math.min(sensitivity() + specificity(), plausible.leastSensitivity() + plausible.leastSpecificity()) - 1;
    }

    /** So few that the errors of the classifier alone explain them. */
    boolean indistinguishableFromNone() {
        return found() < 1 - specificity();
    }

    double value() {
        return tells() ? Statistics.roganGladen(found(), sensitivity(), specificity()) : 0;
    }

    double atLeast(double z) {
        if (judged == 0 || !tells()) {
            return 0;
        }
        double lower = Statistics.wilsonOfShare(found(), effective, z).lower();
        // A share shrinks with better sensitivity and with worse specificity.
        return DoubleStream.of(
                        langReiczigel(z).lower(),
                        Statistics.roganGladen(lower, plausible.mostSensitivity(), plausible.leastSpecificity()),
                        Statistics.roganGladen(lower, plausible.leastSensitivity(), plausible.leastSpecificity()))
                .min()
                .orElseThrow();
    }

    double atMost(double z) {
        if (judged == 0 || !tells()) {
            return 1;
        }
        double upper = Statistics.wilsonOfShare(found(), effective, z).upper();
        return DoubleStream.of(
                        langReiczigel(z).upper(),
                        Statistics.roganGladen(upper, plausible.leastSensitivity(), plausible.mostSpecificity()),
                        Statistics.roganGladen(upper, plausible.leastSensitivity(), plausible.leastSpecificity()))
                .max()
                .orElseThrow();
    }

    private Interval langReiczigel(double z) {
        return Statistics.langReiczigel(found(), effective, classifier, z);
    }
}
