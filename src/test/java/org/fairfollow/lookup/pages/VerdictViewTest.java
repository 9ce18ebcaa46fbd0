package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.fairfollow.lookup.EvidenceLookup.Series;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictViewTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record Capture(Dossier dossier, Finding finding) {}

    @ParameterizedTest
    @ValueSource(strings = {"present", "absent", "borderline", "too-little"})
    void everyCodeARuleSendsHasWords(String capture) throws Exception {
        VerdictView view = view(finding(capture), Standing.SIGNS);

        assertThat(view.numbers()).extracting(VerdictView.Number::wording).noneMatch(VerdictViewTest::isCode);
        assertThat(view.alibis()).extracting(VerdictView.Tested::wording).noneMatch(VerdictViewTest::isCode);
        assertThat(view.caveats()).noneMatch(VerdictViewTest::isCode);
    }

    @Test
    void whatTheRuleCallsPresentIsDrawn() throws Exception {
        VerdictView view = view(finding("present"), Standing.LIKELY);

        assertThat(view.days()).isNotNull();
        assertThat(view.life()).isNotNull();
        assertThat(view.bounds()).hasSize(2);
        assertThat(view.alibis()).hasSize(3).allMatch(VerdictView.Tested::patternRemains);
    }

    @Test
    void whileTheEvidenceIsAwayTheSmallPictureIsDrawn() throws Exception {
        VerdictJson verdict = verdict(finding("present"), Standing.LIKELY);
        VerdictView view = VerdictView.of(verdict, Optional.empty()).orElseThrow();

        assertThat(view.days()).isNotNull();
        assertThat(view.days().table()).hasSize(verdict.spark().followed().size());
        assertThat(view.life()).isNull();
        assertThat(view.tables()).isEmpty();
    }

    @Test
    void theNewestNinetyDaysAreDrawn() {
        List<Integer> year = java.util.Collections.nCopies(400, 3);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");

        DayChart chart = DayChart.of(List.of(
                        new Series("followed", "follows", from, "P1D", year, 1_200),
                        new Series("unfollowed", "unfollows", from, "P1D", year, 1_200)))
                .orElseThrow();

        assertThat(chart.table()).hasSize(90);
        assertThat(chart.table().getLast().heading()).isEqualTo("4 Feb 2027");
        assertThat(chart.bars()).hasSize(180).allMatch(bar -> bar.x() >= 0 && bar.x() + bar.width() <= 100);
    }

    private static boolean isCode(String wording) {
        return wording.matches("[a-z0-9-]+");
    }

    private static Finding finding(String capture) throws Exception {
        Path file = Path.of("src/test/resources/captures/follow-churn/" + capture + ".json");
        return JSON.readValue(file.toFile(), Capture.class).finding();
    }

    private static VerdictView view(Finding finding, Standing standing) {
        return VerdictView.of(
                        verdict(finding, standing), Optional.of(new PracticeEvidence(List.of(), finding.tables())))
                .orElseThrow();
    }

    private static VerdictJson verdict(Finding finding, Standing standing) {
        return VerdictJson.of(new Verdict(1, standing, null, finding, 1_795_000_000L, 0));
    }
}
