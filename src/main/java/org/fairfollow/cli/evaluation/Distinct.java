package org.fairfollow.cli.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Leaves out rows of an account that tell anew what an earlier one told, and counts them. */
final class Distinct<T> {
    private long duplicates;

    List<T> of(List<T> rows, Function<T, ?> key) {
        Set<Object> seen = new HashSet<>();
        List<T> distinct = new ArrayList<>(rows.size());
        for (T row : rows) {
            if (seen.add(key.apply(row))) {
                distinct.add(row);
            } else {
                duplicates++;
            }
        }
        return distinct;
    }

    void tell(FileReading reading, String code) {
        if (duplicates > 0) {
            reading.refused(code, duplicates);
        }
    }
}
