package org.fairfollow.cli.simulation.practices;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.function.Consumer;
import org.fairfollow.cli.simulation.Evaluation;
import org.fairfollow.cli.simulation.EvaluationMarkdown;
import org.fairfollow.cli.simulation.EvaluationReport;

/**
 * All that {@code evaluate --simulate} tells.
 *
 * @param followChurn of accounts whose follows a stream told; its fields stand at the root of the JSON
 * @param byPractice everything else
 */
public record SimulationReport(@JsonUnwrapped EvaluationReport followChurn, PracticeReport byPractice) {

    /** @param progress gets a line now and then */
    public static SimulationReport of(int accounts, List<Long> seeds, Consumer<String> progress) {
        return new SimulationReport(
                new Evaluation(accounts, seeds).run(progress), new PracticeEvaluation(accounts, seeds).run(progress));
    }

    public String markdown() {
        return EvaluationMarkdown.of(followChurn) + "\n" + PracticeMarkdown.of(byPractice);
    }
}
