package org.fairfollow.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * A page of what waits.
 *
 * @param next where the page after it begins; null after the last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record QueueJson(List<Entry> accounts, @Nullable String next) {
    /**
     * An account that waits.
     *
     * @param caseId where all that is known of it is
     * @param state what waits most pressingly
     * @param deadline when its owner has waited long enough; null where none waits
     * @param followers null when not known
     * @param logOdds that it practises something; it never publishes anything
     * @param verdicts all that are held
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            String caseId,
            AccountJson account,
            String state,
            Instant waitingSince,
            @Nullable Instant deadline,
            @Nullable Long followers,
            double logOdds,
            List<Held> verdicts,
            List<Claims> reports) {}

    public record Held(Practice practice, Standing standing, double weight, String statement) {}

    /** Reports of one practice that nobody ruled on. */
    public record Claims(String practice, int reports, int clusters, double weight) {}
}
