package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followchurn.InventedAccount.AS_OF;
import static org.fairfollow.detection.followchurn.InventedAccount.DAY;
import static org.fairfollow.detection.followchurn.InventedObservations.daily;
import static org.fairfollow.detection.followchurn.InventedObservations.dossier;
import static org.fairfollow.detection.followchurn.InventedObservations.follow;
import static org.fairfollow.detection.followchurn.InventedObservations.followedBack;
import static org.fairfollow.detection.followchurn.InventedObservations.gone;
import static org.fairfollow.detection.followchurn.InventedObservations.reading;
import static org.fairfollow.detection.followchurn.InventedObservations.told;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.RelationTold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follow-churn makes of evidence beside the stream. */
class IndirectEvidenceTest {
    private final FollowChurnDetector detector = new FollowChurnDetector();

    private Opinion ofTold(List<RelationTold> relations) {
        return detector.judge(dossier(relations, List.of())).opinion();
    }

    private Opinion ofReadings(List<ProfileCounters> profiles) {
        return detector.judge(dossier(List.of(), profiles)).opinion();
    }

    private Opinion ofCount(int days, IntUnaryOperator following) {
        return ofReadings(daily(days, following));
    }

    /** So many followed a day and left ten days later, each told of by the person followed. */
    private static List<RelationTold> leavings(int follows, int left, long everySeconds) {
        List<RelationTold> relations = new ArrayList<>();
        for (int other = 0; other < follows; other++) {
            long at = AS_OF - 70 * DAY + other * everySeconds;
            relations.add(follow(other, at));
            if (other < left) {
                relations.add(gone(other, at + 10 * DAY));
            }
        }
        return relations;
    }

    @Test
    void peopleWhoWereFollowedAndLeftMakeSigns() {
        Finding finding = detector.judge(dossier(told(160, .9, .1, 1), List.of()));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.strict()).isFalse();
        assertThat(finding.missing()).isEmpty();
        assertThat(finding.sources()).isEqualTo(new Sources(0, 1));
        assertThat(finding.statement())
                .matches(
                        "\\d+ \\w+ – \\d+ \\w+, \\d+ follows told by observers\\. Of these, not returned, \\d+ in 100 were"
                                + " gone within 28 days \\(at least \\d+, if 20 in 100 of those gone were blocks or suspensions\\);"
                                + " \\d+ independent observers told so\\.");
        assertThat(finding.caveats())
                .containsExactly("pruning-own-list", "never-answered", "blocks-or-suspensions", "told-by-observers");
        assertThat(finding.lastEvidenceAt()).isBetween(AS_OF - 10 * DAY, AS_OF);
    }

    @Test
    void whoKeepsMostOrDropsAllAlikeShowsNoSigns() {
        assertThat(ofTold(told(400, .3, .1, 1))).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofTold(told(400, .9, .9, 1))).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    /** With a fifth of the leavings taken for blocks 20 of 20 have a bound of .43, 20 of 21 of .41, 20 of 22 of .38. */
    @ParameterizedTest
    @CsvSource({"19, 19, TOO_LITTLE_EVIDENCE", "20, 20, SIGNS", "22, 20, TOO_LITTLE_EVIDENCE"})
    void twentyFollowsAreNeededAndNearlyAllOfThemLeft(int follows, int left, Opinion expected) {
        assertThat(ofTold(leavings(follows, left, 2 * DAY + 1))).isEqualTo(expected);
    }

    @Test
    void fiveIndependentObserversAreNeeded() {
        // Everything within ten days, of which 48 hours hold no two independent observers.
        List<RelationTold> spread = leavings(40, 40, 2 * DAY / 5);
        assertThat(ofTold(spread)).isEqualTo(Opinion.SIGNS);
        List<RelationTold> byOne = spread.stream()
                .map(told -> new RelationTold(told.at(), "one", false, told.follows(), told.other(), told.outward()))
                .toList();
        assertThat(ofTold(byOne)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @ParameterizedTest
    @CsvSource({"20", "500"})
    void aBrigadeThatArrivesWithinTwoDaysShowsNothing(int sybils) {
        List<RelationTold> brigade = IntStream.range(0, sybils)
                .boxed()
                .flatMap(other -> Stream.of(
                        follow(other, AS_OF - (5 + other % 60) * DAY), gone(other, AS_OF - other % (2 * DAY))))
                .toList();
        assertThat(ofTold(brigade)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void aMoveOfTwoWeeksIsNoHabit() {
        List<RelationTold> twoWeeks = IntStream.range(0, 40)
                .boxed()
                .flatMap(other -> Stream.of(
                        follow(other, AS_OF - 41 * DAY + other * DAY / 4),
                        gone(other, AS_OF - 30 * DAY + other * DAY / 2)))
                .toList();
        assertThat(ofTold(twoWeeks)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void whoFollowedFirstOrBackIsNotCountedAsUnreturned() {
        List<RelationTold> relations = new ArrayList<>(leavings(30, 30, 2 * DAY + 1));
        assertThat(ofTold(relations)).isEqualTo(Opinion.SIGNS);
        IntStream.range(0, 11).forEach(other -> relations.add(followedBack(other, AS_OF - 80 * DAY)));
        Finding first = detector.judge(dossier(relations, List.of()));
        assertThat(first.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);

        List<RelationTold> back = new ArrayList<>(leavings(30, 30, 2 * DAY + 1));
        // Returned and left as well: no difference is made.
        IntStream.range(0, 5)
                .forEach(other -> back.add(followedBack(other, AS_OF - 70 * DAY + other * (2 * DAY + 1) + 60)));
        assertThat(ofTold(back)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void leavingAfterFourWeeksIsNotCounted() {
        List<RelationTold> late = leavings(30, 30, 2 * DAY).stream()
                .map(told -> told.follows() ? told : gone(told.other(), told.at() + 18 * DAY + 1))
                .toList();
        assertThat(ofTold(late)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void withoutReturnedFollowsThatIsSaid() {
        Finding finding = detector.judge(dossier(leavings(30, 30, 2 * DAY), List.of()));
        assertThat(finding.caveats()).contains("returned-not-told");
        assertThat(finding.reasons())
                .extracting(Reason::code)
                .containsExactly(
                        "told-leavings",
                        "told-follows",
                        "told-observers",
                        "told-weeks-with-follows",
                        "told-weeks-with-leavings");
    }

    @Test
    void aSawtoothMakesSigns() {
        Finding finding = detector.judge(dossier(List.of(), daily(60, InventedObservations::sawtooth)));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.strict()).isFalse();
        assertThat(finding.sources()).isEqualTo(new Sources(1, 0));
        assertThat(finding.statement())
                .isEqualTo(
                        "23 Sep – 18 Nov, 60 readings of the number of accounts followed, 616 on average: in all it rose"
                                + " by 2,040 and fell by 1,920.");
        assertThat(finding.caveats()).containsExactly("pruning-own-list", "never-answered", "count-only");
        Table table = finding.tables().stream()
                .filter(one -> one.id().equals("following-turnover"))
                .findFirst()
                .orElseThrow();
        assertThat(table.rows()).containsExactly(List.of(60.0, 0.0, 616.0, 2_040.0, 1_920.0, 3_840.0));
    }

    @Test
    void growthTidyingUpAndStandingStillMakeNoSawtooth() {
        assertThat(ofCount(200, day -> 300 + 10 * day)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofCount(200, day -> 3_000 - 10 * day)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofCount(200, day -> 400 + day % 2)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        // Two tidy-up days, and followed as many again since.
        assertThat(ofCount(200, day -> 400 + 6 * (day % 90))).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        // Few come and go among many: in sixty days less than half of those followed, in two hundred more.
        assertThat(ofCount(60, day -> 9_000 + 40 * (day % 7))).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofCount(200, day -> 9_000 + 40 * (day % 7))).isEqualTo(Opinion.SIGNS);
    }

    @ParameterizedTest
    @CsvSource({"19, TOO_LITTLE_EVIDENCE", "20, TOO_LITTLE_EVIDENCE", "30, SIGNS"})
    void readingsEnoughForThreeWeeksAreNeeded(int days, Opinion expected) {
        assertThat(ofCount(days, InventedObservations::sawtooth)).isEqualTo(expected);
    }

    @Test
    void readingsThatJumpAndReturnAreSetAside() {
        assertThat(ofCount(200, day -> day % 10 == 5 ? 0 : 1_000)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofCount(200, day -> day % 20 > 16 ? 10_000 : 1_000 + day)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofCount(200, day -> day % 20 > 15 ? 10_000 : 1_000 + day)).isEqualTo(Opinion.SIGNS);
    }

    @Test
    void onlyMeasuredExactReadingsOfOneObserverCount() {
        List<ProfileCounters> readings = daily(60, InventedObservations::sawtooth);
        assertThat(ofReadings(readings.stream()
                        .map(one -> reading(one.at(), "reader", false, count(one)))
                        .toList()))
                .isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(ofReadings(readings.stream()
                        .map(one -> reading(
                                one.at(), "crawler", true, new Count(count(one).count(), false)))
                        .toList()))
                .isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        // Two sources that disagree, in turn.
        List<ProfileCounters> twoSources = daily(60, day -> 1_000 + 300 * (day % 2)).stream()
                .map(one -> reading(one.at(), count(one).count() == 1_000 ? "stale" : "fresh", true, count(one)))
                .toList();
        assertThat(ofReadings(twoSources)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    private static Count count(ProfileCounters reading) {
        Count following = reading.following();
        assertThat(following).isNotNull();
        return following;
    }

    @Test
    void aSawtoothOfLastYearSaysNothingAboutToday() {
        IntUnaryOperator ended = day -> day < 100 ? InventedObservations.sawtooth(day) : 500;
        assertThat(ofCount(180, ended)).isEqualTo(Opinion.SIGNS);
        assertThat(ofCount(200, ended)).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
    }

    @Test
    void whatTheStreamSaysStands() {
        List<RelationTold> relations = told(160, .9, .1, 1);
        List<ProfileCounters> profiles = daily(60, InventedObservations::sawtooth);
        for (Dossier seen : List.of(
                InventedAccount.sampler().dossier(1),
                InventedAccount.organic().following(5).dossier(1),
                InventedAccount.churner().dossier(1),
                InventedAccount.purger(50, 42).dossier(1))) {
            assertThat(detector.judge(InventedObservations.with(seen, relations, profiles)))
                    .isEqualTo(detector.judge(seen));
        }
        Dossier few = InventedAccount.organic().following(.15).dossier(3);
        Finding both = detector.judge(InventedObservations.with(few, relations, profiles));
        assertThat(both.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(both.sources()).isEqualTo(new Sources(2, 1));
        assertThat(both.statement()).contains("told by observers", "readings of the number");
    }

    @Test
    void everyCodeHasWords() {
        PracticeDescription description = detector.describe();
        Finding both = detector.judge(dossier(told(160, .9, .1, 1), daily(60, InventedObservations::sawtooth)));
        Finding unreturned = detector.judge(dossier(leavings(30, 30, 2 * DAY), List.of()));
        assertThat(description.measures())
                .extracting(Measure::code)
                .containsAll(both.reasons().stream().map(Reason::code).toList());
        assertThat(description.caveats())
                .extracting(Phrase::code)
                .containsAll(both.caveats())
                .containsAll(unreturned.caveats());
    }
}
