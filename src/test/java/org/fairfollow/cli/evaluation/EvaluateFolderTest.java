package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairfollow.cli.evaluation.InventedFolder.ACCOUNTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.cli.EvaluateCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./run evaluate DIR} with all that ships. */
class EvaluateFolderTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private InventedFolder folder;
    private Path json;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new InventedFolder(Files.createDirectory(directory.resolve("sets")));
        json = directory.resolve("new/evaluation.json");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", json.toString()));
        return new CommandLine(new EvaluateCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void measuresAndWritesTheSameFiguresAsJson() throws IOException {
        folder.with(
                        "one/accounts.csv",
                        ACCOUNTS.strip(),
                        "a.example,x,fake,3,2900,1,30,0,0",
                        "b.example,x,genuine,500,300,700,2000,1,80")
                .with(
                        "one/following_series.csv",
                        "id,network,label,reading,following",
                        "a.example,x,fake,0,900",
                        "b.example,x,genuine,0,5")
                .with(
                        "one/follower_series.csv",
                        "id,network,label,time_utc,followers,following",
                        "b.example,x,genuine,2026-01-01T00:00:00Z,500,")
                .with(
                        "one/posts.csv",
                        "id,network,label,time_utc,text",
                        "b.example,x,genuine,2026-01-01T00:00:00Z,good morning");
        assertThat(run(folder.path().toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("## `one`", "follower-authenticity", "| `one` | 1 | 0 |");
        assertThat(err.toString()).contains("evaluate: one: accounts.csv", "evaluate: one: posts.csv");

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "schema",
                        "mode",
                        "detectors",
                        "confidence",
                        "bootstrapSeed",
                        "resamples",
                        "dataSets",
                        "notMeasured");
        assertThat(report.get("schema").asText()).isEqualTo("fairfollow-evaluation/1");
        assertThat(report.get("mode").asText()).isEqualTo("data-sets");
        JsonNode set = report.get("dataSets").get(0);
        assertThat(set.get("name").asText()).isEqualTo("one");
        assertThat(set.get("files")).hasSize(4);
        assertThat(set.at("/labels/0/reading").asText()).isEqualTo("positive");
        assertThat(set.at("/wholePipeline/accounts").asInt()).isEqualTo(1);
        assertThat(set.at("/subjects/0/measures/0/id").asText()).isEqualTo("base-rate");
    }

    @Test
    void givesTheSameFiguresAgain() throws IOException {
        folder.with(
                "one/accounts.csv",
                ACCOUNTS.strip(),
                "a.example,x,fake,3,2900,1,30,0,0",
                "b.example,x,fake,300,290,100,300,1,20",
                "c.example,x,genuine,500,300,700,2000,1,80");
        run(folder.path().toString());
        String first = out.toString();
        byte[] figures = Files.readAllBytes(json);
        out.getBuffer().setLength(0);
        run(folder.path().toString());
        assertThat(out.toString()).isEqualTo(first);
        assertThat(Files.readAllBytes(json)).isEqualTo(figures);
    }

    @Test
    void refusesWithASentenceWhatIsNoFolderOfDataSets() throws IOException {
        folder.with("empty/readme.txt", "nothing");
        assertThat(run(folder.path().toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no data set in " + folder.path());
        assertThat(run(directory.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no folder");
        assertThat(run(folder.path().resolve("empty/readme.txt").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is not a folder");
        assertThat(out.toString()).isEmpty();
        assertThat(json).doesNotExist();
    }

    @Test
    void takesAFolderOrASimulationAndNotBoth() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--simulate, or a folder DIR");
        assertThat(run(folder.path().toString(), "--simulate")).isEqualTo(2);
        assertThat(err.toString()).contains("exclude each other");
        assertThat(run(folder.path().toString(), "--seed", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("--seeds goes with --simulate");
        assertThat(run(folder.path().toString(), "--accounts", "40")).isEqualTo(2);
        assertThat(err.toString()).contains("--accounts goes with --simulate");
        assertThat(run(folder.path().toString(), folder.path().toString())).isEqualTo(2);
    }

    @Test
    void endsWithOneWhereAFileCannotBeReadToItsEnd() throws IOException {
        folder.with("one/accounts.csv", ACCOUNTS.strip(), "a.example,x,fake,3,2900,1,30,0,0", "\"never closed");
        assertThat(run(folder.path().toString())).isEqualTo(1);
        assertThat(out.toString()).contains("**reading stopped at line");
        assertThat(err.toString()).contains("not everything could be read or judged");
        assertThat(json).exists();
    }

    @Test
    void endsWithOneWhereTheJsonCannotBeWritten() throws IOException {
        folder.with("one/accounts.csv", ACCOUNTS.strip(), "a.example,x,fake,3,2900,1,30,0,0");
        json = Files.createFile(directory.resolve("file")).resolve("evaluation.json");
        assertThat(run(folder.path().toString())).isEqualTo(1);
        assertThat(err.toString()).contains("cannot write");
    }

    @Test
    void helpNamesTheFilesAndTheirColumns() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "DIR", "--simulate", "accounts.csv", "following_series.csv", "follower_series.csv", "posts.csv")
                .contains("age_days", "time_utc");
    }
}
