package org.fairfollow.cli.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.SampledPost;
import org.fairfollow.evidence.Observations;

/** Dossiers of accounts of which a file tells one thing. Each is put together when its newest evidence was seen. */
final class Dossiers {
    /** Where a file tells no time; fixed, so that figures can be had again. */
    static final long AS_OF = Instant.parse("2026-07-01T00:00:00Z").getEpochSecond();

    static final String OBSERVER = "evaluation";

    private Dossiers() {}

    static Dossier of(ProfileCounters profile) {
        return of(List.of(profile));
    }

    /** @param profiles oldest first, one at least */
    static Dossier of(List<ProfileCounters> profiles) {
        return of(profiles.getLast().at(), profiles, List.of());
    }

    /** @param posts oldest first, one at least */
    static Dossier ofPosts(List<SampledPost> posts) {
        long newest = posts.getLast().at();
        return of(newest, List.of(), List.of(new PostSample(newest, OBSERVER, true, posts, null)));
    }

    private static Dossier of(long asOf, List<ProfileCounters> profiles, List<PostSample> posts) {
        return new Dossier(
                asOf,
                List.of(),
                Map.of(),
                new Coverage(List.of(), 0, 0, 0, 0),
                Arrivals.NONE,
                new Observations(profiles, List.of(), List.of(), List.of(), posts, List.of(), Map.of()));
    }
}
