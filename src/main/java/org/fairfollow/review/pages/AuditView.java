package org.fairfollow.review.pages;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.review.BlindAudits;
import org.fairfollow.verdict.audit.Blinded;
import org.fairfollow.verdict.audit.Cause;

/**
 * A task in words.
 *
 * @param name of the account: its handle, or its native id where none is known
 * @param tables raw counts; follows and unfollows by day are the first where there are any
 */
record AuditView(
        String id,
        String practice,
        String wording,
        String name,
        String profileUrl,
        List<Number> numbers,
        List<String> notMeasured,
        List<Table> tables,
        List<String> alternatives,
        List<Cause> causes,
        String answerBy) {

    /** Columns that hold UTC epoch days. */
    private static final Set<String> DAYS = Set.of("day", "monday", "firstDay", "lastDay", "createdFrom", "createdTo");

    record Number(String wording, String value, String bounds, String observed) {}

    record Table(String caption, List<String> columns, List<List<String>> rows) {}

    static AuditView of(BlindAudits.Shown task) {
        AccountJson account = task.account();
        List<Table> tables = new ArrayList<>();
        Finding.Spark days = task.evidence().days();
        if (days != null) {
            tables.add(byDay(days));
        }
        task.evidence().tables().stream()
                .filter(table -> !table.rows().isEmpty())
                .map(AuditView::table)
                .forEach(tables::add);
        return new AuditView(
                task.id(),
                task.practice().name(),
                task.practice().wording(),
                Objects.requireNonNullElse(account.handle(), String.valueOf(account.nativeId())),
                account.profileUrl(),
                task.evidence().numbers().stream().flatMap(AuditView::number).toList(),
                task.evidence().numbers().stream()
                        .filter(number -> number.measured() == null)
                        .map(BlindAudits.Number::wording)
                        .toList(),
                tables,
                task.alternatives(),
                List.of(Cause.values()),
                task.answerBy().toString().substring(11, 16) + " UTC");
    }

    private static Stream<Number> number(BlindAudits.Number number) {
        Blinded.Measured measured = number.measured();
        if (measured == null) {
            return Stream.empty();
        }
        List<Double> interval = measured.interval();
        return Stream.of(new Number(
                number.wording(),
                written(measured.value(), number.unit()),
                interval == null
                        ? "counted"
                        : written(interval.getFirst(), number.unit()) + " – "
                                + written(interval.getLast(), number.unit()),
                "n = " + written(measured.n(), Unit.COUNT) + ", " + Words.day(measured.from()) + " to "
                        + Words.day(measured.to())));
    }

    private static Table byDay(Finding.Spark days) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(days.followed().size(), days.unfollowed().size()); i++) {
            rows.add(List.of(
                    days.from().plusDays(i).toString(),
                    String.valueOf(days.followed().get(i)),
                    String.valueOf(days.unfollowed().get(i))));
        }
        return new Table("Follows and unfollows by day (UTC)", List.of("Day", "Followed", "Unfollowed"), rows);
    }

    private static Table table(Finding.Table table) {
        List<List<String>> rows = new ArrayList<>();
        for (List<Double> row : table.rows()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(table.columns().get(i), row.get(i)));
            }
            rows.add(cells);
        }
        return new Table(
                words(table.id()),
                table.columns().stream().map(AuditView::words).toList(),
                rows);
    }

    private static String cell(String column, double value) {
        return DAYS.contains(column) ? LocalDate.ofEpochDay((long) value).toString() : written(value, Unit.COUNT);
    }

    private static String written(double value, Unit unit) {
        BigDecimal rounded = BigDecimal.valueOf(unit == Unit.SHARE ? 100 * value : value)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        String number = String.format(Locale.ENGLISH, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
        return switch (unit) {
            case SHARE -> number + "\u00a0%";
            case TIMES -> number + "\u00a0×";
            case COUNT -> number;
        };
    }

    /** "leftBeyondDoubt" and "age-bins" become "Left beyond doubt" and "Age bins". */
    private static String words(String code) {
        String words =
                code.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
