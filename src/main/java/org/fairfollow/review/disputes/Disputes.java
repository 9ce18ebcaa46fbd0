package org.fairfollow.review.disputes;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.http.Problem;
import org.fairfollow.network.ProfileText;
import org.fairfollow.network.Profiles;
import org.fairfollow.network.Refusal;
import org.fairfollow.reporter.DisputeToken;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.Decision;
import org.fairfollow.verdict.Decisions;
import org.fairfollow.verdict.Ledger;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Disputes: anybody can open one, on any account, and nothing comes of it until a code stands in that account's own profile. Then
 * what is asked for happens in the transaction that says so.
 */
@ApplicationScoped
public class Disputes {
    /** Time to put the code into the profile. */
    static final Duration PROVEN_WITHIN = Duration.ofDays(7);
    /** A browser that was there comes back without the key. */
    static final Duration COOKIE_KEPT = Duration.ofDays(60);
    /** Time for a moderator to look for it. */
    private static final Duration LOOKED_AT_WITHIN = Duration.ofDays(30);
    /** So long after it was opened a lost answer can be had again. */
    private static final Duration ANSWER_KEPT = Duration.ofHours(48);
    /** After it expired, so that whoever opened it reads that it did. */
    private static final Duration UNPROVEN_KEPT = Duration.ofDays(1);
    /** After it was taken back or the account erased. */
    private static final Duration ENDED_KEPT = Duration.ofDays(30);
    /** Longer than the verdict it is about can last without newer evidence. */
    private static final Duration PROVEN_KEPT = Duration.ofDays(400);
    /** Disputes in one transaction. */
    private static final int ROWS_AT_ONCE = 500;
    /** A handle seen longer ago may be another's now; as long as the directory believes so. */
    private static final Duration HANDLE_HOLDS = Duration.ofDays(7);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] NO_HASH = new byte[32];
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

    private final Store store;
    private final DisputeRepository disputes;
    private final Decisions decisions;
    private final Ledger ledger;
    private final Directory directory;
    private final Measurements measurements;
    private final Profiles profiles;
    private final Clock clock;

    Disputes(
            Store store,
            DisputeRepository disputes,
            Decisions decisions,
            Ledger ledger,
            Directory directory,
            Measurements measurements,
            Profiles profiles,
            Clock clock) {
        this.store = store;
        this.disputes = disputes;
        this.decisions = decisions;
        this.ledger = ledger;
        this.directory = directory;
        this.measurements = measurements;
        this.profiles = profiles;
        this.clock = clock;
    }

    /** @param secretToken known only now */
    record Opened(Dispute dispute, String secretToken) {}

    /**
     * Opens a dispute. It says nothing of what is held: that is told by look-ups, or once control is proven.
     *
     * @param rebuttal as it was sent; may be null for an objection
     * @param retry the same for the same call; null if it is not said which call it is
     */
    Opened open(
            AccountName account,
            List<Practice> practices,
            DisputeKind kind,
            @Nullable String rebuttal,
            @Nullable String retry) {
        String words = rebuttal == null && kind == DisputeKind.OBJECTION ? null : Rebuttal.read(rebuttal);
        long now = now();
        return store.inTransaction(connection -> {
            // An account is its native id: whoever has its handle tomorrow proves nothing for it.
            Account known = directory.find(connection, account).orElse(null);
            AccountName bound = known != null && known.nativeId() != null
                    ? nativeName(account.network(), known.nativeId())
                    : account;
            String token = retry == null ? DisputeToken.random() : DisputeToken.of(disputes.key(connection), retry);
            byte[] hash = DisputeToken.hash(token);
            byte[] id = new byte[8];
            RANDOM.nextBytes(id);
            Dispute fresh = new Dispute(
                    0,
                    HexFormat.of().formatHex(id),
                    hash,
                    bound,
                    null,
                    kind,
                    DisputeState.OPEN,
                    Code.random(),
                    words,
                    false,
                    now,
                    now + PROVEN_WITHIN.toSeconds(),
                    0,
                    0,
                    List.copyOf(new TreeSet<>(practices)));
            if (disputes.insert(connection, fresh)) {
                return new Opened(fresh, token);
            }
            Dispute first = disputes.findByToken(connection, hash).orElseThrow();
            boolean stillTold =
                    first.state(now) == DisputeState.OPEN && now < first.openedAt() + ANSWER_KEPT.toSeconds();
            if (!stillTold) {
                throw Problem.DISPUTE_ENDED.with(
                        "This call opened a dispute before, which has gone on since. Go on with"
                                + " the token it gave, or open another one under another Idempotency-Key.");
            }
            return new Opened(first, token);
        });
    }

    /** The dispute this token opens; others and none look the same. */
    Dispute find(String id, byte[] tokenHash) {
        return store.readPromptly(connection -> mine(disputes.find(connection, id), tokenHash));
    }

    /** The dispute a token opens, for those who have nothing but it. */
    Optional<Dispute> find(byte[] tokenHash) {
        return store.readPromptly(connection -> disputes.findByToken(connection, tokenHash));
    }

    /**
     * Looks for the code in the profile. Doing it again when it is proven changes nothing.
     *
     * @throws RuntimeException a {@link Problem} that says what is wrong with the proof
     */
    Dispute prove(String id, byte[] tokenHash) {
        Dispute dispute = find(id, tokenHash);
        DisputeState state = dispute.state(now());
        if (state == DisputeState.PROVEN || state == DisputeState.AWAITING_MODERATOR) {
            return dispute;
        }
        requireOpen(state);
        // Outside any transaction: a slow profile must hold up nobody else.
        switch (profiles.read(dispute.account())) {
            case ProfileText.Found found -> {
                AccountName owner = nativeName(dispute.account().network(), found.nativeId());
                if (!dispute.account().isHandle() && !owner.equals(dispute.account())) {
                    throw Problem.NOT_PROVEN.with(
                            "This handle is another account's now, which proves nothing for this one.");
                }
                if (!Code.standsIn(found.text(), dispute.code())) {
                    throw Problem.NOT_PROVEN.with(
                            "The code " + dispute.code()
                                    + " does not stand in the profile yet. Save it there and check again; networks may take a minute.");
                }
                return store.inTransaction(connection -> prove(connection, id, tokenHash, owner));
            }
            case ProfileText.Refused refused
            when refused.reason() == Refusal.NO_PUBLIC_API -> {
                return store.inTransaction(connection -> {
                    Dispute now = mine(disputes.lock(connection, id), tokenHash);
                    if (now.state(now()) == DisputeState.OPEN) {
                        disputes.set(
                                connection, now, DisputeState.AWAITING_MODERATOR, now() + LOOKED_AT_WITHIN.toSeconds());
                    }
                    return mine(disputes.find(connection, id), tokenHash);
                });
            }
            case ProfileText.Refused refused ->
                throw Problem.NOT_PROVEN.with(
                        switch (refused.reason()) {
                            case NOT_PUBLIC ->
                                "The profile is not public, so the code cannot be seen. Make it public for a moment.";
                            case ANOTHER_ACCOUNT ->
                                "The network tells of another account there, which proves nothing for this one.";
                            default ->
                                "The profile cannot be read there ("
                                        + refused.reason().id() + ").";
                        });
            case ProfileText.Gone gone ->
                throw Problem.NOT_PROVEN.with(
                        "The network says that there is no such account, so nobody can prove it is theirs.");
            case ProfileText.Unreachable unreachable -> {
                long seconds = Math.max(1, unreachable.retryAfter().toSeconds());
                throw Problem.PROFILE_UNREACHABLE.with(
                        "The network did not answer. Check again in " + seconds + " s; the code stays valid.", seconds);
            }
        }
    }

    /** @param owner who the network says has the code in the profile; by native id */
    private Dispute prove(Connection connection, String id, byte[] tokenHash, AccountName owner) throws SQLException {
        Dispute dispute = mine(disputes.lock(connection, id), tokenHash);
        DisputeState state = dispute.state(now());
        if (state == DisputeState.PROVEN) {
            return dispute;
        }
        requireOpen(state);
        proven(connection, dispute, owner);
        return mine(disputes.find(connection, id), tokenHash);
    }

    /**
     * A dispute that waits for a moderator to look for the code by eye.
     *
     * @param since when its owner said that the code stands there, Unix epoch seconds
     * @param until when it ends if nobody looks
     */
    public record Awaiting(
            String id,
            AccountName account,
            String profileUrl,
            String code,
            DisputeKind kind,
            List<Practice> practices,
            long since,
            long until) {}

    /** Those whose profile no program may read, the longest waiting first. */
    List<Awaiting> awaitingProof(Connection connection, int limit) throws SQLException {
        return disputes.waiting(connection, now(), limit).stream()
                .map(dispute -> new Awaiting(
                        dispute.id(),
                        dispute.account(),
                        profileUrl(dispute.account()),
                        dispute.code(),
                        dispute.kind(),
                        dispute.practices(),
                        dispute.expiresAt() - LOOKED_AT_WITHIN.toSeconds(),
                        dispute.expiresAt()))
                .toList();
    }

    /** How many those are. */
    int countAwaitingProof(Connection connection) throws SQLException {
        return disputes.countWaiting(connection, now());
    }

    /**
     * A moderator saw the code in the profile {@link Awaiting#profileUrl} leads to.
     *
     * @return the dispute as it was; empty if it is proven already
     */
    Optional<Dispute> proved(Connection connection, String id) throws SQLException {
        Optional<Dispute> dispute = awaiting(connection, id, DisputeState.PROVEN);
        if (dispute.isPresent()) {
            proven(connection, dispute.get(), dispute.get().account());
        }
        return dispute;
    }

    /**
     * A moderator did not find the code: the owner may place it again.
     *
     * @return the dispute as it was; empty if it is open already
     */
    Optional<Dispute> notProved(Connection connection, String id) throws SQLException {
        Optional<Dispute> dispute = awaiting(connection, id, DisputeState.OPEN);
        if (dispute.isPresent()) {
            disputes.set(connection, dispute.get(), DisputeState.OPEN, now() + PROVEN_WITHIN.toSeconds());
        }
        return dispute;
    }

    /** The dispute that waits under this id, whatever somebody sent as one; empty if it came to {@code outcome} already. */
    private Optional<Dispute> awaiting(Connection connection, String id, DisputeState outcome) throws SQLException {
        Dispute dispute = (ID.matcher(id).matches() ? disputes.lock(connection, id) : Optional.<Dispute>empty())
                .orElseThrow(() -> Problem.NOT_FOUND.with("Take the ids of proofs from GET /v1/moderation/proofs."));
        DisputeState state = dispute.state(now());
        if (state == outcome) {
            return Optional.empty();
        }
        if (state != DisputeState.AWAITING_MODERATOR) {
            throw Problem.DISPUTE_ENDED.with(
                    "This dispute is " + state.id() + " by now; nobody has to look for its code.");
        }
        return Optional.of(dispute);
    }

    /** The owner says it in other words, once. */
    Dispute rewrite(String id, byte[] tokenHash, @Nullable String raw) {
        String words = Rebuttal.read(raw);
        return store.inTransaction(connection -> {
            Dispute dispute = mine(disputes.lock(connection, id), tokenHash);
            DisputeState state = dispute.state(now());
            if (words.equals(dispute.rebuttal())) {
                return dispute;
            }
            if (dispute.rewritten() || dispute.kind() != DisputeKind.CONTEST) {
                throw Problem.DISPUTE_ENDED.with(
                        "The words of a contest can be changed once; these were, or there are none.");
            }
            if (state != DisputeState.PROVEN) {
                requireOpen(state == DisputeState.AWAITING_MODERATOR ? DisputeState.OPEN : state);
            }
            disputes.rewrite(connection, dispute, words);
            Integer account = accountNow(connection, dispute);
            if (state == DisputeState.PROVEN && account != null) {
                for (Practice practice : dispute.practices()) {
                    if (disputes.isNewest(connection, dispute, practice)
                            && decisions.of(connection, account, practice).rebuttal() != null) {
                        decisions.contest(connection, account, practice, words);
                    }
                }
            }
            return mine(disputes.find(connection, id), tokenHash);
        });
    }

    /** The owner takes it back; what a moderator ruled stays. */
    void withdraw(String id, byte[] tokenHash) {
        store.inTransaction(connection -> {
            Dispute dispute = mine(disputes.lock(connection, id), tokenHash);
            Integer account = accountNow(connection, dispute);
            if (dispute.state(now()) == DisputeState.PROVEN && account != null) {
                for (Practice practice : dispute.practices()) {
                    if (!disputes.isNewest(connection, dispute, practice)) {
                        continue; // What was said since stands.
                    }
                    if (dispute.kind() == DisputeKind.CONTEST) {
                        decisions.takeBackContest(connection, account, practice);
                    } else {
                        decisions.takeBackObjection(connection, account, practice);
                    }
                }
            }
            if (dispute.stored() != DisputeState.WITHDRAWN && dispute.stored() != DisputeState.ERASED) {
                disputes.end(connection, dispute, DisputeState.WITHDRAWN, now());
            }
            return null;
        });
    }

    /** Deletes disputes that are past keeping. */
    public void forget() {
        long now = now();
        int deleted;
        do {
            deleted = store.inTransaction(connection -> disputes.forget(
                    connection,
                    now - UNPROVEN_KEPT.toSeconds(),
                    now - ENDED_KEPT.toSeconds(),
                    now - PROVEN_KEPT.toSeconds(),
                    ROWS_AT_ONCE));
        } while (deleted == ROWS_AT_ONCE);
    }

    private void proven(Connection connection, Dispute dispute, AccountName owner) throws SQLException {
        // Before anything of it is read: what is ruled or judged meanwhile is not answered unseen.
        ledger.head(connection);
        Account subject = subject(connection, dispute, owner);
        if (dispute.kind() == DisputeKind.CONTEST) {
            // What is contested is looked at anew. Who objects to being looked at is not.
            measurements.ask(
                    connection, owner, directory.find(connection, owner).orElse(null));
        }
        if (subject == null) {
            disputes.prove(connection, dispute, owner, null, 0, now());
            return;
        }
        Map<Practice, Decision> decided = decisions.of(connection, subject.id());
        for (Verdict verdict : ledger.of(connection, subject.id())) {
            Practice practice = verdict.finding().practice();
            if (!dispute.practices().contains(practice) || !isAnswerable(verdict)) {
                continue;
            }
            if (dispute.kind() == DisputeKind.CONTEST) {
                decisions.contest(connection, subject.id(), practice, Objects.requireNonNull(dispute.rebuttal()));
            } else if (!wasUpheldAgainstAnObjection(connection, subject.id(), practice, decided.get(practice))) {
                decisions.object(connection, subject.id(), practice);
            }
        }
        long newest = decisions.rulings(connection, subject.id()).stream()
                .mapToLong(Decisions.RulingMade::id)
                .max()
                .orElse(0);
        disputes.prove(connection, dispute, owner, subject.id(), newest, now());
    }

    /** Whether something is held that an owner can answer, be it hidden now. */
    static boolean isAnswerable(Verdict verdict) {
        return verdict.standing().isAdverse() || verdict.decision().isHidden();
    }

    /** Who was heard once and refused would else hide a verdict for ever, objection after objection. */
    private boolean wasUpheldAgainstAnObjection(
            Connection connection, int account, Practice practice, @Nullable Decision decision) throws SQLException {
        if (decision == null || decision.outcome() != Ruling.CONFIRM) {
            return false;
        }
        return disputes.wasObjectedTo(connection, account, practice, decision.ruledAt());
    }

    /**
     * Whom the proof is for: the account with the owner's native id; or, while nobody knows the id of whoever is called so, the
     * provisional account that was seen under the handle lately.
     */
    private @Nullable Account subject(Connection connection, Dispute dispute, AccountName owner) throws SQLException {
        Account own = directory.find(connection, owner).orElse(null);
        Account named = directory
                .find(connection, dispute.account())
                .filter(account ->
                        account.nativeId() == null && account.handleVerifiedAt() >= now() - HANDLE_HOLDS.toSeconds())
                .orElse(null);
        List<Account> candidates = new ArrayList<>();
        if (own != null && (own.nativeId() != null || owner.isHandle())) {
            candidates.add(own);
        }
        if (named != null && (own == null || named.id() != own.id())) {
            candidates.add(named);
        }
        for (Account candidate : candidates) {
            if (ledger.of(connection, candidate.id()).stream().anyMatch(Disputes::isAnswerable)) {
                return candidate;
            }
        }
        return candidates.isEmpty() ? null : candidates.getFirst();
    }

    /** An account that was known by its handle alone may have become another since; what was decided went along. */
    private @Nullable Integer accountNow(Connection connection, Dispute dispute) throws SQLException {
        Integer account = dispute.accountId();
        return account == null
                ? null
                : directory.mergedInto(connection, List.of(account)).getOrDefault(account, account);
    }

    private static void requireOpen(DisputeState state) {
        if (state != DisputeState.OPEN) {
            throw Problem.DISPUTE_ENDED.with("This dispute is " + state.id() + ". Open another one.");
        }
    }

    /** The same for one that is another's and one that is not there, and the same work. */
    static Dispute mine(Optional<Dispute> found, byte[] tokenHash) {
        boolean opens = DisputeToken.isSame(found.map(Dispute::tokenHash).orElse(NO_HASH), tokenHash);
        return found.filter(dispute -> opens).orElseThrow(Disputes::notThere);
    }

    private static RuntimeException notThere() {
        return Problem.NOT_FOUND.with("There is no dispute with this id that this token opens.");
    }

    static String profileUrl(AccountName name) {
        return name.network().profileUrl(name.isHandle() ? name.value() : null, name.isHandle() ? null : name.value());
    }

    private static AccountName nativeName(Network network, String nativeId) {
        return new AccountName(network, AccountName.Kind.NATIVE_ID, nativeId);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
