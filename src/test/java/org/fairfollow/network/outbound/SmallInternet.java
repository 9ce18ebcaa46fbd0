package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.fairfollow.network.outbound.Outbound.Patience;
import org.fairfollow.testing.TestTicker;

/**
 * Names, addresses and hosts as a test wants them: every public address leads to one server on loopback, which answers byte for
 * byte what was said for the name it is asked under.
 */
public final class SmallInternet implements Outbound.Internet, AutoCloseable {
    static final String PUBLIC = "11.0.0.1";
    /** A machine with a server of the test's own on it. */
    private static final String ELSEWHERE = "11.0.0.2";
    /** A machine that takes calls and says nothing. */
    static final String MUTE = "11.0.0.8";

    static final String SWITCHED_OFF = "11.0.0.9";
    /** Names on the server's certificate. */
    private static final List<String> CERTIFIED =
            List.of("social.example", "server.example", "other.example", "xn--scial-0ta.example");

    private static final Outbound.Limits PATIENT =
            new Outbound.Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1 << 20, 16, false);

    private static final String PASSWORD = "of a test";
    private static final Path KEYS = made();
    private static final Vertx VERTX = Vertx.vertx();

    /** A request as it came. */
    public record Asked(String serverName, String target, List<String> headers) {
        public String host() {
            return header("host").orElseThrow();
        }

        public Optional<String> header(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    public interface Reply {
        void to(Asked asked, OutputStream out) throws IOException;
    }

    private final SSLServerSocket server;
    private final ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, Reply> hosts = new ConcurrentHashMap<>();
    private final Map<String, List<List<InetAddress>>> names = new ConcurrentHashMap<>();
    private volatile int elsewhere;
    private final List<SSLSocket> open = new CopyOnWriteArrayList<>();
    /** What was looked up, called and asked for. */
    public final List<String> lookups = new CopyOnWriteArrayList<>();

    final List<InetAddress> called = new CopyOnWriteArrayList<>();
    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** How long who had to wait for a call did. */
    public final List<Duration> waited = new CopyOnWriteArrayList<>();

    public SmallInternet() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KEYS.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** What stands under this name, at a public address. */
    public SmallInternet with(String host, Reply reply) {
        hosts.put(host, reply);
        return names.containsKey(host) ? this : named(host, PUBLIC);
    }

    /** What the name stands for. */
    public SmallInternet named(String host, String... addresses) {
        names.computeIfAbsent(host, name -> new CopyOnWriteArrayList<>())
                .add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
        return this;
    }

    /** Under these names stands a server with these {@link #keys} on a port of this machine. */
    public SmallInternet leadsTo(int port, String... hosts) {
        elsewhere = port;
        for (String host : hosts) {
            named(host, ELSEWHERE);
        }
        return this;
    }

    /** As if nobody had called or looked anything up. */
    public void forget() {
        lookups.clear();
        called.clear();
        asked.clear();
        waited.clear();
    }

    /** PKCS #12, for all names on the certificate. */
    public static Path keys() {
        return KEYS;
    }

    public static String password() {
        return PASSWORD;
    }

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        lookups.add(host);
        List<List<InetAddress>> answers = names.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        // One answer after the other; the last one stays.
        List<InetAddress> now = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        return now.toArray(InetAddress[]::new);
    }

    @Override
    public InetSocketAddress door(InetAddress address) {
        called.add(address);
        int port =
                switch (address.getHostAddress()) {
                    case MUTE -> mute.getLocalPort();
                    case ELSEWHERE -> elsewhere;
                    // Nobody listens on this port.
                    case SWITCHED_OFF -> 1;
                    default -> server.getLocalPort();
                };
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Outbound outbound(Ticker ticker) {
        return outbound(PATIENT, ticker);
    }

    /** As the service calls for owners who wait, but for the time it takes. */
    Outbound outbound(Outbound.Limits limits, Ticker ticker) {
        return outbound(limits, WaysOut.budgetOfProofs(ticker), Patience.NONE, Clock.systemUTC(), ticker);
    }

    /** As the service calls to measure, but for the time it takes: who has to wait moves the ticker. */
    Outbound measuring(Clock clock, TestTicker ticker) {
        Outbound.Limits real = WaysOut.OF_MEASUREMENTS;
        return outbound(
                new Outbound.Limits(PATIENT.toConnect(), PATIENT.toAnswer(), real.body(), real.atOnce(), real.reuse()),
                WaysOut.budgetOfMeasurements(ticker),
                wait -> {
                    waited.add(wait);
                    ticker.advance(wait);
                    return true;
                },
                clock,
                ticker);
    }

    public WaysOut ways(Clock clock, TestTicker ticker) {
        return new WaysOut(outbound(ticker), measuring(clock, ticker));
    }

    Outbound outbound(Outbound.Limits limits, Budget budget, Patience patience, Clock clock, Ticker ticker) {
        PfxOptions trusted = new PfxOptions().setPath(KEYS.toString()).setPassword(PASSWORD);
        return new Outbound(
                VERTX.createHttpClient(Outbound.options(limits).setTrustOptions(trusted)),
                this,
                limits,
                budget,
                patience,
                clock,
                ticker,
                "Fairfollow/test (+https://fairfollow.example)");
    }

    public static Reply json(String body) {
        return (asked, out) -> write(out, "200 OK", "Content-Type: application/json", body);
    }

    public static Reply status(String status, String... headers) {
        return (asked, out) -> write(out, status, String.join("\r\n", headers), "");
    }

    public static Reply redirect(String location) {
        return status("302 Found", "Location: " + location);
    }

    private static void write(OutputStream out, String status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + bytes.length + "\r\n"
                + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n";
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    /** How often somebody connected. */
    int connections() {
        return open.size();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(SSLSocket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String serverName = ((ExtendedSSLSession) handshaken(socket))
                    .getRequestedServerNames().stream()
                            .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                            .collect(Collectors.joining(","));
            boolean more = true;
            for (String first = in.readLine(); first != null && more; first = more ? in.readLine() : null) {
                List<String> headers = new ArrayList<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    headers.add(line);
                }
                Asked request = new Asked(serverName, first.split(" ")[1], headers);
                asked.add(request);
                hosts.getOrDefault(request.host(), status("421 Misdirected Request"))
                        .to(request, socket.getOutputStream());
                more = request.header("connection").isEmpty();
            }
        } catch (IOException e) {
            // Whoever is refused hangs up, in the middle of an answer too.
        }
    }

    private static SSLSession handshaken(SSLSocket socket) throws IOException {
        socket.startHandshake();
        return socket.getSession();
    }

    @Override
    public void close() throws IOException {
        server.close();
        mute.close();
        for (SSLSocket socket : open) {
            socket.close();
        }
    }

    /** Made anew for each run, by what comes with Java. */
    private static Path made() {
        try {
            Path folder = Files.createTempDirectory("fairfollow-keys");
            Path keys = folder.resolve("keys.p12");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "host",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=social.example",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    keys.toString(),
                    "-ext",
                    "san=" + CERTIFIED.stream().map(name -> "dns:" + name).collect(Collectors.joining(","))));
            Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (made.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            keys.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
