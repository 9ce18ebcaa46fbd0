package org.fairfollow.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTest {
    private static Row row(String cell) throws IOException {
        try (CSVParser parser = CSVParser.parse("\"" + cell + "\"", CSVFormat.RFC4180)) {
            return new Row(parser.getRecords().getFirst(), Map.of("x", 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "' 12 ', 12", "12., 12", "12.0, 12", "+3, 3", "8300000000, 8300000000"})
    void readsCounts(String cell, long count) throws IOException, RefusedRowException {
        assertThat(row(cell).count("x")).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, impossible-count",
        "8300000001, impossible-count",
        "99999999999999999999, impossible-count",
        "1e9, invalid-number",
        "1.5, invalid-number",
        "NaN, invalid-number",
        "'1,000', invalid-number",
        "many, invalid-number",
        "٣, invalid-number",
    })
    void refusesOtherCounts(String cell, String code) {
        assertThat(catchThrowableOfType(
                                RefusedRowException.class, () -> row(cell).count("x"))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void whatIsEmptyOrNotThereIsUnknown() throws IOException, RefusedRowException {
        assertThat(row(" ").count("x")).isNull();
        assertThat(row("1").count("y")).isNull();
        assertThat(row("").flag("x")).isNull();
        assertThat(row("").seconds("x")).isNull();
    }

    @Test
    void daysMayBeParts() throws IOException, RefusedRowException {
        assertThat(row("1.5").seconds("x")).isEqualTo(129_600);
        assertThatExceptionOfType(RefusedRowException.class)
                .isThrownBy(() -> row("-0.1").seconds("x"));
        assertThatExceptionOfType(RefusedRowException.class)
                .isThrownBy(() -> row("36501").seconds("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2013-01-06T16:40:39Z",
                "2013-01-06t16:40:39z",
                "2013-01-06T17:40:39.123+01:00",
                "2013-01-06 16:40:39Z",
                "2013-01-06T16:40:39",
                " 2013-01-06 16:40:39 ",
                "Sun Jan 06 16:40:39 +0000 2013",
                "Sun Jan 06 11:40:39 -0500 2013",
            })
    void readsTimes(String cell) throws IOException, RefusedRowException {
        assertThat(row(cell).time("x"))
                .isEqualTo(Instant.parse("2013-01-06T16:40:39Z").getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({
        "'', missing-time",
        "yesterday, invalid-time",
        "2013-02-30T00:00:00Z, invalid-time",
        "1357490439, invalid-time",
        "Mon Jan 06 16:40:39 +0000 2013, invalid-time",
        "1999-12-31T23:59:59Z, time-out-of-range",
        "2100-01-01T00:00:00Z, time-out-of-range",
    })
    void refusesOtherTimes(String cell, String code) {
        assertThat(catchThrowableOfType(
                                RefusedRowException.class, () -> row(cell).time("x"))
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "True, true", "1.0, true", "0, false", "false, false"})
    void readsFlags(String cell, boolean flag) throws IOException, RefusedRowException {
        assertThat(row(cell).flag("x")).isEqualTo(flag);
    }

    @Test
    void refusesOtherFlags() {
        assertThatExceptionOfType(RefusedRowException.class).isThrownBy(() -> row("2").flag("x"));
    }
}
