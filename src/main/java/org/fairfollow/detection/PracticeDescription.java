package org.fairfollow.detection;

import java.util.List;

/**
 * A practice and how it is judged, in words for people. Whoever writes about a practice takes the words and numbers from
 * here, so that no page can say other than the rule does.
 *
 * @param name a noun for what is seen, never for a person
 * @param wording what is called by that name, in one or two sentences
 * @param detector {@link Detector#version()}
 * @param evidence what the rule looks at and needs, a sentence each
 * @param thresholds what the rule compares with
 * @param measures what the codes of {@link Finding#reasons()} stand for
 * @param alibis what the codes of {@link Finding#alibis()} stand for
 * @param caveats what the codes of {@link Finding#caveats()} stand for, a sentence each
 * @param figures what measuring this rule gave, a sentence each; the commands stand in {@code docs/evaluation.md}
 */
public record PracticeDescription(
        Practice practice,
        String name,
        String wording,
        String detector,
        List<String> evidence,
        List<Threshold> thresholds,
        List<Measure> measures,
        List<Phrase> alibis,
        List<Phrase> caveats,
        List<String> figures) {

    /** A practice of which nothing has been measured yet. */
    public PracticeDescription(
            Practice practice,
            String name,
            String wording,
            String detector,
            List<String> evidence,
            List<Threshold> thresholds,
            List<Measure> measures,
            List<Phrase> alibis,
            List<Phrase> caveats) {
        this(practice, name, wording, detector, evidence, thresholds, measures, alibis, caveats, List.of());
    }

    /** What a number counts. */
    public enum Unit {
        COUNT,
        /** Between 0 and 1. */
        SHARE,
        /** How many times as much. */
        TIMES
    }

    /** @param code stable name for programs */
    public record Threshold(String code, double value, Unit unit, String wording) {}

    /** @param ceiling whether the pattern shows in a number that stays at or under the threshold, not over it */
    public record Measure(String code, Unit unit, String wording, boolean ceiling) {
        public Measure(String code, Unit unit, String wording) {
            this(code, unit, wording, false);
        }
    }

    public record Phrase(String code, String wording) {}
}
