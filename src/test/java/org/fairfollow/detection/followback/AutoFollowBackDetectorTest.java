package org.fairfollow.detection.followback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followback.InventedFollowers.AS_OF;
import static org.fairfollow.detection.followback.InventedFollowers.DAY;
import static org.fairfollow.detection.followback.InventedFollowers.HOUR;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoFollowBackDetectorTest {
    private static final long SEEDS = 20;

    private final AutoFollowBackDetector detector = new AutoFollowBackDetector();

    private Opinion opinion(Dossier dossier) {
        return detector.judge(dossier).opinion();
    }

    private List<Opinion> opinions(InventedFollowers followers) {
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> opinion(followers.dossier(seed)))
                .toList();
    }

    private static Reason reason(Finding finding, String code) {
        return finding.reasons().stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static double count(Finding finding, String column) {
        Table counts = finding.tables().getFirst();
        return counts.rows().getFirst().get(counts.columns().indexOf(column));
    }

    private static Dossier with(Dossier dossier, Coverage coverage) {
        return new Dossier(
                dossier.asOf(),
                dossier.follows(),
                dossier.targets(),
                coverage,
                dossier.arrivals(),
                dossier.observations());
    }

    /** The invented account with other arrivals or follows. */
    private static Dossier with(Dossier dossier, List<Arrival> arrivals, List<FollowEpisode> follows) {
        return new Dossier(
                dossier.asOf(),
                follows,
                dossier.targets(),
                dossier.coverage(),
                new Arrivals(arrivals, List.of(), List.of()),
                dossier.observations());
    }

    @Test
    void answeringAnybodyAtOnceIsPresent() {
        assertThat(opinions(InventedFollowers.instant())).containsOnly(Opinion.PRESENT);
        assertThat(opinions(InventedFollowers.instant().withoutProfiles())).containsOnly(Opinion.PRESENT);
        assertThat(opinions(InventedFollowers.instant().receiving(900))).containsOnly(Opinion.PRESENT);
    }

    @ParameterizedTest
    @CsvSource({"3600, 1500", "86400, 10800", "21600, 0", "1800, 77"})
    void answeringByTheClockIsPresent(long period, long phase) {
        InventedFollowers batches =
                InventedFollowers.instant().receiving(600).answering(InventedFollowers.everyFrom(period, phase));
        assertThat(opinions(batches)).containsOnly(Opinion.PRESENT);
        assertThat(detector.judge(batches.dossier(1)).statement()).contains("They came in batches");
    }

    @Test
    void innocentHabitsAreNeverHeldAgainstAnyone() {
        InventedFollowers.Answer evening = InventedFollowers.inTheEvening(7_200);
        List<InventedFollowers> innocents = List.of(
                InventedFollowers.instant().answering(evening),
                InventedFollowers.instant().answering(evening.of(.9)),
                InventedFollowers.instant().answering(InventedFollowers.inTheEvening(900)),
                InventedFollowers.instant().answering(InventedFollowers.within(6 * HOUR)),
                InventedFollowers.instant()
                        .answering(InventedFollowers.within(300).of(.6)),
                InventedFollowers.instant()
                        .answering(InventedFollowers.sparingThrowaways(InventedFollowers.within(300), .2)));
        for (InventedFollowers innocent : innocents) {
            assertThat(opinions(innocent)).as("%s", innocent).containsOnly(Opinion.ABSENT);
        }
    }

    @Test
    void somebodyQuickWhileAwakeIsOnlySigns() {
        InventedFollowers awake = InventedFollowers.instant().answering(InventedFollowers.whenAwake(240));
        assertThat(opinions(awake)).containsOnly(Opinion.SIGNS);
        Finding finding = detector.judge(awake.dossier(1));
        assertThat(finding.alibis())
                .containsExactly(new Alibi("two-busiest-days-removed", true), new Alibi("quiet-hours", false));
        assertThat(finding.statement()).endsWith("Some bounds or innocent explanations remain open.");
        assertThat(finding.caveats()).containsExactly("mutual-aid-community", "answered-in-shifts", "looks-deceive");
    }

    @Test
    void tooFewFollowsAtNightDoNotRefuteThatItIsAPerson() {
        Dossier dossier = InventedFollowers.instant().dossier(1);
        List<Arrival> byDay = dossier.arrivals().newest().stream()
                .filter(arrival -> FollowReceived.hourOf(arrival.span().from()) >= 8)
                .toList();
        Set<Integer> followers = new HashSet<>();
        byDay.forEach(arrival -> followers.add(arrival.follower()));
        List<FollowEpisode> follows = dossier.follows().stream()
                .filter(follow -> followers.contains(follow.target()))
                .toList();
        Finding finding = detector.judge(with(dossier, byDay, follows));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.alibis()).contains(new Alibi("quiet-hours", false));
    }

    @Test
    void aPartyOnTwoDaysIsOnlySigns() {
        Dossier dossier = InventedFollowers.instant().receiving(300).dossier(1);
        long party = Math.floorDiv(AS_OF, DAY) * DAY - 30 * DAY;
        List<Arrival> arrivals = new ArrayList<>();
        List<FollowEpisode> follows = new ArrayList<>();
        for (Arrival arrival : dossier.arrivals().newest()) {
            long at = arrival.follower() < 260
                    ? party + arrival.follower() % 2 * DAY + arrival.follower() * 100L
                    : arrival.span().from();
            arrivals.add(
                    new Arrival(arrival.follower(), new Span(at, Span.OPEN), arrival.counters(), arrival.activeDays()));
            follows.add(new FollowEpisode(arrival.follower(), new Span(at + 60, Span.OPEN)));
        }
        Finding finding = detector.judge(with(dossier, arrivals, follows));
        assertThat(finding.opinion()).isEqualTo(Opinion.SIGNS);
        assertThat(finding.alibis()).contains(new Alibi("two-busiest-days-removed", false));
    }

    @ParameterizedTest
    @CsvSource({"49, TOO_LITTLE_EVIDENCE", "50, SIGNS"})
    void fiftyFollowsAreNeeded(int received, Opinion expected) {
        Dossier dossier = answered(received, 25, received);
        Finding finding = detector.judge(dossier);
        assertThat(finding.opinion()).isEqualTo(expected);
        if (received < 50) {
            assertThat(finding.missing())
                    .containsExactly(new Missing(
                            "follows-received",
                            49,
                            50,
                            "Follows received that can be judged: 49; at least 50 are needed."));
            assertThat(finding.statement()).contains("Too little evidence. Follows received that can be judged: 49");
        }
    }

    /** Wilson's bound at z = 3.36 of a share of 1 is n / (n + z²): 63 of 63 give .848, 64 of 64 .850. */
    @ParameterizedTest
    @CsvSource({"63, SIGNS", "64, PRESENT"})
    void theBoundOfTheShareReturnedDecides(int received, Opinion expected) {
        assertThat(opinion(answered(received, 34, received))).isEqualTo(expected);
    }

    /** Of the throwaway-looking, 33 of 33 give .745, 34 of 34 .751; nineteen are too few to compare. */
    @ParameterizedTest
    @CsvSource({"19, TOO_LITTLE_EVIDENCE", "20, SIGNS", "33, SIGNS", "34, PRESENT"})
    void throwawayFollowersMustBeFollowedBackBeyondDoubt(int throwaways, Opinion expected) {
        Finding finding = detector.judge(answered(200, throwaways, 200));
        assertThat(finding.opinion()).isEqualTo(expected);
        if (throwaways == 19) {
            assertThat(finding.missing()).extracting(Missing::code).containsExactly("throwaway-followers");
        }
    }

    @Test
    void otherFollowersMustBeThereToCompareWith() {
        Finding finding = detector.judge(answered(200, 181, 200));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("other-followers");
    }

    @Test
    void sparingMoreThanTenPointsIsNotIndiscriminate() {
        // 100 throwaways come first: with 10 of them not followed back they lie exactly 10 points under the others.
        // (Without the busiest days they may lie more.)
        assertThat(opinion(notFollowingBack(9))).isEqualTo(Opinion.PRESENT);
        assertThat(opinion(notFollowingBack(10))).isEqualTo(Opinion.SIGNS);
        Finding finding = detector.judge(notFollowingBack(11));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("certainty");
        assertThat(opinion(notFollowingBack(40))).isEqualTo(Opinion.ABSENT);
    }

    private static Dossier notFollowingBack(int throwaways) {
        Dossier all = answered(400, 100, 400);
        List<FollowEpisode> follows = all.follows().stream()
                .filter(follow -> follow.target() >= throwaways)
                .toList();
        return with(all, all.arrivals().newest(), follows);
    }

    /** So many followers spread over 80 days and all hours, the first of them thrown away, answered after a minute. */
    private static Dossier answered(int received, int throwaways, int answered) {
        List<Arrival> arrivals = new ArrayList<>();
        List<FollowEpisode> follows = new ArrayList<>();
        Random random = new Random(1);
        for (int follower = 0; follower < received; follower++) {
            // Five hours on each time: every hour of the day comes as often.
            long at = AS_OF - 80 * DAY + (follower * 61L % received) * (78 * DAY / received) / HOUR * HOUR + follower;
            arrivals.add(new Arrival(
                    follower,
                    new Span(at, Span.OPEN),
                    follower < throwaways ? InventedFollowers.thrownAway() : InventedFollowers.lively(random),
                    List.of()));
            if (follower < answered) {
                follows.add(new FollowEpisode(follower, new Span(at + 60, Span.OPEN)));
            }
        }
        return InventedFollowers.dossier(arrivals, follows, Map.of());
    }

    @Test
    void noEvidenceAtAll() {
        Finding finding = detector.judge(Dossier.empty(AS_OF));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("follows-received");
        assertThat(finding.lastEvidenceAt()).isZero();
        assertThat(finding.reasons()).isEmpty();
        assertThat(finding.sources()).isEqualTo(new Finding.Sources(0, 0));
        assertThat(finding.statement()).startsWith("No follows received that can be judged");
    }

    @Test
    void whoIsNotFollowedBackBecauseFollowsWereLostIsNotCleared() {
        Dossier dossier = InventedFollowers.instant()
                .answering(InventedFollowers.within(300).of(.5))
                .dossier(1);
        assertThat(opinion(dossier)).isEqualTo(Opinion.ABSENT);
        Coverage lossy = new Coverage(dossier.coverage().spans(), 800, 200, 0, 0);
        Finding finding = detector.judge(with(dossier, lossy));
        assertThat(finding.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(finding.missing()).extracting(Missing::code).containsExactly("coverage");
    }

    /** Whom the account had followed before may be among what was not seen: it looks answered and was not. */
    @Test
    void nobodyIsAccusedWhereFollowBacksWouldNotBeSeen() {
        Dossier dossier = InventedFollowers.instant().dossier(1);
        assertThat(opinion(dossier)).isEqualTo(Opinion.PRESENT);
        List<Span> spans = dossier.coverage().spans();
        Finding lossy = detector.judge(with(dossier, new Coverage(spans, 899, 101, 0, 0)));
        assertThat(lossy.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(lossy.missing()).extracting(Missing::code).containsExactly("coverage");
        Finding partly = detector.judge(with(dossier, new Coverage(spans, 1_000, 0, 0, 0, AS_OF - 92 * DAY)));
        assertThat(partly.opinion()).isEqualTo(Opinion.TOO_LITTLE_EVIDENCE);
        assertThat(partly.missing()).extracting(Missing::code).containsExactly("whole-days");
    }

    @Test
    void toldRelationsSayNothing() {
        Dossier dossier = InventedFollowers.instant().dossier(1);
        List<Observation.RelationTold> told = dossier.arrivals().newest().stream()
                .flatMap(arrival -> Stream.of(
                        told(arrival.span().from(), arrival.follower(), false),
                        told(arrival.span().from() + 60, arrival.follower(), true)))
                .toList();
        Observations observations =
                new Observations(List.of(), told, List.of(), List.of(), List.of(), List.of(), Map.of());
        Dossier toldOnly = new Dossier(AS_OF, List.of(), Map.of(), dossier.coverage(), Arrivals.NONE, observations);
        assertThat(detector.judge(toldOnly))
                .isEqualTo(detector.judge(
                        new Dossier(AS_OF, List.of(), Map.of(), dossier.coverage(), Arrivals.NONE, Observations.NONE)));
    }

    private static Observation.RelationTold told(long at, int other, boolean outward) {
        return new Observation.RelationTold(at, "observer-" + other, false, true, other, outward);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theCountsAddUp(long seed) {
        Finding finding = detector.judge(InventedFollowers.instant().dossier(seed));
        assertThat(count(finding, "received"))
                .isEqualTo(count(finding, "counted")
                        + count(finding, "open")
                        + count(finding, "uncovered")
                        + count(finding, "followedAlready")
                        + count(finding, "brief"));
        assertThat(sum(finding, "latencies", "followBacks")).isEqualTo(count(finding, "followedBack"));
        assertThat(sum(finding, "hours", "received")).isEqualTo(count(finding, "counted"));
        assertThat(sum(finding, "hours", "followedBackQuickly")).isEqualTo(count(finding, "followedBackQuickly"));
        assertThat(sum(finding, "hours", "quiet")).isEqualTo(8);
        assertThat(sum(finding, "days-received", "received")).isEqualTo(count(finding, "counted"));
    }

    private static double sum(Finding finding, String id, String column) {
        Table table = finding.tables().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        int index = table.columns().indexOf(column);
        return table.rows().stream().mapToDouble(row -> row.get(index)).sum();
    }

    @Test
    void theStatementSaysWhatTheReasonsSay() {
        Finding finding = detector.judge(InventedFollowers.instant().dossier(1));
        Reason returned = reason(finding, "followed-back-within-24-hours");
        Reason throwaways = reason(finding, "throwaways-followed-back");
        assertThat(finding.statement())
                .matches(
                        "\\d+ \\w+ – \\d+ \\w+, \\d+ follows received, about \\d+ in 100 returned within 24 hours \\(at least"
                                + " \\d+\\)\\. Of \\d+ followers looking thrown away, \\d+ in 100 were followed back \\(at least"
                                + " \\d+\\); of the others, \\d+\\. Half of these follow-backs came within \\d+ (seconds|minutes)\\.")
                .contains("about " + Math.round(100 * returned.value()) + " in 100")
                .contains("(at least " + (int) (100 * returned.interval().getFirst()) + ")")
                .contains("Of " + throwaways.n() + " followers");
        assertThat(finding.lastEvidenceAt()).isBetween(AS_OF - 5 * DAY, AS_OF);
        assertThat(finding.strict()).isFalse();
        assertThat(finding.weight()).isPositive();
    }

    @Test
    void everyCodeHasWords() {
        PracticeDescription description = detector.describe();
        Finding finding = detector.judge(InventedFollowers.instant()
                .answering(InventedFollowers.whenAwake(240))
                .dossier(1));
        assertThat(description.measures())
                .extracting(Measure::code)
                .containsExactlyElementsOf(
                        finding.reasons().stream().map(Reason::code).toList());
        assertThat(description.alibis())
                .extracting(Phrase::code)
                .containsExactlyElementsOf(
                        finding.alibis().stream().map(Alibi::code).toList());
        assertThat(description.caveats()).extracting(Phrase::code).containsExactlyElementsOf(finding.caveats());
        assertThat(description.detector()).isEqualTo(finding.detector());
    }
}
