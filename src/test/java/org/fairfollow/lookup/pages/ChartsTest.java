package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.fairfollow.lookup.EvidenceLookup.Series;
import org.fairfollow.lookup.Practices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Instant FROM = Instant.parse("2021-11-23T00:00:00Z");
    private static final int FIVE_YEARS = 1_826;

    record Capture(Finding finding) {}

    @ParameterizedTest
    @CsvSource({
        "follow-churn/present, survival holds, Held for 3 to 7 days: 177 of 319 dropped follows.",
        "follow-churn/sawtooth, following, 'In 9 weeks the number of accounts followed rose by 2,040 and fell by 1,920.'",
        "buys-followers/present, growth kinds, '4,001 followers came from 13 Oct 2026 to 14 Oct 2026, far more than usual.'",
        "buys-followers/absent, growth kinds, No gain stands out.",
        "auto-dm/present, message-delays, The message came within 10 minutes of the follow: 14 of 14 recipients.",
        "auto-follow-back/present, follow-back-delays follow-back-hours, 74 of 75 were.",
    })
    void whatARuleFoundIsDrawnAndSaysWhatToSee(String capture, String ids, String said) throws Exception {
        List<Chart> charts = charts(finding(capture), List.of());

        assertThat(charts).extracting(Chart::id).containsExactly(ids.split(" "));
        assertThat(charts).extracting(Chart::caption).anyMatch(caption -> caption.contains(said));
        assertThat(charts).allSatisfy(ChartsTest::isSound);
    }

    @Test
    void fiveYearsAreDrawnByMonthBesideTheirNewestNinetyDays() throws Exception {
        List<Chart> charts = charts(finding("follow-churn/present"), everyDay(FIVE_YEARS, 3, 2));

        assertThat(charts).extracting(Chart::id).containsExactly("days", "years", "survival", "holds");
        Chart days = charts.getFirst();
        assertThat(days.table().rows()).hasSize(90);
        assertThat(days.table().rows().getLast().heading()).isEqualTo("22 Nov 2026");
        Chart years = charts.get(1);
        assertThat(years.table().rows()).hasSize(61);
        assertThat(years.table().rows().get(1)).isEqualTo(new TableView.Row("1 Dec 2021", List.of("93", "62")));
        assertThat(years.numbers().rows()).hasSize(FIVE_YEARS);
        assertThat(years.drawing().labels()).extracting(Drawing.Label::text).contains("1 Jan 2022", "1 Jan 2024");
        assertThat(charts).allSatisfy(ChartsTest::isSound);
    }

    @Test
    void burstsAreSeen() {
        List<Integer> followed = new ArrayList<>(Collections.nCopies(60, 0));
        followed.set(10, 40);
        followed.set(40, 40);
        Chart days = charts(new Finding.Table("", List.of(), List.of()), series(followed, Collections.nCopies(60, 1)))
                .getFirst();

        assertThat(days.caption())
                .startsWith(
                        "Unfollows for every 100 follows: 75. Follows come in bursts: half of them on 1 of 60 days.");
    }

    @Test
    void aDayWithoutAnythingIsNoBar() {
        Chart days = charts(new Finding.Table("", List.of(), List.of()), everyDay(30, 0, 0))
                .getFirst();

        assertThat(days.drawing().paths()).extracting(Drawing.Path::form).containsOnly("grid", "axis");
        assertThat(days.caption())
                .isEqualTo("From 23 Nov 2021 to 22 Dec 2021, counted in the verdict or not: 0 follows, 0 unfollows.");
    }

    @Test
    void tablesOfOtherRulesDrawNothing() {
        for (String id :
                List.of("age-bins", "readings", "bursts", "followers", "delays", "latencies", "hours", "stripes")) {
            assertThat(charts(new Finding.Table(id, List.of("new"), List.of(List.of(1.0))), List.of()))
                    .as(id)
                    .isEmpty();
            assertThat(charts(new Finding.Table(id, List.of(), List.of()), List.of()))
                    .as(id)
                    .isEmpty();
        }
    }

    @Test
    void aFileHasAHeadingAndARowForEachOfItsNumbers() throws Exception {
        Chart growth = charts(finding("buys-followers/present"), List.of()).getFirst();

        String[] lines = growth.numbers().csv().split("\r\n", -1);
        assertThat(lines[0]).isEqualTo("Day (UTC),Followers,Spike (1)");
        assertThat(lines[1]).isEqualTo("2026-07-25,1836,0");
        assertThat(lines)
                .contains("2026-10-13,1946,1")
                .hasSize(growth.numbers().rows().size() + 2);
        assertThat(lines[lines.length - 1]).isEmpty();
    }

    /** It lies within its frame, its table has all columns, its file nothing a spreadsheet would compute. */
    private static void isSound(Chart chart) {
        assertThat(chart.drawing().paths()).isNotEmpty().allSatisfy(path -> assertThat(path.path())
                .matches("[MLhvz0-9. -]+")
                .doesNotContain("NaN", "E", "Infinity"));
        assertThat(chart.drawing().labels())
                .allSatisfy(label -> assertThat(label.x()).isBetween(0.0, (double) Drawing.WIDTH))
                .allSatisfy(label -> assertThat(label.y())
                        .isBetween(0.0, (double) chart.drawing().height()));
        assertThat(chart.keys()).isNotEmpty();
        assertThat(chart.table().rows()).isNotEmpty().allSatisfy(row -> assertThat(row.cells())
                .hasSize(chart.table().columns().size() - 1));
        String csv = chart.numbers().csv();
        assertThat(csv.substring(csv.indexOf("\r\n") + 2))
                .matches("[0-9.,\\r\\n-]*")
                .doesNotContain(",-", "\n-");
        if (!chart.live().isEmpty()) {
            assertThat(json(chart.live()).get("kind").asText()).isIn("days", "growth", "survival");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<Series> everyDay(int days, int followed, int unfollowed) {
        return series(Collections.nCopies(days, followed), Collections.nCopies(days, unfollowed));
    }

    private static List<Series> series(List<Integer> followed, List<Integer> unfollowed) {
        return List.of(
                new Series("followed", "follows", FROM, "P1D", followed, 0),
                new Series("unfollowed", "unfollows", FROM, "P1D", unfollowed, 0));
    }

    private static List<Chart> charts(Finding.Table table, List<Series> series) {
        return Charts.of(
                Practices.all().getFirst(), List.of(), null, Optional.of(new PracticeEvidence(series, List.of(table))));
    }

    private static List<Chart> charts(Finding finding, List<Series> series) {
        Finding.Spark none = null;
        return Charts.of(
                Practices.of(finding.practice()).orElseThrow(),
                finding.reasons(),
                none,
                Optional.of(new PracticeEvidence(series, finding.tables())));
    }

    private static Finding finding(String capture) throws Exception {
        Path file = Path.of("src/test/resources/captures/" + capture + ".json");
        return JSON.readValue(file.toFile(), Capture.class).finding();
    }
}
