package org.fairfollow.cli.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps count of what was read of a file and what was not. */
final class FileReading {
    private final SortedMap<String, Long> refused = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private long rows;
    private long accounts;
    private @Nullable String nothing;
    private @Nullable String stopped;

    void row() {
        rows++;
    }

    void account() {
        accounts++;
    }

    void refused(String code) {
        refused(code, 1);
    }

    void refused(String code, long howMany) {
        refused.merge(code, howMany, Long::sum);
    }

    void nothing(String why) {
        nothing = why;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void stopped(String why) {
        stopped = why;
    }

    long rows() {
        return rows;
    }

    FileFigures figures(String file) {
        return new FileFigures(file, rows, accounts, refused, List.copyOf(notes), nothing, stopped);
    }
}
