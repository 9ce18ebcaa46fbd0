package org.fairfollow.lookup.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.fairfollow.detection.PracticeDescription.Unit;

/** Numbers and dates as they are written for people, in English and UTC. */
public final class Written {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    /** Ratios from here on are written as without a bound: rules cut them off somewhere to have a number. */
    static final double LARGEST_RATIO = 1_000_000;

    private Written() {}

    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    static String day(Instant instant) {
        return day(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }

    static String dayOfYear(LocalDate day) {
        return DAY_OF_YEAR.format(day);
    }

    static String moment(Instant instant) {
        return MOMENT.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** With separators of thousands and at most two decimals. */
    public static String number(double value) {
        BigDecimal rounded = rounded(value, 2, RoundingMode.HALF_EVEN);
        return String.format(Locale.ENGLISH, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
    }

    /** To the last digit: a threshold is not to be rounded. */
    static String threshold(double value, Unit unit) {
        BigDecimal exact = rounded(unit == Unit.SHARE ? 100 * value : value, 6, RoundingMode.HALF_EVEN);
        return exact.toPlainString()
                + switch (unit) {
                    case SHARE -> "\u00a0%";
                    case TIMES -> "\u00a0×";
                    case COUNT -> "";
                };
    }

    /** As statements have it: shares to the nearest, ratios rounded down. */
    static String measured(double value, Unit unit) {
        return written(value, unit, unit == Unit.TIMES ? RoundingMode.FLOOR : RoundingMode.HALF_UP);
    }

    static String lowerBound(double value, Unit unit) {
        return written(value, unit, RoundingMode.FLOOR);
    }

    static String upperBound(double value, Unit unit) {
        return unit == Unit.TIMES && value >= LARGEST_RATIO ? "no limit" : written(value, unit, RoundingMode.CEILING);
    }

    private static String written(double value, Unit unit, RoundingMode mode) {
        return switch (unit) {
            case SHARE -> number(rounded(100 * value, 0, mode).doubleValue()) + "\u00a0%";
            case TIMES -> number(rounded(value, value < 10 ? 1 : 0, mode).doubleValue()) + "\u00a0×";
            case COUNT -> number(value);
        };
    }

    private static BigDecimal rounded(double value, int decimals, RoundingMode mode) {
        // Nine decimals first: 100 · .29 is a little more than 29 and must not become 30.
        BigDecimal exact = BigDecimal.valueOf(value).setScale(9, RoundingMode.HALF_EVEN);
        return exact.setScale(decimals, mode).stripTrailingZeros();
    }
}
