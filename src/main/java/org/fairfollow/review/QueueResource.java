package org.fairfollow.review;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Access;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ledger.Waiting;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;

/** {@code GET /v1/moderation/queue}: accounts with something held against them, the weightiest evidence first. */
@Path("/v1/moderation/queue")
public class QueueResource {
    private static final int MOST = 500;

    private final Store store;
    private final Ledger ledger;
    private final Directory directory;

    QueueResource(Store store, Ledger ledger, Directory directory) {
        this.store = store;
        this.ledger = ledger;
        this.directory = directory;
    }

    /** @param logOdds what the order is made from; it never publishes anything */
    public record Entry(AccountJson account, double logOdds, List<Held> verdicts) {}

    public record Held(Practice practice, Standing standing, double weight, String statement) {}

    public record Queue(List<Entry> accounts) {}

    @GET
    @Access(Access.Caller.OPERATOR)
    @Produces(MediaType.APPLICATION_JSON)
    public Response queue(@QueryParam("limit") @DefaultValue("50") String asked) {
        int limit = limit(asked);
        Queue queue = store.readPromptly(connection -> {
            List<Waiting> waiting = ledger.waiting(connection, limit);
            List<Integer> ids = waiting.stream().map(Waiting::accountId).toList();
            Map<Integer, Account> accounts = directory.load(connection, ids);
            Map<Integer, List<Verdict>> verdicts = ledger.of(connection, ids);
            List<Entry> entries = new ArrayList<>();
            for (Waiting one : waiting) {
                Account account = accounts.get(one.accountId());
                if (account != null) {
                    List<Verdict> held = Objects.requireNonNullElse(verdicts.get(one.accountId()), List.of());
                    entries.add(new Entry(
                            AccountJson.of(account),
                            one.logOdds(),
                            held.stream().map(QueueResource::held).toList()));
                }
            }
            return new Queue(entries);
        });
        return Response.ok(queue).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static int limit(String asked) {
        int limit = asked.matches("[0-9]{1,4}") ? Integer.parseInt(asked) : 0;
        if (limit < 1 || limit > MOST) {
            throw Problem.INVALID_LIMIT.with("Ask for 1 to " + MOST + " accounts.");
        }
        return limit;
    }

    private static Held held(Verdict verdict) {
        return new Held(
                verdict.finding().practice(),
                verdict.standing(),
                verdict.finding().weight(),
                verdict.finding().statement());
    }
}
