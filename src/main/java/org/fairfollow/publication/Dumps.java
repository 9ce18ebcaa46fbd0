package org.fairfollow.publication;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** Keeps the dump of the newest release, made when somebody asks for it, and the one before for those who are fetching it. */
@ApplicationScoped
public class Dumps {
    private static final int KEPT = 2;

    private final Publisher publisher;
    private final Optional<String> configured;
    private final Deque<Dump> kept = new ArrayDeque<>();
    private @Nullable Path folder;

    Dumps(Publisher publisher, PublicationSettings settings) {
        this.publisher = publisher;
        configured = settings.folder();
    }

    /** The dump of the newest release; made now if there is none yet. Empty until something is published. */
    public Optional<Dump> current() {
        return publisher.current().map(this::of);
    }

    /**
     * The dump of some version, while it is kept or while that is the newest: another instance may have told of it, and the bytes are
     * the same.
     */
    public synchronized Optional<Dump> of(long version) {
        Snapshot newest = publisher.current().orElse(null);
        if (newest != null && newest.version() == version) {
            return Optional.of(of(newest)).filter(dump -> dump.manifest().version() == version);
        }
        return kept.stream()
                .filter(dump -> dump.manifest().version() == version)
                .findFirst();
    }

    private synchronized Dump of(Snapshot snapshot) {
        Dump newest = kept.peekFirst();
        boolean sameStore = newest != null
                && newest.manifest().epoch().equals(snapshot.manifest().epoch());
        // Whoever comes with an older snapshot than was dumped since takes the newer dump.
        if (newest != null && sameStore && newest.manifest().version() >= snapshot.version()) {
            return newest;
        }
        try {
            Dump dump = Dump.write(snapshot, file(snapshot.version()), newest);
            kept.addFirst(dump);
            while (kept.size() > KEPT) {
                Files.deleteIfExists(kept.removeLast().file());
            }
            return dump;
        } catch (IOException e) {
            Log.warnf("The dump cannot be written: %s", e);
            throw Problem.NO_ROOM.with("The dump cannot be written now; try again later.");
        }
    }

    private Path file(long version) throws IOException {
        Path into = folder;
        if (into == null) {
            // In a folder of this process: what a killed one left behind is nobody's any more.
            if (configured.isPresent()) {
                Path all = Files.createDirectories(Path.of(configured.get(), "dumps"));
                try (var left = Files.list(all)) {
                    for (Path file : left.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
                into = all;
            } else {
                into = Files.createTempDirectory("fairfollow-dumps");
                into.toFile().deleteOnExit();
            }
            folder = into;
        }
        return into.resolve("verdicts-" + version + ".ndjson.gz");
    }
}
