package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hosts that asked to be left alone, and until when: by {@code Retry-After}, or by how many calls are left to us. */
final class Pauses {
    /** Where nobody says for how long. */
    static final Duration SOON = Duration.ofSeconds(60);

    private static final Duration SOONEST = Duration.ofSeconds(1);
    /** Whoever says longer is asked again after that; nobody is kept from being read by one odd header. */
    private static final Duration LATEST = Duration.ofHours(1);
    /** A smaller number counts seconds from now, a larger one from 1970. */
    private static final long EPOCH_FROM = 1_000_000_000;

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_HOSTS = 10_000;

    /** Of an answer. */
    interface Headers {
        /** Null if there is none. */
        @Nullable
        String get(String name);
    }

    private final Clock clock;
    private final Ticker ticker;
    /** Until when, as the ticker counts. */
    private final Cache<String, Long> until;

    Pauses(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        until = Caffeine.newBuilder()
                .maximumSize(MOST_HOSTS)
                .expireAfterWrite(LATEST)
                .ticker(ticker)
                .build();
    }

    /** How long the host is still to be left alone; zero if it is not. */
    Duration of(String host) {
        Long end = until.getIfPresent(host);
        return end == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - ticker.read()));
    }

    /**
     * Takes note of what the host says of our calls.
     *
     * @return how long to wait before this call is made again
     */
    Duration hear(String host, int status, Headers headers) {
        boolean busy = status == TOO_MANY || status == UNAVAILABLE;
        boolean usedUp = Stream.of("ratelimit-remaining", "x-ratelimit-remaining")
                .anyMatch(name -> "0".equals(headers.get(name)));
        Duration wait = Stream.of("retry-after", "ratelimit-reset", "x-ratelimit-reset")
                .filter(name -> name.equals("retry-after") || usedUp || busy)
                .flatMap(name -> Optional.ofNullable(headers.get(name)).flatMap(this::fromNow).stream())
                .findFirst()
                .orElse(SOON);
        if (busy || usedUp) {
            until.put(host, ticker.read() + wait.toNanos());
        }
        return wait;
    }

    /** Of seconds from now, an instant as seconds, in ISO 8601, or as HTTP writes dates. */
    private Optional<Duration> fromNow(String told) {
        try {
            Duration wait;
            if (told.matches("[0-9]{1,10}")) {
                long number = Long.parseLong(told);
                wait = number < EPOCH_FROM ? Duration.ofSeconds(number) : untilThen(Instant.ofEpochSecond(number));
            } else if (told.matches("[0-9]{4}-.{1,40}")) {
                wait = untilThen(OffsetDateTime.parse(told).toInstant());
            } else {
                wait = untilThen(ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            }
            Duration notTooSoon = wait.compareTo(SOONEST) < 0 ? SOONEST : wait;
            return Optional.of(notTooSoon.compareTo(LATEST) > 0 ? LATEST : notTooSoon);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Duration untilThen(Instant then) {
        return Duration.between(clock.instant(), then);
    }
}
