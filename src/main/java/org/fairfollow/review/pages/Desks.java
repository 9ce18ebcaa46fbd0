package org.fairfollow.review.pages;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.Role;
import org.fairfollow.reporter.SessionToken;
import org.fairfollow.review.disputes.Proofs;

/** Sets up the {@link Desk} of whoever makes a call; it is open to those who signed in. */
@ApplicationScoped
class Desks {
    private final Proofs proofs;

    Desks(Proofs proofs) {
        this.proofs = proofs;
    }

    Desk of(RoutingContext call) {
        Moderator moderator = Moderator.of(call);
        boolean mayRule = moderator.role().includes(Role.MODERATOR);
        return new Desk(
                moderator.name(),
                moderator.role().id(),
                SessionToken.of(call).forForms(),
                mayRule,
                mayRule ? proofs.count() : 0);
    }
}
