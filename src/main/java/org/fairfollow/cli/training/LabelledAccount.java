package org.fairfollow.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.fairfollow.evidence.Counters;
import org.jspecify.annotations.Nullable;

/** An account of which people have said whether it is fake. */
public record LabelledAccount(Counters counters, boolean fake) {

    /**
     * Reads {@code accounts.csv} with the columns label ("fake" or "genuine"), followers, following and posts; the rest
     * is not looked at.
     */
    public static List<LabelledAccount> read(Path folder) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(folder.resolve("accounts.csv")), format)) {
            List<LabelledAccount> accounts = new ArrayList<>();
            for (CSVRecord row : rows) {
                accounts.add(of(row));
            }
            return accounts;
        } catch (IllegalArgumentException e) {
            throw new IOException(folder.resolve("accounts.csv") + ": " + e.getMessage(), e);
        }
    }

    private static LabelledAccount of(CSVRecord row) {
        String label = row.get("label");
        if (!label.equals("fake") && !label.equals("genuine")) {
            throw new IllegalArgumentException(
                    "line " + row.getParser().getCurrentLineNumber() + ": '" + label + "' is neither fake nor genuine");
        }
        Counters counters = new Counters(
                count(row, "followers"), count(row, "following"), count(row, "posts"), null, null, null, null);
        return new LabelledAccount(counters, label.equals("fake"));
    }

    private static @Nullable Long count(CSVRecord row, String column) {
        String text = row.get(column);
        return text.isEmpty() ? null : Long.valueOf(text);
    }
}
