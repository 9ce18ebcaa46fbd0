package org.fairfollow.reporter;

import io.github.bucket4j.ConsumptionProbe;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** What a call may still cost; every call with a {@link org.fairfollow.http.Quota} has one. */
public final class Allowance {
    private static final String CALL_KEY = Allowance.class.getName();
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    /** None for callers whose calls are not counted. */
    private final List<Limit> limits = new ArrayList<>();

    private final String otherwise;
    private int mostItems;

    /**
     * @param mostItems in one batch
     * @param otherwise what a caller who needs a greater batch can do, to end a sentence with; may be empty
     */
    Allowance(int mostItems, String otherwise) {
        this.mostItems = mostItems;
        this.otherwise = otherwise;
    }

    /** That of the call in hand. */
    public static Allowance of(RoutingContext call) {
        return Objects.requireNonNull(find(call), "the call has no @Quota");
    }

    boolean isCounted() {
        return !limits.isEmpty();
    }

    static @Nullable Allowance find(RoutingContext call) {
        return call.get(CALL_KEY);
    }

    void belongsTo(RoutingContext call) {
        call.put(CALL_KEY, this);
    }

    /**
     * What is spent is spent of this bucket too.
     *
     * @param name of the policy, in headers
     * @param sentence what to know of the limit when it is reached
     */
    Allowance within(String name, Tally tally, String sentence) {
        limits.add(new Limit(name, tally, sentence));
        // A batch that costs more than a full bucket holds would never come through.
        mostItems = Math.min(mostItems, tally.most());
        return this;
    }

    /** Spends what a batch costs, a unit an item; throws {@link Problem#TOO_MANY_ITEMS} when it is too large for this caller. */
    public void spendOnItems(int items) {
        if (items > mostItems) {
            throw Problem.TOO_MANY_ITEMS.with("Send at most " + mostItems + " items at once" + otherwise + ".");
        }
        spend(items);
    }

    /** Spends what a call costs; one that costs more than a full bucket holds takes the whole bucket. */
    void spendOnCall(int units) {
        spend(limits.stream().mapToInt(limit -> limit.tally.most()).reduce(units, Math::min));
    }

    /** Spends so many units, or none at all and throws {@link Problem#QUOTA_EXCEEDED} when there are not so many left. */
    void spend(int units) {
        for (int i = 0; i < limits.size(); i++) {
            if (!limits.get(i).spend(units)) {
                limits.subList(0, i).forEach(limit -> limit.giveBack(units));
                throw limits.get(i).exceeded();
            }
        }
    }

    /** Tells of the quota as draft-ietf-httpapi-ratelimit-headers does, if anything was counted. */
    void tell(MultivaluedMap<String, Object> headers) {
        if (limits.stream().anyMatch(limit -> limit.remaining >= 0)) {
            headers.putSingle("RateLimit-Policy", told(Limit::policy));
            headers.putSingle("RateLimit", told(Limit::state));
        }
    }

    private String told(Function<Limit, String> what) {
        return limits.stream().filter(limit -> limit.remaining >= 0).map(what).collect(Collectors.joining(", "));
    }

    private static final class Limit {
        private final String name;
        private final Tally tally;
        private final String sentence;
        /** What was left after the last spending, and in how many seconds there is more; less than 0 before the first. */
        private long remaining = -1;

        private long resetSeconds;

        Limit(String name, Tally tally, String sentence) {
            this.name = name;
            this.tally = tally;
            this.sentence = sentence;
        }

        /** False if there are not so many left; then nothing is spent. */
        boolean spend(int units) {
            ConsumptionProbe probe = tally.spend(units);
            // Less than nothing where more was spent at other instances than there was.
            remaining = Math.max(0, probe.getRemainingTokens());
            resetSeconds =
                    seconds(probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill());
            return probe.isConsumed();
        }

        void giveBack(int units) {
            tally.giveBack(units);
            remaining += units;
        }

        RuntimeException exceeded() {
            return Problem.QUOTA_EXCEEDED.with(
                    "There is enough for this in " + resetSeconds + " s; " + sentence, resetSeconds);
        }

        String policy() {
            return "\"" + name + "\";q=" + tally.most() + ";w=" + tally.window().toSeconds();
        }

        String state() {
            return "\"" + name + "\";r=" + remaining + ";t=" + resetSeconds;
        }
    }

    /** Rounded up: who comes back then finds what was promised. */
    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS);
    }
}
