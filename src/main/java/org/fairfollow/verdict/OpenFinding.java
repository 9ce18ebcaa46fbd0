package org.fairfollow.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may see of a finding. Its weight is not among it, for it only orders what people review; nor is the second
 * of the newest evidence, which may be that of a message somebody told of.
 */
public record OpenFinding(
        String opinion,
        String statement,
        List<Finding.Reason> reasons,
        List<Finding.Alibi> alibis,
        @JsonInclude(JsonInclude.Include.NON_NULL) Finding.@Nullable Spark spark,
        List<Finding.Missing> missing,
        List<String> caveats,
        Finding.Sources sources,
        List<Finding.Table> tables) {

    /** Only the picture may be lacking. */
    public OpenFinding {
        Stream.of(opinion, statement, reasons, alibis, missing, caveats, sources, tables)
                .forEach(Objects::requireNonNull);
    }

    public static OpenFinding of(Finding finding) {
        return new OpenFinding(
                finding.opinion().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                finding.statement(),
                finding.reasons(),
                finding.alibis(),
                finding.spark(),
                finding.missing(),
                finding.caveats(),
                finding.sources(),
                finding.tables());
    }
}
