package org.fairfollow.detection;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How statements put dates and counts, in English and UTC. */
public final class Wording {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_YEAR = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private Wording() {}

    /** A date; of another year than that of {@code asOf} it names its own. */
    public static String day(LocalDate day, LocalDate asOf) {
        return day.format(day.getYear() == asOf.getYear() ? DAY : DAY_AND_YEAR);
    }

    /** "21 Sep – 19 Nov", or one date when both are the same. */
    public static String period(LocalDate first, LocalDate last, LocalDate asOf) {
        return first.equals(last) ? day(first, asOf) : day(first, asOf) + " – " + day(last, asOf);
    }

    /** The UTC day of a second. */
    public static LocalDate dayOf(long epochSecond) {
        return LocalDate.ofEpochDay(Math.floorDiv(epochSecond, 86_400L));
    }

    /** "1 follow", "2 follows". */
    public static String count(long n, String one, String many) {
        return String.format(Locale.ENGLISH, "%,d %s", n, n == 1 ? one : many);
    }
}
