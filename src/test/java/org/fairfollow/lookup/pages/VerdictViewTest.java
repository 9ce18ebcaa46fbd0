package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
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

        assertThat(view.charts()).extracting(Chart::id).containsExactly("days", "survival", "holds");
        assertThat(view.bounds()).hasSize(2);
        assertThat(view.alibis()).hasSize(3).allMatch(VerdictView.Tested::patternRemains);
    }

    @Test
    void whileTheEvidenceIsAwayTheSmallPictureIsDrawn() throws Exception {
        VerdictJson verdict = verdict(finding("present"), Standing.LIKELY);
        VerdictView view = VerdictView.of(verdict, Optional.empty()).orElseThrow();

        assertThat(view.charts()).extracting(Chart::id).containsExactly("days");
        assertThat(view.charts().getFirst().numbers().rows())
                .hasSize(verdict.spark().followed().size());
        assertThat(view.tables()).isEmpty();
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
        return VerdictJson.of(Verdict.undecided(1, standing, null, finding, 1_795_000_000L, 0));
    }
}
