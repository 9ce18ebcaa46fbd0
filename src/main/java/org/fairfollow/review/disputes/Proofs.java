package org.fairfollow.review.disputes;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairfollow.detection.Practice;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.store.Store;

/**
 * Proofs of control that no program may check: a moderator looks for the code by eye and says whether it stands there. What comes of
 * it and the log's entry are written together. Saying the same again changes nothing.
 */
@ApplicationScoped
public class Proofs {
    /** The longest waiting; whoever works them off comes to all. */
    private static final int MOST_SHOWN = 100;

    private final Store store;
    private final Disputes disputes;
    private final AuditLog log;

    Proofs(Store store, Disputes disputes, AuditLog log) {
        this.store = store;
        this.disputes = disputes;
        this.log = log;
    }

    /**
     * @param count of all that wait
     * @param first the longest waiting of them
     */
    public record Waiting(int count, List<Disputes.Awaiting> first) {}

    /** How far the dispute has come by what was said. */
    public record Decided(String id, DisputeState state) {}

    public Waiting waiting() {
        return store.readPromptly(connection ->
                new Waiting(disputes.countAwaitingProof(connection), disputes.awaitingProof(connection, MOST_SHOWN)));
    }

    public int count() {
        return store.readPromptly(disputes::countAwaitingProof);
    }

    /** The code stands there: what the owner asked for happens. */
    public Decided confirm(Moderator moderator, String id) {
        return store.inTransaction(connection -> {
            Optional<Dispute> dispute = disputes.proved(connection, id);
            if (dispute.isPresent()) {
                log.write(connection, moderator, "confirmed-proof", subject(id), line(dispute.get()));
            }
            return new Decided(id, DisputeState.PROVEN);
        });
    }

    /** It does not: the owner may place it and ask again. */
    public Decided refuse(Moderator moderator, String id) {
        return store.inTransaction(connection -> {
            Optional<Dispute> dispute = disputes.notProved(connection, id);
            if (dispute.isPresent()) {
                log.write(connection, moderator, "refused-proof", subject(id), line(dispute.get()));
            }
            return new Decided(id, DisputeState.OPEN);
        });
    }

    /** By nothing that tells whose it is, for the log outlives what is held of an account. */
    private static String subject(String id) {
        return "dispute " + id;
    }

    private static String line(Dispute dispute) {
        return dispute.kind().id()
                + dispute.practices().stream().map(Practice::id).collect(Collectors.joining(", ", ": ", ""));
    }
}
