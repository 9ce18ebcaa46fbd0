package org.fairfollow.cli.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A row by the names of its columns; a column that the file lacks reads as an empty cell, which means unknown. */
record Row(CSVRecord cells, Map<String, Integer> columns) {
    /** More than there are people. */
    private static final long MOST = 8_300_000_000L;

    private static final BigDecimal OLDEST_DAYS = BigDecimal.valueOf(36_500);
    private static final long EARLIEST = 946_684_800; // 2000-01-01
    private static final long LATEST = 4_102_444_800L; // 2100-01-01

    /** Tools that hold unknown numbers as floats write whole ones with a zero behind the point. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,20}(\\.0{0,20})?");

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{0,20})?");

    /** RFC 3339; without an offset it is UTC, as the column's name says. */
    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter TWITTER = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss Z uuuu", Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);

    /** As it stands in the file. */
    String text(String column) {
        Integer index = columns.get(column);
        return index == null ? "" : cells.get(index);
    }

    /** Without white space around it. */
    String word(String column) {
        return text(column).strip();
    }

    String id() throws RefusedRowException {
        String id = word("id");
        if (id.isEmpty()) {
            throw new RefusedRowException("missing-id");
        }
        return id;
    }

    @Nullable
    Long count(String column) throws RefusedRowException {
        String word = word(column);
        if (word.isEmpty()) {
            return null;
        }
        if (!WHOLE.matcher(word).matches()) {
            throw new RefusedRowException("invalid-number");
        }
        return within(new BigDecimal(word), BigDecimal.valueOf(MOST)).longValueExact();
    }

    /** @param column in days, which may be parts of one */
    @Nullable
    Long seconds(String column) throws RefusedRowException {
        String word = word(column);
        if (word.isEmpty()) {
            return null;
        }
        if (!DECIMAL.matcher(word).matches()) {
            throw new RefusedRowException("invalid-number");
        }
        return within(new BigDecimal(word), OLDEST_DAYS)
                .multiply(BigDecimal.valueOf(86_400))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    @Nullable
    Boolean flag(String column) throws RefusedRowException {
        return switch (word(column).toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "1", "1.0", "true" -> true;
            case "0", "0.0", "false" -> false;
            default -> throw new RefusedRowException("invalid-flag");
        };
    }

    /** Unix epoch seconds. */
    long time(String column) throws RefusedRowException {
        String word = word(column);
        if (word.isEmpty()) {
            throw new RefusedRowException("missing-time");
        }
        long second = second(word);
        if (second < EARLIEST || second >= LATEST) {
            throw new RefusedRowException("time-out-of-range");
        }
        return second;
    }

    private static long second(String word) throws RefusedRowException {
        try {
            DateTimeFormatter form = Character.isLetter(word.charAt(0)) ? TWITTER : RFC_3339;
            TemporalAccessor time = form.parse(word);
            return time.isSupported(ChronoField.INSTANT_SECONDS)
                    ? time.getLong(ChronoField.INSTANT_SECONDS)
                    : LocalDateTime.from(time).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new RefusedRowException("invalid-time");
        }
    }

    private static BigDecimal within(BigDecimal number, BigDecimal most) throws RefusedRowException {
        if (number.signum() < 0 || number.compareTo(most) > 0) {
            throw new RefusedRowException("impossible-count");
        }
        return number;
    }
}
