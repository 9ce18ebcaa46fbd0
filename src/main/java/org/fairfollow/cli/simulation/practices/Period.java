package org.fairfollow.cli.simulation.practices;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** The simulated 90 days; fixed, so that results depend on the seeds alone. */
final class Period {
    static final long MINUTE = 60;
    static final long HOUR = 3_600;
    static final long DAY = 86_400;
    static final int DAYS = 90;
    static final long TO = Instant.parse("2026-07-01T00:00:00Z").getEpochSecond();
    static final long FROM = TO - DAYS * DAY;

    /** Weekly, counted back from the end. */
    static final List<Long> LOOKS = LongStream.rangeClosed(0, (DAYS - 1) / 7)
            .map(week -> TO - ((DAYS - 1) / 7 - week) * 7 * DAY)
            .boxed()
            .toList();

    private Period() {}

    static int dayOf(long second) {
        return Math.toIntExact(Math.floorDiv(second, DAY));
    }

    /** The second so many days after the first. */
    static long day(double day) {
        return FROM + (long) (day * DAY);
    }
}
