package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.jspecify.annotations.Nullable;

/** How many followers somebody had, at irregular times: evidence of a purchase pattern, though never enough to publish. */
final class FollowerSeriesFile implements FileMeasurement {
    private static final int MOST_READINGS = 10_000;
    /** Where buys-followers tells whether a change of the count of followers is held against the account. */
    private static final String FAMILIES = "families";

    private static final String IN_COUNTS = "dynamics";

    private final PracticeTallies tallies;
    private final Tally<Pattern> patterns = new Tally<>(Pattern.class);

    private enum Pattern {
        SHOWN,
        NOT_SHOWN
    }

    FollowerSeriesFile(List<Detector> detectors) {
        this.tallies = new PracticeTallies(detectors, List.of(Practice.BUYS_FOLLOWERS));
    }

    @Override
    public String file() {
        return "follower_series.csv";
    }

    @Override
    public FileReading read(CsvFile file, Labels labels, Judging judging) throws UnfitFileException, IOException {
        Distinct<ProfileCounters> distinct = new Distinct<>();
        FileReading reading = new ByAccount<>(
                        file,
                        List.of("id", "time_utc", "followers"),
                        FollowerSeriesFile::profile,
                        Comparator.comparingLong(ProfileCounters::at)
                                .thenComparingLong(profile -> number(profile.followers()))
                                .thenComparingLong(profile -> number(profile.following())),
                        MOST_READINGS)
                .read(
                        labels,
                        (account, label, profiles) -> judging.judge(
                                account, label, Dossiers.of(distinct.of(profiles, ProfileCounters::at)), finding -> {
                                    tallies.add(finding, label);
                                    if (finding.practice() == Practice.BUYS_FOLLOWERS) {
                                        patterns.add(showsPattern(finding) ? Pattern.SHOWN : Pattern.NOT_SHOWN, label);
                                    }
                                }));
        distinct.tell(reading, "duplicate-reading");
        return reading;
    }

    private static ProfileCounters profile(Row row) throws RefusedRowException {
        Long followers = row.count("followers");
        Long following = row.count("following");
        if (followers == null) {
            throw new RefusedRowException("missing-count");
        }
        return new ProfileCounters(
                row.time("time_utc"),
                Dossiers.OBSERVER,
                true,
                new Count(followers, true),
                following == null ? null : new Count(following, true),
                null,
                null,
                null,
                null,
                null);
    }

    private static long number(@Nullable Count count) {
        return count == null ? -1 : count.count();
    }

    private static boolean showsPattern(Finding finding) {
        return finding.opinion() == Opinion.SIGNS
                || finding.opinion() == Opinion.PRESENT
                || finding.tables().stream()
                        .filter(table -> table.id().equals(FAMILIES))
                        .anyMatch(table ->
                                table.rows().getFirst().get(table.columns().indexOf(IN_COUNTS)) > 0);
    }

    @Override
    public List<SubjectFigures> figures() {
        EnumSet<Pattern> shown = EnumSet.of(Pattern.SHOWN);
        EnumSet<Pattern> all = EnumSet.allOf(Pattern.class);
        return tallies.figures(
                file(),
                "Negative labels presume that followers came by themselves, so a spike or decay found there is a false one;"
                        + " positive labels say nothing of purchases.",
                List.of(Measure.share(
                        "negative-with-pattern",
                        null,
                        patterns.count(shown, LabelReading.NEGATIVE),
                        patterns.count(all, LabelReading.NEGATIVE),
                        "no account has a negative label")),
                List.of(
                        "Without a sample of followers nothing is ever published, and no share of fake ones can be told."));
    }
}
