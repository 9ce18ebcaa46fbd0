package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/**
 * The version before goes on running while this one migrates: a migration only adds, and takes away only what a named release no longer
 * used ({@code docs/adr/0024-upgrades.md}).
 */
class MigrationsTest {
    /** The newest migration of the time before anybody ran two versions at once. */
    private static final String BASELINE = "V20261123.0900";

    private static final Pattern CONTRACT = Pattern.compile("(?m)^-- contract: .+ unused since \\d+\\.\\d+\\.\\d+$");
    private static final String NAME = "`?(\\w+)`?";
    private static final Pattern CREATED =
            Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?" + NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern ALTERED = Pattern.compile("ALTER TABLE " + NAME + " (.*)", Pattern.CASE_INSENSITIVE);

    /** What breaks a version that knows nothing of it, of any statement. */
    private static final List<Pattern> DESTRUCTIVE =
            patterns("^DROP (?!TEMPORARY)", "^RENAME ", "^TRUNCATE ", "^LOCK ", "^DELETE FROM ", "^CREATE OR REPLACE ");

    /** And of the clauses of a change to a table that was there before. */
    private static final List<Pattern> DESTRUCTIVE_CLAUSES = patterns(
            "^DROP ",
            "^RENAME ",
            "^MODIFY ",
            "^CHANGE ",
            "^CONVERT ",
            "^ADD (COLUMN )?(IF NOT EXISTS )?(?!COLUMN|KEY|INDEX|UNIQUE|CONSTRAINT|PRIMARY|FOREIGN|PARTITION|CHECK).*"
                    + "NOT NULL(?!.* (DEFAULT|AUTO_INCREMENT|AS \\())",
            // Rows the version before writes may break them.
            "^ADD (UNIQUE|CONSTRAINT|PRIMARY|FOREIGN|CHECK)",
            "^ALTER (COLUMN )?",
            "^(ADD|REMOVE|DROP|REORGANIZE) PARTITION");

    @Test
    void aMigrationOnlyAdds() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(Project.folder().resolve("src/main/resources/db/migration"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.compareTo(BASELINE + "~") > 0) {
                    offences(Files.readString(file)).forEach(offence -> found.add(name + ": " + offence));
                }
            }
        }
        assertThat(found)
                .as("the version before must go on working beside it; see docs/adr/0024-upgrades.md")
                .isEmpty();
    }

    @Test
    void whatBreaksTheVersionBeforeIsFound() {
        assertThat(Stream.of(
                        "DROP TABLE verdict;",
                        "RENAME TABLE verdict TO held;",
                        "TRUNCATE TABLE verdict;",
                        "DELETE FROM verdict WHERE standing = 'signs';",
                        "ALTER TABLE verdict DROP COLUMN weight;",
                        "alter table verdict\n    add key by_weight (weight),\n    drop key by_next;",
                        "ALTER TABLE verdict RENAME COLUMN weight TO mass;",
                        "ALTER TABLE verdict MODIFY weight FLOAT NOT NULL;",
                        "ALTER TABLE verdict CHANGE weight mass FLOAT;",
                        "ALTER TABLE verdict ADD COLUMN mass FLOAT NOT NULL;",
                        "ALTER TABLE verdict ADD mass DECIMAL(3, 2) NOT NULL, ADD KEY by_mass (mass);",
                        "ALTER TABLE verdict ADD UNIQUE KEY one (handle);",
                        "ALTER TABLE verdict ALTER weight DROP DEFAULT;"))
                .allSatisfy(sql -> assertThat(offences(sql)).hasSize(1));
    }

    @Test
    void whatOnlyAddsIsLeftAlone() {
        assertThat(Stream.of(
                        "CREATE TABLE fresh (id INT NOT NULL PRIMARY KEY);\nALTER TABLE fresh ADD mass INT NOT NULL;",
                        "ALTER TABLE verdict ADD COLUMN mass FLOAT NULL;",
                        "ALTER TABLE verdict ADD COLUMN mass FLOAT NOT NULL DEFAULT 0;",
                        "ALTER TABLE verdict ADD KEY by_mass (weight, as_of);",
                        "-- DROP TABLE in a comment\nINSERT INTO latch (name) VALUES ('one; DROP TABLE two');",
                        "UPDATE verdict SET weight = 0 WHERE weight IS NULL;",
                        "-- contract: verdict.weight, unused since 0.9.0\nALTER TABLE verdict DROP COLUMN weight;"))
                .allSatisfy(sql -> assertThat(offences(sql)).isEmpty());
    }

    private static List<String> offences(String sql) {
        if (CONTRACT.matcher(sql).find()) {
            return List.of();
        }
        List<String> offences = new ArrayList<>();
        Set<String> created = new HashSet<>();
        for (String written : statements(sql)) {
            String statement = written.replaceAll("\\s+", " ").strip();
            Matcher create = CREATED.matcher(statement);
            if (create.lookingAt()) {
                created.add(create.group(1));
            }
            Matcher alter = ALTERED.matcher(statement);
            boolean breaks =
                    DESTRUCTIVE.stream().anyMatch(one -> one.matcher(statement).find())
                            || (alter.matches()
                                    && !created.contains(alter.group(1))
                                    && clauses(alter.group(2)).anyMatch(clause -> DESTRUCTIVE_CLAUSES.stream()
                                            .anyMatch(one -> one.matcher(clause).find())));
            if (breaks) {
                offences.add(statement);
            }
        }
        return offences;
    }

    /** Without comments and the words of texts. */
    private static List<String> statements(String sql) {
        String plain = sql.replaceAll("'(?:[^'\\\\]|\\\\.|'')*'", "''").replaceAll("(?m)--( .*)?$", " ");
        return Stream.of(plain.split(";"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** What stands between the commas that are in no brackets. */
    private static Stream<String> clauses(String text) {
        List<String> clauses = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char at = i == text.length() ? ',' : text.charAt(i);
            depth += at == '(' ? 1 : at == ')' ? -1 : 0;
            if (at == ',' && (depth == 0 || i == text.length())) {
                clauses.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        return clauses.stream();
    }

    private static List<Pattern> patterns(String... expressions) {
        return Stream.of(expressions)
                .map(one -> Pattern.compile(one, Pattern.CASE_INSENSITIVE))
                .toList();
    }
}
