package org.fairfollow.reporter;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.Objects;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** What a call may still cost; every call with a {@link org.fairfollow.http.Quota} has one. */
public final class Allowance {
    private static final String CALL_KEY = Allowance.class.getName();
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final @Nullable Bucket bucket;
    private final int perMinute;
    private final int mostItems;
    private final String otherwise;
    /** What was left after the last spending, and in how many seconds there is more; less than 0 before the first. */
    private long remaining = -1;

    private long resetSeconds;

    /**
     * @param bucket null for callers whose calls are not counted
     * @param mostItems in one batch
     * @param otherwise what a caller who needs a greater batch can do, to end a sentence with; may be empty
     */
    Allowance(@Nullable Bucket bucket, int perMinute, int mostItems, String otherwise) {
        this.bucket = bucket;
        this.perMinute = perMinute;
        // A batch that costs more than a full bucket holds would never come through.
        this.mostItems = Math.min(mostItems, perMinute);
        this.otherwise = otherwise;
    }

    /** That of the call in hand. */
    public static Allowance of(RoutingContext call) {
        return Objects.requireNonNull(find(call), "the call has no @Quota");
    }

    static @Nullable Allowance find(RoutingContext call) {
        return call.get(CALL_KEY);
    }

    void belongsTo(RoutingContext call) {
        call.put(CALL_KEY, this);
    }

    /** Spends what a batch costs, a unit an item; throws {@link Problem#TOO_MANY_ITEMS} when it is too large for this caller. */
    public void spendOnItems(int items) {
        if (items > mostItems) {
            throw Problem.TOO_MANY_ITEMS.with("Send at most " + mostItems + " items at once" + otherwise + ".");
        }
        spend(items);
    }

    /** Spends so many units, or none at all and throws {@link Problem#QUOTA_EXCEEDED} when there are not so many left. */
    void spend(int units) {
        if (bucket == null) {
            return;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(units);
        remaining = probe.getRemainingTokens();
        if (probe.isConsumed()) {
            resetSeconds = seconds(probe.getNanosToWaitForReset());
            return;
        }
        resetSeconds = seconds(probe.getNanosToWaitForRefill());
        throw Problem.QUOTA_EXCEEDED.with(
                "There is enough for this in " + resetSeconds + " s; " + perMinute
                        + " accounts a minute may be asked for here. A key allows more; the operator issues them.",
                resetSeconds);
    }

    /** Tells of the quota as draft-ietf-httpapi-ratelimit-headers does, if anything was counted. */
    void tell(MultivaluedMap<String, Object> headers) {
        if (remaining >= 0) {
            headers.putSingle("RateLimit-Policy", "\"default\";q=" + perMinute + ";w=" + Quotas.WINDOW.toSeconds());
            headers.putSingle("RateLimit", "\"default\";r=" + remaining + ";t=" + resetSeconds);
        }
    }

    /** Rounded up: who comes back then finds what was promised. */
    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS);
    }
}
