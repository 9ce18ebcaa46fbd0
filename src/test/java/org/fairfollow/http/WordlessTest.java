package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WordlessTest {
    @Test
    void kindAndPlaceOfEveryCauseRemainAndNoWord() {
        SQLException refused = new SQLException("Duplicate entry 'secret'", "23000", 1062);
        RuntimeException failure = new IllegalStateException("no secret", refused);
        failure.addSuppressed(new RuntimeException("secret"));

        assertThat(printed(Wordless.of(failure)))
                .contains(
                        "java.lang.IllegalStateException",
                        "java.sql.SQLException (state 23000, code 1062)",
                        "WordlessTest.kindAndPlaceOfEveryCauseRemainAndNoWord")
                .doesNotContain("secret");
    }

    @Test
    void causesThatGoInACircleEnd() {
        RuntimeException one = new RuntimeException("secret");
        one.initCause(new RuntimeException("secret", one));

        assertThat(printed(Wordless.of(one))).doesNotContain("secret");
    }

    @Test
    void whatHasNoWordsIsLeftAsItIs() {
        Throwable wordless = Wordless.of(new RuntimeException("secret"));

        assertThat(Wordless.of(wordless)).isSameAs(wordless);
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
