package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.scheduler.Scheduled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/** {@code docs/replicas.md} says of everything the service does by itself how it behaves when two instances do it. */
class ReplicasDocumentTest {
    /** How db-scheduler's jobs are made; the name is a string or a constant. */
    private static final Pattern JOB =
            Pattern.compile("\\bTasks\\s*\\.(?:custom|oneTime|recurring)\\w*\\(\\s*([^,]+),");

    private static final Pattern NAME = Pattern.compile("^`([\\w.-]+)`");

    @Test
    void everyScheduledMethodHasARowAndEveryRowAMethod() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.fairfollow");
        Set<String> methods = classes.stream()
                .flatMap(one -> one.getMethods().stream())
                .filter(method ->
                        method.isAnnotatedWith(Scheduled.class) || method.isAnnotatedWith(Scheduled.Schedules.class))
                .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(methods).contains("Schedules.judge", "TokenRenewal.renew");
        assertThat(names("Scheduled, on every instance")).isEqualTo(methods);
    }

    @Test
    void everyDurableJobHasARowAndEveryRowAJob() throws IOException {
        Set<String> jobs = new TreeSet<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            JOB.matcher(source).results().map(made -> name(file, source, made)).forEach(jobs::add);
        }
        assertThat(jobs).contains("forget", "bluesky-stream", "measurement");
        assertThat(names("Durable jobs, on one instance at a time")).isEqualTo(jobs);
    }

    @Test
    void everyRowSaysAll() {
        assertThat(rows("Scheduled, on every instance")).hasSizeGreaterThan(10);
        for (String section : List.of("Scheduled, on every instance", "Durable jobs, on one instance at a time")) {
            assertThat(rows(section))
                    .allSatisfy(cells -> assertThat(cells).hasSize(6).noneMatch(String::isBlank));
        }
    }

    private static Set<String> names(String section) {
        return rows(section).stream()
                .map(cells -> NAME.matcher(cells.getFirst()).results().findFirst())
                .map(found -> found.orElseThrow().group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The cells of each row of the section's table. */
    private static List<List<String>> rows(String section) {
        String text = Stream.of(Project.read("docs/replicas.md").split("(?m)^## "))
                .filter(part -> part.startsWith(section + "\n"))
                .findFirst()
                .orElseThrow();
        return text.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| job |"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Project.folder().resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String name(Path file, String source, MatchResult made) {
        String name = made.group(1).strip();
        if (name.startsWith("\"")) {
            return name.substring(1, name.length() - 1);
        }
        // A constant, of this class or of another one.
        int dot = name.indexOf('.');
        String in = dot < 0 ? source : source(name.substring(0, dot));
        return Pattern.compile("\\bString " + name.substring(dot + 1) + " = \"([^\"]+)\"")
                .matcher(in)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + ": the name of a job must be a string or a constant"))
                .group(1);
    }

    private static String source(String type) {
        try {
            for (Path file : sources()) {
                if (file.endsWith(type + ".java")) {
                    return Files.readString(file);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no class " + type);
    }
}
