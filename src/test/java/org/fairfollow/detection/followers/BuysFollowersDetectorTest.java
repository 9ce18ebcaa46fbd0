package org.fairfollow.detection.followers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.Statistics.Validation;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.evidence.Dossier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuysFollowersDetectorTest {
    private final BuysFollowersDetector detector = new BuysFollowersDetector();

    private Finding judge(InventedFollowing following) {
        return detector.judge(following.dossier());
    }

    /** Two thousand people, and four thousand others who were made in one week and came on one day in October. */
    private static InventedFollowing batch() {
        return InventedFollowing.organic(2_000, 11).batch(4_000, 40, 20, 200);
    }

    private static List<String> missing(Finding finding) {
        return finding.missing().stream().map(Missing::code).toList();
    }

    private static List<String> failed(Finding finding) {
        return finding.alibis().stream()
                .filter(alibi -> !alibi.survived())
                .map(Alibi::code)
                .toList();
    }

    private static double reason(Finding finding, String code) {
        return finding.reasons().stream()
                .filter(reason -> reason.code().equals(code))
                .mapToDouble(Reason::value)
                .findFirst()
                .orElseThrow();
    }

    private static List<Double> row(Finding finding, String id) {
        return finding.tables().stream()
                .filter(table -> table.id().equals(id))
                .map(Table::rows)
                .findFirst()
                .orElseThrow()
                .getFirst();
    }

    @Test
    void aBatchThatCameInADayIsPresent() {
        Finding finding = judge(batch());
        assertThat(finding.opinion()).isEqualTo(Opinion.PRESENT);
        assertThat(finding.statement())
                .startsWith("22 Nov, 400 of 6,000 followers: about ")
                .contains("Followers arrived in a pattern seen in bought batches: ")
                .contains("and then hardly any")
                .endsWith("Who ordered them is unknown.")
                .doesNotContain(" bot", "scam", "spam");
        assertThat(finding.alibis()).hasSize(5).allMatch(Alibi::survived);
        assertThat(finding.caveats()).contains("who-ordered-unknown", "classifier-elsewhere");
        assertThat(row(finding, "families")).containsExactly(1.0, 1.0, 0.0);
        assertThat(finding.strict()).isFalse();
        assertThat(finding.lastEvidenceAt()).isEqualTo(InventedFollowing.AS_OF - 3_600);
    }

    @Test
    void theCountsCanBeRecounted() {
        Finding finding = judge(batch());
        List<Double> counts = row(finding, "followers");
        assertThat(counts.get(2) + counts.get(3) + counts.get(4) + counts.get(5))
                .isEqualTo(counts.get(1));
        assertThat(reason(finding, "followers-sampled")).isEqualTo(counts.get(1) - counts.get(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anOrdinaryFollowingIsAbsent(long seed) {
        Finding finding = judge(InventedFollowing.organic(6_000, seed));
        assertThat(finding.opinion()).isEqualTo(Opinion.ABSENT);
        assertThat(finding.statement()).contains("not distinguishable from zero");
        assertThat(finding.caveats()).doesNotContain("who-ordered-unknown");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fameInANightIsNotHeldAgainstAnybody(long seed) {
        assertThat(judge(InventedFollowing.organic(2_000, seed).viral(4_000, 40))
                        .opinion())
                .isEqualTo(Opinion.ABSENT);
    }

    @Test
    void anAudienceThatOnlyReadsHasNoPattern() {
        Finding finding = judge(InventedFollowing.organic(4_000, 1).readers(.6));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(finding)).containsExactly("purchase-pattern");
        assertThat(finding.caveats()).contains("cause-unknown");
        assertThat(reason(finding, "fake-follower-share")).isGreaterThan(.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void peopleWhoJustSignedUpAreNoBatch(long seed) {
        Finding finding = judge(InventedFollowing.organic(2_000, seed).newcomers(4_000, 40, 48));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(failed(finding)).contains("sign-up-wave");
    }

    /** The followers of the batch have left the network since: then they are people like others. */
    @Test
    void whoLeftIsNotFake() {
        Finding finding = judge(batch().silent());
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(failed(finding)).contains("inactive-not-fake");
    }

    /** Many look fake, and a burst came, but those who came in it do not: only the readers are many. */
    @Test
    void aViralBurstMustNotBeMistaken() {
        Finding finding = judge(InventedFollowing.organic(4_000, 3)
                .readers(.9)
                .genuineBurst(2_500, 40)
                .companions(4, 800));
        assertThat(finding.opinion()).isNotEqualTo(Opinion.PRESENT);
    }

    @Test
    void oneFamilyIsASign() {
        Finding finding = judge(batch().withoutReadings());
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(row(finding, "families")).containsExactly(1.0, 0.0, 0.0);
        Finding other = judge(batch().withoutCreationDates());
        assertThat(other.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(row(other, "families")).containsExactly(0.0, 1.0, 0.0);
    }

    /** Arrivals of the last month; the batch is among them. */
    private static InventedFollowing recentBatch() {
        return InventedFollowing.organic(2_000, 12).batch(4_000, 20, 20, 200).withoutReadings();
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 1", "6, 1", "7, 0", "40, 0"})
    void theSameFollowersElsewhereAreAFamilyUnlessAStarterPackSharesThem(int companions, double family) {
        assertThat(row(judge(recentBatch().companions(companions, 3_000)), "families")
                        .getLast())
                .isEqualTo(family);
    }

    @Test
    void fewSharedArrivalsAreNone() {
        assertThat(row(judge(recentBatch().companions(3, 500)), "families").getLast())
                .isZero();
    }

    /** Those who come to several accounts at once because somebody named them together look like anybody. */
    @Test
    void sharedFollowersMustLookFake() {
        Finding finding =
                judge(InventedFollowing.organic(2_000, 5).viral(3_000, 20).companions(3, 2_000));
        assertThat(row(finding, "families").getLast()).isZero();
        assertThat(finding.opinion()).isEqualTo(Opinion.ABSENT);
    }

    @Test
    void withoutASampleCountersSayNothing() {
        Finding finding = judge(batch().sampled(0));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(finding)).containsExactly("followers-sampled");
        assertThat(finding.lastEvidenceAt()).isPositive();
        assertThat(finding.weight()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"384, true", "385, false"})
    void threeHundredEightyFiveAreNeeded(int sampled, boolean tooFew) {
        assertThat(missing(judge(InventedFollowing.organic(6_000, 1).sampled(sampled)))
                        .contains("followers-sampled"))
                .isEqualTo(tooFew);
    }

    @Test
    void theNewestFollowersAreNotAllFollowers() {
        Finding finding = judge(batch().only(rank -> rank <= 3_000));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(finding)).containsExactly("sample-ranks");
    }

    @Test
    void aSampleOfNinetyOneDaysAgoIsNone() {
        Dossier dossier = batch().dossier();
        Dossier later = new Dossier(
                dossier.asOf() + 91 * InventedFollowing.DAY,
                dossier.follows(),
                dossier.targets(),
                dossier.coverage(),
                dossier.arrivals(),
                dossier.observations());
        assertThat(missing(detector.judge(later))).containsExactly("followers-sampled");
    }

    @Test
    void whatIsOnlyToldIsNeverPresent() {
        Finding finding = judge(batch().told());
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.caveats()).contains("told-only");
        assertThat(finding.sources().reported()).isEqualTo(1);
    }

    @Test
    void theOwnersWordTakesItDown() {
        Finding finding = judge(batch().disowned());
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.caveats()).contains("owner-did-not-order");
    }

    @Test
    void pagesOfFollowersTellLess() {
        Finding alone = judge(batch().sampled(1_000));
        Finding paged = judge(batch().sampled(1_000).inEvenPagesOf(50));
        assertThat(row(paged, "followers").getLast()).isLessThan(100);
        assertThat(row(alone, "followers").getLast()).isGreaterThan(500);
        assertThat(paged.opinion()).isNotEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(alone.opinion()).isEqualTo(Opinion.PRESENT);
    }

    @Test
    void aCensusHasNoDesignEffect() {
        Finding finding = judge(batch().sampled(6_000));
        assertThat(row(finding, "followers").getLast()).isEqualTo(6_000);
    }

    @Test
    void anUnreliableClassifierIsRefused() {
        BuysFollowersDetector weak = new BuysFollowersDetector(Thresholds.DEFAULT, new Validation(20, 45, 400, 419));
        Finding finding = weak.judge(batch().dossier());
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(missing(finding)).containsExactly("classifier");
    }

    @Test
    void inAnotherOrderTheSameFollowersMakeNoPattern() {
        for (long seed = 1; seed <= 5; seed++) {
            Dossier placebo = detector.placebo(InventedFollowing.organic(2_000, seed)
                            .batch(4_000, 40, 20, 200)
                            .dossier())
                    .orElseThrow();
            Finding finding = detector.judge(placebo);
            assertThat(finding.opinion()).isNotEqualTo(Opinion.PRESENT);
            assertThat(row(finding, "families").getFirst()).isZero();
        }
    }

    @Test
    void whatIsSaidIsDescribed() {
        PracticeDescription description = detector.describe();
        List<String> measures =
                description.measures().stream().map(Measure::code).toList();
        List<String> alibis = description.alibis().stream().map(Phrase::code).toList();
        List<String> caveats = description.caveats().stream().map(Phrase::code).toList();
        for (InventedFollowing following : List.of(
                batch(),
                batch().told(),
                batch().disowned(),
                recentBatch().companions(3, 3_000),
                InventedFollowing.organic(4_000, 1).readers(.6))) {
            Finding finding = judge(following);
            assertThat(measures)
                    .containsAll(finding.reasons().stream().map(Reason::code).toList());
            assertThat(alibis)
                    .containsAll(finding.alibis().stream().map(Alibi::code).toList());
            assertThat(caveats).containsAll(finding.caveats());
        }
        assertThat(description.thresholds()).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }
}
