package org.fairfollow.publication;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.publication.Index.Slot;
import org.jspecify.annotations.Nullable;

/** Puts the snapshot together again from a log on disk: release by release, and nothing that no release closed. */
final class Reopening implements SnapshotLog.Reader {
    private final Map<Integer, Slot> accounts = new HashMap<>();
    private final List<ListDelta> deltas = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Runnable> sinceRelease = new ArrayList<>();
    private @Nullable Release release;

    /** The newest snapshot in the file; null when there is none to be had. */
    @Nullable
    Snapshot open(Path file) {
        SnapshotLog log = SnapshotLog.open(file, this);
        if (log == null) {
            return null;
        }
        Release last = release;
        if (last == null) {
            log.close();
            return null;
        }
        Index index = Index.of(log, accounts.values());
        return new Snapshot(last, log, index, deltas, changes);
    }

    @Override
    public void frame(SnapshotLog.Kind kind, long at, ByteBuffer payload) {
        switch (kind) {
            case FORMAT -> {}
            case DISCARD -> sinceRelease.clear();
            case ACCOUNT -> {
                Slot slot = new Slot(new PublishedAccount.Stored(payload, 0).accountId(), at);
                sinceRelease.add(() -> accounts.put(slot.accountId(), slot));
            }
            case GONE -> {
                int account = payload.getInt();
                sinceRelease.add(() -> accounts.remove(account));
            }
            case DELTA -> {
                ListDelta delta = ListDelta.decode(bytes(payload));
                sinceRelease.add(() -> deltas.add(delta));
            }
            case CHANGE -> {
                Change change = Change.of(payload);
                sinceRelease.add(() -> changes.add(change));
            }
            case RELEASE -> {
                sinceRelease.forEach(Runnable::run);
                sinceRelease.clear();
                release = Payload.read(bytes(payload), Release.class);
            }
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }
}
