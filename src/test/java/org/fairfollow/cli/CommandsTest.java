package org.fairfollow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("serve", "import", "key", "simulate", "evaluate", "recompute", "train", "FAIRFOLLOW_DATA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "import", "simulate", "evaluate", "recompute", "train"})
    void helpOfACommandListsItsOptions(String command) {
        assertThat(run(command, "--help")).isZero();
        List<String> options = new CommandLine(new Main.Root())
                .getSubcommands().get(command).getCommandSpec().options().stream()
                        .map(option -> option.longestName())
                        .toList();
        assertThat(options).hasSizeGreaterThan(2);
        assertThat(out.toString()).contains(options);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "serve, --prot",
        "serve, extra",
        "import, --force",
        "simulate, --sed",
        "evaluate, --fast",
        "recompute, --force",
        "dance, --now",
        "--nonsense, serve",
    })
    void whatIsUnknownEndsWithTwoAndSaysSo(String first, String second) {
        assertThat(run(first, second)).isEqualTo(2);
        assertThat(err.toString()).contains("Usage:");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'key', Missing required subcommand",
        "'key,steal', steal",
        "'key,issue', LABEL",
        "'key,issue,a,--requests-per-minute,many', is not an int",
        "'key,revoke', ID",
        "'key,list,all', all",
    })
    void keySaysWhatItNeeds(String arguments, String said) {
        assertThat(run(arguments.split(","))).isEqualTo(2);
        assertThat(err.toString()).contains(said);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void importNeedsAFile() {
        assertThat(run("import")).isEqualTo(2);
        assertThat(err.toString()).contains("FILE");
    }

    @Test
    void importOfAFileThatIsNotThereEndsBeforeAnythingStarts(@TempDir Path folder) {
        String missing = folder.resolve("nothing.jsonl").toString();
        assertThat(run("import", missing)).isEqualTo(2);
        assertThat(err.toString()).contains(missing + " cannot be read");
    }

    @Test
    void aPortIsANumber() {
        assertThat(run("serve", "--port", "http")).isEqualTo(2);
        assertThat(err.toString()).contains("'http' is not an int");
    }

    @Test
    void versionIsTold() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("Fairfollow ");
    }

    private int run(String... arguments) {
        return new CommandLine(new Main.Root())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
