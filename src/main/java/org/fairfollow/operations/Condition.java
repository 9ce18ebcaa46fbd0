package org.fairfollow.operations;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.fairfollow.publication.ListManifest;
import org.fairfollow.publication.Publisher;
import org.fairfollow.publication.Snapshot;
import org.fairfollow.store.Store;

/** What the service can say of itself at once, from memory: what it serves, how old that is, and what is amiss. */
@ApplicationScoped
class Condition {
    private final Publisher publisher;
    private final Store store;
    private final Clock clock;

    Condition(Publisher publisher, Store store, Clock clock) {
        this.publisher = publisher;
        this.store = store;
        this.clock = clock;
    }

    /** The release that is served; empty until there is one. */
    Optional<ListManifest> served() {
        return publisher.current().map(Snapshot::manifest);
    }

    /** How long ago the release was published. It is old also when nothing changed since; see {@link #isStale}. */
    Duration age(ListManifest release) {
        Duration age = Duration.between(release.publishedAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Whether what is served may be behind the ledger. */
    boolean isStale() {
        return publisher.isStale();
    }

    /** Whether a release waits for the operator, because it would change more than the set share. */
    boolean isHeld() {
        return publisher.held().isPresent();
    }

    boolean isDatabaseUp() {
        return !store.isAway();
    }

    /** For how long the database has been there, or away. */
    Duration databaseSo() {
        return store.inThisState();
    }
}
