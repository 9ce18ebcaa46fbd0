package org.fairfollow.verdict;

import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;

/** Turns findings into standings. Rules gate; nothing is confirmed before an audit or a ruling says so. */
final class Policy {
    private Policy() {}

    /** What people tell alone never publishes, whatever a rule makes of it; the exception is what nobody else can see. */
    static boolean isPublishable(Finding finding) {
        return finding.sources().measured() > 0 || finding.practice().isSeenByRecipientsAlone();
    }

    /** What the rules make of it. */
    static Standing standing(Finding finding) {
        return switch (finding.opinion()) {
            case TOO_LITTLE_EVIDENCE -> Standing.UNKNOWN;
            case ABSENT -> Standing.NOT_FOUND;
            case SIGNS -> Standing.SIGNS;
            case PRESENT -> isPublishable(finding) ? Standing.LIKELY : Standing.SIGNS;
        };
    }

    /**
     * What holds after people and audits had their say. A ruling can take anything back, but confirms only what the rules
     * see signs of in what may be published.
     *
     * @param at now, Unix epoch seconds
     */
    static Standing standing(Finding finding, Decision decision, Gate gate, long at) {
        Standing found = standing(finding);
        if (decision.outcome() == Ruling.CLEAR) {
            return Standing.CLEARED;
        }
        if (found.isAdverse() && (decision.isHidden() || decision.isEnded(at))) {
            return Standing.UNKNOWN;
        }
        Standing held = isConfirmed(finding, found, decision, gate) ? mostOf(finding.practice()) : found;
        return held.isListed() && (decision.isWithheld() || gate.isStopped()) ? Standing.SIGNS : held;
    }

    private static boolean isConfirmed(Finding finding, Standing found, Decision decision, Gate gate) {
        boolean ruled = decision.outcome() == Ruling.CONFIRM && found.isAdverse() && isPublishable(finding);
        boolean audited = gate.confirms() && found == Standing.LIKELY && finding.strict();
        return ruled || audited;
    }

    /** Never to reply is a measure more than an accusation: nobody is confirmed to be silent. */
    private static Standing mostOf(Practice practice) {
        return practice == Practice.NEVER_REPLIES ? Standing.LIKELY : Standing.CONFIRMED;
    }
}
