package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.altcha.altcha.Altcha;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.http.Problem;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Proofs of work. Nothing is kept of a challenge until it is used: its signature says that it is ours, its salt until when.
 *
 * <p>The clock and the comparison are not ALTCHA's, which reads the machine's clock and compares in a time that tells.
 */
@ApplicationScoped
class Challenges {
    private static final Duration VALID = Duration.ofMinutes(20);
    /** The delimiter at its end keeps digits of the number from being read as digits of the time. */
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{24}\\?expires=([0-9]{10})&");

    private final Store store;
    private final Clock clock;
    private final long numbers;
    /** Null until it could be read; it never changes. */
    private volatile @Nullable String key;

    Challenges(
            Store store, Clock clock, @ConfigProperty(name = "fairfollow.reporters.challenge-numbers") long numbers) {
        if (numbers < 1 || numbers > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "fairfollow.reporters.challenge-numbers must be from 1 to " + Integer.MAX_VALUE);
        }
        this.store = store;
        this.clock = clock;
        this.numbers = numbers;
    }

    /**
     * A challenge that was solved.
     *
     * @param challenge 32 bytes, by which it is known
     * @param endsAt Unix epoch seconds
     */
    record Solved(byte[] challenge, long endsAt) {}

    /** Never the same twice. */
    Challenge issue() {
        Altcha.Challenge issued = signed(new Altcha.ChallengeOptions()
                .setMaxNumber(numbers)
                .setSecureRandomNumber(true)
                .setExpires(clock.instant().plus(VALID).getEpochSecond()));
        return new Challenge(issued.algorithm, issued.challenge, issued.maxnumber, issued.salt, issued.signature);
    }

    /**
     * The challenge, if it is one of ours, lasts, and is solved by {@code number}; throws a {@link Problem} otherwise.
     * Whether it was used before is for whoever uses it to find out.
     */
    Solved check(Challenge given, long number) {
        Matcher salt = SALT.matcher(Objects.requireNonNullElse(given.salt(), ""));
        if (!Altcha.DEFAULT_ALGORITHM.getName().equals(given.algorithm()) || !salt.matches() || number < 0) {
            throw unsolved();
        }
        Altcha.Challenge ours =
                signed(new Altcha.ChallengeOptions().setSalt(salt.group()).setNumber(number));
        if (!Token.isSame(ours.challenge, given.challenge()) || !Token.isSame(ours.signature, given.signature())) {
            throw unsolved();
        }
        long endsAt = Long.parseLong(salt.group(1));
        if (clock.instant().getEpochSecond() > endsAt) {
            throw Problem.CHALLENGE_EXPIRED.with("Take another one from GET /v1/reporters/challenge.");
        }
        return new Solved(HexFormat.of().parseHex(ours.challenge), endsAt);
    }

    private Altcha.Challenge signed(Altcha.ChallengeOptions options) {
        try {
            return Altcha.createChallenge(options.setHmacKey(key()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private String key() {
        String known = key;
        if (known == null) {
            known = store.readPromptly(connection -> {
                try (var statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT secret FROM challenge_key WHERE id = 1")) {
                    row.next();
                    return HexFormat.of().formatHex(row.getBytes(1));
                }
            });
            key = known;
        }
        return known;
    }

    private static RuntimeException unsolved() {
        return Problem.INVALID_SOLUTION.with(
                "Send the challenge as it was given, and the number that solves it; a challenge of another service opens nothing here.");
    }
}
