package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fairfollow.cli.simulation.practices.PracticeEvaluation;
import org.fairfollow.detection.AnyDossier;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.followchurn.InventedAccount;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.http.Language;
import org.fairfollow.http.Page;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.http.Speech;
import org.fairfollow.http.Spoken;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.fairfollow.lookup.Practices;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever the rules find, of simulated accounts and of any evidence there can be, its page says in Spanish; repeat a failure with
 * {@code -Dseed=}, which is printed.
 */
class SpanishTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int DRAWN = 100;
    private static final long AS_OF = 1_795_000_000L;

    /** Words that no Spanish sentence has. */
    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(?i:the|of|and|were|was|with|which|that|this|these|follows?|followers?|posts?|within|least|most|not|days?|at)\\b");

    private static final Pattern NUMBER = Pattern.compile("\\.?\\d(?:[\\d.,]*\\d)?");

    private static final Pattern LEFT_IN_ENGLISH = Pattern.compile("<span lang=\"en\">[^<]*");

    private static final Speech SPANISH = Spoken.in(Language.SPANISH);

    /** One finding of each way of putting it. */
    private static Collection<Finding> findings = List.of();

    @BeforeAll
    static void judgeMany() throws IOException {
        System.out.println("SpanishTest -Dseed=" + SEED);
        Map<String, Finding> byWording = new ConcurrentHashMap<>();
        List<Detector> listening = Detectors.all().stream()
                .map(detector -> (Detector) new Listening(detector, byWording))
                .toList();
        new PracticeEvaluation(1, List.of(SEED), listening).run(line -> {});
        Stream<Dossier> drawn = LongStream.range(SEED, SEED + DRAWN)
                .boxed()
                .flatMap(seed -> Stream.of(AnyDossier.drawn(seed), AnyDossier.toldOnly(seed)));
        Stream.of(drawn, InventedAccount.ofAllHabits(SEED), captured().stream())
                .flatMap(dossiers -> dossiers)
                .forEach(dossier -> listening.forEach(detector -> detector.judge(dossier)));
        findings = new TreeMap<>(byWording).values();
    }

    @Test
    void everyPracticeIsFoundPresentAbsentAndUndecided() {
        for (Practice practice : Practice.values()) {
            assertThat(findings.stream()
                            .filter(finding -> finding.practice() == practice)
                            .map(Finding::opinion)
                            .collect(Collectors.toSet()))
                    .as("%s", practice)
                    .contains(Finding.Opinion.PRESENT, Finding.Opinion.ABSENT, Finding.Opinion.TOO_LITTLE_EVIDENCE);
        }
    }

    @Test
    void everySentenceOfEveryFindingIsKnown() {
        assertThat(findings.stream()
                        .flatMap(SpanishTest::sentences)
                        .filter(text -> !SPANISH.isKnown(text))
                        .distinct())
                .isEmpty();
    }

    @Test
    void allThatPracticesSayOfThemselvesIsKnown() {
        assertThat(Practices.all().stream().flatMap(SpanishTest::sentences).filter(text -> !SPANISH.isKnown(text)))
                .isEmpty();
    }

    @Test
    void numbersAreTheSameAndNoEnglishIsLeft() {
        everything().forEach(english -> {
            String spanish = SPANISH.toldPlainly(english);
            assertThat(numbers(spanish, Language.SPANISH))
                    .as("%s%n%s", english, spanish)
                    .isEqualTo(numbers(english, Language.ENGLISH));
            assertThat(spanish).as(english).doesNotContainPattern(ENGLISH);
        });
    }

    @Test
    void theStatementsNumbersAreStressedAsInEnglish() {
        findings.forEach(finding -> {
            String english = finding.statement();
            String spanish = SPANISH.toldPlainly(english);
            assertThat(stressed(spanish, Language.SPANISH))
                    .as("%s%n%s", english, spanish)
                    .isEqualTo(stressed(english, Language.ENGLISH));
        });
    }

    @Test
    void theAccountsPageIsWhollySpanish() {
        Page page = new Page(false, "http://localhost", () -> SPANISH);
        for (Practice practice : Practice.values()) {
            List<VerdictView> verdicts = findings.stream()
                    .filter(finding -> finding.practice() == practice)
                    .map(SpanishTest::view)
                    .toList();

            String html = html(page, verdicts);

            assertThat(html).contains("<html lang=\"es\">").doesNotContain("class=\"statement\" lang=");
            assertThat(LEFT_IN_ENGLISH
                            .matcher(html)
                            .results()
                            .map(MatchResult::group)
                            .distinct())
                    .isEmpty();
        }
    }

    /** Each finding's wording once, whatever its numbers and dates. */
    private record Listening(Detector detector, Map<String, Finding> byWording) implements Detector {
        @Override
        public Practice practice() {
            return detector.practice();
        }

        @Override
        public String version() {
            return detector.version();
        }

        @Override
        public PracticeDescription describe() {
            return detector.describe();
        }

        @Override
        public Record thresholds() {
            return detector.thresholds();
        }

        @Override
        public Optional<Dossier> placebo(Dossier dossier) {
            return detector.placebo(dossier);
        }

        @Override
        public Finding judge(Dossier dossier) {
            Finding finding = detector.judge(dossier);
            String wording = practice() + " " + sentences(finding).collect(Collectors.joining(" "));
            byWording.putIfAbsent(
                    wording.replaceAll("[A-Z][a-z]{2}(?= [–\\d]|,)", "").replaceAll("[\\d.,]*\\d", "0"), finding);
            return finding;
        }
    }

    private record Capture(Dossier dossier) {}

    private static List<Dossier> captured() throws IOException {
        ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        List<Dossier> captured = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/captures"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                captured.add(json.readValue(file.toFile(), Capture.class).dossier());
            }
        }
        return captured;
    }

    private static VerdictView view(Finding finding) {
        Standing standing =
                switch (finding.opinion()) {
                    case PRESENT -> Standing.LIKELY;
                    case SIGNS -> Standing.SIGNS;
                    case ABSENT -> Standing.NOT_FOUND;
                    case TOO_LITTLE_EVIDENCE -> Standing.UNKNOWN;
                };
        return VerdictView.of(
                        VerdictJson.of(Verdict.undecided(1, standing, null, finding, AS_OF, AS_OF + 90 * 86_400L)),
                        Optional.of(new PracticeEvidence(List.of(), finding.tables())))
                .orElseThrow();
    }

    private static String html(Page page, List<VerdictView> verdicts) {
        AccountView view = new AccountView(
                "growth.example",
                true,
                "Bluesky",
                null,
                "https://host.example/",
                "/v1/accounts/bluesky/growth.example",
                false,
                true,
                verdicts,
                List.of("20 Sep 2026, 10:00 UTC to 21 Nov 2026, 12:00 UTC"),
                "Done on 21 Nov 2026, 12:00 UTC: what the network shows of the account was read. It is judged within a minute.",
                true,
                new Sharing(Gist.NO_ANSWER, "https://host.example/accounts/bluesky/growth.example"));
        return new String(
                (byte[]) page.of(Status.OK, Keeping.NOBODY, "lookup/pages/account.jte", view)
                        .getEntity(),
                StandardCharsets.UTF_8);
    }

    private static Set<String> everything() {
        return Stream.concat(
                        findings.stream().flatMap(SpanishTest::sentences),
                        Practices.all().stream().flatMap(SpanishTest::sentences))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> sentences(Finding finding) {
        return Stream.concat(
                Stream.of(finding.statement()), finding.missing().stream().map(Finding.Missing::detail));
    }

    private static Stream<String> sentences(PracticeDescription practice) {
        return Stream.of(
                        Stream.of(practice.name(), practice.wording()),
                        practice.evidence().stream(),
                        practice.thresholds().stream().map(PracticeDescription.Threshold::wording),
                        practice.measures().stream().map(PracticeDescription.Measure::wording),
                        practice.alibis().stream().map(PracticeDescription.Phrase::wording),
                        practice.caveats().stream().map(PracticeDescription.Phrase::wording),
                        practice.figures().stream())
                .flatMap(texts -> texts);
    }

    private static List<BigDecimal> numbers(String text, Language language) {
        List<BigDecimal> numbers = new ArrayList<>();
        NUMBER.matcher(text).results().forEach(match -> numbers.add(number(match.group(), language)));
        Collections.sort(numbers);
        return numbers;
    }

    private static List<BigDecimal> stressed(String text, Language language) {
        return Statement.of(text).pieces().stream()
                .filter(Statement.Piece::strong)
                .map(piece -> number(piece.text(), language))
                .sorted()
                .toList();
    }

    private static BigDecimal number(String written, Language language) {
        String plain =
                language == Language.SPANISH ? written.replace(".", "").replace(',', '.') : written.replace(",", "");
        return new BigDecimal(plain).stripTrailingZeros();
    }
}
