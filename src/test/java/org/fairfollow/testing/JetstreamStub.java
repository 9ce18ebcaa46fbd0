package org.fairfollow.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Jetstream on loopback: speaks its WebSocket and its format, keeps what it said and says it again from a {@code cursor} on,
 * and only the {@code wantedCollections}. It can be cut after any event or byte, forget, fall silent, and say what no server
 * should.
 *
 * <p>The WebSocket is written by hand, so that a test decides over every byte.
 */
public final class JetstreamStub implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final Pattern TIME = Pattern.compile("\"time_us\":([0-9]{1,18})[,}]");
    private static final Pattern COLLECTION = Pattern.compile("\"collection\":\"([^\"]*)\"");
    private static final long UNTIMED = -1;

    /**
     * One frame that was, or will be, said.
     *
     * @param time microseconds; {@link #UNTIMED} for what has none: it is said again wherever it stands between others
     * @param collection null for what is no commit
     */
    private record Frame(
            int opcode, byte[] payload, long time, @Nullable String collection) {}

    /**
     * What a client asked for.
     *
     * @param cursor null when it asked for none
     */
    public record Asked(@Nullable Long cursor, List<String> collections, String userAgent) {}

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Frame> log = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    /** How many bytes the next connections may carry before they are cut; without a limit when empty. */
    private final Deque<Long> cutsAfterBytes = new ArrayDeque<>();

    private final Deque<Integer> cutsAfterEvents = new ArrayDeque<>();
    private final AtomicLong said = new AtomicLong();
    private final AtomicLong pings = new AtomicLong();
    private long forgottenBefore;
    private boolean cursorIgnored;
    private boolean recorded;
    private boolean silent;
    private int refusal;
    private @Nullable String redirect;

    private JetstreamStub(ServerSocket door) {
        this.door = door;
    }

    public static JetstreamStub start() {
        return startOn(0);
    }

    /** On a port of loopback, so that one that was closed can be there again. */
    public static JetstreamStub startOn(int port) {
        try {
            ServerSocket door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            JetstreamStub stub = new JetstreamStub(door);
            Thread.ofVirtual().name("jetstream-stub").start(stub::accept);
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:" + door.getLocalPort() + "/subscribe");
    }

    /** Says these events to whoever is connected, and to whoever asks for their time later. */
    public synchronized void say(Collection<String> events) {
        for (String event : events) {
            Matcher time = TIME.matcher(event);
            Matcher collection = COLLECTION.matcher(event);
            log.add(new Frame(
                    TEXT,
                    event.getBytes(StandardCharsets.UTF_8),
                    time.find() ? Long.parseLong(time.group(1)) : UNTIMED,
                    collection.find() ? collection.group(1) : null));
        }
        notifyAll();
    }

    public void say(String... events) {
        say(List.of(events));
    }

    /** Says bytes that are no text. */
    public synchronized void sayBinary(byte[] payload) {
        log.add(new Frame(BINARY, payload, UNTIMED, null));
        notifyAll();
    }

    /** Says what no text can be, stamped with this time, so that it comes again to whoever asks for that. */
    public synchronized void sayGarbled(long micros) {
        log.add(new Frame(TEXT, new byte[] {(byte) 0xff, (byte) 0xfe, 'x'}, micros, null));
        notifyAll();
    }

    /** It no longer has what it said before this time, in microseconds. */
    public synchronized void forgetBefore(long micros) {
        forgottenBefore = micros;
    }

    /** Whatever cursor it is asked for, it begins with what it says from then on. */
    public synchronized void ignoreCursor() {
        cursorIgnored = true;
    }

    /** Whoever asks for no cursor hears everything: a recording has no "from now on". */
    public synchronized void beginAtTheBeginning() {
        recorded = true;
    }

    /** Connections stand and nothing is said on them, not even an answer to a ping. */
    public synchronized void fallSilent(boolean silence) {
        silent = silence;
        notifyAll();
    }

    /** Answers handshakes with this status; 0 for none. */
    public synchronized void refuse(int status) {
        refusal = status;
    }

    /** Sends whoever comes elsewhere; null for nobody. */
    public synchronized void redirect(@Nullable URI elsewhere) {
        redirect = elsewhere == null ? null : elsewhere.toString();
    }

    /** The next connection that has no such limit yet is cut after so many bytes, the handshake's included, wherever in a frame. */
    public synchronized void cutAfterBytes(long bytes) {
        cutsAfterBytes.add(bytes);
    }

    /** The next connection that has no such limit yet is cut after so many events. */
    public synchronized void cutAfterEvents(int events) {
        cutsAfterEvents.add(events);
    }

    public void cutAll() {
        open.forEach(JetstreamStub::quietly);
    }

    /** Whoever connected so far, in order. */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Frames that went out, on all connections. */
    public long said() {
        return said.get();
    }

    public long pings() {
        return pings.get();
    }

    public int connections() {
        return open.size();
    }

    @Override
    public void close() {
        quietly(door);
        cutAll();
        synchronized (this) {
            notifyAll();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                Thread.ofVirtual().name("jetstream-stub-connection").start(() -> serve(client));
            } catch (IOException e) {
                // The door was closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            List<String> head = head(in);
            Asked wish = asked(head);
            OutputStream out;
            int events;
            int next;
            synchronized (this) {
                asked.add(wish);
                next = begin(wish);
                Long bytes = cutsAfterBytes.poll();
                Integer most = cutsAfterEvents.poll();
                events = most == null ? Integer.MAX_VALUE : most;
                out = new BufferedOutputStream(
                        bytes == null ? client.getOutputStream() : new Limited(client.getOutputStream(), bytes),
                        1 << 16);
                if (refusal != 0 || redirect != null) {
                    refuse(out);
                    return;
                }
            }
            shakeHands(out, head);
            Object turn = new Object();
            Thread.ofVirtual().start(() -> listen(client, in, out, turn));
            speak(client, out, wish, next, events, turn);
        } catch (IOException e) {
            // Cut, or the client hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void refuse(OutputStream out) throws IOException {
        String answer = redirect != null
                ? "HTTP/1.1 301 Moved Permanently\r\nLocation: " + redirect + "\r\n"
                : "HTTP/1.1 " + refusal + " No\r\n";
        out.write((answer + "Content-Length: 0\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); ; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            } else if (c == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
    }

    private static Asked asked(List<String> head) {
        Long cursor = null;
        List<String> collections = new ArrayList<>();
        String query = URI.create(head.getFirst().split(" ")[1]).getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String value = URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
            if (pair.startsWith("cursor=")) {
                cursor = Long.valueOf(value);
            } else if (pair.startsWith("wantedCollections=")) {
                collections.add(value);
            }
        }
        return new Asked(cursor, List.copyOf(collections), header(head, "user-agent"));
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static void shakeHands(OutputStream out, List<String> head) throws IOException {
        try {
            String accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((header(head, "sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From the cursor on, then what comes. */
    private void speak(Socket client, OutputStream out, Asked wish, int from, int events, Object turn)
            throws IOException, InterruptedException {
        int next = from;
        for (int left = events; left > 0; ) {
            Frame frame = null;
            synchronized (this) {
                while (silent || next == log.size()) {
                    if (door.isClosed() || client.isClosed()) {
                        return;
                    }
                    synchronized (turn) {
                        out.flush();
                    }
                    wait();
                }
                frame = log.get(next++);
            }
            if (isWanted(frame, wish)) {
                synchronized (turn) {
                    write(out, frame.opcode, frame.payload);
                }
                said.incrementAndGet();
                left--;
            }
        }
        synchronized (turn) {
            out.flush();
        }
    }

    private int begin(Asked wish) {
        if (wish.cursor == null || cursorIgnored) {
            return recorded ? 0 : log.size();
        }
        long from = Math.max(wish.cursor, forgottenBefore);
        int first = 0;
        while (first < log.size() && log.get(first).time < from) {
            first++;
        }
        // What has no time goes with what came after it.
        while (first > 0 && log.get(first - 1).time == UNTIMED) {
            first--;
        }
        return first;
    }

    private static boolean isWanted(Frame frame, Asked wish) {
        return frame.collection == null
                || wish.collections.isEmpty()
                || wish.collections.stream()
                        .anyMatch(wanted -> wanted.endsWith("*")
                                ? frame.collection.startsWith(wanted.substring(0, wanted.length() - 1))
                                : frame.collection.equals(wanted));
    }

    private void listen(Socket client, DataInputStream in, OutputStream out, Object turn) {
        try {
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0f;
                int length = in.readUnsignedByte() & 0x7f;
                if (length > 125) {
                    throw new IOException("clients only say short things");
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                if (opcode == PING) {
                    pings.incrementAndGet();
                    if (!isSilent()) {
                        synchronized (turn) {
                            write(out, PONG, payload);
                            out.flush();
                        }
                    }
                } else if (opcode == CLOSE) {
                    return;
                }
            }
        } catch (IOException e) {
            // It hung up.
        } finally {
            quietly(client);
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private synchronized boolean isSilent() {
        return silent;
    }

    private static void write(OutputStream out, int opcode, byte[] payload) throws IOException {
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.write(payload);
    }

    /** Lets so many bytes through and then fails. */
    private static final class Limited extends FilterOutputStream {
        private long left;

        Limited(OutputStream out, long left) {
            super(out);
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int through = (int) Math.min(left, length);
            out.write(bytes, from, through);
            left -= through;
            if (left == 0) {
                out.flush();
                throw new EOFException("cut here");
            }
        }
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is closed, which is what was wanted.
        }
    }
}
