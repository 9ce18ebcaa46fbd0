package org.fairfollow.verdict;

import org.fairfollow.detection.Finding;

/** Turns findings into standings. Rules gate; nothing is confirmed before an audit or a ruling says so. */
final class Policy {
    private Policy() {}

    /** What people tell alone never publishes, whatever a rule makes of it; the exception is what nobody else can see. */
    private static boolean isPublishable(Finding finding) {
        return finding.sources().measured() > 0 || finding.practice().isSeenByRecipientsAlone();
    }

    static Standing standing(Finding finding) {
        return switch (finding.opinion()) {
            case TOO_LITTLE_EVIDENCE -> Standing.UNKNOWN;
            case ABSENT -> Standing.NOT_FOUND;
            case SIGNS -> Standing.SIGNS;
            case PRESENT -> isPublishable(finding) ? Standing.LIKELY : Standing.SIGNS;
        };
    }
}
