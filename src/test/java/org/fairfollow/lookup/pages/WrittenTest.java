package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.junit.jupiter.api.Test;

class WrittenTest {
    @Test
    void boundsAreRoundedSoThatNoneOverstates() {
        assertThat(Written.lowerBound(.7699, Unit.SHARE)).isEqualTo("76\u00a0%");
        assertThat(Written.upperBound(.8201, Unit.SHARE)).isEqualTo("83\u00a0%");
        assertThat(Written.lowerBound(.29, Unit.SHARE)).isEqualTo("29\u00a0%");
        assertThat(Written.upperBound(.29, Unit.SHARE)).isEqualTo("29\u00a0%");
        assertThat(Written.lowerBound(5.57, Unit.TIMES)).isEqualTo("5.5\u00a0×");
        assertThat(Written.upperBound(1_000_000, Unit.TIMES)).isEqualTo("no limit");
    }

    @Test
    void thresholdsAreWrittenAsTheyAre() {
        assertThat(Written.threshold(2.326, Unit.COUNT)).isEqualTo("2.326");
        assertThat(Written.threshold(.05, Unit.SHARE)).isEqualTo("5\u00a0%");
        assertThat(Written.threshold(50, Unit.COUNT)).isEqualTo("50");
        assertThat(Written.number(1_234_567.5)).isEqualTo("1,234,567.5");
    }

    @Test
    void theNumbersOfAStatementStandOut() {
        String text =
                "21 Sep – 19 Nov 2026, 836 follows. Of follows not returned, about 59 in 100 were dropped within 28"
                        + " days (at least 50). At the same age they were dropped 7.8 times as often as returned ones (at least 3).";

        Statement statement = Statement.of(text);

        assertThat(statement.pieces().stream().map(Statement.Piece::text).collect(Collectors.joining()))
                .isEqualTo(text);
        assertThat(statement.pieces().stream().filter(Statement.Piece::strong).map(Statement.Piece::text))
                .containsExactly("836", "59", "7.8");
    }
}
