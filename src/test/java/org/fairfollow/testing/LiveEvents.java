package org.fairfollow.testing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes events that happen now, so many a second, in the mix of a network: of ten, six are likes, one a post, two follows or
 * blocks, and one ends a follow.
 *
 * <pre>LiveEvents RATE SECONDS SEED</pre>
 */
public final class LiveEvents {
    private static final int ACCOUNTS = 200_000;
    /** Some follow and leave all the time, so that there is somebody to judge anew in every minute. */
    private static final int BUSY_ACCOUNTS = 2_000;

    private static final int FOLLOWS_REMEMBERED = 100_000;

    private final Random random;
    private final JetstreamLines lines = new JetstreamLines();
    private final Queue<Follow> follows = new ArrayDeque<>();

    private record Follow(String actor, String key) {}

    private LiveEvents(long seed) {
        random = new Random(seed);
    }

    public static void main(String... arguments) throws IOException {
        double rate = Double.parseDouble(arguments[0]);
        long events = (long) (rate * Integer.parseInt(arguments[1]));
        LiveEvents live = new LiveEvents(Long.parseLong(arguments[2]));
        Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
        long began = System.nanoTime();
        for (long event = 0; event < events; event++) {
            long due = began + (long) (event * 1e9 / rate);
            if (due > System.nanoTime()) {
                out.flush();
                LockSupport.parkNanos(due - System.nanoTime());
            }
            out.append(live.next(Instant.now().truncatedTo(ChronoUnit.MICROS))).append('\n');
        }
        out.flush();
    }

    private String next(Instant at) {
        String actor = did(random.nextInt(random.nextBoolean() ? BUSY_ACCOUNTS : ACCOUNTS));
        String other = did(random.nextInt(ACCOUNTS, 2 * ACCOUNTS));
        switch (random.nextInt(10)) {
            case 0 -> follows.add(new Follow(actor, lines.follow(actor, other, at)));
            case 1 -> {
                if (random.nextInt(10) == 0) {
                    lines.block(actor, other, at);
                } else {
                    follows.add(new Follow(actor, lines.follow(actor, other, at)));
                }
            }
            case 2 -> {
                Follow follow = follows.poll();
                if (follow == null) {
                    lines.activity(actor, at);
                } else {
                    lines.unfollow(follow.actor, follow.key, at);
                }
            }
            default -> lines.activity(actor, at);
        }
        if (follows.size() > FOLLOWS_REMEMBERED) {
            follows.remove();
        }
        return lines.list().removeLast();
    }

    private static String did(int account) {
        return "did:plc:live%020d".formatted(account);
    }
}
