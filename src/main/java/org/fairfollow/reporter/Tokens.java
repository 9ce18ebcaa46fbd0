package org.fairfollow.reporter;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.Caller.KeyHolder;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jspecify.annotations.Nullable;

/** Tells by its token who calls, from memory: nobody waits for the database to be let in. */
@ApplicationScoped
public class Tokens {
    private final OperatorToken operatorToken;
    private final ApiKeys keys;
    private final AtomicBoolean renewing = new AtomicBoolean();

    Tokens(OperatorToken operatorToken, ApiKeys keys) {
        this.operatorToken = operatorToken;
        this.keys = keys;
    }

    void start(@Observes StartupEvent event) {
        renew();
    }

    /** Reads what the database holds now; what was read before stays while it cannot be read. */
    public void renew() {
        if (!renewing.compareAndSet(false, true)) {
            return;
        }
        try {
            operatorToken.renew();
            keys.renew();
        } catch (DatabaseAwayException e) {
            Log.debug("Tokens are not renewed while the database is away");
        } catch (RuntimeException e) {
            if (keys.isKnown()) {
                Log.warn("Tokens could not be renewed; those known before still open", e);
            } else {
                // The tables may not be made yet.
                Log.info("Tokens cannot be read yet: " + e.getMessage());
            }
        } finally {
            renewing.set(false);
        }
    }

    /**
     * Who calls; throws a {@link Problem} when a token is given and opens nothing. All that is wrong with a token looks the
     * same and takes the same time.
     *
     * @param authorization the header; null if there is none
     */
    Caller callerOf(@Nullable String authorization) {
        if (authorization == null) {
            return Caller.ANONYMOUS;
        }
        byte[] hash = Token.hashIn(authorization);
        boolean operator = operatorToken.hasHash(hash);
        Optional<KeyHolder> holder = keys.find(hash);
        if (operator) {
            return Caller.OPERATOR;
        }
        if (holder.isPresent()) {
            return holder.get();
        }
        if (!operatorToken.isKnown() || !keys.isKnown()) {
            Thread.ofVirtual().name("token-renewal").start(this::renew);
            throw Problem.DATABASE_AWAY.with(
                    "Tokens cannot be checked yet; do the same again in a few seconds, or read without a token.");
        }
        throw unknown();
    }

    /** All that is wrong with a token, of whatever kind it is. */
    static RuntimeException unknown() {
        return Problem.UNAUTHORIZED.with(
                "Send a valid token as \"Authorization: Bearer …\", or leave out the header where none is needed.");
    }
}
