package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fairfollow.detection.PracticeDescription.Unit;

/** The numbers of a chart, a row each; {@code NaN} where there is none. */
public record Numbers(List<Column> columns, List<List<Double>> rows) {

    /** What the numbers of a column are. */
    enum Kind {
        /** UTC epoch day. */
        DAY,
        COUNT,
        /** Of 1. */
        SHARE
    }

    /** @param heading words of ours, with the unit; no comma, no quotes, nothing a spreadsheet would compute */
    record Column(String heading, Kind kind) {}

    static Column day(String heading) {
        return new Column(heading, Kind.DAY);
    }

    static Column count(String heading) {
        return new Column(heading, Kind.COUNT);
    }

    static Column share(String heading) {
        return new Column(heading, Kind.SHARE);
    }

    /** RFC 4180, with dates as ISO 8601 has them. No cell is anything but a number or a date, so none needs quotes. */
    String csv() {
        StringBuilder csv = new StringBuilder();
        csv.append(columns.stream().map(Column::heading).collect(Collectors.joining(",")))
                .append("\r\n");
        for (List<Double> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                csv.append(i == 0 ? "" : ",").append(plain(columns.get(i).kind(), row.get(i)));
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }

    private static String plain(Kind kind, double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (kind == Kind.DAY) {
            return LocalDate.ofEpochDay((long) value).toString();
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    TableView table(String caption) {
        return new TableView(
                caption,
                columns.stream().map(Column::heading).toList(),
                rows.stream()
                        .map(row -> IntStream.range(0, row.size())
                                .mapToObj(i -> written(columns.get(i).kind(), row.get(i)))
                                .toList())
                        .map(cells -> new TableView.Row(cells.getFirst(), cells.subList(1, cells.size())))
                        .toList());
    }

    private static String written(Kind kind, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return switch (kind) {
            case DAY -> Written.day(LocalDate.ofEpochDay((long) value));
            case COUNT -> Written.number(value);
            case SHARE -> Written.measured(value, Unit.SHARE);
        };
    }
}
