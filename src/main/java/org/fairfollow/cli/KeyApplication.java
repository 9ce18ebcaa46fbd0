package org.fairfollow.cli;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.QuarkusApplication;
import java.time.ZoneOffset;
import java.util.Optional;
import org.fairfollow.reporter.ApiKey;
import org.fairfollow.reporter.ApiKeys;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jspecify.annotations.Nullable;

/** Issues, lists or revokes keys, as {@link KeyCommand} was told. */
public final class KeyApplication implements QuarkusApplication {
    private static final int AT_ONCE = 500;

    private final ApiKeys keys;

    KeyApplication(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public int run(String... arguments) {
        try {
            switch (arguments[0]) {
                case "issue" -> issue(arguments[1], arguments.length > 2 ? Integer.valueOf(arguments[2]) : null);
                case "list" -> list();
                default -> {
                    return revoke(arguments[1]);
                }
            }
            return 0;
        } catch (HttpProblem e) {
            System.err.println("key: " + e.getTitle() + ". " + e.getDetail());
        } catch (DatabaseAwayException e) {
            System.err.println("key: the database is away. Do the same again when it is back.");
        }
        return 1;
    }

    private void issue(String label, @Nullable Integer requestsPerMinute) {
        ApiKeys.Issued issued = keys.issue(label, requestsPerMinute, null);
        System.out.println("API key, shown only this once: " + issued.secret());
        System.out.println(line(issued.key()));
    }

    private void list() {
        Optional<ApiKeys.Listing> page = keys.list(null, AT_ONCE);
        while (page.isPresent()) {
            page.get().keys().forEach(key -> System.out.println(line(key)));
            String next = page.get().next();
            page = next == null ? Optional.empty() : keys.list(next, AT_ONCE);
        }
    }

    private int revoke(String id) {
        if (keys.revoke(id, null)) {
            System.out.println("The key " + id + " is revoked.");
            return 0;
        }
        System.err.println("key: there is no key " + id + "; ./run key list shows those there are.");
        return 1;
    }

    private static String line(ApiKey key) {
        return key.id() + "  " + key.createdAt().atOffset(ZoneOffset.UTC).toLocalDate()
                + "  " + (key.requestsPerMinute() == null ? "default" : key.requestsPerMinute() + "/min")
                + "  " + key.label()
                + (key.revokedAt() == null
                        ? ""
                        : "  (revoked "
                                + key.revokedAt().atOffset(ZoneOffset.UTC).toLocalDate() + ")");
    }
}
