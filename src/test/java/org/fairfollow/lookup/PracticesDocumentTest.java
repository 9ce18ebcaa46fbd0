package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/practices.md} says what {@code GET /v1/practices} says, because both are written from the detectors'
 * descriptions:
 *
 * <pre>mvn test -Dtest=PracticesDocumentTest -Dpractices.write=true</pre>
 */
class PracticesDocumentTest {
    private static final Path FILE = Project.folder().resolve("docs/practices.md");

    @Test
    void theDocumentSaysWhatTheRulesSay() throws IOException {
        String written = document(Practices.all());
        if (Boolean.getBoolean("practices.write")) {
            Files.writeString(FILE, written);
        }
        assertThat(Files.readString(FILE))
                .as("write it anew with -Dpractices.write=true")
                .isEqualTo(written);
    }

    @Test
    void everyPracticeIsJudgedAndDescribed() {
        assertThat(Practices.all().stream().map(PracticeDescription::practice).sorted())
                .containsExactly(Arrays.stream(Practice.values()).sorted().toArray(Practice[]::new));
        for (PracticeDescription practice : Practices.all()) {
            assertThat(practice.evidence()).as(practice.name()).isNotEmpty();
            assertThat(practice.thresholds()).as(practice.name()).isNotEmpty();
            assertThat(practice.alibis()).as(practice.name()).isNotEmpty();
            assertThat(practice.caveats()).as(practice.name()).isNotEmpty();
            assertThat(practice.figures()).as(practice.name()).isNotEmpty();
        }
    }

    private static String document(List<PracticeDescription> practices) {
        StringBuilder text = new StringBuilder("""
                # Practices

                What each practice is, how it is judged, what measuring gave, and what else it could be. Written from the rules
                themselves, as `GET /v1/practices` and the page `/practices` are; how the figures were measured stands in
                [evaluation.md](evaluation.md). Every standing above "too little evidence" shows its numbers, their bounds and dates
                beside these thresholds. What people tell alone never publishes a verdict, except where only a recipient can see the
                practice. `confidence` is null until people audited the practice ([how](adr/0015-blind-audits.md)).
                """);
        for (PracticeDescription practice : practices) {
            text.append("\n## ")
                    .append(practice.name())
                    .append(" (`")
                    .append(practice.practice().id());
            text.append("`)\n").append(practice.wording()).append("\n\n");
            text.append("Rule `").append(practice.detector()).append("`.\n");
            list(text, "How it is judged", practice.evidence());
            text.append("\n| what is compared | with | code |\n| --- | ---: | --- |\n");
            for (PracticeDescription.Threshold threshold : practice.thresholds()) {
                text.append("| %s | %s | `%s` |%n"
                        .formatted(threshold.wording(), number(threshold.value(), threshold.unit()), threshold.code()));
            }
            list(text, "Innocent explanations that are tested", wordings(practice.alibis()));
            list(text, "Doubts that remain", wordings(practice.caveats()));
            list(text, "What measuring gave", practice.figures());
        }
        return text.toString();
    }

    private static List<String> wordings(List<Phrase> phrases) {
        return phrases.stream().map(Phrase::wording).toList();
    }

    private static void list(StringBuilder text, String heading, List<String> items) {
        text.append("\n**").append(heading).append("**\n\n");
        items.forEach(item -> text.append("- ").append(item).append('\n'));
    }

    private static String number(double value, Unit unit) {
        BigDecimal exact = BigDecimal.valueOf(unit == Unit.SHARE ? 100 * value : value)
                .setScale(6, java.math.RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        String number = String.format(Locale.ENGLISH, "%,." + Math.max(0, exact.scale()) + "f", exact);
        return switch (unit) {
            case SHARE -> number + " %";
            case TIMES -> number + " ×";
            case COUNT -> number;
        };
    }
}
