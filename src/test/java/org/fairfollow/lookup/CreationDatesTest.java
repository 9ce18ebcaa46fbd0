package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairfollow.detection.Finding;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observations;
import org.junit.jupiter.api.Test;

/** What is told of the followers a verdict was reached on. */
class CreationDatesTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final long DAY = 86_400;

    record Capture(Finding finding) {}

    private static Finding finding() throws Exception {
        return JSON.readValue(
                        Path.of("src/test/resources/captures/buys-followers/present.json")
                                .toFile(),
                        Capture.class)
                .finding();
    }

    /** Every follower was created a day after the one before it in the list; of every tenth it is not known. */
    private static FollowerSample sample(LocalDate day, int followers) {
        long at = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        List<SampledFollower> all = new ArrayList<>();
        for (int rank = 1; rank <= followers; rank++) {
            Long created = rank % 10 == 0 ? null : at - rank * DAY;
            all.add(new SampledFollower(rank, new Counters(null, null, null, created, null, null, null)));
        }
        return new FollowerSample(at, "sampler", true, (long) followers, all);
    }

    private static Optional<Finding.Table> told(FollowerSample... samples) throws Exception {
        return CreationDates.of(
                finding(),
                new Observations(List.of(), List.of(), List.of(), List.of(samples), List.of(), List.of(), Map.of()));
    }

    private static int sampled() throws Exception {
        Finding.Table followers = finding().tables().stream()
                .filter(table -> table.id().equals("followers"))
                .findFirst()
                .orElseThrow();
        return followers
                .rows()
                .getFirst()
                .get(followers.columns().indexOf("sampled"))
                .intValue();
    }

    private static LocalDate sampledOn() throws Exception {
        return finding().reasons().stream()
                .filter(reason -> reason.code().equals("followers-sampled"))
                .findFirst()
                .orElseThrow()
                .from();
    }

    @Test
    void everyDatedFollowerIsCountedOnceAndNobodysPlaceAndDayIsTold() throws Exception {
        assertThat(CreationDates.areIn(finding())).isTrue();
        int followers = sampled();

        Finding.Table table = told(sample(sampledOn(), followers)).orElseThrow();

        assertThat(table.columns()).containsExactly("firstRank", "lastRank", "createdFrom", "createdTo", "followers");
        assertThat(table.rows().stream().mapToDouble(List::getLast).sum()).isEqualTo(followers - followers / 10);
        double ranks = Math.ceilDiv(followers, 30);
        assertThat(table.rows()).allSatisfy(row -> {
            assertThat(row.get(0)).isBetween(1.0, (double) followers);
            assertThat(row.get(1) - row.get(0) + 1).isLessThanOrEqualTo(ranks);
            assertThat((row.get(0) - 1) % ranks).isZero();
            assertThat(row.get(3)).isLessThan(sampledOn().toEpochDay()).isGreaterThanOrEqualTo(row.get(2));
        });
        assertThat(table.rows().stream()
                        .filter(row ->
                                row.get(0).equals(row.get(1)) && row.get(2).equals(row.get(3))))
                .as("one place and one day")
                .isEmpty();
    }

    @Test
    void anotherSampleThanTheVerdictsIsNotShownForIt() throws Exception {
        assertThat(told()).isEmpty();
        assertThat(told(sample(sampledOn().minusDays(1), sampled()))).isEmpty();
        assertThat(told(sample(sampledOn(), sampled() - 1))).isEmpty();
    }
}
