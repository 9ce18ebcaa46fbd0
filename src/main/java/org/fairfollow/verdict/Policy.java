package org.fairfollow.verdict;

import org.fairfollow.detection.Finding;

/** Turns findings into standings. Rules gate; nothing is confirmed before an audit or a ruling says so. */
final class Policy {
    private Policy() {}

    static Standing standing(Finding finding) {
        return switch (finding.opinion()) {
            case TOO_LITTLE_EVIDENCE -> Standing.UNKNOWN;
            case ABSENT -> Standing.NOT_FOUND;
            case SIGNS -> Standing.SIGNS;
            case PRESENT -> Standing.LIKELY;
        };
    }
}
