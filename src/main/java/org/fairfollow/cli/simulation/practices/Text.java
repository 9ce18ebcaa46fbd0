package org.fairfollow.cli.simulation.practices;

import java.util.List;
import org.fairfollow.evidence.text.Bands;
import org.fairfollow.evidence.text.NormalText;

/** What an invented message leaves behind: its fingerprint and, if it is long enough, the bands of its shingles. */
record Text(String fingerprint, List<String> bands) {
    static Text of(String text) {
        NormalText normal = NormalText.of(text);
        return new Text(normal.fingerprint(), Bands.of(normal).map(Bands::hex).orElse(List.of()));
    }
}
