package org.fairfollow.cli.simulation.practices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fairfollow.cli.simulation.practices.Brigade.Variety;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.cli.simulation.practices.PracticeReport.BrigadeFigures;
import org.fairfollow.cli.simulation.practices.PracticeReport.KindFigures;
import org.fairfollow.cli.simulation.practices.PracticeReport.PracticeFigures;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.junit.jupiter.api.Test;

class PracticeEvaluationTest {
    private static final int FEW = 30;

    private static PracticeReport run(Detector... detectors) {
        return new PracticeEvaluation(FEW, List.of(1L), List.of(detectors)).run(line -> {});
    }

    private static PracticeFigures figures(PracticeReport report, Practice practice) {
        return report.practices().stream()
                .filter(figures -> figures.practice() == practice)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRuleThatAccusesEverybodyShowsAsSuch() {
        PracticeReport report = run(StandIn.always(Practice.BUYS_FOLLOWERS, Opinion.PRESENT));
        PracticeFigures figures = figures(report, Practice.BUYS_FOLLOWERS);
        assertThat(figures.kinds()).hasSize(FollowerKinds.ALL.size()).allSatisfy(kind -> {
            assertThat(kind.likely().flagged()).isEqualTo(kind.likely().n());
            assertThat(kind.everLikely().atMost()).isEqualTo(1);
        });
        assertThat(figures.precision().get(1).worstMix()).isCloseTo(.01, within(1e-12));
        assertThat(figures.kinds().getLast().listedAfterObjection().flagged()).isPositive();
        assertThat(figures.placebo()).isNull();
        assertThat(report.brigades()).allSatisfy(brigade -> {
            assertThat(brigade.published().flagged())
                    .as("the brigade added nothing")
                    .isZero();
            assertThat(brigade.publishedAnyway()).isEqualTo(brigade.published().n());
        });
    }

    @Test
    void aRuleThatNeverAccusesShowsAsSuch() {
        PracticeReport report = run(StandIn.always(Practice.NEVER_REPLIES, Opinion.ABSENT));
        PracticeFigures figures = figures(report, Practice.NEVER_REPLIES);
        assertThat(figures.innocents().flagged()).isZero();
        assertThat(figures.innocents().atMost()).isBetween(.1, .5); // 8 innocents
        assertThat(figures.kinds())
                .allMatch(kind -> kind.notFound() == kind.likely().n()
                        && kind.medianDaysToFind() == null
                        && kind.everSigns() == 0);
        assertThat(PracticeMarkdown.of(report)).contains("Nobody who practises it was listed");
        assertThat(report.brigades()).allMatch(brigade -> brigade.published().flagged() == 0 && brigade.signs() == 0);
    }

    @Test
    void practicesWithoutADetectorSaySo() {
        PracticeReport report = run();
        assertThat(report.practices())
                .hasSize(Practice.values().length)
                .allMatch(practice -> practice.detector() == null);
        assertThat(PracticeMarkdown.of(report)).contains("### auto-dm\n\nno detector\n");
    }

    /** A rule that believes whoever tells it something; brigades are what it cannot stand. */
    @Test
    void aGullibleRuleIsFoundOut() {
        StandIn gullible = new StandIn(
                Practice.AUTO_DM,
                dossier ->
                        dossier.observations().messages().size() >= 20 ? Opinion.PRESENT : Opinion.TOO_LITTLE_EVIDENCE,
                true);
        PracticeReport report = run(gullible);
        BrigadeFigures burst = report.brigades().getFirst();
        assertThat(burst.published().flagged()).isPositive();
        assertThat(burst.publishedByPractice()).containsOnlyKeys("auto-dm");
        assertThat(burst.publishedAnyway()).isZero();
        PracticeFigures figures = figures(report, Practice.AUTO_DM);
        assertThat(figures.placebo().flagged())
                .isEqualTo(figures.kinds().stream()
                        .mapToLong(kind -> kind.likely().flagged())
                        .sum());
    }

    @Test
    void theOutcomeDependsOnTheSeedAlone() {
        Detector odd = new StandIn(
                Practice.BUYS_FOLLOWERS,
                dossier -> dossier.observations().profiles().size() % 2 == 1 ? Opinion.PRESENT : Opinion.SIGNS,
                true);
        PracticeReport report = run(odd);
        assertThat(run(odd)).isEqualTo(report);
        assertThat(new PracticeEvaluation(FEW, List.of(2L), List.of(odd)).run(line -> {}))
                .isNotEqualTo(report);
    }

    @Test
    void everyInnocentKindHasAThousandAtTheDefaultSize() {
        assertThat(3 * (4_400 / 13)).isGreaterThanOrEqualTo(1_000);
        assertThat(Arrays.stream(Practice.values())).allSatisfy(practice -> assertThat(
                        Kinds.ALL.stream().map(kind -> kind.roles().get(practice)))
                .contains(Role.INNOCENT, Role.PRACTISES));
    }

    private static Trial trial(String kind, Role role, Opinion opinion, int found) {
        return new Trial(
                kind,
                Practice.AUTO_DM,
                role,
                opinion,
                false,
                found,
                opinion != Opinion.ABSENT,
                false,
                opinion == Opinion.PRESENT);
    }

    private static PracticeReport counted() {
        Trial innocent = trial("greeter", Role.INNOCENT, Opinion.ABSENT, Trial.NEVER);
        Trial wronged = trial("seller", Role.INNOCENT, Opinion.SIGNS, 7);
        Trial found = trial("auto-dmer", Role.PRACTISES, Opinion.PRESENT, 14);
        Trial missed = trial("auto-dmer", Role.PRACTISES, Opinion.SIGNS, Trial.NEVER);
        Map<Long, List<Trial>> bySeed = new LinkedHashMap<>();
        bySeed.put(1L, Stream.of(innocent, innocent, wronged, found, found).toList());
        bySeed.put(2L, Stream.of(innocent, innocent, innocent, found, missed).toList());
        Set<Practice> none = EnumSet.noneOf(Practice.class);
        Set<Practice> dm = EnumSet.of(Practice.AUTO_DM);
        List<BrigadeTrial> brigades = List.of(
                new BrigadeTrial(Variety.BURST, none, none, dm),
                new BrigadeTrial(Variety.BURST, none, none, none),
                new BrigadeTrial(Variety.PATIENT, dm, none, none));
        return PracticeReport.of(90, List.of(StandIn.always(Practice.AUTO_DM, Opinion.ABSENT)), bySeed, brigades);
    }

    @Test
    void figuresAreCountedByKindAndSeed() {
        PracticeFigures figures = figures(counted(), Practice.AUTO_DM);
        assertThat(figures.kinds()).extracting(KindFigures::kind).containsExactly("greeter", "seller", "auto-dmer");
        KindFigures automatic = figures.kinds().getLast();
        assertThat(automatic.likelyBySeed()).containsExactly(2L, 1L);
        assertThat(automatic.medianDaysToFind()).isEqualTo(14);
        assertThat(automatic.ninthDecileDaysToFind())
                .as("a quarter was never found")
                .isNull();
        assertThat(figures.innocents().flagged()).as("at any look").isEqualTo(1);
        // One of six: the exact bound solves Σ C(6,k) p^k (1-p)^(6-k) = .05 for k = 0, 1.
        double bound = figures.innocents().atMost();
        assertThat(Math.pow(1 - bound, 6) + 6 * bound * Math.pow(1 - bound, 5)).isCloseTo(.05, within(1e-9));
        assertThat(figures.worstInnocents()).isEqualTo("seller");
        assertThat(figures.precision().get(1).pooledAtLeast())
                .isCloseTo(.01 * .75 / (.01 * .75 + .99 * bound), within(1e-12));
        assertThat(figures.placebo().flagged()).isEqualTo(3);
    }

    @Test
    void theTablesReadAsBefore() throws IOException {
        Path golden = Path.of("src/test/resources/simulation/practices.md");
        String text = PracticeMarkdown.of(counted());
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
