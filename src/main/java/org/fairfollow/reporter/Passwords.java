package org.fairfollow.reporter;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Passwords and their hashes: Argon2id, in the form {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash} with costs beside each hash,
 * so that they can be raised without shutting anybody out.
 *
 * <p>Hashes are computed on threads of their own, few of them: whoever sends passwords in masses is told to come back, takes
 * no more memory than these threads need, and holds up nobody who reads.
 */
@ApplicationScoped
class Passwords {
    static final int SHORTEST = 12;
    static final int LONGEST = 128;

    /** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
    private static final Costs COSTS = new Costs(19_456, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int WAITING = 8;
    private static final int FEWEST_DIFFERENT = 5;
    private static final int FEWEST_BESIDE_NAME = 8;
    /** What people make long passwords from, digits and signs left out. */
    private static final Set<String> COMMON = Set.of(
            "password",
            "passwordpassword",
            "mypassword",
            "thisismypassword",
            "changeme",
            "changemeplease",
            "letmein",
            "letmeinplease",
            "iloveyou",
            "welcome",
            "welcometo",
            "administrator",
            "admin",
            "adminadmin",
            "moderator",
            "operator",
            "fairfollow",
            "fairfollowfairfollow",
            "secret",
            "topsecret",
            "qwerty",
            "qwertyqwerty",
            "qwertyuiop",
            "qwertyuiopasdf",
            "qwertyuiopasdfghjkl",
            "qwertyuiopasdfghjklzxcvbnm",
            "asdfghjkl",
            "asdfasdfasdf",
            "zxcvbnm",
            "qazwsxedc",
            "qazwsxedcrfv",
            "qwaszx",
            "abcdefghijkl",
            "abcdefghijklmnopqrstuvwxyz",
            "abcabcabcabc",
            "correcthorsebatterystaple",
            "trustno",
            "dragon",
            "football",
            "monkey",
            "princess",
            "sunshine",
            "superman",
            "starwars");
    /** Digits in the order of a keyboard, forwards and backwards. */
    private static final String DIGITS = "01234567890123456789012345678901234567890";

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Compared with where there is no password, so that it takes as long. */
    private static final String NOBODYS = encode(COSTS, new byte[SALT_BYTES], new byte[HASH_BYTES]);

    private final ThreadPoolExecutor threads;

    Passwords() {
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        threads = new ThreadPoolExecutor(
                cores,
                cores,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    private record Costs(int kilobytes, int passes, int lanes) {}

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Throws {@link Problem#INVALID_PASSWORD} when this is too easily guessed as the password of somebody of this name. */
    static void check(String password, String name) {
        String normal = normal(password);
        if (length(normal) < SHORTEST || length(normal) > LONGEST) {
            throw Problem.INVALID_PASSWORD.with("Choose " + SHORTEST + " to " + LONGEST + " characters.");
        }
        String lower = normal.toLowerCase(Locale.ROOT);
        if (length(lower.replace(name, "")) < FEWEST_BESIDE_NAME) {
            throw Problem.INVALID_PASSWORD.with("Choose one that is not made from your name.");
        }
        String letters = lower.replaceAll("[^\\p{L}]", "");
        String digits = lower.replaceAll("[^0-9]", "");
        boolean counted =
                letters.isEmpty() && (DIGITS.contains(digits) || DIGITS.contains(new StringBuilder(digits).reverse()));
        if (COMMON.contains(letters) || counted || lower.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            throw Problem.INVALID_PASSWORD.with("Choose one that others do not choose: it is among the commonest.");
        }
    }

    /** The hash to be stored. */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return encode(COSTS, salt, apart(() -> argon2id(password, salt, COSTS)));
    }

    /**
     * Whether that is the password; takes as long when there is none.
     *
     * @param stored null where there is no password
     */
    boolean matches(@Nullable String stored, String password) {
        String[] parts = (stored == null ? NOBODYS : stored).split("\\$", -1);
        String[] costs = parts[3].split("[=,]", -1);
        Costs then = new Costs(Integer.parseInt(costs[1]), Integer.parseInt(costs[3]), Integer.parseInt(costs[5]));
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] given = apart(() -> argon2id(password, salt, then));
        boolean same = MessageDigest.isEqual(Base64.getDecoder().decode(parts[5]), given);
        return same && stored != null;
    }

    private byte[] apart(Callable<byte[]> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw Problem.BUSY.with("Too many sign in at once; do the same again in a few seconds.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.BUSY.with("The service stops; do the same again in a few seconds.");
        }
    }

    private static byte[] argon2id(String password, byte[] salt, Costs costs) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(costs.kilobytes())
                .withIterations(costs.passes())
                .withParallelism(costs.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(normal(password).getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /** The same password however a keyboard composes its characters. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String encode(Costs costs, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + Argon2Parameters.ARGON2_VERSION_13 + "$m=" + costs.kilobytes() + ",t=" + costs.passes()
                + ",p=" + costs.lanes() + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }
}
