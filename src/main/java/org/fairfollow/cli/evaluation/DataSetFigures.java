package org.fairfollow.cli.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.fairfollow.cli.evaluation.Labels.LabelFigures;
import org.fairfollow.cli.evaluation.WholePipeline.PipelineFigures;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one data set.
 *
 * @param name of its folder
 * @param nothing why nothing in it can be measured; null when something can
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataSetFigures(
        String name,
        @Nullable String nothing,
        List<FileFigures> files,
        List<LabelFigures> labels,
        List<SubjectFigures> subjects,
        @Nullable PipelineFigures wholePipeline,
        List<String> failures) {

    static DataSetFigures nothing(String name, String why) {
        return new DataSetFigures(name, why, List.of(), List.of(), List.of(), null, List.of());
    }

    static DataSetFigures unreadable(String name, String why) {
        return new DataSetFigures(name, why, List.of(), List.of(), List.of(), null, List.of(why));
    }

    boolean failed() {
        return !failures.isEmpty() || files.stream().anyMatch(file -> file.failure() != null);
    }
}
