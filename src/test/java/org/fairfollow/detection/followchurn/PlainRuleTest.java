package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.junit.jupiter.api.Test;

/** The baseline keeps its known faults: they are what the estimator is measured against. */
class PlainRuleTest {
    private static long among20(LongPredicate accused) {
        return LongStream.range(0, 20).filter(accused).count();
    }

    @Test
    void findsChurners() {
        assertThat(among20(seed -> PlainRule.accuses(InventedAccount.churner().dossier(seed))))
                .isEqualTo(20);
    }

    @Test
    void missesThoseWhoHoldLonger() {
        assertThat(among20(seed -> PlainRule.accuses(InventedAccount.evader().dossier(seed))))
                .isLessThan(10);
    }

    @Test
    void accusesWhoDropsEverythingAlikeWithinHours() {
        InventedAccount sampler = InventedAccount.sampler().following(20);
        assertThat(among20(seed -> PlainRule.accuses(sampler.dossier(seed)))).isGreaterThan(10);
    }

    @Test
    void sparesThePlainFollower() {
        assertThat(among20(seed ->
                        PlainRule.accuses(InventedAccount.organic().following(9).dossier(seed))))
                .isZero();
    }

    @Test
    void judgesEvidenceWithoutTargets() {
        Dossier dossier = new Dossier(
                InventedAccount.AS_OF,
                List.of(new FollowEpisode(1, new Span(InventedAccount.AS_OF - 30 * InventedAccount.DAY, Span.OPEN))),
                Map.of(),
                new Coverage(List.of(), 0, 0, 0, 0));
        assertThat(PlainRule.accuses(dossier)).isFalse();
    }
}
