package org.fairfollow.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of observations as they are sent; nothing of them has been checked. */
final class ObservationLine {
    private ObservationLine() {}

    record Named(@Nullable String network, @Nullable String name) {}

    /** @param exact false where a page showed it abbreviated */
    record Count(@Nullable Long count, @Nullable Boolean exact) {}

    record Relation(
            String kind,
            @Nullable Named actor,
            @Nullable Named target,
            @Nullable String time,
            @Nullable String observer) {}

    record ProfileCounters(
            String kind,
            @Nullable Named account,
            @Nullable String time,
            @Nullable String observer,
            @Nullable Count followers,
            @Nullable Count following,
            @Nullable Count posts,
            @Nullable String createdAt,
            @Nullable Boolean hasAvatar,
            @Nullable Long bioLength,
            @Nullable String lastPostAt) {}

    record Message(
            String kind,
            @Nullable Named account,
            @Nullable String time,
            @Nullable String observer,
            @Nullable MessageMarks message) {}

    /** What is told of a message, which is not its text. */
    record MessageMarks(
            @Nullable String fingerprint,
            @Nullable List<@Nullable String> bands,
            @Nullable String kind,
            @Nullable Long delaySeconds,
            @Nullable Boolean hasLink) {}

    record FollowerSample(
            String kind,
            @Nullable Named account,
            @Nullable String time,
            @Nullable String observer,
            @Nullable Long total,
            @Nullable List<@Nullable Follower> followers) {}

    record Follower(
            @Nullable Long rank,
            @Nullable Long followers,
            @Nullable Long following,
            @Nullable Long posts,
            @Nullable String createdAt,
            @Nullable Boolean hasAvatar,
            @Nullable Long bioLength,
            @Nullable String lastPostAt) {}

    record PostSample(
            String kind,
            @Nullable Named account,
            @Nullable String time,
            @Nullable String observer,
            @Nullable List<@Nullable Post> posts,
            @Nullable List<@Nullable Question> questions) {}

    record Post(
            @Nullable String time,
            @Nullable String template,
            @Nullable String kind,
            @Nullable Boolean hasLink,
            @Nullable Boolean promotional,
            @Nullable List<@Nullable String> hits) {}

    record Question(
            @Nullable String time,
            @Nullable String asker,
            @Nullable String answeredAt) {}

    record OwnerStatement(
            String kind,
            @Nullable Named account,
            @Nullable String time,
            @Nullable String observer,
            @Nullable String claim) {}
}
