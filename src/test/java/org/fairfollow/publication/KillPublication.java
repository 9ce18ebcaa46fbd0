package org.fairfollow.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Kills a service with -9 while it publishes, again and again, and looks at what it serves before and after with the eyes of a client:
 * every answer is of one whole release, and releases never go back. Every fifth start is one without a database, and every seventh
 * time the database is killed too.
 *
 * <pre>KillPublication FOLDER TIMES PORT SEED COMMAND…</pre>
 *
 * <p>The folder holds an {@link InventedStore}.
 */
final class KillPublication {
    private static final int CHANGES_AT_ONCE = 2_000;
    private static final int LONGEST_RUN_MILLIS = 2_000;
    private static final int START_WITHIN_SECONDS = 120;
    private static final int RELEASE_WITHIN_SECONDS = 60;
    private static final int WITHOUT_DATABASE = 5;
    private static final int DATABASE_TOO = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int port;
    private final Random random;
    private final List<String> command;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Seen seen = new Seen();
    private volatile boolean ended;

    private KillPublication(Path folder, int port, long seed, List<String> command) {
        this.folder = folder;
        this.port = port;
        random = new Random(seed);
        this.command = command;
    }

    public static void main(String... arguments) throws Exception {
        List<String> all = List.of(arguments);
        long seed = Long.parseLong(all.get(3));
        System.out.println("seed " + seed);
        new KillPublication(Path.of(all.get(0)), Integer.parseInt(all.get(2)), seed, all.subList(4, all.size()))
                .run(Integer.parseInt(all.get(1)));
    }

    /** What a client has seen so far, and remembers. */
    private static final class Seen {
        String epoch = "";
        long version;
        int[] entries = {};
        long sequence = -1;
        String cursor = "";
        final Map<Long, String> listByVersion = new HashMap<>();
        final Map<String, String> rangeByVersion = new HashMap<>();
        int lists;
        int ranges;
        int changes;
        int deltas;
    }

    private void run(int times) throws Exception {
        Thread writer = Thread.ofPlatform().daemon().start(this::writeVerdicts);
        int midway = 0;
        int withoutDatabase = 0;
        for (int time = 1; time <= times; time++) {
            boolean away = time % WITHOUT_DATABASE == 0;
            Process service = start(away);
            try {
                awaitFirstAnswer(service);
                // Mostly only once something was released since the start.
                if (!away && random.nextInt(4) > 0) {
                    awaitRelease();
                }
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_RUN_MILLIS));
                do {
                    look(away);
                } while (System.nanoTime() < end);
            } catch (RuntimeException | IOException e) {
                service.destroyForcibly().waitFor();
                System.out.println(
                        "FAILED at kill " + time + (away ? ", without a database: " : ": ") + e.getMessage());
                throw e;
            }
            service.destroyForcibly().waitFor();
            if (away) {
                withoutDatabase++;
            } else if (hasUnseenRelease()) {
                midway++;
            }
            if (time % DATABASE_TOO == 0) {
                killDatabase();
            }
            if (time % 10 == 0) {
                System.out.printf("killed %d times, version %d%n", time, seen.version);
            }
        }
        ended = true;
        writer.join();
        System.out.printf(
                "killed %d times (%d without a database), %d of them between a release and its being seen:"
                        + " %d lists, %d deltas, %d ranges and %d changes read, none torn, none older than one before%n",
                times, withoutDatabase, midway, seen.lists, seen.deltas, seen.ranges, seen.changes);
    }

    private Process start(boolean away) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("killed.log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("FAIRFOLLOW_DATA", folder.toString());
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("FAIRFOLLOW_OPERATOR_TOKEN", "ffo_bench_bench_bench_bench");
        environment.put("FAIRFOLLOW_PUBLICATION_INTERVAL", "0S");
        environment.put("FAIRFOLLOW_QUOTA_ANONYMOUS_PER_MINUTE", "1000000000");
        environment.put("FAIRFOLLOW_PUBLICATION_PLAUSIBLE_CHANGES", "1000000000");
        if (away) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:mariadb://127.0.0.1:" + closedPort() + "/fairfollow");
            environment.put("QUARKUS_DATASOURCE_USERNAME", "fairfollow");
            environment.put("QUARKUS_DATASOURCE_PASSWORD", "none");
        }
        return builder.start();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitFirstAnswer(Process service) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_WITHIN_SECONDS);
        while (true) {
            require(service.isAlive(), "the service ended by itself, see " + folder.resolve("killed.log"));
            require(System.nanoTime() < deadline, "nothing was served within " + START_WITHIN_SECONDS + " s");
            try {
                if (get("/v1/list").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(20);
        }
    }

    private void awaitRelease() throws IOException, InterruptedException {
        long before = seen.version;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RELEASE_WITHIN_SECONDS);
        while (seen.version <= before) {
            require(System.nanoTime() < deadline, "nothing was released within " + RELEASE_WITHIN_SECONDS + " s");
            look(false);
        }
    }

    /** Once round everything a client reads. */
    private void look(boolean away) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/v1/list");
        JsonNode manifest = JSON.readTree(answer.body());
        long version = manifest.get("version").asLong();
        String sha256 = manifest.get("sha256").asText();
        require(
                seen.epoch.isEmpty() || seen.epoch.equals(manifest.get("epoch").asText()),
                "another epoch: " + manifest);
        seen.epoch = manifest.get("epoch").asText();
        require(version >= seen.version, "version " + version + " after " + seen.version);
        require(
                seen.listByVersion.computeIfAbsent(version, made -> sha256).equals(sha256),
                "another list under version " + version);
        if (away) {
            require(
                    answer.headers()
                            .firstValue("Fairfollow-Stale")
                            .filter("true"::equals)
                            .isPresent(),
                    "not said to be stale");
        }
        if (version > seen.version && !take(version, manifest)) {
            return; // There is a newer one by now.
        }
        lookIntoRange(version, manifest.get("prefixLength").asInt());
        readChanges();
    }

    /** Takes over a newer list; false when it is not to be had any more. */
    private boolean take(long version, JsonNode manifest) throws IOException, InterruptedException {
        HttpResponse<byte[]> list = get("/v1/list/" + version);
        if (list.statusCode() == 404) {
            return false;
        }
        require(list.statusCode() == 200, "list: " + list.statusCode());
        require(
                HexFormat.of()
                        .formatHex(Payload.sha256Digest().digest(list.body()))
                        .equals(manifest.get("sha256").asText()),
                "the list is not the manifest's");
        int[] entries = ListCodec.decode(list.body());
        require(entries.length == manifest.get("entries").asInt(), "as many entries as the manifest says");
        seen.lists++;
        if (seen.version > 0) {
            HttpResponse<byte[]> delta = get("/v1/list/" + version + "/since/" + seen.version);
            if (delta.statusCode() == 200) {
                require(
                        Arrays.equals(ListDelta.decode(delta.body()).apply(seen.entries), entries),
                        "the delta leads elsewhere");
                seen.deltas++;
            } else {
                boolean movedOn =
                        JSON.readTree(get("/v1/list").body()).get("version").asLong() > version;
                require(
                        movedOn || version - seen.version > Snapshot.DELTAS,
                        "no delta from " + seen.version + " to " + version);
            }
        }
        seen.version = version;
        seen.entries = entries;
        return true;
    }

    private void lookIntoRange(long version, int prefixLength) throws IOException, InterruptedException {
        String prefix = HexFormat.of().toHexDigits(random.nextInt()).substring(0, prefixLength);
        HttpResponse<byte[]> answer = get("/v1/ranges/" + prefix);
        require(answer.statusCode() == 200, "range: " + answer.statusCode());
        JsonNode range = JSON.readTree(answer.body());
        if (version != seen.version
                || JSON.readTree(get("/v1/list").body()).get("version").asLong() != version) {
            return; // It may be of a newer release than the list at hand.
        }
        require(
                answer.body().length == RangeBytes.sizeClass(answer.body().length),
                "a range of no size class: " + answer.body().length);
        TreeSet<String> told = new TreeSet<>();
        range.get("entries")
                .forEach(entry -> told.add(entry.get("hash").asText().substring(0, 8)));
        TreeSet<String> listed = new TreeSet<>();
        for (int entry : seen.entries) {
            String hex = HexFormat.of().toHexDigits(entry);
            if (hex.startsWith(prefix)) {
                listed.add(hex);
            }
        }
        require(told.equals(listed), "range " + prefix + " and list of version " + version + " differ");
        String etag = answer.headers().firstValue("ETag").orElse("");
        require(
                seen.rangeByVersion
                        .computeIfAbsent(version + "/" + prefix, made -> etag)
                        .equals(etag),
                "another range under version " + version);
        seen.ranges++;
    }

    /** The feed goes on without a gap. */
    private void readChanges() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/v1/changes?limit=1000&after=" + seen.cursor);
        require(answer.statusCode() == 200, "changes: " + answer.statusCode());
        JsonNode page = JSON.readTree(answer.body());
        for (JsonNode change : page.get("changes")) {
            long sequence = change.get("sequence").asLong();
            require(
                    seen.sequence < 0 || sequence == seen.sequence + 1,
                    "change " + sequence + " after " + seen.sequence);
            seen.sequence = sequence;
            seen.changes++;
        }
        seen.cursor = page.get("cursor").asText();
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** The database goes on when the service is killed, until the next start. */
    private boolean hasUnseenRelease() {
        try (Connection connection = InventedStore.connect(folder)) {
            return InventedStore.number(connection, "SELECT MAX(version) FROM list_release") > seen.version;
        } catch (IOException | SQLException e) {
            return false;
        }
    }

    private void killDatabase() throws IOException {
        Path pid = folder.resolve("mariadb/mariadb.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Something changes all the time, as far as there is a database. */
    private void writeVerdicts() {
        InventedStore store = InventedStore.open();
        Random drawn = new Random(random.nextLong());
        while (!ended) {
            try (Connection connection = InventedStore.connect(folder)) {
                while (!ended) {
                    store.change(connection, drawn.nextInt(4, CHANGES_AT_ONCE), drawn);
                    Thread.sleep(drawn.nextInt(300));
                }
            } catch (IOException | SQLException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
