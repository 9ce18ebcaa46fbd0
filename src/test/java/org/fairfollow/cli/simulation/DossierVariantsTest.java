package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.junit.jupiter.api.Test;

class DossierVariantsTest {
    private static final long SEED = 5;
    private static final long DAY = 86_400;
    private static final Span PERIOD = new Span(20_000 * DAY, 20_090 * DAY);
    private static final Population POPULATION =
            new Population(SEED, PERIOD, List.of(Agent.EVADER, Agent.PRUNER, Agent.SAMPLER), 100_000);

    @Test
    void earlierThereWasLess() {
        Dossier dossier = new Dossier(
                50 * DAY,
                List.of(
                        new FollowEpisode(1, new Span(DAY, 30 * DAY)),
                        new FollowEpisode(1, new Span(35 * DAY, Span.OPEN)),
                        new FollowEpisode(2, new Span(40 * DAY, Span.OPEN))),
                Map.of(
                        1,
                        new Target(
                                List.of(new Span(2 * DAY, 25 * DAY)),
                                List.of(0, 19, 20, 21),
                                List.of(new Span(19 * DAY, 21 * DAY)),
                                List.of(new Span(20 * DAY, Span.OPEN))),
                        2,
                        new Target(List.of(), List.of(3), List.of(), List.of())),
                new Coverage(List.of(new Span(0, 50 * DAY)), 9, 0, 1, 0));

        Dossier earlier = DossierVariants.asOf(dossier, 20 * DAY);

        assertThat(earlier.asOf()).isEqualTo(20 * DAY);
        assertThat(earlier.follows()).containsExactly(new FollowEpisode(1, new Span(DAY, Span.OPEN)));
        assertThat(earlier.targets())
                .isEqualTo(Map.of(
                        1,
                        new Target(
                                List.of(new Span(2 * DAY, Span.OPEN)),
                                List.of(0, 19),
                                List.of(new Span(19 * DAY, Span.OPEN)),
                                List.of())));
        assertThat(earlier.coverage().spans()).containsExactly(new Span(0, 20 * DAY));
    }

    @Test
    void theEndIsNoEarlier() {
        for (int account = 0; account < POPULATION.judged(); account++) {
            Dossier dossier = dossier(account);
            assertThat(DossierVariants.asOf(dossier, dossier.asOf())).isEqualTo(dossier);
        }
    }

    @Test
    void lossShowsInUnfollowsWithoutAFollow() {
        Dossier dossier = dossier(0);
        Dossier lossy = DossierVariants.withLoss(dossier, .15, new Random(SEED));
        assertThat((double) lossy.follows().size() / dossier.follows().size()).isBetween(.80, .90);
        assertThat(lossy.targets().keySet())
                .containsExactlyInAnyOrderElementsOf(lossy.follows().stream()
                        .map(FollowEpisode::target)
                        .distinct()
                        .toList());
        Coverage coverage = lossy.coverage();
        assertThat(coverage.ownPaired() + coverage.ownOrphaned())
                .isEqualTo(dossier.coverage().ownPaired());
        assertThat(coverage.ownPaired())
                .isEqualTo(lossy.follows().stream()
                        .filter(follow -> follow.span().to() != Span.OPEN)
                        .count());
        assertThat((double) coverage.deletesOrphaned() / (coverage.deletesPaired() + coverage.deletesOrphaned()))
                .isEqualTo(.15);
    }

    private static Dossier dossier(int account) {
        return POPULATION.history(account).dossier(POPULATION::life);
    }
}
