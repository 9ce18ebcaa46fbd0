package org.fairfollow.cli.simulation;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the tables of evaluations put numbers. */
public final class Cells {
    private Cells() {}

    public static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    public static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    public static String days(@Nullable Integer days) {
        return days == null ? "not found" : days.toString();
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    public static String percent(double share) {
        String pattern = share < .01 ? "0.###" : "0.#";
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(100 * share) + " %";
    }

    public static String decimal(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
