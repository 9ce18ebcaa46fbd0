package org.fairfollow.detection.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followers.InventedFollowing.AS_OF;
import static org.fairfollow.detection.followers.InventedFollowing.DAY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.fairfollow.detection.followers.Bursts.Burst;
import org.fairfollow.detection.followers.BuysFollowersDetector.Thresholds;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten followers a day on 5,000, for a hundred days; something happens on day 50. */
class BurstsTest {
    private static final Thresholds.Burst RULE = Thresholds.DEFAULT.burst();

    private static long usual(int day) {
        return 5_000 + 10L * day;
    }

    private static List<ProfileCounters> daily(IntToLongFunction followers) {
        List<ProfileCounters> readings = new ArrayList<>();
        for (int day = 0; day < 100; day++) {
            readings.add(InventedFollowing.reading(AS_OF - (99 - day) * DAY, followers.applyAsLong(day)));
        }
        return readings;
    }

    private static List<Burst> bursts(List<ProfileCounters> profiles) {
        Observations observations =
                new Observations(profiles, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());
        Dossier dossier = new Dossier(
                AS_OF, List.of(), Map.of(), new Coverage(List.of(), 0, 0, 0, 0), Arrivals.NONE, observations);
        return Bursts.find(FollowerCounts.ofProfiles(dossier, RULE), RULE);
    }

    private static List<Burst> counted(IntToLongFunction followers) {
        return bursts(daily(followers)).stream().filter(Burst::counts).toList();
    }

    @Test
    void nothingHappens() {
        assertThat(bursts(daily(BurstsTest::usual))).isEmpty();
    }

    @Test
    void aDeliveryEndsAtOnce() {
        assertThat(counted(day -> usual(day) + (day < 50 ? 0 : 3_000)))
                .singleElement()
                .satisfies(burst -> {
                    assertThat(burst.ended()).isTrue();
                    assertThat(burst.shrank()).isFalse();
                    assertThat(burst.gained()).isEqualTo(3_010);
                    assertThat(burst.before()).isEqualTo(5_490);
                });
    }

    /** 10 % of some 5,500: more than ten times the usual, and more than 200. */
    @ParameterizedTest
    @CsvSource({"520, 0", "560, 1"})
    void growthIsNeeded(long more, int bursts) {
        assertThat(counted(day -> usual(day) + (day < 50 ? 0 : more))).hasSize(bursts);
    }

    /** Of a small account 10 % is nothing. */
    @ParameterizedTest
    @CsvSource({"150, 0", "199, 0", "200, 1"})
    void aFewAreNeeded(long more, int bursts) {
        assertThat(counted(day -> 100 + (day < 50 ? 0 : more))).hasSize(bursts);
    }

    @Test
    void whatGoesRoundFadesSlowly() {
        assertThat(counted(day -> usual(day) + (day < 50 ? 0 : (long) (5_000 * (1 - Math.exp(-(day - 49) / 2.5))))))
                .isEmpty();
    }

    /** Ten a day are usual; twice that is the most that may come afterwards. */
    @ParameterizedTest
    @CsvSource({"20, 1", "22, 0"})
    void hardlyAnyMayFollow(long daily, int bursts) {
        assertThat(counted(day -> day < 50 ? usual(day) : usual(50) + 3_000 + Math.min(day - 50, 5) * daily))
                .hasSize(bursts);
    }

    /** The reading of the day on which a delivery ended holds the rest of it. */
    @Test
    void aDeliveryMayEndInTheMiddleOfADay() {
        assertThat(counted(day -> usual(day) + (day < 50 ? 0 : day == 50 ? 2_500 : 3_000)))
                .hasSize(1);
    }

    /** What is lost is seen net of the ten who come every day: 300 by the thirtieth. */
    @ParameterizedTest
    @CsvSource({".35, false", ".45, true"})
    void aGainLostAgainCounts(double lost, boolean shrank) {
        List<Burst> bursts = bursts(daily(day -> usual(day)
                + (day < 50 ? 0 : 3_000)
                - (day < 60 ? 0 : (long) (3_000 * lost * Math.min(1, (day - 59) / 20.0)))));
        assertThat(bursts).singleElement().satisfies(burst -> assertThat(burst.shrank())
                .isEqualTo(shrank));
    }

    /** A page of somebody else's, a digit too many: it jumps and returns. */
    @ParameterizedTest
    @CsvSource({"1", "2", "5"})
    void anErrorOfTheArchiveReturns(int readings) {
        assertThat(counted(day -> day >= 50 && day < 50 + readings ? 10 * usual(day) : usual(day)))
                .isEmpty();
        assertThat(counted(day -> day >= 50 && day < 50 + readings ? usual(day) / 10 : usual(day)))
                .isEmpty();
    }

    @Test
    void anErrorAtEitherEndIsNoGain() {
        assertThat(counted(day -> day == 0 ? 12 : usual(day))).isEmpty();
        assertThat(counted(day -> day == 99 ? 50_000 : usual(day))).isEmpty();
    }

    @Test
    void monthsBetweenTwoReadingsDoNotSayWhen() {
        List<ProfileCounters> sparse = new ArrayList<>(daily(day -> usual(day) + (day < 50 ? 0 : 3_000)));
        sparse.subList(48, 56).clear();
        assertThat(bursts(sparse)).isEmpty();
    }

    @Test
    void anAbbreviatedCountIsNoGain() {
        List<ProfileCounters> rounded = daily(day -> day < 50 ? 12_400 : 13_700).stream()
                .map(one -> new ProfileCounters(
                        one.at(), one.observer(), true, abbreviated(one), null, null, null, null, null, null))
                .toList();
        assertThat(bursts(rounded)).isEmpty();
        assertThat(counted(day -> day < 50 ? 12_400 : 13_700)).hasSize(1);
    }

    private static Count abbreviated(ProfileCounters one) {
        Count count = one.followers();
        return new Count(count == null ? 0 : count.count(), false);
    }

    @Test
    void toldReadingsAreNotRead() {
        List<ProfileCounters> told = daily(day -> usual(day) + (day < 50 ? 0 : 3_000)).stream()
                .map(one -> new ProfileCounters(
                        one.at(), one.observer(), false, one.followers(), null, null, null, null, null, null))
                .toList();
        assertThat(bursts(told)).isEmpty();
    }

    @Test
    void arrivalsByDayAreReadToo() {
        List<Arrivals.Day> days = new ArrayList<>();
        int today = (int) (AS_OF / DAY);
        for (int day = 0; day < 60; day++) {
            days.add(new Arrivals.Day(today - day, day == 30 ? 2_000 : 5, 1));
        }
        assertThat(ofArrivals(days, List.of())).singleElement().satisfies(burst -> assertThat(burst.ended())
                .isTrue());
    }

    /** A day that nobody watched has no arrivals, which is not to say that nobody came. */
    @Test
    void daysOutOfSightAreNoQuietDays() {
        List<Arrivals.Day> days = new ArrayList<>();
        int today = (int) (AS_OF / DAY);
        for (int day = 31; day < 60; day++) {
            days.add(new Arrivals.Day(today - day, day == 31 ? 2_000 : 5, 1));
        }
        days.add(new Arrivals.Day(today, 5, 1));
        assertThat(ofArrivals(days, List.of())).hasSize(1);
        assertThat(ofArrivals(days, List.of(new Span(0, (today - 30L) * DAY), new Span(today * DAY, AS_OF))).stream()
                        .filter(Burst::ended))
                .isEmpty();
    }

    private static List<Burst> ofArrivals(List<Arrivals.Day> days, List<Span> covered) {
        Dossier dossier = new Dossier(
                AS_OF,
                List.of(),
                Map.of(),
                new Coverage(covered, 0, 0, 0, 0),
                new Arrivals(List.of(), days, List.of()),
                Observations.NONE);
        return Bursts.find(FollowerCounts.ofArrivals(dossier, 6_000), RULE);
    }

    /** Public figures, presumed to buy none: debates and announcements make bursts, and none counts. */
    @Test
    void noBurstOfAPublicFigureCounts() throws IOException {
        Optional<Path> file = Project.shared("data/genuine-follower-series/follower_series.csv");
        if (file.isEmpty()) {
            return;
        }
        Map<String, List<ProfileCounters>> accounts = new TreeMap<>();
        List<String> lines = Files.readAllLines(file.get());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (!cells[4].isEmpty()) {
                accounts.computeIfAbsent(cells[0], id -> new ArrayList<>())
                        .add(InventedFollowing.reading(
                                Instant.parse(cells[3]).getEpochSecond(), Long.parseLong(cells[4])));
            }
        }
        long seen = 0;
        long counted = 0;
        for (List<ProfileCounters> profiles : accounts.values()) {
            List<Burst> bursts = bursts(profiles);
            seen += bursts.size();
            counted += bursts.stream().filter(Burst::counts).count();
        }
        System.out.println("genuine-follower-series: " + accounts.size() + " accounts, " + seen + " bursts, of which "
                + counted + " count");
        assertThat(accounts).isNotEmpty();
        assertThat(counted).isZero();
    }
}
