package org.fairfollow.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fairfollow.cli.simulation.EvaluationReport.AgentFigures;
import org.fairfollow.cli.simulation.EvaluationReport.Rate;
import org.fairfollow.detection.Finding.Opinion;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Trial FOUND =
            new Trial(Agent.CHURNER, Opinion.PRESENT, true, true, 14, false, Opinion.PRESENT, Opinion.SIGNS);
    private static final Trial MISSED = new Trial(
            Agent.CHURNER, Opinion.SIGNS, false, false, Trial.NEVER, false, Opinion.SIGNS, Opinion.TOO_LITTLE_EVIDENCE);
    private static final Trial INNOCENT = new Trial(
            Agent.ORGANIC,
            Opinion.ABSENT,
            false,
            false,
            Trial.NEVER,
            false,
            Opinion.ABSENT,
            Opinion.TOO_LITTLE_EVIDENCE);

    @Test
    void boundsAreClopperAndPearsons() {
        assertThat(Rate.of(Collections.nCopies(299, INNOCENT), Trial::likely).atMost())
                .isCloseTo(1 - Math.pow(.05, 1 / 299.0), within(1e-9));
        // One of ten: the tabulated one-sided bound.
        List<Trial> oneOfTen = Stream.concat(Stream.of(FOUND), Collections.nCopies(9, MISSED).stream())
                .toList();
        assertThat(Rate.of(oneOfTen, Trial::likely).atMost()).isCloseTo(.3942, within(1e-4));
        assertThat(Rate.of(List.of(FOUND), Trial::likely).atMost()).isEqualTo(1);
    }

    @Test
    void figuresAreCountedByAgentAndSeed() {
        Map<Long, List<Trial>> trials = new LinkedHashMap<>();
        trials.put(
                1L,
                Stream.concat(Stream.of(FOUND, MISSED), Collections.nCopies(300, INNOCENT).stream())
                        .toList());
        trials.put(2L, List.of(FOUND, FOUND, INNOCENT));
        EvaluationReport report = EvaluationReport.of("rule/1", 90, trials);

        AgentFigures churner = figures(report, Agent.CHURNER);
        assertThat(churner.likely().flagged()).isEqualTo(3);
        assertThat(churner.likely().n()).isEqualTo(4);
        assertThat(churner.bySeed())
                .extracting(EvaluationReport.SeedFigures::likely)
                .containsExactly(1L, 2L);
        assertThat(churner.signs()).isEqualTo(1);
        assertThat(churner.medianDaysToFind()).isEqualTo(14);
        assertThat(churner.ninthDecileDaysToFind())
                .as("a quarter was never found")
                .isNull();
        assertThat(figures(report, Agent.ORGANIC).notFound()).isEqualTo(301);
        assertThat(report.innocents().n()).isEqualTo(301);

        double bound = report.innocents().atMost();
        assertThat(report.precision().get(1).pooledAtLeast())
                .isCloseTo(.01 * .75 / (.01 * .75 + .99 * bound), within(1e-12));
        assertThat(report.precision().get(1).worstMix()).isEqualTo(1);
        assertThat(report.losses().get(1).unknown().flagged()).isEqualTo(302);
        assertThat(EvaluationMarkdown.of(report)).contains("| churner | 4 | 3 (75 %) | 3 |");
    }

    @Test
    void theOutcomeDependsOnTheSeedAlone() {
        Evaluation evaluation = new Evaluation(Evaluation.FEWEST_ACCOUNTS, List.of(1L));
        EvaluationReport report = evaluation.run(line -> {});
        assertThat(evaluation.run(line -> {})).isEqualTo(report);
        assertThat(report.agents()).hasSize(Agent.values().length);
        assertThat(report.losses().get(1).unknown().n())
                .as("nothing is said when every seventh follow is lost")
                .isEqualTo(report.losses().get(1).unknown().flagged());
        assertThat(figures(report, Agent.CHURNER).likely().flagged()).isPositive();
    }

    private static AgentFigures figures(EvaluationReport report, Agent agent) {
        return report.agents().stream()
                .filter(figures -> figures.agent().equals(agent.id()))
                .findFirst()
                .orElseThrow();
    }
}
