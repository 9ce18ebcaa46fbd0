package org.fairfollow.lookup;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import org.fairfollow.detection.Practice;
import org.fairfollow.publication.Payload;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.audit.Audits;

/** What audits found, held in memory: readers never wait for the database, and while it is away they get what was known. */
@ApplicationScoped
public class PracticeAudits {
    private final Store store;
    private final Audits audits;

    private volatile Known known = new Known(Map.of());

    PracticeAudits(Store store, Audits audits) {
        this.store = store;
        this.audits = audits;
    }

    /** With the bytes they make, so that nobody gets those of another moment. */
    private record Known(Map<Practice, Audited> audited, Payload json) {
        Known(Map<Practice, Audited> audited) {
            this(audited, Practices.json(audited));
        }
    }

    /**
     * Asks anew.
     *
     * @throws Store.DatabaseAwayException when it cannot be asked; what was known stays
     */
    public void renew() {
        Map<Practice, Audited> audited = new EnumMap<>(Practice.class);
        store.read(audits::published).forEach((practice, published) -> audited.put(practice, Audited.of(published)));
        if (!audited.equals(known.audited())) {
            known = new Known(audited);
        }
    }

    public Audited of(Practice practice) {
        return known.audited().getOrDefault(practice, Audited.UNKNOWN);
    }

    /** The body of {@code GET /v1/practices}. */
    Payload json() {
        return known.json();
    }
}
