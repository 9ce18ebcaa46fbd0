package org.fairfollow.detection.messages;

import java.util.ArrayList;
import java.util.List;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.messages.AutoDmDetector.Judgement;
import org.fairfollow.detection.messages.AutoDmDetector.Promptness;
import org.fairfollow.detection.messages.AutoDmDetector.Thresholds;
import org.fairfollow.evidence.text.Bands;

/** What an opinion on auto-dm needs; lists what is lacking, in words for the person judged. */
record AutoDmRequirements(Thresholds thresholds) {

    /** At least one: the evidence neither shows nor excludes the pattern. */
    List<Missing> unmet(Judgement judgement) {
        Promptness promptness = judgement.promptness();
        List<Missing> missing = new ArrayList<>();
        if (judgement.template().isEmpty() && !judgement.audience().recipients().isEmpty()) {
            String detail =
                    "No text of at least %d characters, other than common thanks, was told of by more than one recipient."
                            .formatted(Bands.SHORTEST_TEXT);
            missing.add(new Missing("shared-text", 0, 1, detail));
        }
        if (promptness.timed() < thresholds.recipients()) {
            String detail = "Recipients who told of one text and when it came: %d; at least %d are needed."
                    .formatted(promptness.timed(), thresholds.recipients());
            missing.add(new Missing("recipients", promptness.timed(), thresholds.recipients(), detail));
        }
        if (promptness.clusters() < thresholds.clusters()) {
            String detail =
                    "Independent groups that told of one text within %d minutes of following: %d; at least %d are needed. Whoever tells within the same 48 hours, or of the same accounts, counts as one."
                            .formatted(thresholds.promptSeconds() / 60, promptness.clusters(), thresholds.clusters());
            missing.add(new Missing("observer-clusters", promptness.clusters(), thresholds.clusters(), detail));
        }
        if (promptness.timed() > 0 && promptness.share() < thresholds.promptShare()) {
            double share = Rounded.down(promptness.share(), 4);
            String detail =
                    "Of %d recipients of one text, %d got it within %d minutes of following; %s in 100 would show the pattern, and fewer recipients were told of than exclude it."
                            .formatted(
                                    promptness.timed(),
                                    promptness.prompt(),
                                    thresholds.promptSeconds() / 60,
                                    Rounded.text(Rounded.nearest(100 * thresholds.promptShare(), 0)));
            missing.add(new Missing("certainty", share, thresholds.promptShare(), detail));
        }
        return List.copyOf(missing);
    }
}
