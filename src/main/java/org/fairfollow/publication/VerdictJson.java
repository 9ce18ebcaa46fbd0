package org.fairfollow.publication;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** A verdict as clients see it. */
public record VerdictJson(
        Practice practice,
        Standing standing,
        @JsonProperty @Nullable Double confidence,
        boolean disputed,
        String statement,
        List<Finding.Reason> reasons,
        List<Finding.Alibi> alibis,
        Finding.@Nullable Spark spark,
        List<Finding.Missing> missing,
        List<String> caveats,
        Finding.Sources sources,
        String detector,
        Instant asOf,
        @Nullable Instant reviewAt) {

    public static VerdictJson of(Verdict verdict) {
        Finding finding = verdict.finding();
        return new VerdictJson(
                finding.practice(),
                verdict.standing(),
                null,
                false,
                finding.statement(),
                finding.reasons(),
                finding.alibis(),
                finding.spark(),
                finding.missing(),
                finding.caveats(),
                finding.sources(),
                finding.detector(),
                Instant.ofEpochSecond(verdict.asOf()),
                verdict.reviewAt() == 0 ? null : Instant.ofEpochSecond(verdict.reviewAt()));
    }
}
