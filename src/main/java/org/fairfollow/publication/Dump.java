package org.fairfollow.publication;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.fairfollow.publication.Index.Key;
import org.jspecify.annotations.Nullable;

/**
 * Every public verdict in one file: NDJSON, a line an account, as gzip members of some hundred accounts each. What did not change
 * since the dump before is copied from it. The same release makes the same bytes.
 *
 * @param file holds the bytes and is never changed
 */
public record Dump(DumpManifest manifest, Path file, Map<Long, Member> members) {
    private static final byte[] HASH = "{\"hash\":\"".getBytes(StandardCharsets.US_ASCII);

    /**
     * A gzip member of the file.
     *
     * @param content hash of what it holds
     */
    record Member(long at, int length, byte[] content, int verdicts) {}

    /** Writes the dump of a snapshot to {@code file}. */
    static Dump write(Snapshot snapshot, Path file, @Nullable Dump former) throws IOException {
        int digits = snapshot.prefixLength() - 1;
        Map<Long, Member> members = new HashMap<>();
        MessageDigest sha256 = Payload.sha256Digest();
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        long at = 0;
        int accounts = 0;
        int verdicts = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(unfinished), sha256);
                FileChannel old = former == null ? null : FileChannel.open(former.file, StandardOpenOption.READ)) {
            Key[] keys = snapshot.index().keys();
            int from = 0;
            while (from < keys.length) {
                long prefix = prefix(keys[from], digits);
                Block block = new Block(snapshot, keys, from, digits);
                if (block.accounts > 0) {
                    Member same = former == null ? null : former.members.get(prefix);
                    byte[] bytes;
                    if (old != null && same != null && Arrays.equals(same.content, block.content)) {
                        bytes = new byte[same.length];
                        readFully(old, ByteBuffer.wrap(bytes), same.at);
                        verdicts += same.verdicts;
                        members.put(prefix, new Member(at, bytes.length, block.content, same.verdicts));
                    } else {
                        bytes = block.compressed();
                        verdicts += block.verdicts;
                        members.put(prefix, new Member(at, bytes.length, block.content, block.verdicts));
                    }
                    out.write(bytes);
                    at += bytes.length;
                    accounts += block.accounts;
                }
                from = block.end;
            }
            if (accounts == 0) {
                // Nothing is listed: an empty file would not be gzip.
                byte[] nothing = gzip(new byte[0]);
                out.write(nothing);
                at = nothing.length;
            }
        }
        Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        ListManifest list = snapshot.manifest();
        DumpManifest manifest = new DumpManifest(
                list.version(),
                list.publishedAt(),
                list.epoch(),
                list.demo(),
                accounts,
                verdicts,
                at,
                HexFormat.of().formatHex(sha256.digest()),
                snapshot.end().text(),
                "/v1/dump?version=" + list.version(),
                DumpManifest.TERMS);
        return new Dump(manifest, file, members);
    }

    private static void readFully(FileChannel file, ByteBuffer into, long from) throws IOException {
        for (long at = from; into.hasRemaining(); ) {
            int read = file.read(into, at);
            if (read < 0) {
                throw new EOFException("the former dump is torn");
            }
            at += read;
        }
    }

    private static long prefix(Key key, int digits) {
        return digits == 0 ? 0 : key.high() >>> 64 - 4 * digits;
    }

    /** The accounts whose first hash begins with the same digits. */
    private static final class Block {
        private final Snapshot snapshot;
        private final Key[] keys;
        private final int from;
        private final int end;
        private final byte[] content;
        private int accounts;
        private int verdicts;

        Block(Snapshot snapshot, Key[] keys, int from, int digits) {
            this.snapshot = snapshot;
            this.keys = keys;
            this.from = from;
            MessageDigest digest = Payload.sha256Digest();
            int next = from;
            while (next < keys.length && prefix(keys[next], digits) == prefix(keys[from], digits)) {
                if (isFirst(keys[next])) {
                    accounts++;
                    digest.update(hex(keys[next]));
                    digest.update(snapshot.log().stored(keys[next].slot().at()).digest());
                }
                next++;
            }
            end = next;
            content = digest.digest();
        }

        /** An account with two hashes is told once. */
        private boolean isFirst(Key key) {
            return snapshot.log()
                    .stored(key.slot().at())
                    .hashes()
                    .getFirst()
                    .hex()
                    .equals(new String(hex(key), StandardCharsets.US_ASCII));
        }

        byte[] compressed() throws IOException {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (Key key : Arrays.asList(keys).subList(from, end)) {
                if (isFirst(key)) {
                    PublishedAccount.Stored stored =
                            snapshot.log().stored(key.slot().at());
                    byte[] entry = new byte[stored.entryLength()];
                    stored.copyEntry(entry, 0);
                    lines.write(HASH);
                    lines.write(hex(key));
                    lines.write(entry);
                    lines.write('\n');
                    verdicts += snapshot.log().read(key.slot().at()).listed().size();
                }
            }
            return gzip(lines.toByteArray());
        }

        private static byte[] hex(Key key) {
            return (HexFormat.of().toHexDigits(key.high()) + HexFormat.of().toHexDigits(key.low()))
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
