package org.fairfollow.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as clients see it.
 *
 * @param reviewedAt when a moderator confirmed or cleared it; null if none did
 * @param rebuttal null unless the owner proved control of the account and said something
 */
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
        @Nullable Instant reviewAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant reviewedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rebuttal rebuttal) {

    /** What the account's owner says to it. */
    public record Rebuttal(String text, Instant at) {}

    public static VerdictJson of(Verdict verdict) {
        Finding finding = verdict.shown();
        Decision decision = verdict.decision();
        String words = decision.rebuttal();
        return new VerdictJson(
                finding.practice(),
                verdict.standing(),
                verdict.confidence(),
                decision.isWithheld() || decision.isHidden() || words != null,
                finding.statement(),
                finding.reasons(),
                finding.alibis(),
                finding.spark(),
                finding.missing(),
                finding.caveats(),
                finding.sources(),
                finding.detector(),
                Instant.ofEpochSecond(verdict.asOf()),
                verdict.reviewAt() == 0 ? null : Instant.ofEpochSecond(verdict.reviewAt()),
                verdict.isReviewed() ? Instant.ofEpochSecond(decision.ruledAt()) : null,
                words == null ? null : new Rebuttal(words, Instant.ofEpochSecond(decision.rebuttedAt())));
    }
}
