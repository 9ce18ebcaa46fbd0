package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.ModeratorRepository.Account;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * How people get in: by password and code of an authenticator, which they set with an invitation. A wrong name, password and
 * code look the same and take the same steps; each code opens once.
 */
@ApplicationScoped
public class SignIn {
    /** After so many wrong codes in a row, each with the right password, the next must wait: a minute, two, four and so on. */
    private static final int WRONG_CODES_FREE = 4;

    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
    /** Nobody is shut out for longer, and nobody at all by those who do not know the password. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final byte[] NO_SECRET = new byte[Totp.SECRET_BYTES];

    private final Store store;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Sessions sessions;
    private final AuditLog log;
    private final Clock clock;

    SignIn(Store store, Passwords passwords, Attempts attempts, Sessions sessions, AuditLog log, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What an authenticator is set up with; told while the invitation lasts, and never afterwards.
     *
     * @param key in base 32
     * @param address {@code otpauth://…}, the same for apps
     */
    public record Enrolment(String name, String role, String key, String address) {}

    /** Throws {@link Problem#SIGN_IN_REFUSED} when it opens nothing, {@link Problem#QUOTA_EXCEEDED} when too many tried. */
    public Sessions.Opened signIn(
            @Nullable String name, @Nullable String password, @Nullable String code, InetAddress address) {
        String canonical = Moderators.canonical(name);
        attempts.spend(canonical, address);
        Sessions.Opened opened = enter(canonical, password, code);
        attempts.succeeded(canonical, address);
        return opened;
    }

    private Sessions.Opened enter(String name, @Nullable String password, @Nullable String code) {
        Optional<Account> asked = store.readPromptly(connection -> ModeratorRepository.byName(connection, name));
        String hash = asked.map(Account::password).orElse(null);
        boolean right = passwords.matches(hash, Objects.requireNonNullElse(password, ""));
        Sessions.Opened opened = store.<Sessions.@Nullable Opened>inTransaction(connection -> {
            int number = asked.map(account -> account.moderator().number()).orElse(0);
            Optional<Account> now = ModeratorRepository.lock(connection, number);
            byte[] secret = now.map(Account::totpSecret).orElse(NO_SECRET);
            long step = Totp.stepOf(secret, Objects.requireNonNullElse(code, ""), clock.instant());
            // The password may have been changed since it was compared.
            boolean mayEnter = right
                    && now.isPresent()
                    && Objects.equals(now.get().password(), hash)
                    && now.get().totpSecret() != null
                    && now.get().waitUntil() <= now();
            return mayEnter ? enter(connection, now.get(), step) : null;
        });
        if (opened == null) {
            throw Problem.SIGN_IN_REFUSED.with(
                    "Name, password or code is wrong, or the code was used before. Try again with"
                            + " the next code; after several wrong ones wait a quarter of an hour.");
        }
        return opened;
    }

    /** The password is right; what is wrong may be the code alone. */
    private Sessions.@Nullable Opened enter(Connection connection, Account account, long step) throws SQLException {
        Moderator moderator = account.moderator();
        if (step <= account.totpStep()) {
            ModeratorRepository.codeWrong(connection, moderator.number(), now() + wait(account.wrongCodes() + 1));
            log.write(connection, null, "wrong-code", moderator.name(), "the password was right");
            return null;
        }
        ModeratorRepository.codeUsed(connection, moderator.number(), step);
        Sessions.Opened opened = sessions.open(connection, moderator);
        log.write(connection, moderator, "signed-in", moderator.name(), "");
        return opened;
    }

    /**
     * A secret for the authenticator of whoever was invited, another one each time: of several who know the code only the last
     * one's works. Throws {@link Problem#SIGN_IN_REFUSED} when the code opens nothing.
     */
    public Enrolment begin(@Nullable String invitation, InetAddress address) {
        attempts.spend(address);
        byte[] secret = Totp.randomSecret();
        return store.inTransaction(connection -> {
            Account account = invited(connection, invitation);
            ModeratorRepository.setSecret(connection, account.moderator().number(), secret);
            return enrolment(account, secret);
        });
    }

    /** The secret that was told at the beginning, to be shown again with what is to be mended. */
    public Enrolment again(@Nullable String invitation) {
        return store.inTransaction(connection -> {
            Account account = invited(connection, invitation);
            return enrolment(account, secretOf(account));
        });
    }

    /**
     * Sets password and authenticator, and signs in. The invitation is used up.
     *
     * @param code of the authenticator that was set up with the secret from {@link #begin}
     */
    public Sessions.Opened accept(
            @Nullable String invitation, @Nullable String password, @Nullable String code, InetAddress address) {
        attempts.spend(address);
        String chosen = Objects.requireNonNullElse(password, "");
        // Before the slow hash, and again below, for the invitation may be used up meanwhile.
        Enrolment enrolment = again(invitation);
        Passwords.check(chosen, enrolment.name());
        String hash = passwords.hash(chosen);
        Sessions.Opened opened = store.<Sessions.@Nullable Opened>inTransaction(connection -> {
            Account account = invited(connection, invitation);
            Moderator moderator = account.moderator();
            long step = Totp.stepOf(secretOf(account), Objects.requireNonNullElse(code, ""), clock.instant());
            if (step == Totp.NONE) {
                return null;
            }
            ModeratorRepository.enrol(connection, moderator.number(), hash, step);
            Sessions.Opened session = sessions.open(connection, moderator);
            log.write(connection, moderator, "enrolled", moderator.name(), "");
            return session;
        });
        if (opened == null) {
            throw Problem.INVALID_CODE.with(
                    "Enter the six digits the app shows now; if they are refused again, see to it that"
                            + " the clocks of both devices are right.");
        }
        attempts.succeeded(opened.moderator().name(), address);
        return opened;
    }

    /** Sets another password; all sessions end, and the one that is begun replaces that of whoever asks. */
    public Sessions.Opened changePassword(
            Moderator moderator, @Nullable String former, @Nullable String password, InetAddress address) {
        attempts.spend(moderator.name(), address);
        String chosen = Objects.requireNonNullElse(password, "");
        Passwords.check(chosen, moderator.name());
        Optional<Account> asked =
                store.readPromptly(connection -> ModeratorRepository.byName(connection, moderator.name()));
        String hash = asked.map(Account::password).orElse(null);
        boolean right = passwords.matches(hash, Objects.requireNonNullElse(former, ""));
        String newHash = right ? passwords.hash(chosen) : "";
        Sessions.Opened opened = store.<Sessions.@Nullable Opened>inTransaction(connection -> {
            Optional<Account> now = ModeratorRepository.lock(connection, moderator.number());
            if (!right || now.isEmpty() || !Objects.equals(now.get().password(), hash)) {
                return null;
            }
            ModeratorRepository.setPassword(connection, moderator.number(), newHash);
            Sessions.endAll(connection, moderator.number());
            Sessions.Opened session = sessions.open(connection, now.get().moderator());
            log.write(connection, moderator, "password-changed", moderator.name(), "");
            return session;
        });
        if (opened == null) {
            throw Problem.SIGN_IN_REFUSED.with("The former password is wrong.");
        }
        return opened;
    }

    private Account invited(Connection connection, @Nullable String invitation) throws SQLException {
        byte[] hash = Token.hash(Objects.requireNonNullElse(invitation, "").strip());
        return ModeratorRepository.lockByInvitation(connection, hash)
                .filter(account ->
                        account.closedAt() == null && Objects.requireNonNullElse(account.invitedUntil(), 0L) > now())
                .orElseThrow(() -> Problem.SIGN_IN_REFUSED.with(
                        "The invitation is wrong, was used, or has ended after its day. An operator makes another."));
    }

    private static byte[] secretOf(Account account) {
        byte[] secret = account.totpSecret();
        if (secret == null) {
            throw Problem.SIGN_IN_REFUSED.with(
                    "Enter the invitation first: it tells what to set up the authenticator with.");
        }
        return secret;
    }

    private static Enrolment enrolment(Account account, byte[] secret) {
        Moderator moderator = account.moderator();
        return new Enrolment(
                moderator.name(), moderator.role().id(), Totp.written(secret), Totp.address(moderator.name(), secret));
    }

    /** Seconds to wait after so many wrong codes in a row. */
    private static long wait(int wrongCodes) {
        if (wrongCodes <= WRONG_CODES_FREE) {
            return 0;
        }
        long wait = SHORTEST_WAIT.toSeconds() << Math.min(wrongCodes - WRONG_CODES_FREE - 1, 10);
        return Math.min(wait, LONGEST_WAIT.toSeconds());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
