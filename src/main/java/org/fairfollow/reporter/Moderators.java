package org.fairfollow.reporter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.ModeratorRepository.Account;
import org.fairfollow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of those who sign in, as an operator sees to them. Whatever takes something from an account ends its sessions in
 * the same transaction, and whatever is done is in the log.
 */
@ApplicationScoped
public class Moderators {
    private static final String INVITATION_PREFIX = "ffi_";
    private static final Duration INVITED_FOR = Duration.ofHours(24);
    /** Letters that look like nothing else: the names of colleagues are told apart in a log. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,31}");

    private final Store store;
    private final AuditLog log;
    private final Clock clock;

    Moderators(Store store, AuditLog log, Clock clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What is told of an account.
     *
     * @param enrolled whether password and authenticator are set
     * @param invitedUntil null while no invitation is open
     * @param closedAt null while it can be used
     */
    public record Told(
            String name,
            String role,
            boolean enrolled,
            @Nullable Instant invitedUntil,
            Instant madeAt,
            @Nullable Instant closedAt) {
        static Told of(Account account) {
            return new Told(
                    account.moderator().name(),
                    account.moderator().role().id(),
                    account.password() != null,
                    instant(account.invitedUntil()),
                    Instant.ofEpochSecond(account.madeAt()),
                    instant(account.closedAt()));
        }

        private static @Nullable Instant instant(@Nullable Long second) {
            return second == null ? null : Instant.ofEpochSecond(second);
        }
    }

    /** @param code to be given to the moderator, known only now */
    public record Invitation(String name, String role, String code, Instant until) {}

    /**
     * Makes an account. If the answer is lost so is the invitation: {@link #reset} makes another.
     *
     * @param by null for the operator token and for commands
     */
    public Invitation add(@Nullable String name, @Nullable String role, @Nullable Moderator by) {
        String canonical = name(name);
        Role wanted = role(role);
        return store.inTransaction(connection -> {
            if (!ModeratorRepository.insert(connection, canonical, wanted, now())) {
                throw Problem.NAME_TAKEN.with("Choose another name; a name is never given twice.");
            }
            Account made = ModeratorRepository.lockByName(connection, canonical).orElseThrow();
            return invite(connection, made.moderator(), by, "moderator-added");
        });
    }

    /** Password and authenticator open nothing from now on; a new invitation sets others. */
    public Optional<Invitation> reset(String name, @Nullable Moderator by) {
        return change(name, (connection, account) -> {
            Sessions.endAll(connection, account.moderator().number());
            return invite(connection, account.moderator(), by, "moderator-reset");
        });
    }

    /** Empty if there is no such account. */
    public Optional<Told> changeRole(String name, @Nullable String role, @Nullable Moderator by) {
        Role wanted = role(role);
        return change(name, (connection, account) -> {
            Moderator moderator = account.moderator();
            if (moderator.role() != wanted) {
                ModeratorRepository.setRole(connection, moderator.number(), wanted);
                Sessions.endAll(connection, moderator.number());
                log.write(
                        connection,
                        by,
                        "moderator-role",
                        moderator.name(),
                        moderator.role().id() + " to " + wanted.id());
            }
            return Told.of(
                    ModeratorRepository.lock(connection, moderator.number()).orElseThrow());
        });
    }

    /** Closes the account for good; doing it again changes nothing. False if there is no such account. */
    public boolean close(String name, @Nullable Moderator by) {
        return store.inTransaction(connection -> {
            Optional<Account> account = ModeratorRepository.lockByName(connection, canonical(name));
            if (account.isPresent() && account.get().closedAt() == null) {
                Moderator moderator = account.get().moderator();
                ModeratorRepository.close(connection, moderator.number(), now());
                Sessions.endAll(connection, moderator.number());
                log.write(connection, by, "moderator-closed", moderator.name(), "");
            }
            return account.isPresent();
        });
    }

    /** All accounts by name, closed ones too. */
    public List<Told> all() {
        return store.readPromptly(connection ->
                ModeratorRepository.all(connection).stream().map(Told::of).toList());
    }

    /** What a change of one open account brings. */
    @FunctionalInterface
    private interface Change<T> {
        T of(Connection connection, Account account) throws SQLException;
    }

    private <T> Optional<T> change(String name, Change<T> change) {
        return store.inTransaction(connection -> {
            Optional<Account> account = ModeratorRepository.lockByName(connection, canonical(name))
                    .filter(found -> found.closedAt() == null);
            return account.isPresent() ? Optional.of(change.of(connection, account.get())) : Optional.empty();
        });
    }

    private Invitation invite(Connection connection, Moderator moderator, @Nullable Moderator by, String action)
            throws SQLException {
        String code = Token.random(INVITATION_PREFIX);
        long until = now() + INVITED_FOR.toSeconds();
        ModeratorRepository.invite(connection, moderator.number(), Token.hash(code), until);
        log.write(connection, by, action, moderator.name(), moderator.role().id());
        return new Invitation(moderator.name(), moderator.role().id(), code, Instant.ofEpochSecond(until));
    }

    /** The name as it is kept, for people write it in any case; empty if nobody can be called so. */
    static String canonical(@Nullable String name) {
        String lower = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return NAME.matcher(lower).matches() ? lower : "";
    }

    private static String name(@Nullable String name) {
        String canonical = canonical(name);
        if (canonical.isEmpty()) {
            throw Problem.INVALID_MODERATOR.with(
                    "Give a name of 2 to 32 letters a to z, digits, points, hyphens and underscores that begins with a letter or digit.");
        }
        return canonical;
    }

    private static Role role(@Nullable String role) {
        return Arrays.stream(Role.values())
                .filter(one -> one.id().equals(role))
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_MODERATOR.with("Give one of the roles "
                        + Arrays.stream(Role.values()).map(Role::id).collect(Collectors.joining(", ")) + "."));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
