package org.fairfollow.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fairfollow.account.AccountName;
import org.fairfollow.publication.Index.Slot;
import org.fairfollow.verdict.Placebo;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Snapshots of {@link InventedListing}s whose records lie in a log on disk, as they do in the service. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class SnapshotBench {
    private static final int CHANGES = 1_000;

    @Param({"10000", "100000"})
    public int accounts;

    private final Random random = new Random(7);
    private Path file = Path.of("");
    private SnapshotLog log = SnapshotLog.create(null);
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> said = new ArrayList<>();
    private final List<AccountName> names = new ArrayList<>();
    private Snapshot snapshot = new Snapshot(release(1), log, Index.EMPTY, List.of(), List.of());

    @Setup
    public void fill() throws IOException {
        file = Files.createTempFile("fairfollow", ".log");
        log = SnapshotLog.create(file);
        InventedListing listing = new InventedListing();
        for (int id = 1; id <= accounts; id++) {
            slots.add(new Slot(
                    id,
                    log.append(
                            SnapshotLog.Kind.ACCOUNT, listing.published(id, 1).toBytes())));
            names.add(InventedListing.handle(listing.account(id)));
        }
        for (int i = 0; i < CHANGES; i++) {
            int id = 1 + random.nextInt(accounts);
            said.add(new Slot(
                    id,
                    log.append(
                            SnapshotLog.Kind.ACCOUNT, listing.published(id, 2).toBytes())));
        }
        log.flush();
        snapshot = build();
    }

    @TearDown
    public void delete() throws IOException {
        log.close();
        Files.delete(file);
    }

    private Release release(int prefixLength) {
        return new Release(
                1,
                1,
                Instant.EPOCH,
                "",
                false,
                new Placebo(0, 0),
                0,
                prefixLength,
                prefixLength,
                Instant.EPOCH,
                "",
                "");
    }

    /** Index, list and manifest of records that lie in the log. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Snapshot build() {
        Index index = Index.of(log, slots);
        return new Snapshot(release(PrefixLength.of(index.keys().length, 1)), log, index, List.of(), List.of());
    }

    /** The index of a release that says a thousand accounts anew. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Object indexOfNextRelease() {
        return snapshot.index().with(log, said, List.of());
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public String contentSha256() {
        return Snapshot.contentSha256(log, snapshot.index());
    }

    /** A range nobody has asked for before. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Payload range() {
        return snapshot.buildRange(HexFormat.of().toHexDigits(random.nextInt()).substring(0, snapshot.prefixLength()));
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public Object find() {
        return snapshot.find(names.get(random.nextInt(names.size())));
    }
}
