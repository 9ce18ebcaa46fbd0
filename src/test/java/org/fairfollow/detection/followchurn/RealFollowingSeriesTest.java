package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.detection.followchurn.InventedAccount.AS_OF;
import static org.fairfollow.detection.followchurn.InventedAccount.DAY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/**
 * How often the course of the following count makes signs of real accounts. The data is no part of the repository; without
 * it nothing is measured.
 */
class RealFollowingSeriesTest {
    private static final double LEAST_SPECIFICITY = .998;
    private static final double LEAST_RECALL = .15;

    @Test
    void legitimateAccountsShowNoSawtooth() throws IOException {
        Optional<Path> series = Project.shared("data/caverlee2011-honeypot/following_series.csv");
        if (series.isEmpty()) {
            return;
        }
        FollowChurnDetector detector = new FollowChurnDetector();
        Map<String, int[]> signs = new TreeMap<>();
        for (List<CSVRecord> readings : accounts(series.get()).values()) {
            int[] figures = signs.computeIfAbsent(readings.getFirst().get("label"), label -> new int[2]);
            Opinion opinion = detector.judge(dossier(readings)).opinion();
            assertThat(opinion).isIn(Opinion.SIGNS, Opinion.TOO_LITTLE_EVIDENCE);
            figures[0] += opinion == Opinion.SIGNS ? 1 : 0;
            figures[1]++;
        }
        signs.forEach((label, figures) ->
                System.out.println("Sawtooth, " + label + ": signs of " + figures[0] + " of " + figures[1]));
        assertThat(1 - share(signs, "legitimate")).isGreaterThanOrEqualTo(LEAST_SPECIFICITY);
        assertThat(share(signs, "polluter")).isGreaterThanOrEqualTo(LEAST_RECALL);
    }

    private static double share(Map<String, int[]> signs, String label) {
        int[] figures = signs.getOrDefault(label, new int[] {0, 1});
        return (double) figures[0] / figures[1];
    }

    private static Map<String, List<CSVRecord>> accounts(Path series) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(Files.newBufferedReader(series))) {
            return parser.stream()
                    .collect(Collectors.groupingBy(row -> row.get("id"), TreeMap::new, Collectors.toList()));
        }
    }

    /** One reading a day, the last one a day before the end. */
    private static Dossier dossier(List<CSVRecord> readings) {
        int last = readings.stream()
                .mapToInt(row -> Integer.parseInt(row.get("reading")))
                .max()
                .orElseThrow();
        return InventedObservations.dossier(
                List.of(),
                readings.stream()
                        .map(row -> InventedObservations.reading(
                                AS_OF - (last + 1 - Integer.parseInt(row.get("reading"))) * DAY,
                                "archive",
                                true,
                                new Count(Long.parseLong(row.get("following")), true)))
                        .toList());
    }
}
