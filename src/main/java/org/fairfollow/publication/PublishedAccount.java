package org.fairfollow.publication;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fairfollow.account.Account;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.verdict.Standing;
import org.fairfollow.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * An account of which something is listed, in the form it is sent: its verdicts are JSON already. Written as one record, the same
 * in the database and in the snapshot on disk.
 *
 * @param accountId internal number of the account
 * @param version the release that last changed it
 * @param handle the handle it is listed under; null when none is verified
 * @param asOf when it was last judged, Unix epoch seconds
 * @param verdicts in the order of the practices; at least one is listed
 */
public record PublishedAccount(
        int accountId,
        long version,
        Network network,
        @Nullable String handle,
        @Nullable String nativeId,
        long asOf,
        List<Told> verdicts) {

    /** A verdict in JSON. What is not listed shows at most as signs. */
    public record Told(Practice practice, boolean listed, byte[] json) {

        /** The verdict read back, for those who need more than its bytes. */
        public VerdictJson read() {
            return Payload.read(json, VerdictJson.class);
        }
    }

    private static final byte FORMAT = 2;
    static final int DIGEST_BYTES = 16;
    private static final byte[] ACCOUNT = ascii("\",\"account\":");
    private static final byte[] VERDICTS = ascii(",\"verdicts\":[");
    private static final byte[] END = ascii("]}");

    /** Null when nothing of it is listed. */
    static @Nullable PublishedAccount of(Account account, List<Verdict> held, long version) {
        List<Told> told = new ArrayList<>();
        String handle = null;
        boolean listed = false;
        long asOf = 0;
        List<Verdict> inOrder = held.stream()
                .sorted(Comparator.comparing(verdict -> verdict.finding().practice()))
                .toList();
        for (Verdict verdict : inOrder) {
            boolean published = verdict.standing().isListed();
            if (published && !listed && Objects.equals(verdict.handle(), account.handle())) {
                // Only a handle that it was judged under and still holds.
                handle = verdict.handle();
            }
            listed |= published;
            asOf = Math.max(asOf, verdict.asOf());
            told.add(new Told(verdict.finding().practice(), published, Payload.jsonBytes(VerdictJson.of(verdict))));
        }
        return listed && (handle != null || account.nativeId() != null)
                ? new PublishedAccount(account.id(), version, account.network(), handle, account.nativeId(), asOf, told)
                : null;
    }

    /** A verdict as it may be shown while it is not listed. */
    public static Verdict unlisted(Verdict verdict) {
        return verdict.standing().isListed() ? verdict.with(Standing.SIGNS) : verdict;
    }

    public AccountJson account() {
        return new AccountJson(network.id(), handle, nativeId, network.profileUrl(handle, nativeId));
    }

    List<Told> listed() {
        return verdicts.stream().filter(Told::listed).toList();
    }

    /**
     * This account without what {@code next} no longer lists; what is new in {@code next} does not show yet. Null when nothing
     * is left.
     */
    @Nullable
    PublishedAccount withdrawnTo(@Nullable PublishedAccount next, long inVersion) {
        if (next == null) {
            return null;
        }
        List<Told> left = verdicts.stream()
                .filter(told -> !told.listed
                        || next.verdicts.stream().anyMatch(now -> now.listed && now.practice == told.practice))
                .toList();
        String handleLeft = Objects.equals(handle, next.handle) ? handle : null;
        boolean named = handleLeft != null || nativeId != null;
        return named && left.stream().anyMatch(Told::listed)
                ? new PublishedAccount(accountId, inVersion, network, handleLeft, nativeId, asOf, left)
                : null;
    }

    /** The hashes it is listed under: of its native id, then of its handle. */
    List<AccountHash> hashes() {
        List<AccountHash> hashes = new ArrayList<>(2);
        if (nativeId != null) {
            hashes.add(new AccountName(network, AccountName.Kind.NATIVE_ID, nativeId).hash());
        }
        if (handle != null) {
            hashes.add(new AccountName(network, AccountName.Kind.HANDLE, handle).hash());
        }
        return hashes;
    }

    /** Whether it says the same, whichever release said it. */
    boolean saysTheSameAs(PublishedAccount other) {
        return accountId == other.accountId
                && network == other.network
                && Objects.equals(handle, other.handle)
                && Objects.equals(nativeId, other.nativeId)
                && verdicts.size() == other.verdicts.size()
                && IntStream.range(0, verdicts.size()).allMatch(i -> same(i, other));
    }

    private boolean same(int i, PublishedAccount other) {
        Told one = verdicts.get(i);
        Told two = other.verdicts.get(i);
        return one.practice == two.practice && one.listed == two.listed && Arrays.equals(one.json, two.json);
    }

    /** The record; {@link Stored} reads parts of it in place. What is listed stands in the entry and is not written again. */
    byte[] toBytes() {
        byte[] entry = entry();
        List<AccountHash> hashes = hashes();
        byte[] networkId = ascii(network.id());
        byte[] handleBytes = optional(handle);
        byte[] nativeBytes = optional(nativeId);
        int size = 1 + 4 + 8 + 8 + DIGEST_BYTES + 1 + hashes.size() * AccountHash.BYTES + 4 + entry.length;
        size += 4 + 2 + networkId.length + 2 + handleBytes.length + 2 + nativeBytes.length + 1;
        int firstListed = entry.length - END.length + 1;
        List<byte[]> practices = new ArrayList<>();
        for (Told told : verdicts) {
            byte[] practice = ascii(told.practice.id());
            practices.add(practice);
            size += 1 + 2 + practice.length + 4 + (told.listed ? 0 : told.json.length);
            firstListed -= told.listed ? told.json.length + 1 : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(FORMAT).putInt(accountId).putLong(version).putLong(asOf).put(digest(entry));
        out.put((byte) hashes.size());
        hashes.forEach(hash -> out.put(hash.bytes()));
        out.putInt(entry.length).put(entry).putInt(firstListed);
        put(out, networkId);
        put(out, handleBytes);
        put(out, nativeBytes);
        out.put((byte) verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            Told told = verdicts.get(i);
            out.put((byte) (told.listed ? 1 : 0));
            put(out, practices.get(i));
            out.putInt(told.json.length).put(told.json, 0, told.listed ? 0 : told.json.length);
        }
        return out.array();
    }

    /** What stands in a range after the hash; the hash stands before it. */
    private byte[] entry() {
        byte[] account = Payload.jsonBytes(account());
        List<Told> listed = listed();
        int size = ACCOUNT.length + account.length + VERDICTS.length + END.length + listed.size() - 1;
        for (Told told : listed) {
            size += told.json.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(ACCOUNT).put(account).put(VERDICTS);
        for (int i = 0; i < listed.size(); i++) {
            if (i > 0) {
                out.put((byte) ',');
            }
            out.put(listed.get(i).json);
        }
        return out.put(END).array();
    }

    /** @throws IllegalArgumentException when the bytes are no such record */
    static PublishedAccount of(ByteBuffer in) {
        try {
            require(in.get() == FORMAT);
            int accountId = in.getInt();
            long version = in.getLong();
            long asOf = in.getLong();
            in.position(in.position() + DIGEST_BYTES);
            int hashes = in.get();
            in.position(in.position() + hashes * AccountHash.BYTES);
            int entry = in.getInt();
            int entryAt = in.position();
            in.position(entryAt + entry);
            int listedAt = entryAt + in.getInt();
            Network network = Network.of(String.valueOf(string(in))).orElseThrow(IllegalArgumentException::new);
            String handle = string(in);
            String nativeId = string(in);
            List<Told> verdicts = new ArrayList<>();
            for (int count = in.get(); count > 0; count--) {
                boolean listed = in.get() == 1;
                Optional<Practice> practice = Practice.of(String.valueOf(string(in)));
                byte[] json = new byte[in.getInt()];
                if (listed) {
                    in.get(listedAt, json);
                    listedAt += json.length + 1;
                } else {
                    in.get(json);
                }
                // One that this version of the service does not judge is told by its ranges alone.
                practice.ifPresent(known -> verdicts.add(new Told(known, listed, json)));
            }
            return new PublishedAccount(accountId, version, network, handle, nativeId, asOf, verdicts);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("a torn record", e);
        }
    }

    /** The parts of a record that are read where it lies: what is asked for most is copied least. */
    record Stored(ByteBuffer in, int at) {
        private static final int DIGEST_AT = 1 + 4 + 8 + 8;
        private static final int HASHES_AT = DIGEST_AT + DIGEST_BYTES + 1;

        int accountId() {
            return in.getInt(at + 1);
        }

        long version() {
            return in.getLong(at + 5);
        }

        /** Of all that stands in ranges. */
        byte[] digest() {
            byte[] digest = new byte[DIGEST_BYTES];
            in.get(at + DIGEST_AT, digest);
            return digest;
        }

        void putDigest(ByteBuffer to) {
            to.put(to.position(), in, at + DIGEST_AT, DIGEST_BYTES).position(to.position() + DIGEST_BYTES);
        }

        List<AccountHash> hashes() {
            List<AccountHash> hashes = new ArrayList<>(2);
            for (int i = 0; i < in.get(at + HASHES_AT - 1); i++) {
                byte[] hash = new byte[AccountHash.BYTES];
                in.get(at + HASHES_AT + i * AccountHash.BYTES, hash);
                hashes.add(AccountHash.of(hash));
            }
            return hashes;
        }

        int entryLength() {
            return in.getInt(entryAt() - 4);
        }

        void copyEntry(byte[] to, int offset) {
            in.get(entryAt(), to, offset, entryLength());
        }

        private int entryAt() {
            return at + HASHES_AT + in.get(at + HASHES_AT - 1) * AccountHash.BYTES + 4;
        }
    }

    private static byte[] digest(byte[] bytes) {
        return Arrays.copyOf(Payload.sha256Digest().digest(bytes), DIGEST_BYTES);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("a record of another format");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] optional(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }

    /** Null for none: no name is empty. */
    private static @Nullable String string(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes.length == 0 ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
