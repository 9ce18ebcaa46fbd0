package org.fairfollow.detection.followers;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Validation;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.junit.jupiter.api.Test;

class FakeShareTest {
    private static final Validation GOOD = new Validation(36, 45, 375, 419);

    private static FakeShare share(long fakes, long judged, Validation classifier) {
        return new FakeShare(fakes, judged, judged, classifier, Thresholds.DEFAULT.plausible());
    }

    @Test
    void theBoundsHoldForEveryPlausibleClassifier() {
        Thresholds.Plausible range = Thresholds.DEFAULT.plausible();
        for (int fakes = 0; fakes <= 400; fakes += 20) {
            FakeShare share = share(fakes, 400, GOOD);
            for (double se = range.leastSensitivity(); se <= range.mostSensitivity(); se += .05) {
                for (double sp = range.leastSpecificity(); sp <= range.mostSpecificity(); sp += .02) {
                    double value = Statistics.roganGladen(fakes / 400.0, se, sp);
                    assertThat(share.atLeast(3.36)).isLessThanOrEqualTo(value);
                    assertThat(share.atMost(2.326)).isGreaterThanOrEqualTo(value);
                }
            }
        }
    }

    /** A tenth that look fake is what the classifier finds among anybody's followers. */
    @Test
    void aTenthIsNothing() {
        assertThat(share(40, 400, GOOD).indistinguishableFromNone()).isTrue();
        assertThat(share(40, 400, GOOD).value()).isZero();
        assertThat(share(40, 400, GOOD).atLeast(3.36)).isZero();
        assertThat(share(48, 400, GOOD).indistinguishableFromNone()).isFalse();
    }

    @Test
    void aClassifierThatTellsLittleTellsNothing() {
        FakeShare weak = share(300, 400, new Validation(25, 45, 390, 419));
        assertThat(weak.tells()).isFalse();
        assertThat(weak.atLeast(3.36)).isZero();
        assertThat(weak.atMost(2.326)).isEqualTo(1);
        assertThat(share(300, 400, new Validation(26, 45, 390, 419)).tells()).isTrue();
    }

    @Test
    void nobodyJudgedExcludesNothing() {
        assertThat(share(0, 0, GOOD).atLeast(3.36)).isZero();
        assertThat(share(0, 0, GOOD).atMost(2.326)).isEqualTo(1);
    }

    @Test
    void fewerEffectiveFollowersWidenTheBounds() {
        FakeShare many = share(200, 400, GOOD);
        FakeShare few = new FakeShare(200, 400, 40, GOOD, Thresholds.DEFAULT.plausible());
        assertThat(few.value()).isEqualTo(many.value());
        assertThat(few.atLeast(3.36)).isLessThan(many.atLeast(3.36));
        assertThat(few.atMost(3.36)).isGreaterThan(many.atMost(3.36));
    }
}
