package org.fairfollow.network;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket on which a service that the operator chose says text messages without end. The next message is taken from the
 * line only when the receiver has taken the one before: whoever is slow makes the sender wait, and nothing piles up here.
 *
 * <p>The client of the JDK hands frames over in pieces as they come, so that one of any size is passed over in a few kilobytes.
 */
public final class MessageStream implements AutoCloseable {
    /** The longest message that is handed over, in characters; what is longer is passed over. */
    static final int LONGEST = 1 << 20;
    /** With look-up, TLS and handshake. */
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Every piece of a message is handed over on a thread of its own, which may be kept waiting. */
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("message-stream").start(task);

    /** Takes what is said, one thing at a time; whoever calls it waits until it returns. */
    public interface Receiver {
        void message(String message);

        /** A message that was not handed over because it is too long. */
        void tooLong();

        /** A message that is no text. */
        void binary();

        /** The other side answered a ping. */
        void alive();

        /**
         * There will be nothing more.
         *
         * @param garbled whether what came at the end was no WebSocket's, so that it would come again
         */
        void ended(boolean garbled);
    }

    private final HttpClient client;
    private final WebSocket socket;

    private MessageStream(HttpClient client, WebSocket socket) {
        this.client = client;
        this.socket = socket;
    }

    /**
     * Whether it may be called: over TLS anywhere, without it on this machine.
     *
     * @param address as an operator wrote it
     */
    public static boolean isAllowed(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && (scheme.equals("wss") || (scheme.equals("ws") && THIS_MACHINE.contains(address.getHost())));
    }

    /**
     * Calls. The certificate is checked; wherever else the service sends to nobody goes.
     *
     * @param address {@linkplain #isAllowed allowed}
     * @param sender what this service calls itself
     * @throws IOException when nobody answers there as it should
     */
    public static MessageStream open(URI address, String sender, Receiver receiver)
            throws IOException, InterruptedException {
        if (!isAllowed(address)) {
            throw new IllegalArgumentException("not an address that may be called");
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TO_CONNECT)
                .executor(THREADS)
                .build();
        CompletableFuture<WebSocket> opening = client.newWebSocketBuilder()
                .connectTimeout(TO_CONNECT)
                .header("User-Agent", sender)
                .buildAsync(address, new Listener(receiver));
        try {
            return new MessageStream(client, opening.get(TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            client.shutdownNow();
            throw new IOException("no WebSocket there", e);
        } catch (InterruptedException e) {
            client.shutdownNow();
            throw e;
        }
    }

    /** Asks for a sign of life; {@link Receiver#alive} tells of it. */
    public void ping() {
        // If the line is gone, the receiver is told of it.
        var _ = socket.sendPing(ByteBuffer.allocate(0));
    }

    /** Hangs up. The receiver may still be told what was on its way. */
    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private static final class Listener implements WebSocket.Listener {
        private final Receiver receiver;
        private final StringBuilder message = new StringBuilder();
        private boolean tooLong;

        Listener(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            tooLong |= message.length() + part.length() > LONGEST;
            if (!tooLong) {
                message.append(part);
            }
            if (last) {
                if (tooLong) {
                    receiver.tooLong();
                } else {
                    receiver.message(message.toString());
                }
                tooLong = false;
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            if (last) {
                receiver.binary();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            receiver.alive();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            receiver.alive();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            receiver.ended(false);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            receiver.ended(error instanceof ProtocolException);
        }
    }
}
