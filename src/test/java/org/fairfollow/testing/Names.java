package org.fairfollow.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** Accounts of a test's own, so that tests that share a store do not meet. */
public final class Names {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Names() {}

    public static String did() {
        return "did:plc:test" + "%020d".formatted(NEXT.incrementAndGet());
    }

    public static String handle(String what) {
        return what + "-" + NEXT.incrementAndGet() + ".test.example";
    }
}
