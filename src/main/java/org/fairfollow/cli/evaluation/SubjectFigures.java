package org.fairfollow.cli.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one detector on one file.
 *
 * @param subject id of the practice, or of what else is measured
 * @param rule name and version of the rule; null where it has none
 * @param proxy whether the labels stand for something other than what is judged
 * @param meaning what the labels stand for here, a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubjectFigures(
        String subject,
        @Nullable String rule,
        String file,
        boolean proxy,
        String meaning,
        List<Outcome> outcomes,
        List<Measure> measures,
        List<String> notes) {

    /** How many accounts got this answer, by what their label says; those not scored carry none that is understood. */
    public record Outcome(String outcome, long positive, long negative, long notScored) {}
}
