package org.fairfollow.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * When the stream was watched, told by the minutes in which it said anything. Minutes can be noted in any order and twice.
 *
 * <p>Silence is a gap when the stream's own rate makes it unlikely, the busier the stream, the shorter the silence that
 * counts, and when it is longer than the stream's habit: a stream of a few accounts is silent every night without
 * anything being lost. Where every day loses its hours, the unfollows whose follows were lost in them tell.
 */
final class StreamCoverage {
    /** Silence in which the stream would have spoken in so many minutes: by chance once in e^50 times. */
    private static final double UNLIKELY_SILENCE = 50;
    /** A gap is at least so many times as long as the longest silence of a usual day. */
    private static final int TIMES_USUAL = 2;
    /** Fewer days show no habit. */
    private static final int DAYS_OF_HABIT = 3;
    /** However slow a stream is, two silent days are a gap. */
    private static final int LONGEST_SILENCE_MINUTES = 2 * 24 * 60;
    /** The rate is that of covered time, which depends on the gaps: a few rounds settle it. */
    private static final int ROUNDS = 3;

    private final List<Span> spans;

    private StreamCoverage(List<Span> spans) {
        this.spans = spans;
    }

    static void note(Connection connection, List<Evidence> facts) throws SQLException {
        Map<Long, Long> hours = new TreeMap<>();
        for (Evidence fact : facts) {
            if (isOfAStream(fact)) {
                long minute = fact.seenAt() / 60;
                hours.merge(minute / 60, 1L << minute % 60, (a, b) -> a | b);
            }
        }
        if (hours.isEmpty()) {
            return;
        }
        StringJoiner rows = new StringJoiner(",");
        hours.forEach((hour, minutes) -> rows.add("(" + hour + "," + minutes + ")"));
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO stream_hour (hour, minutes) VALUES " + rows
                    + " ON DUPLICATE KEY UPDATE minutes = minutes | VALUES(minutes)");
        }
    }

    private static boolean isOfAStream(Evidence fact) {
        return switch (fact) {
            case Evidence.EdgeCreated _,
                    Evidence.EdgeDeleted _,
                    Evidence.OwnActivity _,
                    Evidence.IdentitySeen _,
                    Evidence.StatusSeen _ -> true;
            case Evidence.HandleVerified _, Evidence.Observed _, Evidence.RelationSeen _ -> false;
        };
    }

    static StreamCoverage load(Connection connection, long now) throws SQLException {
        long from = now / 3_600 - EdgePartitions.KEPT_DAYS * 24L;
        List<Long> minutes = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT hour, minutes FROM stream_hour WHERE hour >= " + from + " ORDER BY hour")) {
            while (rows.next()) {
                long hour = rows.getLong(1);
                for (long bits = rows.getLong(2); bits != 0; bits &= bits - 1) {
                    minutes.add(hour * 60 + Long.numberOfTrailingZeros(bits));
                }
            }
        }
        return of(minutes).without(gaps(connection, from * 3_600));
    }

    /** Time that is known to be lost, oldest first. */
    static List<Span> gaps(Connection connection, long from) throws SQLException {
        List<Span> gaps = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT from_at, to_at FROM stream_gap WHERE to_at > " + from + " ORDER BY from_at, to_at")) {
            while (rows.next()) {
                gaps.add(new Span(rows.getLong(1), rows.getLong(2)));
            }
        }
        return gaps;
    }

    StreamCoverage without(List<Span> gaps) {
        return new StreamCoverage(Span.without(spans, gaps));
    }

    /** From the minutes (since 1970, ascending) in which the stream said anything. */
    static StreamCoverage of(List<Long> minutes) {
        List<Span> spans = List.of();
        int longest = LONGEST_SILENCE_MINUTES;
        double habit = TIMES_USUAL * usualSilence(minutes);
        for (int round = 0; round < ROUNDS && !minutes.isEmpty(); round++) {
            spans = split(minutes, longest);
            long covered = spans.stream()
                    .mapToLong(span -> (span.to() - span.from()) / 60)
                    .sum();
            double unlikely = Math.ceil(UNLIKELY_SILENCE * covered / minutes.size());
            longest = (int) Math.min(LONGEST_SILENCE_MINUTES, Math.max(unlikely, habit));
        }
        return new StreamCoverage(spans);
    }

    /** Covered time, oldest first. */
    List<Span> spans() {
        return spans;
    }

    /** What is covered from this second on. */
    StreamCoverage from(long second) {
        return new StreamCoverage(spans.stream()
                .filter(span -> span.to() > second)
                .map(span -> new Span(Math.max(span.from(), second), span.to()))
                .toList());
    }

    boolean contains(long second) {
        return spans.stream().anyMatch(span -> span.contains(second));
    }

    /** UTC days that were covered from their first minute on, and without a gap since: keys of such a day are of covered time. */
    boolean containsDayOf(int day) {
        long start = day * 86_400L;
        long end = Math.min(
                start + 86_400, spans.isEmpty() ? start : spans.getLast().to());
        return spans.stream().anyMatch(span -> span.from() <= start && start < span.to() && end <= span.to());
    }

    /** The median over days of the longest silence that begins in a day, in minutes. */
    private static double usualSilence(List<Long> minutes) {
        Map<Long, Long> longestByDay = new TreeMap<>();
        for (int i = 1; i < minutes.size(); i++) {
            longestByDay.merge(minutes.get(i - 1) / (24 * 60), minutes.get(i) - minutes.get(i - 1), Math::max);
        }
        List<Long> longest = longestByDay.values().stream().sorted().toList();
        return longest.size() < DAYS_OF_HABIT ? 0 : longest.get(longest.size() / 2);
    }

    private static List<Span> split(List<Long> minutes, int longestSilence) {
        List<Span> spans = new ArrayList<>();
        long from = minutes.getFirst();
        long last = from;
        for (long minute : minutes) {
            if (minute - last > longestSilence) {
                spans.add(new Span(from * 60, (last + 1) * 60));
                from = minute;
            }
            last = minute;
        }
        spans.add(new Span(from * 60, (last + 1) * 60));
        return Collections.unmodifiableList(spans);
    }
}
