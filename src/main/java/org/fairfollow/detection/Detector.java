package org.fairfollow.detection;

import java.util.Optional;
import org.fairfollow.evidence.Dossier;

/** Judges one practice from a dossier: a pure function, without clock, database or randomness. */
public interface Detector {
    Practice practice();

    /** Name and version of the rule, such as {@code follow-churn/1}; another version may find otherwise. */
    String version();

    /** The practice and this rule in words, with the thresholds it compares with. */
    PracticeDescription describe();

    /** All that the rule compares with, by name; a release commits to it. */
    Record thresholds();

    /** Never throws on a dossier the evidence log can yield. */
    Finding judge(Dossier dossier);

    /**
     * The same evidence with the labels that carry the accusation shuffled within the account, always alike for the same
     * dossier: what the rule still finds in it, it would find in anybody. Empty for a practice without such labels.
     */
    default Optional<Dossier> placebo(Dossier dossier) {
        return Optional.empty();
    }
}
