package org.fairfollow.publication;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a snapshot lie: a log of frames that only grows, in chunks. With a file behind it full chunks are mapped into
 * memory, and opening it again gives everything up to the last frame that closes a release; what a killed process left
 * behind that is cut off. Without a file, or once the disk fails, it goes on in memory.
 *
 * <p>A frame: length of the payload (4 bytes), kind (1), payload, CRC-32C of kind and payload (4). No frame crosses a chunk; zeros
 * fill it up.
 */
final class SnapshotLog implements AutoCloseable {
    static final int CHUNK_BYTES = 1 << 24;
    private static final int CHUNK_BITS = 24;
    private static final int FRAME_BYTES = 4 + 1 + 4;

    /** What a frame holds. */
    enum Kind {
        FORMAT,
        ACCOUNT,
        GONE,
        CHANGE,
        DELTA,
        /** Everything before it counts, back to the release before. */
        RELEASE,
        /** What was appended since the last release was never released. */
        DISCARD;

        private static final Kind[] ALL = values();
    }

    /** Is told every frame of a log that is opened, in order. */
    interface Reader {
        /** @param payload positioned at the payload, which ends at its limit */
        void frame(Kind kind, long at, ByteBuffer payload);
    }

    private @Nullable Path file;
    private @Nullable FileChannel channel;
    /** All chunks; the last one is on the heap and written to. Replaced whole, so that readers need no lock. */
    private volatile ByteBuffer[] chunks = {};

    private int used;
    private int flushed;

    private SnapshotLog(@Nullable Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** A new, empty log; in {@code file}, whatever stood there, or in memory when that is null or cannot be written. */
    static SnapshotLog create(@Nullable Path file) {
        FileChannel channel = null;
        try {
            if (file != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                channel = exclusively(file);
                if (channel != null) {
                    channel.truncate(0);
                }
            }
        } catch (IOException e) {
            complain(e);
        }
        SnapshotLog log = new SnapshotLog(file, channel);
        log.addChunk();
        return log;
    }

    /**
     * Opens the log in {@code file} and tells {@code reader} what it holds, up to the last release.
     *
     * @return null when there is no log with a release in it, or another process has it
     */
    static @Nullable SnapshotLog open(Path file, Reader reader) {
        try {
            if (!Files.exists(file)) {
                return null;
            }
            FileChannel channel = exclusively(file);
            if (channel == null) {
                return null;
            }
            SnapshotLog log = new SnapshotLog(file, channel);
            if (log.read(reader)) {
                return log;
            }
            channel.close();
        } catch (IOException e) {
            complain(e);
        }
        return null;
    }

    private static @Nullable FileChannel exclusively(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            Log.debug("This process has the file already", e);
        }
        if (lock == null) {
            channel.close();
            return null;
        }
        return channel;
    }

    private boolean read(Reader reader) throws IOException {
        FileChannel in = Objects.requireNonNull(channel);
        List<ByteBuffer> mapped = new ArrayList<>();
        for (long at = 0; at < in.size(); at += CHUNK_BYTES) {
            mapped.add(in.map(MapMode.READ_ONLY, at, Math.min(CHUNK_BYTES, in.size() - at)));
        }
        long end = endOfLastRelease(mapped);
        if (end == 0) {
            return false;
        }
        chunks = mapped.toArray(ByteBuffer[]::new);
        walk(chunks, end, reader);
        // The last chunk is written on: from the heap, and in the file over whatever was torn.
        int last = (int) (end - 1 >> CHUNK_BITS);
        ByteBuffer heap = ByteBuffer.allocate(CHUNK_BYTES);
        used = (int) (end - ((long) last << CHUNK_BITS));
        heap.put(0, chunks[last], 0, used);
        ByteBuffer[] kept = Arrays.copyOf(chunks, last + 1);
        kept[last] = heap;
        chunks = kept;
        flushed = used;
        in.truncate(end);
        return true;
    }

    private static long endOfLastRelease(List<ByteBuffer> mapped) {
        long[] end = {0};
        walk(mapped.toArray(ByteBuffer[]::new), Long.MAX_VALUE, (kind, at, payload) -> {
            if (kind == Kind.RELEASE) {
                end[0] = at + payload.remaining() + 4;
            }
        });
        return end[0];
    }

    /** Goes through all whole frames that begin before {@code end}. */
    private static void walk(ByteBuffer[] chunks, long end, Reader reader) {
        CRC32C checksum = new CRC32C();
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            ByteBuffer in = chunks[chunk];
            int at = 0;
            while (at + FRAME_BYTES <= in.capacity() && ((long) chunk << CHUNK_BITS) + at < end) {
                int length = in.getInt(at);
                if (length == 0) {
                    break;
                }
                if (length < 0 || length > in.capacity() - at - FRAME_BYTES) {
                    return;
                }
                int kind = in.get(at + 4);
                checksum.reset();
                checksum.update(in.slice(at + 4, 1 + length));
                if (kind < 0 || kind >= Kind.ALL.length || in.getInt(at + 5 + length) != (int) checksum.getValue()) {
                    return;
                }
                reader.frame(Kind.ALL[kind], ((long) chunk << CHUNK_BITS) + at + 5, in.slice(at + 5, length));
                at += FRAME_BYTES + length;
            }
            if (in.capacity() < CHUNK_BYTES) {
                return;
            }
        }
    }

    /**
     * Appends a frame; it counts once a release follows it and {@link #flush} was called.
     *
     * @return where its payload lies
     */
    long append(Kind kind, byte[] payload) {
        if (payload.length == 0 || payload.length > CHUNK_BYTES - FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + payload.length + " bytes");
        }
        if (used + FRAME_BYTES + payload.length > CHUNK_BYTES) {
            roll();
        }
        ByteBuffer tail = chunks[chunks.length - 1];
        long at = ((long) (chunks.length - 1) << CHUNK_BITS) + used + 5;
        tail.putInt(used, payload.length);
        tail.put(used + 4, (byte) kind.ordinal());
        tail.put(used + 5, payload);
        CRC32C checksum = new CRC32C();
        checksum.update(tail.array(), used + 4, 1 + payload.length);
        tail.putInt(used + 5 + payload.length, (int) checksum.getValue());
        used += FRAME_BYTES + payload.length;
        return at;
    }

    /** The last chunk is full: from now on it is read from the file. */
    private void roll() {
        used = CHUNK_BYTES;
        undisturbed(() -> {
            write();
            int full = chunks.length - 1;
            FileChannel out = channel;
            if (out != null) {
                try {
                    ByteBuffer mapped = out.map(MapMode.READ_ONLY, (long) full << CHUNK_BITS, CHUNK_BYTES);
                    ByteBuffer[] next = chunks.clone();
                    next[full] = mapped;
                    chunks = next;
                } catch (IOException e) {
                    goOnInMemory(e);
                }
            }
        });
        addChunk();
    }

    /**
     * Runs {@code work} on a thread of its own: an interrupt, such as frees those who wait for a database that is away, would
     * close the file under whoever uses it.
     */
    private static void undisturbed(Runnable work) {
        Thread thread = Thread.ofPlatform().name("snapshot-log").start(work);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void addChunk() {
        ByteBuffer[] next = Arrays.copyOf(chunks, chunks.length + 1);
        next[chunks.length] = ByteBuffer.allocate(CHUNK_BYTES);
        chunks = next;
        used = 0;
        flushed = 0;
    }

    private void write() {
        FileChannel out = channel;
        if (out == null) {
            return;
        }
        try {
            ByteBuffer rest = chunks[chunks.length - 1].slice(flushed, used - flushed);
            long at = ((long) (chunks.length - 1) << CHUNK_BITS) + flushed;
            while (rest.hasRemaining()) {
                at += out.write(rest, at);
            }
            flushed = used;
        } catch (IOException e) {
            goOnInMemory(e);
        }
    }

    /** What was appended is on the disk when this returns. */
    void flush() {
        undisturbed(() -> {
            write();
            FileChannel out = channel;
            if (out != null) {
                try {
                    out.force(false);
                } catch (IOException e) {
                    goOnInMemory(e);
                }
            }
        });
    }

    /** Puts this log, which was written beside it, in the place of {@code former}. */
    void replace(Path former) {
        Path mine = file;
        if (mine == null || channel == null) {
            return;
        }
        try {
            Files.move(mine, former, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            file = former;
        } catch (IOException e) {
            goOnInMemory(e);
        }
    }

    /** What is in the file stays there: an older release, but a whole one. */
    private void goOnInMemory(IOException e) {
        complain(e);
        close();
    }

    private static void complain(IOException e) {
        Log.warnf(
                "The snapshot cannot be kept on disk and is served from memory (%s): a start without a database would show an older one",
                e);
    }

    /** Whether what is appended outlives this process. */
    boolean isOnDisk() {
        return channel != null;
    }

    long size() {
        return ((long) (chunks.length - 1) << CHUNK_BITS) + used;
    }

    /** The record that was appended at {@code at}, where it lies. */
    PublishedAccount.Stored stored(long at) {
        return new PublishedAccount.Stored(chunks[(int) (at >> CHUNK_BITS)], (int) (at & CHUNK_BYTES - 1));
    }

    /** The record that was appended at {@code at}, whole. */
    PublishedAccount read(long at) {
        return PublishedAccount.of(payload(at));
    }

    /** The payload that was appended at {@code at}. */
    ByteBuffer payload(long at) {
        ByteBuffer chunk = chunks[(int) (at >> CHUNK_BITS)];
        int offset = (int) (at & CHUNK_BYTES - 1);
        return chunk.slice(offset, chunk.getInt(offset - 5));
    }

    /** Lets go of the file; what was mapped of it can still be read. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            Log.debug("closing the snapshot failed", e);
        }
        channel = null;
    }
}
