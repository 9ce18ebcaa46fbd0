package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.junit.jupiter.api.Test;

class ShuffledFollowBacksTest {
    private final FollowChurnDetector detector = new FollowChurnDetector();

    private Dossier placebo(Dossier dossier) {
        return detector.placebo(dossier).orElseThrow();
    }

    private static long followBacks(Dossier dossier) {
        return dossier.targets().values().stream()
                .mapToLong(target -> target.followedBack().size())
                .sum();
    }

    @Test
    void nothingIsLeftToFind() {
        assertThat(LongStream.range(0, 10)
                        .mapToObj(seed -> InventedAccount.churner().dossier(seed))
                        .map(this::placebo)
                        .map(dossier -> detector.judge(dossier).opinion()))
                .doesNotContain(Opinion.PRESENT, Opinion.SIGNS);
    }

    @Test
    void theSameFollowBacksAreDealtToOthers() {
        Dossier dossier = InventedAccount.evader().dossier(1);
        Dossier placebo = placebo(dossier);
        assertThat(placebo.follows()).isEqualTo(dossier.follows());
        assertThat(placebo.targets()).isNotEqualTo(dossier.targets());
        assertThat(placebo.targets().keySet()).isEqualTo(dossier.targets().keySet());
        // A follow-back that comes to lie after the end is lost.
        assertThat((double) followBacks(placebo)).isBetween(.97 * followBacks(dossier), 1.0 * followBacks(dossier));
    }

    @Test
    void itIsAlwaysTheSameDeal() {
        Dossier dossier = InventedAccount.evader().dossier(1);
        List<FollowEpisode> shuffled = new ArrayList<>(dossier.follows());
        Collections.shuffle(shuffled, new Random(1));
        Dossier inAnotherOrder = new Dossier(dossier.asOf(), shuffled, dossier.targets(), dossier.coverage());
        assertThat(placebo(inAnotherOrder).targets()).isEqualTo(placebo(dossier).targets());
    }

    @Test
    void nothingIsDealtFromNothing() {
        Dossier empty = Dossier.empty(InventedAccount.AS_OF);
        assertThat(placebo(empty)).isEqualTo(empty);
    }
}
