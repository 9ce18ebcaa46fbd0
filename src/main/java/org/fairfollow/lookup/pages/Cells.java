package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.Optional;
import org.fairfollow.detection.Finding;

/** The cells of a finding's table, by the names of its columns. */
record Cells(Finding.Table table) {

    /** Empty where there are no rows, or where a column is lacking, for an older rule wrote them. */
    static Optional<Cells> of(Finding.Table table, String... columns) {
        boolean whole = !table.rows().isEmpty()
                && table.columns().containsAll(List.of(columns))
                && table.rows().stream()
                        .allMatch(row -> row.size() == table.columns().size());
        return whole ? Optional.of(new Cells(table)) : Optional.empty();
    }

    int rows() {
        return table.rows().size();
    }

    double at(int row, String column) {
        return table.rows().get(row).get(table.columns().indexOf(column));
    }

    List<Double> column(String column) {
        int at = table.columns().indexOf(column);
        return table.rows().stream().map(row -> row.get(at)).toList();
    }

    double sum(String column) {
        return column(column).stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Some of its columns, in this order. */
    List<List<Double>> rowsOf(String... columns) {
        List<Integer> at =
                List.of(columns).stream().map(table.columns()::indexOf).toList();
        return table.rows().stream()
                .map(row -> at.stream().map(row::get).toList())
                .toList();
    }
}
