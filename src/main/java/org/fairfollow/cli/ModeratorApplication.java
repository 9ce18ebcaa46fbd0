package org.fairfollow.cli;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderators;
import org.fairfollow.reporter.Moderators.Invitation;
import org.fairfollow.reporter.Moderators.Told;
import org.fairfollow.store.Store.DatabaseAwayException;

/** Sees to the accounts of those who sign in, as {@link ModeratorCommand} was told. */
public final class ModeratorApplication implements QuarkusApplication {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Moderators moderators;
    private final AuditLog log;
    private final String publicUrl;

    ModeratorApplication(
            Moderators moderators, AuditLog log, @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        this.moderators = moderators;
        this.log = log;
        this.publicUrl = publicUrl;
    }

    @Override
    public int run(String... arguments) {
        try {
            return switch (arguments[0]) {
                case "add" -> invite(moderators.add(arguments[1], arguments[2], null));
                case "list" -> list();
                case "role" -> tell(moderators.changeRole(arguments[1], arguments[2], null));
                case "reset" -> reset(arguments[1]);
                case "close" -> close(arguments[1]);
                default -> checkLog();
            };
        } catch (HttpProblem e) {
            System.err.println("moderator: " + e.getTitle() + ". " + e.getDetail());
        } catch (DatabaseAwayException e) {
            System.err.println("moderator: the database is away. Do the same again when it is back.");
        }
        return 1;
    }

    private int invite(Invitation invitation) {
        System.out.println("Invitation for " + invitation.name() + ", " + invitation.role() + ", shown only this once: "
                + invitation.code());
        System.out.println("It is used at " + publicUrl + "/moderation/invitation until "
                + MINUTE.format(invitation.until()) + ".");
        return 0;
    }

    private int list() {
        moderators.all().forEach(account -> System.out.println(line(account)));
        return 0;
    }

    private int tell(Optional<Told> account) {
        if (account.isEmpty()) {
            return unknown();
        }
        System.out.println(line(account.get()));
        return 0;
    }

    private int reset(String name) {
        Optional<Invitation> invitation = moderators.reset(name, null);
        return invitation.isPresent() ? invite(invitation.get()) : unknown();
    }

    private int close(String name) {
        if (!moderators.close(name, null)) {
            return unknown();
        }
        System.out.println("The account is closed.");
        return 0;
    }

    private int checkLog() {
        AuditLog.Check check = log.check();
        if (check.broken() > 0) {
            System.err.println("moderator: of the log's " + check.entries() + " entries number " + check.broken()
                    + " is missing, or not what was written.");
            return 1;
        }
        System.out.println(check.entries() + " entries, all as they were written. Last hash: " + check.lastHash());
        return 0;
    }

    private static int unknown() {
        System.err.println(
                "moderator: there is no open account of that name; ./run moderator list shows those there are.");
        return 1;
    }

    private static String line(Told account) {
        return account.name() + "  " + account.role() + "  " + state(account);
    }

    private static String state(Told account) {
        Instant closed = account.closedAt();
        Instant invited = account.invitedUntil();
        if (closed != null) {
            return "closed " + MINUTE.format(closed);
        }
        if (invited != null) {
            return "invited until " + MINUTE.format(invited);
        }
        return "signs in";
    }
}
