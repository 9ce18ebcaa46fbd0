package org.fairfollow.reporter;

import com.github.benmanes.caffeine.cache.Ticker;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fairfollow.reporter.QuotaReplicaRepository.Row;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jspecify.annotations.Nullable;

/**
 * Lets quotas hold across instances: each tells the others, by way of the database, what its callers spent in the last second,
 * and charges what they tell to its own buckets ({@code docs/adr/0023-shared-quotas.md}).
 *
 * <p>Letters are sealed with a secret that whoever joined first draws and hands to the others, sealed for each of them; the
 * database holds nothing that opens them. An instance that hears of nobody counts alone: at its start for two or three seconds,
 * and while the database is away.
 */
@ApplicationScoped
public class SharedQuotas {
    /** Of rows, invitations and letters. What is written in another one is passed over, so old and new count apart for a while. */
    private static final int FORMAT = 1;
    /** Whoever did not write for so long is not waited for; and so long letters stay, for those who missed one. */
    private static final Duration PRESENT = Duration.ofSeconds(10);
    /** After so long without a word a row is deleted. */
    private static final Duration LAPSED = Duration.ofSeconds(30);
    /** How often an instance that has nobody to tell says that it is there. */
    private static final Duration PRESENCE = Duration.ofSeconds(4);

    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Quotas quotas;
    private final Store store;
    private final Ticker ticker;
    private final byte[] self = new byte[ID_BYTES];
    private final QuotaInvitation invitation = new QuotaInvitation();
    private final Deque<Letter> letters = new ArrayDeque<>();
    /** By id in hex. */
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private List<Row> others = List.of();
    private boolean leading = true;
    private long letterNumber;
    private @Nullable Long wroteAt;
    private boolean stopped;

    SharedQuotas(Quotas quotas, Store store, Ticker ticker) {
        this.quotas = quotas;
        this.store = store;
        this.ticker = ticker;
        RANDOM.nextBytes(self);
    }

    /** @param madeAt by the ticker */
    private record Letter(long number, byte[] sealed, long madeAt) {}

    /**
     * @param newest number of the last letter that was charged
     * @param at when it came, by the ticker
     */
    private record Heard(long newest, long at) {}

    /** How many instances count together, this one among them: 1 while it counts alone. */
    public int replicas() {
        long now = ticker.read();
        return 1
                + (int) heard.values().stream()
                        .filter(other -> now - other.at < PRESENT.toNanos())
                        .count();
    }

    /**
     * Charges what others told and tells them what was spent here; to be done every second.
     *
     * @throws DatabaseAwayException what was spent is told when it is back, unless that takes longer than a letter lasts
     */
    public synchronized void exchange() {
        if (stopped) {
            return;
        }
        List<Spent> spent = quotas.spent();
        try {
            read();
        } finally {
            if (!others.isEmpty()) {
                seal(spent);
            }
        }
        Long wrote = wroteAt;
        if (!others.isEmpty() || wrote == null || ticker.read() - wrote >= PRESENCE.toNanos()) {
            write(false);
        }
    }

    /** Tells the last of what was spent here, and that somebody else is to lead. */
    synchronized void stop(@Observes ShutdownEvent event) {
        stopped = true;
        if (wroteAt == null || store.isAway()) {
            return;
        }
        seal(quotas.spent());
        try {
            write(true);
        } catch (DatabaseAwayException e) {
            Log.debug("Quotas are left without a last word while the database is away");
        }
    }

    private void read() {
        // The next second reads again: a slow answer is worth less than none.
        List<Row> rows = store.readPromptly(QuotaReplicaRepository::all);
        for (Row row : rows) {
            if (row.silentFor() >= LAPSED.toSeconds() && !isSelf(row)) {
                store.inTransaction(connection -> {
                    QuotaReplicaRepository.delete(connection, row.replica(), LAPSED.toSeconds());
                    return null;
                });
            }
        }
        List<Row> present = rows.stream()
                .filter(row -> row.format() == FORMAT && row.silentFor() < PRESENT.toSeconds())
                .toList();
        others = present.stream().filter(row -> !isSelf(row)).toList();
        agree(present);
        others.forEach(this::charge);
        forgetWhoIsGone();
    }

    /** Whoever joined first leads; all agree on that, for they read the same rows. */
    private void agree(List<Row> present) {
        Optional<Row> first = present.stream()
                .filter(row -> row.joinedAt() != null)
                .min(Comparator.comparingLong(SharedQuotas::joinedAt)
                        .thenComparing(Row::replica, Arrays::compareUnsigned));
        leading = first.isEmpty() || isSelf(first.get());
        if (leading) {
            quotas.lead();
            return;
        }
        Row leader = first.orElseThrow();
        QuotaSecret secret = find(leader.invitations(), leader);
        if (secret != null) {
            quotas.follow(secret);
        }
    }

    private static long joinedAt(Row row) {
        Long joinedAt = row.joinedAt();
        return joinedAt == null ? Long.MAX_VALUE : joinedAt;
    }

    /** Invitations are: for whom, how long, and the sealed secret, one after the other. */
    private @Nullable QuotaSecret find(byte[] invitations, Row leader) {
        ByteBuffer rest = ByteBuffer.wrap(invitations);
        try {
            while (rest.hasRemaining()) {
                byte[] guest = bytes(rest, ID_BYTES);
                byte[] sealed = bytes(rest, rest.getInt());
                if (Arrays.equals(guest, self)) {
                    return invitation.accept(sealed, leader.publicKey(), concat(leader.replica(), self));
                }
            }
        } catch (BufferUnderflowException e) {
            Log.warn("Invitations to share quotas are torn");
        }
        return null;
    }

    private byte[] invitations() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Row guest : others) {
            byte[] sealed = invitation.invite(quotas.secret(), guest.publicKey(), concat(self, guest.replica()));
            if (sealed != null) {
                all.writeBytes(guest.replica());
                all.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(sealed.length).array());
                all.writeBytes(sealed);
            }
        }
        return all.toByteArray();
    }

    /** Letters are: number, length, and what is sealed, one after the other; each is charged once. */
    private void charge(Row other) {
        String id = HexFormat.of().formatHex(other.replica());
        ByteBuffer rest = ByteBuffer.wrap(other.letters());
        try {
            while (rest.hasRemaining()) {
                long number = rest.getLong();
                byte[] sealed = bytes(rest, rest.getInt());
                Heard before = heard.get(id);
                byte[] told = before != null && number <= before.newest ? null : open(sealed, other.replica(), number);
                if (told != null) {
                    Spent.decode(told).forEach(quotas::charge);
                    heard.put(id, new Heard(number, ticker.read()));
                }
            }
        } catch (BufferUnderflowException e) {
            Log.warn("Letters on quotas are torn");
        }
    }

    private byte @Nullable [] open(byte[] sealed, byte[] replica, long number) {
        byte[] about = about(replica, number);
        byte[] told = quotas.secret().open(sealed, about);
        return told == null ? quotas.formerSecret().open(sealed, about) : told;
    }

    /** An empty one as well: it says that the two share a secret. */
    private void seal(List<Spent> spent) {
        long now = ticker.read();
        // Also after this instance was frozen: others forgot meanwhile which of them they charged.
        letters.removeIf(letter -> now - letter.madeAt >= PRESENT.toNanos());
        long number = ++letterNumber;
        letters.add(new Letter(number, quotas.secret().seal(Spent.encode(spent), about(self, number)), now));
    }

    private void write(boolean stopping) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Letter letter : letters) {
            all.writeBytes(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(letter.number)
                    .putInt(letter.sealed.length)
                    .array());
            all.writeBytes(letter.sealed);
        }
        byte[] invitations = leading && !stopping ? invitations() : new byte[0];
        store.inTransaction(connection -> {
            QuotaReplicaRepository.write(
                    connection, self, FORMAT, stopping, invitation.publicKey(), invitations, all.toByteArray());
            return null;
        });
        wroteAt = ticker.read();
    }

    /** Their letters are gone from the table long before. */
    private void forgetWhoIsGone() {
        long now = ticker.read();
        heard.values().removeIf(other -> now - other.at > 2 * LAPSED.toNanos());
    }

    private boolean isSelf(Row row) {
        return Arrays.equals(row.replica(), self);
    }

    private static byte[] about(byte[] replica, long number) {
        return ByteBuffer.allocate(ID_BYTES + Long.BYTES)
                .put(replica)
                .putLong(number)
                .array();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] bytes(ByteBuffer from, int count) {
        if (count < 0 || count > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }
}
