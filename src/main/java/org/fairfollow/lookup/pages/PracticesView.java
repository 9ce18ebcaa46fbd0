package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.function.Function;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.lookup.Audited;
import org.fairfollow.verdict.Standing;

/** What is judged and how, for people. */
record PracticesView(List<Judged> practices) {
    record Judged(
            String id,
            String name,
            String wording,
            String detector,
            String audit,
            String overturned,
            List<String> evidence,
            List<Threshold> thresholds,
            List<String> alibis,
            List<String> caveats,
            List<String> figures) {}

    record Threshold(String wording, String value) {}

    record Told(Chip chip, String wording) {}

    private static final List<Told> STANDINGS = List.of(
            new Told(Chip.of(Standing.UNKNOWN), "Nothing can be said, and what is missing is named."),
            new Told(Chip.of(Standing.NOT_FOUND), "There was enough evidence, and it excludes the pattern."),
            new Told(
                    Chip.of(Standing.SIGNS),
                    "The pattern shows, but a bound or an innocent explanation stays open. Never published on the list."),
            new Told(Chip.of(Standing.LIKELY), "All bounds hold and every tested explanation failed."),
            new Told(Chip.of(Standing.CONFIRMED), "A person has looked at the evidence, too."),
            new Told(Chip.of(Standing.CLEARED), "A person ruled that the practice is not there."));

    List<Told> standings() {
        return STANDINGS;
    }

    static PracticesView of(List<PracticeDescription> practices, Function<Practice, Audited> audits) {
        return new PracticesView(practices.stream()
                .map(practice -> of(practice, audits.apply(practice.practice())))
                .toList());
    }

    private static Judged of(PracticeDescription practice, Audited audited) {
        return new Judged(
                practice.practice().id(),
                practice.name(),
                practice.wording(),
                practice.detector(),
                audited.sentence() + ".",
                overturned(audited.overturned().count()),
                practice.evidence(),
                practice.thresholds().stream()
                        .map(threshold -> new Threshold(
                                threshold.wording(), Written.threshold(threshold.value(), threshold.unit())))
                        .toList(),
                practice.alibis().stream()
                        .map(PracticeDescription.Phrase::wording)
                        .toList(),
                practice.caveats().stream()
                        .map(PracticeDescription.Phrase::wording)
                        .toList(),
                practice.figures());
    }

    private static String overturned(int count) {
        return switch (count) {
            case 0 -> "No published verdict was taken back by people so far.";
            case 1 -> "One published verdict was taken back by people.";
            default -> Written.number(count) + " published verdicts were taken back by people.";
        };
    }
}
