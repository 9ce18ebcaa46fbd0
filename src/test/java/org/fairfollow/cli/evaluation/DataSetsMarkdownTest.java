package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.cli.evaluation.InventedFolder.ACCOUNTS;
import static org.fairfollow.cli.evaluation.InventedFolder.detector;
import static org.fairfollow.cli.evaluation.InventedFolder.judges;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole text for a tiny folder; after a change on purpose write it anew with {@code -Dgolden.write=true}. */
class DataSetsMarkdownTest {
    private static final String GOLDEN = "src/test/resources/org/fairfollow/cli/evaluation/tiny.md";

    @TempDir
    Path directory;

    private String tiny() throws IOException {
        InventedFolder folder = new InventedFolder(directory)
                .with(
                        "accounts only/accounts.csv",
                        ACCOUNTS.strip(),
                        "a.example,x,fake,3,900,1,30,0,0",
                        "b.example,x,fake,700,90,800,1500,1,80",
                        "c.example,x,fake,,,,,,",
                        "d.example,x,genuine,500,300,700,2000.5,1,80",
                        "e.example,x,genuine,200,400,100,900,1,20",
                        "f.example,x,genuine,-1,400,100,900,1,20",
                        "g.example,x,suspended,9,9,9,9,1,9")
                .with("evil | `name`\n# <b>/posts.csv", "id,text", "a.example,x")
                .with(
                        "series/following_series.csv",
                        "id,network,label,reading,following",
                        "a.example,x,polluter,0,900",
                        "b.example,x,legitimate,0,5",
                        "a.example,x,polluter,1,100")
                .with(
                        "series/posts.csv",
                        "id,network,label,time_utc,text",
                        "a.example,x,polluter,2026-01-01T00:00:00Z,buy",
                        "b.example,x,legitimate,2026-01-01T00:00:00Z,hello",
                        "b.example,x,polluter,2026-01-01T00:00:00Z,hello",
                        "a.example,x,polluter,2026-01-02T00:00:00Z,\"never closed")
                .with("unlike/readme.txt", "nothing");
        Judges judges = judges(
                detector(
                        Practice.FOLLOW_CHURN,
                        dossier -> dossier.observations().profiles().size() > 1
                                ? Opinion.SIGNS
                                : Opinion.TOO_LITTLE_EVIDENCE),
                detector(
                        Practice.AUTOMATED_PROMOTION,
                        dossier -> dossier.observations().postSamples().isEmpty()
                                ? Opinion.TOO_LITTLE_EVIDENCE
                                : Opinion.PRESENT));
        return DataSetsMarkdown.of(folder.report(judges));
    }

    @Test
    void isAsItWasReviewed() throws IOException {
        String text = tiny();
        if (Boolean.getBoolean("golden.write")) {
            Path golden = Project.folder().resolve(GOLDEN);
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text, StandardCharsets.UTF_8);
        }
        assertThat(text).isEqualTo(Project.read(GOLDEN));
    }

    @Test
    void isAlikeInAnyLocale() throws IOException {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("ar", "EG"));
            assertThat(tiny()).isEqualTo(Project.read(GOLDEN));
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void everyTableRowHasAsManyCellsAsItsHead() throws IOException {
        long cells = 0;
        for (String line : tiny().split("\n")) {
            long here =
                    line.startsWith("|") ? line.chars().filter(c -> c == '|').count() : 0;
            assertThat(here == 0 || cells == 0 || here == cells).as(line).isTrue();
            cells = here;
        }
        assertThat(tiny()).doesNotContain("NaN", "| null", "Infinity");
    }
}
