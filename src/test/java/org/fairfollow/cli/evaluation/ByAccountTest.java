package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByAccountTest {
    private static final String HEADER = "id,label,n";
    private static final int KEPT = 5;

    @TempDir
    Path directory;

    private final Map<String, List<Long>> accounts = new TreeMap<>();

    private FileFigures read(List<String> rows, long bytesAPass) throws IOException, UnfitFileException {
        Path file = directory.resolve("x.csv");
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(rows);
        Files.write(file, lines);
        accounts.clear();
        return new ByAccount<Long>(
                        new CsvFile(file),
                        List.of("id", "n"),
                        row -> {
                            Long n = row.count("n");
                            if (n == null) {
                                throw new RefusedRowException("missing-count");
                            }
                            return n;
                        },
                        Comparator.naturalOrder(),
                        KEPT,
                        bytesAPass)
                .read(new Labels(), (account, label, facts) -> assertThat(accounts.put(account + label, facts))
                        .as("handed over once")
                        .isNull())
                .figures("x.csv");
    }

    @Test
    void anyOrderOfRowsGivesTheSameAccounts() throws IOException, UnfitFileException {
        Random random = Seed.random("ByAccountTest");
        List<String> rows = new ArrayList<>();
        for (int account = 0; account < 40; account++) {
            for (int row = random.nextInt(12); row >= 0; row--) {
                rows.add("a" + account + ",bot," + (row == 3 ? "" : random.nextInt(50)));
            }
        }
        FileFigures together = read(rows, 1_000);
        assertThat(together.notes()).noneMatch(note -> note.contains("lie together"));
        Map<String, List<Long>> expected = new TreeMap<>(accounts);
        assertThat(expected).hasSizeGreaterThan(20).containsKey("a0POSITIVE");

        for (long bytesAPass : new long[] {100, Long.MAX_VALUE}) {
            Collections.shuffle(rows, random);
            FileFigures apart = read(rows, bytesAPass);
            assertThat(accounts).isEqualTo(expected);
            assertThat(apart.refused()).isEqualTo(together.refused());
            assertThat(apart.rows()).isEqualTo(together.rows());
            assertThat(apart.accounts()).isEqualTo(together.accounts());
            assertThat(apart.notes()).anyMatch(note -> note.contains("do not lie together"));
        }
    }

    @Test
    void theLastRowsAreKeptAndItIsSaid() throws IOException, UnfitFileException {
        FileFigures figures =
                read(List.of("a,bot,9", "a,bot,1", "a,bot,8", "a,bot,2", "a,bot,7", "a,bot,6", "b,bot,1"), 99);
        assertThat(accounts).containsEntry("aPOSITIVE", List.of(2L, 6L, 7L, 8L, 9L));
        assertThat(figures.notes()).containsExactly("accounts with more than 5 rows, of which the last were judged: 1");
    }

    @Test
    void oneLabelAnAccount() throws IOException, UnfitFileException {
        FileFigures figures = read(List.of("a,,1", "a,bot,2", "a,human,3", "b,human,1"), 99);
        assertThat(accounts).containsOnly(Map.entry("aPOSITIVE", List.of(1L, 2L)), Map.entry("bNEGATIVE", List.of(1L)));
        assertThat(figures.refused()).containsEntry("conflicting-label", 1L);
    }

    @Test
    void aRowOfNoUseDoesNotPartTheOthers() throws IOException, UnfitFileException {
        FileFigures figures = read(List.of("a,bot,1", "b,bot,", "c,bot,-1", "d,bot,2"), 99);
        assertThat(accounts).containsOnlyKeys("aPOSITIVE", "dPOSITIVE");
        assertThat(figures.refused()).hasSize(2);
        assertThat(figures.accounts()).isEqualTo(2);
    }
}
