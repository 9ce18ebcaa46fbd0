package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/** A table of raw counts with its headings in words. */
record TableView(String caption, List<String> columns, List<Row> rows) {
    record Row(String heading, List<String> cells) {}

    private static final Map<String, String> CAPTIONS = Map.of(
            "counts", "Which follows were counted, and what became of them",
            "age-bins", "By age of the follow",
            "weeks", "By calendar week");

    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("follows", "Follows"),
            Map.entry("uncovered", "Left out: made while the stream was not watched"),
            Map.entry("unreachable", "Left out: the other account was gone or blocked"),
            Map.entry("followedFirst", "Left out: the other account followed first"),
            Map.entry("silent", "Left out: the other account was silent"),
            Map.entry("counted", "Counted"),
            Map.entry("again", "Of these, of accounts followed before"),
            Map.entry("returned", "Of these, returned"),
            Map.entry("unreturnedDrops", "Dropped, not returned"),
            Map.entry("returnedDrops", "Dropped, returned"),
            Map.entry("kept", "Kept, or no longer watched"),
            Map.entry("monday", "Week from"),
            Map.entry("P0", "Follow-days not returned"),
            Map.entry("D0", "Drops"),
            Map.entry("P1", "Follow-days returned"),
            Map.entry("D1", "Drops"));

    static TableView of(Finding.Table table) {
        return switch (table.id()) {
            case "age-bins" -> ages(table);
            case "weeks" ->
                plain(
                        table,
                        row -> Written.day(LocalDate.ofEpochDay(row.getFirst().longValue())));
            default ->
                table.rows().size() == 1 ? transposed(table) : plain(table, row -> Written.number(row.getFirst()));
        };
    }

    private interface Heading {
        String of(List<Double> row);
    }

    private static TableView plain(Finding.Table table, Heading heading) {
        return new TableView(
                caption(table),
                table.columns().stream().map(TableView::heading).toList(),
                table.rows().stream()
                        .map(row -> new Row(heading.of(row), cells(row.subList(1, row.size()))))
                        .toList());
    }

    private static TableView ages(Finding.Table table) {
        List<String> columns = new ArrayList<>(List.of("Days"));
        table.columns().stream().skip(2).map(TableView::heading).forEach(columns::add);
        List<Row> rows = table.rows().stream()
                .map(row -> new Row(
                        Written.number(row.getFirst()) + "–" + Written.number(row.get(1)),
                        cells(row.subList(2, row.size()))))
                .toList();
        return new TableView(caption(table), columns, rows);
    }

    /** A table of one row reads better down the page. */
    private static TableView transposed(Finding.Table table) {
        List<Double> values = table.rows().isEmpty() ? List.of() : table.rows().getFirst();
        List<Row> rows = IntStream.range(0, values.size())
                .mapToObj(i -> new Row(heading(table.columns().get(i)), cells(List.of(values.get(i)))))
                .toList();
        return new TableView(caption(table), List.of("What", "Number"), rows);
    }

    private static List<String> cells(List<Double> values) {
        return values.stream().map(Written::number).toList();
    }

    private static String caption(Finding.Table table) {
        return Objects.requireNonNullElse(CAPTIONS.get(table.id()), words(table.id()));
    }

    private static String heading(String column) {
        return Objects.requireNonNullElse(HEADINGS.get(column), words(column));
    }

    /** A code nobody has written words for yet: "newCode" and "new-code" become "New code". */
    private static String words(String code) {
        String words =
                code.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
