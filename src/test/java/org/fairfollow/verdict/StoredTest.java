package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.Told;
import org.junit.jupiter.api.Test;

class StoredTest {
    @Test
    void aKeptDossierIsReadBackAsItWas() {
        Told told = new Told(Seed.random("a kept dossier"));
        long now = 1_790_000_000;
        Counters counters = told.profile(now, "a").counters();
        Span open = new Span(now - 60, Span.OPEN);
        Dossier dossier = new Dossier(
                now,
                List.of(new FollowEpisode(7, new Span(now - 90, now - 60))),
                Map.of(7, new Target(List.of(open), List.of(20_000), List.of(), List.of(open))),
                new Coverage(List.of(new Span(0, now)), 1, 2, 3, 4),
                new Arrivals(
                        List.of(
                                new Arrivals.Arrival(8, open, counters, List.of(20_001)),
                                new Arrivals.Arrival(9, open, null, List.of())),
                        List.of(new Arrivals.Day(20_000, 2, 0)),
                        List.of(new Arrivals.Companion(10, 20))),
                new Observations(
                        List.of(told.profile(now, "a"), told.profile(now, "b")),
                        List.of(new Observation.RelationTold(now, "c", false, true, 11, false)),
                        List.of(told.message(now, "d"), told.message(now, "e")),
                        List.of(told.followers(now, "f", 20)),
                        List.of(told.posts(now, "g", 20), told.posts(now, "h", 0)),
                        List.of(new Observation.OwnerStatement(
                                now, "i", true, Observation.OwnerClaim.FOLLOWERS_NOT_ORDERED)),
                        Map.of("c", List.of(12, 13))));
        byte[] stored = Stored.write(dossier);
        assertThat(Stored.dossier(stored)).isEqualTo(dossier);
        assertThat(Stored.write(Stored.dossier(stored))).isEqualTo(stored);
    }
}
