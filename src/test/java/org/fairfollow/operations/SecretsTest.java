package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/** What opens something is drawn where it is needed, or set by the operator: none is shipped. */
class SecretsTest {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|private-key|encryption-key|api-key).*");
    /** Tokens of the service, keys in PEM, and what the great clouds and forges hand out. */
    private static final Pattern SECRET = Pattern.compile(
            "ff[korm]_[A-Za-z0-9_-]{32}\\b|-----BEGIN [A-Z ]*PRIVATE KEY-----"
                    + "|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[abp]-[A-Za-z0-9-]{20}|eyJ[A-Za-z0-9_-]{20,}\\.eyJ");

    @Test
    void noSecretHasADefault() throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newBufferedReader(Project.folder().resolve("src/main/resources/application.properties"))) {
            settings.load(in);
        }
        assertThat(settings.stringPropertyNames())
                .isNotEmpty()
                .noneMatch(name -> SECRET_NAME.matcher(name).matches());
    }

    /** Neither in what is built nor in scripts and documents. */
    @Test
    void noSecretIsShipped() throws IOException {
        for (String folder :
                List.of("src/main", "docs", "bench", "extension/src", "extension/entrypoints", "extension/public")) {
            try (Stream<Path> files = Files.walk(Project.folder().resolve(folder))) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(file -> SECRET.matcher(text(file)).find()))
                        .as(folder)
                        .isEmpty();
            }
        }
    }

    /** What the migrations put into the database is drawn there, for each store anew. */
    @Test
    void migrationsDrawTheirKeys() throws IOException {
        Path migrations = Project.folder().resolve("src/main/resources/db/migration");
        try (Stream<Path> files = Files.list(migrations)) {
            assertThat(files.map(SecretsTest::text)
                            .flatMap(String::lines)
                            .filter(line -> line.matches("INSERT INTO \\w*key\\b.*")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("RANDOM_BYTES("));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
