package org.fairfollow.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with the evidence it was reached on, for anybody to judge again.
 *
 * @param asOf when it was judged
 * @param dossier null when it is withheld
 * @param withheld why the evidence is not here; null when it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Exported(
        Standing standing,
        String detector,
        Instant asOf,
        OpenFinding finding,
        @Nullable OpenDossier dossier,
        @Nullable Withheld withheld) {

    /** Why evidence stays where it is. */
    public enum Withheld {
        /** The verdict rests on what single people told; whoever is judged could tell from it who did. */
        TOLD,
        /** It is larger than what is told at once. */
        TOO_LARGE,
        /** It was judged by a version of the rule that this service no longer has. */
        OTHER_RULES;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
