package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Language;
import org.fairfollow.http.Page;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.http.Speech;
import org.fairfollow.http.Spoken;
import org.fairfollow.lookup.Audited;
import org.fairfollow.lookup.Counted;
import org.fairfollow.lookup.Practices;
import org.fairfollow.testing.Project;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages that name nobody: what they promise is so, in either language. */
class PublicPagesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| .* \\| .* \\| (.*) \\| .* \\|$");
    private static final Pattern PERIOD =
            Pattern.compile("(?:\\d+|two|five) (?:hours?|days?|weeks?|months?|years?)|a month|\\d+,\\d+");

    private static final Pattern ANCHOR = Pattern.compile("href=\"(/practices)?#([^\"]+)\"");

    private static Audited audited(@Nullable Double precision) {
        return new Audited(precision, "not audited yet", null, new Audited.Overturned(0, Map.of()), null);
    }

    private static FrontView front(boolean stale, Optional<Counted.Counts> counts, Function<Practice, Audited> audits) {
        return FrontView.of(
                Optional.empty(), stale, counts, Practices.all(), audits, NOW, "https://fairfollow.example");
    }

    private static FrontView empty() {
        return front(false, Optional.empty(), practice -> audited(null));
    }

    private static LookUpView typed(String typed) {
        return LookUpView.of("No account can have this name", "Write its name, or paste it.", typed, List.of(), false);
    }

    private static Map<String, Object> views() {
        return Map.of(
                "front", empty(),
                "practices", PracticesView.of(Practices.all(), practice -> audited(null)),
                "marked", Contact.of("help@fairfollow.example"),
                "privacy", new PrivacyView(Contact.of("")),
                "lookUp", typed("two words"));
    }

    private static String html(Speech speech, String name, Object view) {
        byte[] html = (byte[]) new Page(false, "http://localhost", () -> speech)
                .of(Status.OK, Keeping.ANYBODY, "lookup/pages/" + name + ".jte", view)
                .getEntity();
        return new String(html, StandardCharsets.UTF_8);
    }

    private static String html(String name, Object view) {
        return html(Speech.english(), name, view);
    }

    /** Names of characters are the same in any language. */
    @Test
    void nothingIsLeftInEnglish() {
        Speech spanish = Spoken.in(Language.SPANISH);
        views().forEach((name, view) -> assertThat(
                        html(spanish, name, view).replace("<span lang=\"en\">SPACE</span>", ""))
                .as(name)
                .doesNotContain("<span lang=\"en\">"));
    }

    @Test
    void whereALinkPointsWithinAPageThereIsSomething() {
        Map<String, String> pages = new TreeMap<>();
        views().forEach((name, view) -> pages.put(name, html(name, view)));
        pages.forEach((name, html) -> {
            for (MatchResult link : ANCHOR.matcher(html).results().toList()) {
                assertThat(link.group(1) == null ? html : pages.get("practices"))
                        .as("%s: %s", name, link.group())
                        .contains("id=\"" + link.group(2) + "\"");
            }
        });
    }

    /** Every table has its place on the page, and every period told of it stands there. */
    @Test
    void thePrivacyPageSaysWhatTheDocumentSays() {
        String section = Stream.of(Project.read("docs/privacy.md").split("(?m)^## "))
                .filter(part -> part.startsWith("What the service keeps\n"))
                .findFirst()
                .orElseThrow();
        Map<String, String> documented =
                ROW.matcher(section).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        List<PrivacyView.Kept> kept = new PrivacyView(Contact.of("")).kept();

        assertThat(kept.stream().flatMap(one -> one.tables().stream()))
                .containsExactlyInAnyOrderElementsOf(documented.keySet());
        for (PrivacyView.Kept one : kept) {
            for (String table : one.tables()) {
                assertThat(PERIOD.matcher(Objects.requireNonNull(documented.get(table)))
                                .results()
                                .map(MatchResult::group))
                        .as(table)
                        .allSatisfy(period ->
                                assertThat(one.until().toLowerCase(Locale.ROOT)).contains(period));
            }
        }
    }

    @Test
    void theFrontPageSaysWhatIsNotKnown() {
        assertThat(html("front", empty()))
                .contains("not counted yet", "no audit yet", "nothing is published yet")
                .doesNotContain("In force", "The database does not answer");
        assertThat(html("front", front(true, Optional.empty(), practice -> audited(null))))
                .contains("The database does not answer");
    }

    @Test
    void theFrontPageCountsWhatIsPublishedAndNothingElse() {
        Counted.Counts counts = new Counted.Counts(
                NOW,
                12_345,
                List.of(
                        new Ledger.Held(Practice.FOLLOW_CHURN, Standing.LIKELY, 40),
                        new Ledger.Held(Practice.FOLLOW_CHURN, Standing.CONFIRMED, 2),
                        new Ledger.Held(Practice.FOLLOW_CHURN, Standing.SIGNS, 1_000),
                        new Ledger.Held(Practice.AUTO_DM, Standing.LIKELY, 7),
                        new Ledger.Held(Practice.AUTO_DM, Standing.UNKNOWN, 5_000)));
        Map<Practice, Double> precisions = Map.of(Practice.FOLLOW_CHURN, .987, Practice.AUTO_DM, .95);
        FrontView view = front(false, Optional.of(counts), practice -> audited(precisions.get(practice)));

        assertThat(view.verdicts()).isEqualTo(49);
        assertThat(view.precision()).isEqualTo("95\u00a0% – 98\u00a0%");
        assertThat(html("front", view))
                .contains(
                        "12,345",
                        "In force: 42",
                        "In force: 7",
                        "Practices audited: 2 of 7",
                        "Counted 23 Nov 2026, 07:00 UTC.");
        assertThat(html(Spoken.in(Language.SPANISH), "front", view))
                .contains("12.345", "En vigor: 42", "Contado el 23 nov 2026");
    }

    @ParameterizedTest
    @EnumSource(FrontView.Published.Unit.class)
    void theAgeOfTheListIsToldInAUnitThatFits(FrontView.Published.Unit unit) {
        long minutes =
                switch (unit) {
                    case MINUTES -> 59;
                    case HOURS -> 47 * 60;
                    case DAYS -> 48 * 60;
                };
        FrontView.Published list = FrontView.Published.of(7, NOW.minusSeconds(60 * minutes), NOW);

        assertThat(list.unit()).isEqualTo(unit);
        assertThat(list.age())
                .isEqualTo(
                        unit == FrontView.Published.Unit.MINUTES
                                ? 59
                                : unit == FrontView.Published.Unit.HOURS ? 47 : 2);
        // Clocks differ.
        assertThat(FrontView.Published.of(7, NOW.plusSeconds(90), NOW).age()).isZero();
    }

    @Test
    void whatWasTypedIsShownAsTextAndWhatNobodySeesIsNamed() {
        String typed = "gr\u043ewth\u202e\u200b\u0000<script>alert(1)</script>\" onfocus=\"x";

        assertThat(html("lookUp", typed(typed)))
                .doesNotContain("<script", "\u0000")
                .contains(
                        "<bdi class=\"typed\">gr\u043ewth\u202e\u200b\uFFFD&lt;script&gt;",
                        "&#34; onfocus=&#34;x\" placeholder",
                        "<code>U+043E</code> <span lang=\"en\">CYRILLIC SMALL LETTER O</span>",
                        "RIGHT-TO-LEFT OVERRIDE",
                        "ZERO WIDTH SPACE");
        assertThat(html("lookUp", typed("\ud83d\ude00".repeat(5_000))))
                .hasSizeLessThan(8_000)
                .contains("…");
    }

    @Test
    void whoeverIsMarkedIsLedToAnAnswer() {
        assertThat(html("marked", Contact.of("help@fairfollow.example")))
                .contains("name=\"to\" value=\"answer\"", "href=\"mailto:help@fairfollow.example\"", "14 days");
        assertThat(html("marked", Contact.of(""))).contains("named no contact");
        assertThat(html("marked", Contact.of("javascript:alert(1)//@b")))
                .contains("<bdi>javascript:alert(1)//@b</bdi>")
                .doesNotContain("href=\"javascript", "href=\"mailto:");
    }
}
