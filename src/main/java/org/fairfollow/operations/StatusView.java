package org.fairfollow.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;

/**
 * How the service is, for people. Times are in words that the page translates; lengths of time are written the same everywhere.
 *
 * @param asOf when this was so
 * @param release null until something is published
 * @param databaseAway for how long the database has been away; null while it is there
 * @param judging null until it was counted, and while it cannot be
 * @param stream null until it was read
 */
record StatusView(
        String asOf,
        @Nullable PublishedRelease release,
        boolean stale,
        boolean held,
        @Nullable String databaseAway,
        @Nullable Judging judging,
        @Nullable Stream stream) {

    /** @param age since it was published */
    record PublishedRelease(long version, String publishedAt, String age) {}

    /** @param behind how long the first of those who wait has waited; null while it is no more than usual */
    record Judging(@Nullable String behind) {}

    /**
     * @param lag age of the newest event that was counted; null where the stream is not followed
     * @param late whether that is more than a moment
     * @param watched whether any of the days was watched
     * @param days oldest first
     * @param gaps what is lost, newest first
     * @param more gaps that are not told one by one
     */
    record Stream(@Nullable String lag, boolean late, boolean watched, List<Day> days, List<Gap> gaps, int more) {}

    /**
     * A day of the stream.
     *
     * @param share of what could be watched by now, 0 to 1; negative where watching had not begun
     */
    record Day(String date, double share) {
        boolean before() {
            return share < 0;
        }

        /** In per cent, rounded down: a day with a gap is not whole. */
        int percent() {
            return (int) Math.floor(100 * share);
        }
    }

    record Gap(String from, String to, String length) {}

    boolean isWell() {
        return release != null
                && !stale
                && databaseAway == null
                && !held
                && (judging == null || judging.behind() == null)
                && (stream == null || !stream.late());
    }

    /** Accounts are judged some seconds after their evidence came; a minute and more is a queue. */
    private static final Duration USUAL_WAIT = Duration.ofMinutes(2);
    /** The stream is some seconds behind itself at its best, and is read once a minute. */
    private static final Duration USUAL_LAG = Duration.ofMinutes(3);
    /** What happens in these minutes may still be on its way. */
    private static final Duration UNDECIDED = Duration.ofMinutes(10);

    private static final int GAPS = 10;
    private static final long DAY = 86_400;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    static String moment(Instant instant) {
        return MOMENT.format(instant.atOffset(ZoneOffset.UTC));
    }

    static Judging judging(Duration firstWaits) {
        return new Judging(firstWaits.compareTo(USUAL_WAIT) > 0 ? length(firstWaits) : null);
    }

    /** @param lag null where the stream is not followed */
    static Stream stream(@Nullable Duration lag, List<Span> watched, Instant now) {
        List<Gap> gaps = gaps(watched);
        return new Stream(
                lag == null ? null : length(lag),
                lag != null && lag.compareTo(USUAL_LAG) > 0,
                !watched.isEmpty(),
                days(watched, now),
                gaps.subList(0, Math.min(GAPS, gaps.size())),
                Math.max(0, gaps.size() - GAPS));
    }

    private static List<Day> days(List<Span> watched, Instant now) {
        long first = watched.isEmpty() ? Long.MAX_VALUE : watched.getFirst().from();
        long last = now.minus(UNDECIDED).getEpochSecond();
        long today = now.getEpochSecond() / DAY;
        List<Day> days = new ArrayList<>();
        for (long day = today - StreamWatch.DAYS + 1; day <= today; day++) {
            long from = Math.max(day * DAY, first);
            long to = Math.min((day + 1) * DAY, last);
            long seen = watched.stream()
                    .mapToLong(span -> Math.max(0, Math.min(span.to(), to) - Math.max(span.from(), from)))
                    .sum();
            days.add(new Day(
                    DATE.format(LocalDate.ofEpochDay(day)),
                    from >= to ? -1 : Math.clamp((double) seen / (to - from), 0, 1)));
        }
        return days;
    }

    private static List<Gap> gaps(List<Span> watched) {
        List<Gap> gaps = new ArrayList<>();
        for (int i = watched.size() - 1; i > 0; i--) {
            long from = watched.get(i - 1).to();
            long to = watched.get(i).from();
            if (from < to) {
                gaps.add(new Gap(
                        moment(Instant.ofEpochSecond(from)),
                        moment(Instant.ofEpochSecond(to)),
                        length(Duration.ofSeconds(to - from))));
            }
        }
        return gaps;
    }

    /** {@code 40 s}, {@code 12 min}, {@code 3 h 5 min}, {@code 2 d 4 h}. */
    static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 24
                ? hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min")
                : hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
    }
}
