package org.fairfollow.operations;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.fairfollow.reporter.Tokens;

/** Lets keys that other instances issue or revoke open or close here soon: a revocation must show within a minute. */
@ApplicationScoped
class TokenRenewal {
    private final Tokens tokens;

    TokenRenewal(Tokens tokens) {
        this.tokens = tokens;
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void renew() {
        tokens.renew();
    }
}
