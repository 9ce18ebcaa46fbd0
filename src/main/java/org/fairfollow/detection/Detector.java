package org.fairfollow.detection;

import org.fairfollow.evidence.Dossier;

/** Judges one practice from a dossier: a pure function, without clock, database or randomness. */
public interface Detector {
    Practice practice();

    /** Name and version of the rule, such as {@code follow-churn/1}; another version may find otherwise. */
    String version();

    /** Never throws on a dossier the evidence log can yield. */
    Finding judge(Dossier dossier);
}
