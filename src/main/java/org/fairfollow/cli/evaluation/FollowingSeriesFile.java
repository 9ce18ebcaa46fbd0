package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;

/** How many accounts somebody follows, day by day: evidence of follow-churn, though never enough to publish. */
final class FollowingSeriesFile implements FileMeasurement {
    private static final long DAY = 86_400;
    private static final int MOST_READINGS = 10_000;

    private final PracticeTallies tallies;

    private record Reading(long number, long following) {}

    FollowingSeriesFile(List<Detector> detectors) {
        this.tallies = new PracticeTallies(detectors, List.of(Practice.FOLLOW_CHURN));
    }

    @Override
    public String file() {
        return "following_series.csv";
    }

    @Override
    public FileReading read(CsvFile file, Labels labels, Judging judging) throws UnfitFileException, IOException {
        Distinct<Reading> distinct = new Distinct<>();
        FileReading reading = new ByAccount<>(
                        file,
                        List.of("id", "reading", "following"),
                        FollowingSeriesFile::reading,
                        Comparator.comparingLong(Reading::number).thenComparingLong(Reading::following),
                        MOST_READINGS)
                .read(
                        labels,
                        (account, label, readings) -> judging.judge(
                                account,
                                label,
                                Dossiers.of(profiles(distinct.of(readings, Reading::number))),
                                finding -> tallies.add(finding, label)));
        distinct.tell(reading, "duplicate-reading");
        return reading;
    }

    private static Reading reading(Row row) throws RefusedRowException {
        Long number = row.count("reading");
        Long following = row.count("following");
        if (number == null || following == null) {
            throw new RefusedRowException("missing-count");
        }
        if (number > MOST_READINGS) {
            throw new RefusedRowException("impossible-count");
        }
        return new Reading(number, following);
    }

    /** One reading a day, the last of them on the day of the evaluation. */
    private static List<ProfileCounters> profiles(List<Reading> readings) {
        long last = readings.getLast().number();
        return readings.stream()
                .map(reading -> new ProfileCounters(
                        Dossiers.AS_OF - (last - reading.number()) * DAY,
                        Dossiers.OBSERVER,
                        true,
                        null,
                        new Count(reading.following(), true),
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList();
    }

    @Override
    public List<SubjectFigures> figures() {
        return tallies.figures(
                file(),
                "No label here means follow-churn. What the count of accounts followed shows is compared with labels that"
                        + " stand for something else.",
                List.of(),
                List.of(
                        "Readings are taken to be a day apart. A count of accounts followed can show signs and no more: here"
                                + " nobody may be present."));
    }
}
