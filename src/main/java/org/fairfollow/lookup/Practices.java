package org.fairfollow.lookup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.publication.Payload;
import org.jspecify.annotations.Nullable;

/** What is judged and how, as the detectors themselves describe it: one source for the call and the pages. */
public final class Practices {
    private static final List<PracticeDescription> ALL =
            Detectors.all().stream().map(Detector::describe).toList();

    private Practices() {}

    public static List<PracticeDescription> all() {
        return ALL;
    }

    public static Optional<PracticeDescription> of(Practice practice) {
        return ALL.stream()
                .filter(description -> description.practice() == practice)
                .findFirst();
    }

    /** The body of {@code GET /v1/practices}. */
    static Payload json(Map<Practice, Audited> audited) {
        return Payload.json(new Body(ALL.stream()
                .map(practice -> Described.of(practice, audited.getOrDefault(practice.practice(), Audited.UNKNOWN)))
                .toList()));
    }

    private record Body(List<Described> practices) {}

    private record Described(
            Practice id,
            String name,
            String wording,
            String detector,
            List<String> evidence,
            Map<String, Double> thresholds,
            @JsonProperty @Nullable Double auditedPrecision,
            String audit,
            @JsonProperty Audited.@Nullable Sample audited,
            Audited.Overturned overturned,
            @JsonProperty @Nullable Instant stoppedAt,
            List<Phrase> alibis,
            List<Phrase> caveats,
            List<String> figures) {

        static Described of(PracticeDescription description, Audited audited) {
            Map<String, Double> thresholds = new LinkedHashMap<>();
            description.thresholds().forEach(threshold -> thresholds.put(threshold.code(), threshold.value()));
            return new Described(
                    description.practice(),
                    description.name(),
                    description.wording(),
                    description.detector(),
                    description.evidence(),
                    thresholds,
                    audited.precision(),
                    audited.sentence(),
                    audited.sample(),
                    audited.overturned(),
                    audited.stoppedAt(),
                    description.alibis(),
                    description.caveats(),
                    description.figures());
        }
    }
}
