package org.fairfollow.cli.simulation.practices;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.evidence.Dossier;

/** A rule that says what a test wants to hear. */
record StandIn(Practice practice, Function<Dossier, Opinion> opinion, boolean hasPlacebo) implements Detector {

    static StandIn always(Practice practice, Opinion opinion) {
        return new StandIn(practice, dossier -> opinion, false);
    }

    @Override
    public String version() {
        return practice.id() + "/test";
    }

    @Override
    public PracticeDescription describe() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Record thresholds() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Finding judge(Dossier dossier) {
        return new Finding(
                practice,
                version(),
                opinion.apply(dossier),
                false,
                "",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Sources(0, 0),
                List.of(),
                0,
                0);
    }

    @Override
    public Optional<Dossier> placebo(Dossier dossier) {
        return hasPlacebo ? Optional.of(dossier) : Optional.empty();
    }
}
