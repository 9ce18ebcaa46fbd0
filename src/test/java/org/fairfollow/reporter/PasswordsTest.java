package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final int AT_ONCE = 100;

    private final Passwords passwords = new Passwords();

    @AfterEach
    void stop() {
        passwords.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "elevenchars",
                "ada.example1",
                "Ada.Example!!",
                "ada.example.ada.example",
                "password1234",
                "P-a-s-s-w-o-r-d-2-0-2-6",
                "123456789012",
                "0987654321098",
                "1234-5678-9012",
                "aaaaaaaaaaaaaaaa",
                "abababababab",
                "qwertyuiopasdf",
                "Correct Horse Battery Staple",
                // Twelve code units, and six characters.
                "\uD83D\uDC4B\uD83D\uDC4C\uD83D\uDC4D\uD83D\uDC4E\uD83D\uDC4F\uD83D\uDC50"
            })
    void whatIsShortCommonOrMadeFromTheNameIsRefused(String password) {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> Passwords.check(password, "ada.example"))
                .satisfies(problem -> assertThat(problem.getParameters()).containsEntry("code", "invalid-password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gull lantern quay", "9041 7735 2286 19", "нитка якорь туман", "ada.example's old gull lantern"})
    void whatIsLongAndOnesOwnIsTaken(String password) {
        assertThatCode(() -> Passwords.check(password, "ada.example")).doesNotThrowAnyException();
    }

    @Test
    void aHundredKilobytesAreRefusedAtOnce() {
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> Passwords.check("ab1 ".repeat(25_000), "ada.example"));
    }

    @Test
    void onlyTheSamePasswordMatches() {
        String stored = passwords.hash("gull lantern quay");
        assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("gull");
        assertThat(passwords.hash("gull lantern quay")).as("salted").isNotEqualTo(stored);
        assertThat(passwords.matches(stored, "gull lantern quay")).isTrue();
        assertThat(passwords.matches(stored, "gull lantern quay ")).isFalse();
        assertThat(passwords.matches(stored, "")).isFalse();
    }

    /** An umlaut is one character on one keyboard, and two on another. */
    @Test
    void thePasswordIsTheSameHoweverItsCharactersAreComposed() {
        String stored = passwords.hash("m\u00f6wen \ufb01schen am kai");
        assertThat(passwords.matches(stored, "mo\u0308wen fischen am kai")).isTrue();
    }

    @Test
    void nothingMatchesWhereThereIsNoPassword() {
        assertThat(passwords.matches(null, "")).isFalse();
        assertThat(passwords.matches(null, "gull lantern quay")).isFalse();
    }

    /** Costs may be raised: what was stored before still opens. */
    @Test
    void aHashOfOtherCostsIsComparedWithItsOwn() {
        // From the tests of the reference implementation.
        String other = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(passwords.matches(other, "password")).isTrue();
        assertThat(passwords.matches(other, "passwore")).isFalse();
    }

    @Test
    void ofManyAtOnceSomeAreToldToComeBackAndNobodyIsLetInByMistake() throws Exception {
        String stored = passwords.hash("gull lantern quay");
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(all.submit(() -> passwords.matches(stored, "wrong")));
            }
        }
        long busy = answers.stream()
                .filter(answer -> answer.state() == Future.State.FAILED)
                .peek(answer -> assertThat(((HttpProblem) answer.exceptionNow()).getStatusCode())
                        .isEqualTo(503))
                .count();
        assertThat(busy).isPositive().isLessThan(AT_ONCE);
        assertThat(answers.stream().filter(answer -> answer.state() == Future.State.SUCCESS))
                .allSatisfy(answer -> assertThat(answer.resultNow()).isFalse());
    }
}
