package org.fairfollow.detection.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.evidence.Observation.SampledPost;
import org.fairfollow.evidence.text.PostReader;
import org.fairfollow.testing.Project;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The detectors on research sets that lie beside the project, if they do. Labels are not of these practices: real people
 * let apps count who unfollowed, so unfollow-shaming is only counted here.
 */
class RealPostsTest {
    private record Author(String label, String id) {}

    @ParameterizedTest
    @CsvSource({"cresci2015-fake-followers,genuine", "caverlee2011-honeypot,legitimate"})
    void nobodyGenuineIsCalledAutomated(String set, String genuine) throws IOException {
        Optional<Path> file = Project.shared("data/" + set + "/posts.csv");
        if (file.isEmpty()) {
            return;
        }
        Map<Author, List<SampledPost>> authors = read(file.get());
        for (Detector detector : List.of(new UnfollowShamingDetector(), new AutomatedPromotionDetector())) {
            Map<String, Map<Opinion, Integer>> opinions = new TreeMap<>();
            authors.forEach((author, posts) -> {
                Opinion opinion = judge(detector, posts).opinion();
                opinions.computeIfAbsent(author.label(), label -> new EnumMap<>(Opinion.class))
                        .merge(opinion, 1, Integer::sum);
                if (opinion == Opinion.PRESENT || opinion == Opinion.SIGNS) {
                    System.out.printf("  %s: %s of %s%n", detector.practice().id(), opinion, author);
                }
            });
            System.out.printf("%s on %s: %s%n", detector.practice().id(), set, opinions);
            if (detector instanceof AutomatedPromotionDetector) {
                assertThat(opinions.get(genuine)).doesNotContainKeys(Opinion.PRESENT);
            }
        }
    }

    private static Finding judge(Detector detector, List<SampledPost> posts) {
        long newest = posts.stream().mapToLong(SampledPost::at).max().orElse(0);
        return detector.judge(InventedPosts.dossier(newest, List.of(InventedPosts.sample(newest, true, posts, null))));
    }

    private static Map<Author, List<SampledPost>> read(Path file) throws IOException {
        Map<Author, List<SampledPost>> authors =
                new TreeMap<>(Comparator.comparing(Author::label).thenComparing(Author::id));
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file)) {
            for (CSVRecord row : format.parse(reader)) {
                long at = Instant.parse(row.get("time_utc")).getEpochSecond();
                authors.computeIfAbsent(new Author(row.get("label"), row.get("id")), author -> new ArrayList<>())
                        .add(PostReader.read(at, row.get("text"), null, null));
            }
        }
        return authors;
    }
}
