package org.fairfollow.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The line between the service and its database: a TCP relay on loopback that can be cut, and can fall silent. */
public final class DatabaseLine implements AutoCloseable {
    private enum State {
        UP,
        /** Connections break, new ones break at once. */
        CUT,
        /** Connections stand, nothing comes through. */
        SILENT
    }

    /** What the service asks its database all the time (store.Heartbeat). */
    private static final byte[] HEARTBEAT = "DO 1".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final int databasePort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.UP;
    private final AtomicLong beats = new AtomicLong();
    private volatile @Nullable Trap trap;

    /** What happens to the line once a statement has gone through to the database. */
    private record Trap(byte[] statement, Runnable fault) {}

    private DatabaseLine(ServerSocket door, int databasePort) {
        this.door = door;
        this.databasePort = databasePort;
    }

    static DatabaseLine to(int databasePort) throws IOException {
        DatabaseLine line = new DatabaseLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), databasePort);
        Thread.ofVirtual().start(line::accept);
        return line;
    }

    int port() {
        return door.getLocalPort();
    }

    public void cut() {
        state = State.CUT;
        breakAll();
    }

    public void fallSilent() {
        state = State.SILENT;
    }

    /** Cut as soon as such a statement has reached the database: its answer is lost. */
    public void cutAfter(String statement) {
        trap = new Trap(statement.getBytes(StandardCharsets.US_ASCII), this::cut);
    }

    /** Silent as soon as such a statement has reached the database. */
    public void fallSilentAfter(String statement) {
        trap = new Trap(statement.getBytes(StandardCharsets.US_ASCII), this::fallSilent);
    }

    public boolean isUp() {
        return state == State.UP;
    }

    /**
     * What was held back is lost: connections of a silent time break. Returns when the service has found its database again; it
     * asks all the time, and asks again only once it has heard.
     */
    public void restore() {
        trap = null;
        if (state != State.UP) {
            breakAll();
            state = State.UP;
            long heard = beats.get() + 2;
            long tooLong = System.nanoTime() + 30_000_000_000L;
            while (beats.get() < heard && System.nanoTime() < tooLong) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Override
    public void close() {
        quietly(door);
        breakAll();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (state == State.CUT) {
                    quietly(client);
                    continue;
                }
                Socket database = new Socket(InetAddress.getLoopbackAddress(), databasePort);
                open.add(client);
                open.add(database);
                Thread.ofVirtual().start(() -> relay(client, database, true));
                Thread.ofVirtual().start(() -> relay(database, client, false));
            } catch (IOException e) {
                // The door was closed, or the database is gone for real: the next connection will tell.
            }
        }
    }

    private void relay(Socket from, Socket to, boolean toDatabase) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                while (state == State.SILENT && !from.isClosed()) {
                    LockSupport.parkNanos(1_000_000);
                }
                if (state == State.CUT) {
                    return;
                }
                Trap set = trap;
                boolean caught = toDatabase && set != null && contains(buffer, read, set.statement);
                if (toDatabase && state == State.UP && contains(buffer, read, HEARTBEAT)) {
                    beats.incrementAndGet();
                }
                if (caught) {
                    trap = null;
                    // Before the statement goes through, else its answer could be quicker than the fault.
                    state = State.SILENT;
                }
                out.write(buffer, 0, read);
                out.flush();
                if (caught) {
                    set.fault.run();
                }
            }
        } catch (IOException e) {
            // One end hung up; the other end is hung up on as well.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static boolean contains(byte[] buffer, int length, byte[] wanted) {
        for (int from = 0; from + wanted.length <= length; from++) {
            if (Arrays.equals(buffer, from, from + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private void breakAll() {
        open.forEach(DatabaseLine::quietly);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is closed, which is what was wanted.
        }
    }
}
