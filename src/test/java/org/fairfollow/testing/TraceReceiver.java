package org.fairfollow.testing;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what the service traces, as a collector on loopback would, byte for byte. */
public final class TraceReceiver implements QuarkusTestResourceLifecycleManager {
    private final Received received = new Received();
    private HttpServer server;

    /** What came in. */
    public static final class Received {
        private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

        /** Everything up to the first message that contains this text; fails when there is none. */
        public String until(String text) throws InterruptedException {
            StringBuilder all = new StringBuilder();
            while (true) {
                String body = bodies.poll(60, TimeUnit.SECONDS);
                if (body == null) {
                    throw new AssertionError("nothing traced has " + text + " in it, only " + all);
                }
                all.append(body);
                if (body.contains(text)) {
                    return all.toString();
                }
            }
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            received.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return Map.of(
                "otel.sdk.disabled",
                "false",
                "otel.exporter.otlp.endpoint",
                "http://localhost:" + server.getAddress().getPort(),
                "otel.exporter.otlp.protocol",
                "http/protobuf");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(received, new TestInjector.MatchesType(Received.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
