package org.fairfollow.verdict;

import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Dossier;

/** A finding and the evidence it was reached on. */
record Judged(int accountId, Dossier dossier, Finding finding) {}
