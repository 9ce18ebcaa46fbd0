package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followchurn.InventedAccount.AS_OF;
import static org.fairfollow.detection.followchurn.InventedAccount.DAY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowChurnDetectorTest {
    private static final long SEEDS = 20;

    private final FollowChurnDetector detector = new FollowChurnDetector();

    private Opinion opinion(Dossier dossier) {
        return detector.judge(dossier).opinion();
    }

    private List<Opinion> opinions(InventedAccount account) {
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> opinion(account.dossier(seed)))
                .toList();
    }

    private static Dossier withCoverage(Dossier dossier, Coverage coverage) {
        return new Dossier(dossier.asOf(), dossier.follows(), dossier.targets(), coverage);
    }

    private static Dossier withUnfollows(
            Dossier dossier, long paired, long orphaned, long ownPaired, long ownOrphaned) {
        Coverage coverage = new Coverage(dossier.coverage().spans(), paired, orphaned, ownPaired, ownOrphaned);
        return withCoverage(dossier, coverage);
    }

    private static Reason reason(Finding finding, String code) {
        return finding.reasons().stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static Table table(Finding finding, String id) {
        return finding.tables().stream()
                .filter(table -> table.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static double count(Finding finding, String column) {
        Table counts = table(finding, "counts");
        return counts.rows().getFirst().get(counts.columns().indexOf(column));
    }

    @Test
    void churnIsPresent() {
        assertThat(opinions(InventedAccount.churner())).containsOnly(Opinion.PRESENT);
        assertThat(opinions(InventedAccount.freshChurner())).containsOnly(Opinion.PRESENT);
        assertThat(opinions(InventedAccount.evader())).contains(Opinion.PRESENT);
    }

    @Test
    void clearChurnIsACandidateForConfirmation() {
        assertThat(detector.judge(InventedAccount.churner().dossier(1)).strict())
                .isTrue();
    }

    @Test
    void innocentHabitsAreNeverPresent() {
        List<InventedAccount> innocents = List.of(
                InventedAccount.organic(),
                InventedAccount.organic().following(20),
                InventedAccount.pruner(),
                InventedAccount.sampler(),
                InventedAccount.purger(20),
                InventedAccount.purger(50, 10));
        for (InventedAccount innocent : innocents) {
            assertThat(opinions(innocent)).as("%s", innocent).doesNotContain(Opinion.PRESENT, Opinion.SIGNS);
        }
    }

    @Test
    void anOrganicAccountWithEnoughFollowsIsCleared() {
        assertThat(opinions(InventedAccount.organic())).contains(Opinion.ABSENT);
        assertThat(opinions(InventedAccount.organic().following(5))).containsOnly(Opinion.ABSENT);
    }

    @Test
    void droppingEverythingAlikeIsExcludedByTheRatio() {
        Finding finding = detector.judge(InventedAccount.sampler().dossier(1));
        assertThat(finding.opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(finding.statement())
                .containsPattern(
                        "At the same age they were dropped [0-9.]+ times as often as returned ones \\(at most");
    }

    @Test
    void tidyingUpTwiceIsNotEnoughForAHabit() {
        Finding finding = detector.judge(InventedAccount.purger(50, 42).dossier(1));
        assertThat(finding.opinion()).isNotIn(Opinion.SIGNS, Opinion.PRESENT);
    }

    @Test
    void droppingSilentAccountsIsNotChurn() {
        InventedAccount keepsTheLiving = new InventedAccount(89, 15, .6, InventedAccount.afterDays(4, 21), .05, .03, 0);
        Dossier living = keepsTheLiving.dossier(1);
        List<FollowEpisode> follows = new ArrayList<>(living.follows());
        Map<Integer, Target> targets = new HashMap<>(living.targets());
        for (int i = 0; i < 600; i++) {
            int target = 1_000_000 + i;
            long followed = AS_OF - 60 * DAY + i * DAY / 20;
            follows.add(new FollowEpisode(target, new Span(followed, followed + 7 * DAY)));
            targets.put(target, new Target(List.of(), List.of(), List.of(), List.of()));
        }
        assertThat(opinion(new Dossier(AS_OF, follows, targets, living.coverage())))
                .isEqualTo(Opinion.ABSENT);
    }

    @Test
    void aFewFollowsSayNothing() {
        Finding finding = detector.judge(InventedAccount.organic().following(.1).dossier(3));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing())
                .containsExactly(new Missing(
                        "follows",
                        count(finding, "counted"),
                        20,
                        "Follows that can be judged: %.0f; at least 20 are needed."
                                .formatted(count(finding, "counted"))));
        assertThat(finding.strict()).isFalse();
    }

    @Test
    void noEvidenceAtAll() {
        Dossier nothing = new Dossier(AS_OF, List.of(), Map.of(), new Coverage(List.of(), 0, 0, 0, 0));
        Finding finding = detector.judge(nothing);
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("follows");
        assertThat(finding.statement()).startsWith("No follows that can be judged were seen in the last 90 days.");
        assertThat(finding.lastEvidenceAt()).isZero();
        assertThat(finding.spark()).isNull();
        assertThat(finding.reasons()).isEmpty();
    }

    @Test
    void lossOnTheNetworkSilencesTheRule() {
        Dossier churner = InventedAccount.churner().dossier(1);
        Finding finding = detector.judge(withUnfollows(churner, 8_900, 1_100, 1_500, 0));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing().getFirst())
                .isEqualTo(new Missing(
                        "coverage",
                        .89,
                        .9,
                        "Only 89 in 100 of the follows on the network were seen; at least 90 are needed."));
        assertThat(finding.caveats()).containsExactly("follow-backs-unseen");
    }

    @Test
    void gapsInTimeSilenceTheRule() {
        Dossier churner = InventedAccount.churner().dossier(1);
        List<Span> spans = List.of(new Span(0, AS_OF - 40 * DAY), new Span(AS_OF - 30 * DAY, AS_OF));
        Finding finding = detector.judge(withCoverage(churner, new Coverage(spans, 10_000, 0, 1_500, 0)));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("coverage");
    }

    @Test
    void gapsAndLossesAreMultiplied() {
        Dossier churner = InventedAccount.churner().dossier(1);
        List<Span> spans = List.of(new Span(0, AS_OF - 40 * DAY), new Span(AS_OF - 35 * DAY, AS_OF));
        assertThat(opinion(withCoverage(churner, new Coverage(spans, 9_600, 400, 1_500, 0))))
                .as(".944 of the time and .96 of the follows")
                .isEqualTo(Opinion.PRESENT);
        Finding finding = detector.judge(withCoverage(churner, new Coverage(spans, 9_500, 500, 1_500, 0)));
        assertThat(finding.missing())
                .containsExactly(new Missing(
                        "coverage",
                        .8972,
                        .9,
                        "Only 89 in 100 follow-backs would have been seen; at least 90 are needed."));
        assertThat(reason(finding, "coverage").value()).isEqualTo(.8972);
    }

    /** Who followed first may be among what was left out, and so may the drops that show a habit of dropping anybody. */
    @Test
    void whatWasLeftOutSilencesTheRuleAndWhatIsTold() {
        Dossier churner = InventedAccount.churner().dossier(1);
        Coverage seen = churner.coverage();
        Dossier partly = withCoverage(
                churner, new Coverage(seen.spans(), seen.deletesPaired(), 0, seen.ownPaired(), 0, AS_OF - 52 * DAY));
        Finding finding = detector.judge(InventedObservations.with(
                partly, List.of(), InventedObservations.daily(60, InventedObservations::sawtooth)));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("whole-days");
        assertThat(finding.missing().getFirst().detail()).contains("for 52 of the last 104 days");
    }

    @Test
    void inventedUnfollowsOfItsOwnDoNotSilenceAnAccusation() {
        Dossier churner = InventedAccount.churner().dossier(1);
        assertThat(opinion(withUnfollows(churner, 100_000, 9_000, 1_500, 9_000)))
                .isEqualTo(Opinion.PRESENT);
    }

    @Test
    void orphansOfItsOwnCostAnAccountItsNotFound() {
        Dossier organic = InventedAccount.organic().following(5).dossier(1);
        assertThat(opinion(organic)).isEqualTo(Opinion.ABSENT);
        Finding finding = detector.judge(withUnfollows(organic, 10_000, 100, 60, 20));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("coverage");
    }

    @Test
    void churnThatLivesOnTwoDaysIsOnlySigns() {
        // Two weeks of drops hang on two days: take them away and too little is left.
        InventedAccount account = new InventedAccount(
                89, 14, .3, InventedAccount.onDaysBefore(70, 60, 50, 40, 30, 20, 10), .62, .05, .15);
        Finding finding = detector.judge(account.dossier(1));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.alibis()).contains(new Alibi("two-busiest-days-removed", false));
        assertThat(finding.statement()).endsWith("Some bounds or innocent explanations remain open.");
    }

    @Test
    void theStatementSaysWhatTheReasonsSay() {
        Finding finding = detector.judge(InventedAccount.churner().dossier(1));
        assertThat(finding.statement())
                .matches(
                        "\\d+ \\w+ – \\d+ \\w+, \\d+ follows\\. Of follows not returned, about \\d+ in 100 were dropped"
                                + " within 28 days \\(at least \\d+\\)\\. At the same age they were dropped [0-9.]+ times as"
                                + " often as returned ones \\(at least [0-9.]+\\)\\.");
        Reason dropped = reason(finding, "dropped-within-28-days");
        assertThat(finding.statement())
                .contains("about " + Math.round(100 * dropped.value()) + " in 100")
                .contains("(at least " + (int) (100 * dropped.interval().getFirst()) + ")")
                .contains("%.0f follows".formatted(count(finding, "counted")));
        assertThat(finding.reasons())
                .extracting(Reason::code)
                .containsExactly(
                        "dropped-within-28-days",
                        "selectivity-at-equal-age",
                        "unreturned-drops",
                        "weeks-with-follows",
                        "weeks-with-drops",
                        "drop-windows",
                        "coverage");
        assertThat(finding.alibis())
                .containsExactly(
                        new Alibi("two-busiest-days-removed", true),
                        new Alibi("live-targets-only", true),
                        new Alibi("lost-follow-backs-assumed", true));
        assertThat(finding.caveats()).containsExactly("pruning-own-list", "never-answered");
        assertThat(finding.sources()).isEqualTo(new Finding.Sources(1, 0));
    }

    @Test
    void datesOfAnotherYearNameIt() {
        Dossier dossier = InventedAccount.churner().dossier(1);
        long inJanuary = AS_OF + 50 * DAY;
        Dossier later = new Dossier(inJanuary, dossier.follows(), dossier.targets(), dossier.coverage());
        assertThat(detector.judge(later).statement()).containsPattern("^\\d+ Oct 2026 – \\d+ Nov 2026, ");
    }

    @Test
    void followingTheSameAccountsAgainIsStated() {
        Dossier dossier = InventedAccount.churner().dossier(1);
        List<FollowEpisode> follows = new ArrayList<>(dossier.follows());
        dossier.follows().stream()
                .filter(follow -> follow.span().to() < AS_OF - DAY)
                .filter(follow ->
                        !dossier.targets().get(follow.target()).activeDays().isEmpty())
                .limit(3)
                .map(follow -> new FollowEpisode(
                        follow.target(), new Span(follow.span().to() + DAY, Span.OPEN)))
                .forEach(follows::add);
        Finding finding = detector.judge(new Dossier(AS_OF, follows, dossier.targets(), dossier.coverage()));
        assertThat(count(finding, "again")).isEqualTo(3);
        assertThat(finding.statement()).endsWith(" 3 follows were of accounts followed before.");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theCountsAddUp(long seed) {
        Finding finding = detector.judge(InventedAccount.evader().dossier(seed));
        assertThat(count(finding, "follows"))
                .isEqualTo(count(finding, "counted")
                        + count(finding, "uncovered")
                        + count(finding, "unreachable")
                        + count(finding, "followedFirst")
                        + count(finding, "silent"));
        assertThat(count(finding, "counted"))
                .isEqualTo(
                        count(finding, "kept") + count(finding, "unreturnedDrops") + count(finding, "returnedDrops"));
        assertThat(column(finding, "age-bins", "D0")).isEqualTo(count(finding, "unreturnedDrops"));
        assertThat(column(finding, "age-bins", "D1")).isEqualTo(count(finding, "returnedDrops"));
        assertThat(column(finding, "weeks", "follows")).isEqualTo(count(finding, "counted"));
        assertThat(column(finding, "weeks", "unreturnedDrops")).isEqualTo(count(finding, "unreturnedDrops"));
    }

    private static double column(Finding finding, String id, String column) {
        Table table = table(finding, id);
        int index = table.columns().indexOf(column);
        return table.rows().stream().mapToDouble(row -> row.get(index)).sum();
    }

    @Test
    void theSparkEndsWithTheLastEvidence() {
        Dossier dossier = InventedAccount.churner().dossier(1);
        Finding finding = detector.judge(dossier);
        Finding.Spark spark = finding.spark();
        assertThat(spark).isNotNull();
        assertThat(spark.followed()).hasSize(28);
        assertThat(spark.unfollowed()).hasSize(28);
        assertThat(spark.from().plusDays(27).toEpochDay()).isEqualTo(finding.lastEvidenceAt() / DAY);
        long first = spark.from().toEpochDay() * DAY;
        assertThat(spark.followed().stream().mapToLong(count -> count).sum())
                .isEqualTo(dossier.follows().stream()
                        .filter(follow -> follow.span().from() >= first)
                        .count());
    }
}
