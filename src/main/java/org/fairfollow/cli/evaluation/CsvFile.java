package org.fairfollow.cli.evaluation;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file of a stranger's making: comma-separated, UTF-8, columns found by the names in its first row. */
record CsvFile(Path path) {
    static final int LONGEST_CELL = 100_000;
    /** Where a row does not end within so many characters, a quote was not closed, or this is no CSV file. */
    private static final int LONGEST_ROW = 12_000_000;

    private static final int MOST_COLUMNS = 1_000;

    /** Stands for bytes that are not UTF-8; no Unicode text holds it. */
    private static final char NOT_UTF_8 = '\uFFFF';

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setTrailingData(true)
            .get();

    interface RowReader {
        void read(Row row) throws RefusedRowException;
    }

    /** @throws UnfitFileException if it has no rows, or lacks a column that is needed */
    FileReading read(Collection<String> needed, RowReader reader) throws UnfitFileException, IOException {
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(NOT_UTF_8));
        try (RowGuard guard = new RowGuard(
                        withoutMark(new BufferedReader(new InputStreamReader(Files.newInputStream(path), utf8))));
                CSVParser parser =
                        CSVParser.builder().setReader(guard).setFormat(FORMAT).get()) {
            FileReading reading = new FileReading();
            Iterator<CSVRecord> rows = parser.iterator();
            Map<String, Integer> columns;
            try {
                columns = columns(rows, needed);
            } catch (UncheckedIOException e) {
                throw new UnfitFileException("its first row cannot be read: " + reason(e));
            }
            try {
                guard.nextRow();
                while (rows.hasNext()) {
                    read(new Row(rows.next(), columns), reader, reading);
                    guard.nextRow();
                }
            } catch (UncheckedIOException e) {
                reading.stopped(
                        Words.sentence("reading stopped at line %,d: %s", parser.getCurrentLineNumber(), reason(e)));
            }
            return reading;
        }
    }

    /** A mark before a quote would make the quote part of a name. */
    private static Reader withoutMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static void read(Row row, RowReader reader, FileReading reading) {
        reading.row();
        try {
            requireSound(row);
            reader.read(row);
        } catch (RefusedRowException e) {
            reading.refused(e.code());
        }
    }

    private static void requireSound(Row row) throws RefusedRowException {
        if (row.cells().size() != row.columns().size()) {
            throw new RefusedRowException("wrong-number-of-columns");
        }
        for (String cell : row.cells()) {
            if (cell.length() > LONGEST_CELL) {
                throw new RefusedRowException("cell-too-large");
            }
            if (cell.indexOf(NOT_UTF_8) >= 0) {
                throw new RefusedRowException("not-utf-8");
            }
            if (cell.indexOf('\0') >= 0) {
                throw new RefusedRowException("control-character");
            }
        }
    }

    private static Map<String, Integer> columns(Iterator<CSVRecord> rows, Collection<String> needed)
            throws UnfitFileException {
        if (!rows.hasNext()) {
            throw new UnfitFileException("it is empty");
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        CSVRecord header = rows.next();
        if (header.size() > MOST_COLUMNS) {
            throw new UnfitFileException(Words.sentence("its first row names more than %,d columns", MOST_COLUMNS));
        }
        for (String cell : header) {
            String name = cell.strip().toLowerCase(Locale.ROOT);
            if (columns.put(name.isEmpty() ? "column " + columns.size() : name, columns.size()) != null) {
                throw new UnfitFileException("it has two columns " + Words.quoted(name));
            }
        }
        List<String> lacking =
                needed.stream().filter(column -> !columns.containsKey(column)).toList();
        if (!lacking.isEmpty()) {
            throw new UnfitFileException(
                    "it has no column %s, only %s".formatted(Words.quoted(lacking), Words.quoted(columns.keySet())));
        }
        return columns;
    }

    private static String reason(UncheckedIOException e) {
        return switch (e.getCause()) {
            case EndlessRowException endless ->
                Words.sentence("a row does not end within %,d characters; is a quote not closed?", LONGEST_ROW);
            case CSVException malformed -> "a quote is not closed";
            case null, default -> Words.plain(String.valueOf(e.getMessage()));
        };
    }

    private static final class EndlessRowException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Lets no row grow until memory ends. */
    private static final class RowGuard extends FilterReader {
        private long inRow;

        RowGuard(Reader in) {
            super(in);
        }

        void nextRow() {
            inRow = 0;
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int characters) throws EndlessRowException {
            inRow += characters;
            if (inRow > LONGEST_ROW) {
                throw new EndlessRowException();
            }
        }
    }
}
