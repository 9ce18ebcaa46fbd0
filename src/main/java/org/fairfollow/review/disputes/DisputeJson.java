package org.fairfollow.review.disputes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * A dispute as its owner sees it.
 *
 * @param secretToken only in the answer that opens it
 * @param code to put into the profile; null once it is of no use
 * @param how what to do with it
 * @param expiresAt until when control can be proven; null once it is
 * @param reviewBy if nobody has ruled by then, the verdict is withdrawn for good; null unless one waits for that
 * @param mayRewrite whether the words can still be changed
 */
@JsonInclude(Include.NON_NULL)
record DisputeJson(
        String id,
        @Nullable String secretToken,
        Named account,
        DisputeKind kind,
        DisputeState state,
        @Nullable String code,
        @Nullable String how,
        Instant openedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant provenAt,
        @Nullable Instant reviewBy,
        @Nullable String rebuttal,
        boolean mayRewrite,
        List<Disputed> practices,
        String page) {

    /** As the calls of the API name accounts. */
    record Named(@Nullable String network, @Nullable String name) {}

    /**
     * One of the verdicts it is about; before control is proven nothing is told but which.
     *
     * @param statement what the verdict says, also while that is hidden from others
     */
    @JsonInclude(Include.NON_NULL)
    record Disputed(
            Practice practice,
            @Nullable Standing standing,
            @Nullable Boolean disputed,
            @Nullable String statement,
            @Nullable Ruled ruling) {}

    /** A ruling as its owner is told of it: with the reasons, without who ruled. */
    record Ruled(Ruling outcome, String reasons, Instant at) {}
}
