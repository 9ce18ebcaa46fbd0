package org.fairfollow.detection;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairfollow.detection.followback.AutoFollowBackDetector;
import org.fairfollow.detection.followchurn.FollowChurnDetector;
import org.fairfollow.detection.followers.BuysFollowersDetector;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Floors;
import org.fairfollow.evidence.RollUp;
import org.junit.jupiter.api.Test;

/** Nobody a rule could judge lies beneath the floors. */
class FloorsTest {
    private final Floors floors = Detectors.floors();

    @Test
    void aWeekThatCountsForFollowChurnReachesThem() {
        assertThat(floors.followed())
                .isPositive()
                .isLessThanOrEqualTo(FollowChurnDetector.Thresholds.DEFAULT.weeklyFollows());
        // A week's events may lie under the keys of the day before and, by some minutes, of the day after.
        assertThat(RollUp.WINDOW_DAYS).isGreaterThanOrEqualTo(7 + 2);
    }

    @Test
    void arrivalsThatCountAsSharedReachThemAtBothAccounts() {
        var rule = BuysFollowersDetector.Thresholds.DEFAULT;
        assertThat(floors.received())
                .isPositive()
                .isLessThanOrEqualTo(rule.synchrony().arrivals())
                .isLessThanOrEqualTo((int) rule.burst().followers())
                .isLessThanOrEqualTo(Arrivals.BURST_FOLLOWERS);
        // Hours of a burst and one on either side, from the middle of a day on, and keys a day off.
        assertThat(RollUp.WINDOW_DAYS * 24).isGreaterThanOrEqualTo(Arrivals.BURST_HOURS + 2 + 2 * 24 + 2 * 24);
    }

    @Test
    void whoReturnsAsManyFollowsAsItTakesReachesThemAtAnEvenPace() {
        var rule = AutoFollowBackDetector.Thresholds.DEFAULT;
        double windows = (double) rule.windowDays() / RollUp.WINDOW_DAYS;
        assertThat(floors.exchangedReceived()).isPositive().isLessThanOrEqualTo((int) (rule.received() / windows));
        assertThat(floors.exchangedFollowed()).isPositive().isLessThanOrEqualTo((int)
                (rule.returned() * rule.received() / windows));
    }
}
