package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fairfollow.network.outbound.Answer.Forbidden;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Answer.Silent;
import org.fairfollow.network.outbound.Answer.Unfit;
import org.fairfollow.network.outbound.KeptAnswers.Kept;
import org.jspecify.annotations.Nullable;

/**
 * A way out, for one purpose. A host that a stranger named is looked up once, all its addresses are checked, and what is called is
 * the checked address, under the name: another answer of the domain name system changes nothing.
 */
public final class Outbound {
    private static final int MAX_HEADERS = 16 << 10;
    private static final int MAX_STATUS_LINE = 4 << 10;
    /** http to https is not one, for it begins with https; a domain that sends to its server, and that to its newer name. */
    private static final int MAX_REDIRECTS = 2;
    /** A server that does not know the call will not know it later either. */
    private static final int NOT_IMPLEMENTED = 501;

    private static final int NOT_MODIFIED = 304;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    /** Hosts hang up after a minute or so; a call must not meet that. */
    private static final int IDLE_SECONDS = 5;

    /**
     * How long and how much; tests have less patience.
     *
     * @param toConnect whoever needs longer to shake hands is too far or too busy
     * @param toAnswer with all redirects
     * @param body bytes of an answer
     * @param atOnce calls, each with a body; as many threads look names up
     * @param reuse whether the next call of a host may take the connection of the last one
     */
    record Limits(Duration toConnect, Duration toAnswer, int body, int atOnce, boolean reuse) {}

    /** Where else a host may send to. */
    public enum Redirects {
        SAME_HOST,
        /** For those who answer for a name and have the answer elsewhere. Every host on the way is checked alike. */
        ANY_HOST
    }

    /** Whether an answer is worth keeping until the same is asked again. */
    public enum Keeping {
        ANSWER,
        NOTHING
    }

    /** Names and addresses; tests have a small one of their own. */
    interface Internet {
        InetAddress[] addresses(String host) throws UnknownHostException;

        default InetSocketAddress door(InetAddress address) {
            return new InetSocketAddress(address, Fence.HTTPS);
        }
    }

    /** What becomes of a call that is not due yet. */
    interface Patience {
        /** For whom people wait: they are told to come back. */
        Patience NONE = wait -> false;
        /** For whom nobody waits but a thread of its own. */
        Patience THREAD = wait -> {
            Thread.sleep(wait);
            return true;
        };

        /** Waits, or returns false. */
        boolean waited(Duration wait) throws InterruptedException;
    }

    private final HttpClient client;
    private final Internet internet;
    private final Limits limits;
    private final Budget budget;
    private final Patience patience;
    private final Pauses pauses;
    private final KeptAnswers kept;
    private final Ticker ticker;
    private final String userAgent;
    private final Semaphore free;
    /** The system's look-up cannot be interrupted; who waits for one that hangs goes on, and its thread is not given again. */
    private final ExecutorService lookups;

    Outbound(
            HttpClient client,
            Internet internet,
            Limits limits,
            Budget budget,
            Patience patience,
            Clock clock,
            Ticker ticker,
            String userAgent) {
        this.client = client;
        this.internet = internet;
        this.limits = limits;
        this.budget = budget;
        this.patience = patience;
        this.ticker = ticker;
        this.userAgent = userAgent;
        pauses = new Pauses(clock, ticker);
        kept = new KeptAnswers(ticker);
        free = new Semaphore(limits.atOnce());
        lookups = new ThreadPoolExecutor(
                0,
                limits.atOnce(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("outbound-name-", 0).factory());
    }

    /**
     * HTTP/1.1 without cookies, redirects of its own, proxies and unpacking; certificates are checked. A connection that is used
     * again is one to the same checked address under the same name.
     */
    static HttpClientOptions options(Limits limits) {
        int toConnect = Math.toIntExact(limits.toConnect().toMillis());
        return new HttpClientOptions()
                .setKeepAlive(limits.reuse())
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxPoolSize(limits.atOnce())
                .setConnectTimeout(toConnect)
                .setSslHandshakeTimeout(toConnect)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    /** The instant after which what takes so long is given up. */
    public long in(Duration time) {
        return ticker.read() + time.toNanos();
    }

    /** What is left until that instant. */
    public Duration left(long until) {
        return Duration.ofNanos(Math.max(0, until - ticker.read()));
    }

    /** Asks a host that a stranger named, until {@code until} at the latest. */
    public Answer ask(URI address, String accept, Redirects redirects, Keeping keeping, long until) {
        return inTurn(() -> follow(address, accept, redirects, keeping, Math.min(until, in(limits.toAnswer()))));
    }

    /** Asks a service that the operator chose, which may lie anywhere; where it sends to nobody chose. */
    public Answer askChosen(URI address, String accept, Keeping keeping, long until) {
        return inTurn(() -> {
            String host = address.getRawAuthority();
            long end = Math.min(until, in(limits.toAnswer()));
            Call call = new Call(host, address.toString(), accept, keeping, end);
            RequestOptions options = new RequestOptions().setAbsoluteURI(address.toString());
            return paused(host)
                    .or(() -> waited(budget::takeChosen, end))
                    .or(() -> exchange(options, call))
                    .orElse(new Silent(Pauses.SOON));
        });
    }

    private Answer inTurn(Supplier<Answer> call) {
        if (!free.tryAcquire()) {
            return new Silent(Pauses.SOON);
        }
        try {
            return call.get();
        } finally {
            free.release();
        }
    }

    private Answer follow(URI address, String accept, Redirects redirects, Keeping keeping, long until) {
        URI at = address;
        for (int left = MAX_REDIRECTS; left >= 0; left--) {
            Answer answer = hop(at, accept, keeping, until);
            if (!(answer instanceof Heard heard && isRedirect(heard.status()) && heard.location() != null)) {
                return answer;
            }
            Optional<URI> next = resolved(at, heard.location());
            if (next.isEmpty()
                    || (redirects == Redirects.SAME_HOST
                            && !Fence.host(next.get()).equals(Fence.host(at)))) {
                return new Forbidden();
            }
            at = next.get();
        }
        return new Unfit();
    }

    private static boolean isRedirect(int status) {
        return List.of(301, 302, 303, 307, 308).contains(status);
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            return Optional.of(URI.create(from.resolve(location).toASCIIString()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Answer hop(URI at, String accept, Keeping keeping, long until) {
        Optional<String> host = Fence.host(at);
        if (host.isEmpty()) {
            return new Forbidden();
        }
        // Taken before the name is looked up, for that is a call of somebody as well.
        Optional<Answer> notNow = paused(host.get()).or(() -> waited(budget::take, until));
        if (notNow.isPresent()) {
            return notNow.get();
        }
        List<InetAddress> addresses = addresses(host.get(), until);
        if (!addresses.stream().allMatch(Fence::isPublic)) {
            return new Forbidden();
        }
        Call call = new Call(host.get(), at.toString(), accept, keeping, until);
        for (InetAddress address : oneOfEachFamily(addresses)) {
            Optional<Answer> answer =
                    waited(() -> budget.take(address), until).or(() -> exchange(pinned(host.get(), address, at), call));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new Silent(Pauses.SOON);
    }

    private Optional<Answer> paused(String host) {
        return Optional.of(pauses.of(host)).filter(Duration::isPositive).map(Silent::new);
    }

    /** Empty as soon as a call may be made; otherwise why it is not. */
    private Optional<Answer> waited(Supplier<Duration> take, long until) {
        try {
            for (Duration wait = take.get(); wait.isPositive(); wait = take.get()) {
                if (in(wait) > until || !patience.waited(wait)) {
                    return Optional.of(new Silent(wait));
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Silent(Pauses.SOON));
        }
    }

    /** Empty when the name is nobody's, or cannot be looked up in time. */
    private List<InetAddress> addresses(String host, long until) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        try {
            lookups.execute(() -> {
                try {
                    found.complete(List.copyOf(Arrays.asList(internet.addresses(host))));
                } catch (UnknownHostException e) {
                    found.complete(List.of());
                } catch (RuntimeException e) {
                    found.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            return List.of();
        }
        return found.completeOnTimeout(List.of(), until - ticker.read(), TimeUnit.NANOSECONDS)
                .join();
    }

    /** IPv4 first: it reaches nearly everybody; a service or host that has only the other is reached by that. */
    private static List<InetAddress> oneOfEachFamily(List<InetAddress> addresses) {
        return Stream.of(true, false)
                .flatMap(four -> addresses.stream()
                        .filter(address -> address instanceof Inet4Address == four)
                        .limit(1))
                .toList();
    }

    /** {@code server} is who is called; {@code host} is what TLS asks and checks the certificate for, and the Host header. */
    private RequestOptions pinned(String host, InetAddress address, URI at) {
        String path = at.getRawPath().isEmpty() ? "/" : at.getRawPath();
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(internet.door(address)))
                .setHost(host)
                .setPort(Fence.HTTPS)
                .setSsl(true)
                .setURI(at.getRawQuery() == null ? path : path + "?" + at.getRawQuery());
    }

    /**
     * What is asked of whom.
     *
     * @param host who may ask to be left alone
     * @param address whole
     */
    private record Call(String host, String address, String accept, Keeping keeping, long until) {}

    /** Empty when nobody could be reached there. */
    private Optional<Answer> exchange(RequestOptions options, Call call) {
        options.setMethod(HttpMethod.GET)
                .putHeader(HttpHeaders.USER_AGENT, userAgent)
                .putHeader(HttpHeaders.ACCEPT, call.accept)
                .putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
        Kept known = call.keeping == Keeping.ANSWER ? kept.of(call.address) : null;
        if (known != null) {
            options.putHeader(HttpHeaders.IF_NONE_MATCH, known.entityTag());
        }
        CompletableFuture<Optional<Answer>> heard = new CompletableFuture<>();
        AtomicBoolean whole = new AtomicBoolean();
        client.request(options).onFailure(e -> heard.complete(Optional.empty())).onSuccess(request -> {
            // What nobody handles is logged, in the host's words.
            Handler<Throwable> broken = e -> heard.complete(Optional.of(new Silent(Pauses.SOON)));
            request.exceptionHandler(broken).connection().exceptionHandler(broken);
            // Once there is an answer, or the time is up, nothing more of it is taken.
            heard.thenRun(() -> {
                if (!whole.get()) {
                    request.reset();
                }
            });
            request.send().onFailure(broken).onSuccess(response -> {
                response.exceptionHandler(broken);
                Optional<Answer> early = early(call, known, response);
                if (early.isPresent()) {
                    heard.complete(early);
                } else {
                    collect(call, response, whole, heard);
                }
            });
        });
        return heard.completeOnTimeout(
                        Optional.of(new Silent(Pauses.SOON)), call.until - ticker.read(), TimeUnit.NANOSECONDS)
                .join();
    }

    /** What is known of an answer without its body; empty if that is wanted. */
    private Optional<Answer> early(Call call, @Nullable Kept known, HttpClientResponse response) {
        int status = response.statusCode();
        String packed = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        Duration wait = pauses.hear(call.host, status, response::getHeader);
        if (status == TOO_MANY || (status >= FAILED && status != NOT_IMPLEMENTED)) {
            return Optional.of(new Silent(wait));
        }
        if (status == NOT_MODIFIED && known != null) {
            return Optional.of(known.answer());
        }
        if (status != Heard.OK) {
            return Optional.of(new Heard(status, response.getHeader(HttpHeaders.LOCATION), null, new byte[0]));
        }
        return packed == null || packed.equalsIgnoreCase("identity") ? Optional.empty() : Optional.of(new Unfit());
    }

    private void collect(
            Call call, HttpClientResponse response, AtomicBoolean whole, CompletableFuture<Optional<Answer>> heard) {
        Buffer body = Buffer.buffer();
        response.endHandler(end -> {
                    Heard answer = new Heard(Heard.OK, null, links(response), body.getBytes());
                    if (call.keeping == Keeping.ANSWER) {
                        kept.put(call.address, response.getHeader(HttpHeaders.ETAG), answer);
                    }
                    whole.set(true);
                    heard.complete(Optional.of(answer));
                })
                .handler(bytes -> {
                    if (body.length() + bytes.length() > limits.body()) {
                        heard.complete(Optional.of(new Unfit()));
                    } else {
                        body.appendBuffer(bytes);
                    }
                });
    }

    private static @Nullable String links(HttpClientResponse response) {
        List<String> links = response.headers().getAll("link");
        return links.isEmpty() ? null : String.join(", ", links);
    }
}
