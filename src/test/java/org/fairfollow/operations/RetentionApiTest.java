package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/privacy.md} tells of every table how long what stands in it is kept, and the schedule keeps that word. */
@QuarkusTest
class RetentionApiTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    /** A period the schedule keeps by a time in the row itself. */
    private static final Pattern AFTER = Pattern.compile("([0-9]+) (hour|day)s? after `(\\w+)`");

    private static final Pattern UNTIL = Pattern.compile("until `(\\w+)`");
    private static final Duration MARGIN = Duration.ofHours(1);

    @Inject
    Schedules schedules;

    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Inject
    Clock clock;

    private int number = 100;

    /** @param period how long, from the time in the column on; zero where the column says when it ends */
    private record Kept(String table, String column, Duration period) {}

    @BeforeEach
    @AfterEach
    void empty() throws IOException {
        for (Kept kept : kept()) {
            store.inTransaction(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM " + kept.table);
                }
            });
        }
    }

    @Test
    void everyTableIsInTheDocumentAndNoOther() throws IOException {
        assertThat(documented().keySet())
                .containsExactlyInAnyOrderElementsOf(tables
                        .rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                                + " AND table_name <> 'flyway_schema_history'")
                        .stream()
                        .map(List::getFirst)
                        .toList());
    }

    @Test
    void everyTableSaysWhatWhyHowLongAndWhoDeletesIt() throws IOException {
        documented()
                .forEach(
                        (table, cells) -> assertThat(cells).as(table).hasSize(4).noneMatch(String::isBlank));
    }

    @Test
    void whatIsPastItsPeriodIsDeletedByTheScheduleAndWhatIsNotStays() throws IOException {
        List<Kept> all = kept();
        assertThat(all)
                .extracting(Kept::table)
                .contains("hearsay", "hearsay_answer", "spent_challenge", "kept_dossier");
        long now = clock.instant().getEpochSecond();
        for (Kept kept : all) {
            insert(kept, now - kept.period.plus(MARGIN).toSeconds());
            insert(kept, now - kept.period.minus(MARGIN).toSeconds());
        }

        schedules.forget();

        for (Kept kept : all) {
            assertThat(tables.rows("SELECT " + kept.column + " FROM " + kept.table))
                    .as(kept.toString())
                    .containsExactly(List.of(
                            String.valueOf(now - kept.period.minus(MARGIN).toSeconds())));
        }
    }

    /** No table has room for an address. */
    @Test
    void noTableHoldsAnAddress() {
        assertThat(tables.rows("SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE()"
                        + " AND (column_name LIKE '%address%' OR column_name REGEXP '(^|_)(ip|client|agent|origin)(_|$)'"
                        + " OR data_type IN ('inet4', 'inet6'))"))
                .isEmpty();
    }

    private static Map<String, List<String>> documented() throws IOException {
        String page = Project.read("docs/privacy.md");
        String section = Stream.of(page.split("(?m)^## "))
                .filter(part -> part.startsWith("What the service keeps\n"))
                .findFirst()
                .orElseThrow();
        Map<String, List<String>> rows = new TreeMap<>();
        Matcher row = ROW.matcher(section);
        while (row.find()) {
            rows.put(row.group(1), List.of(row.group(2), row.group(3), row.group(4), row.group(5)));
        }
        return rows;
    }

    private static List<Kept> kept() throws IOException {
        List<Kept> all = new ArrayList<>();
        documented().forEach((table, cells) -> {
            Matcher after = AFTER.matcher(cells.get(2));
            Matcher until = UNTIL.matcher(cells.get(2));
            if (after.find()) {
                ChronoUnit unit = ChronoUnit.valueOf(after.group(2).toUpperCase(Locale.ROOT) + "S");
                all.add(new Kept(table, after.group(3), Duration.of(Long.parseLong(after.group(1)), unit)));
            } else if (until.find()) {
                all.add(new Kept(table, until.group(1), Duration.ZERO));
            }
        });
        return all;
    }

    /** A row of which nothing matters but its time. */
    private void insert(Kept kept, long time) {
        int unique = number++;
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (List<String> column : tables.rows(
                "SELECT column_name, data_type, COALESCE(character_maximum_length, 0) FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE() AND table_name = '" + kept.table + "'"
                        + " AND (column_name = '" + kept.column + "' OR (is_nullable = 'NO' AND column_default IS NULL"
                        + " AND extra <> 'auto_increment'))")) {
            names.add(column.get(0));
            values.add(
                    column.get(0).equals(kept.column)
                            ? String.valueOf(time)
                            // What names an account is one, for jobs read it.
                            : column.get(0).equals("account")
                                    ? "'x:#" + unique + "'"
                                    : value(column.get(1), unique, column.get(2)));
        }
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO " + kept.table + " (" + String.join(", ", names)
                        + ") VALUES (" + String.join(", ", values) + ")");
            }
        });
    }

    private static String value(String type, int unique, String length) {
        return switch (type) {
            case "binary" -> "RPAD('" + unique + "', " + length + ", '-')";
            case "varchar", "char", "text", "mediumtext", "longtext", "varbinary", "blob", "mediumblob", "longblob" ->
                "'" + unique + "'";
            default -> String.valueOf(unique);
        };
    }
}
