package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.fairfollow.network.outbound.Outbound.Limits;
import org.fairfollow.network.outbound.Outbound.Patience;

/** Two ways out with nothing in common, so that no owner who proves control waits behind measurements. */
@Singleton
public class WaysOut {
    /** People wait. A profile with its fields has some kilobytes, and a few hundred with the longest of custom emojis. */
    static final Limits OF_PROOFS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20, 16, false);
    /** A read takes two calls, so one host is read 15 times a minute, more than its people ask for. */
    private static final int PROOFS_PER_ADDRESS = 30;
    /** Five a second: as a weapon it is worth nothing. */
    private static final int PROOFS_IN_ALL = 300;

    /** Eighty followers with their profiles have some hundred kilobytes, a long thread a megabyte. */
    static final Limits OF_MEASUREMENTS = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 4 << 20, 8, true);
    /** Mastodon lets an address make 300 in five minutes: once those are used up that come at once, a call a second. */
    private static final int MEASUREMENTS_PER_ADDRESS = 60;
    /** A third of the 3,000 that the AppView lets an address make in five minutes. */
    private static final int MEASUREMENTS_OF_CHOSEN = 200;

    private static final int MEASUREMENTS_IN_ALL = 300;

    private final Outbound forProofs;
    private final Outbound forMeasurements;

    @Inject
    WaysOut(
            Vertx vertx,
            Clock clock,
            Ticker ticker,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "fairfollow.public-url") String publicUrl) {
        String userAgent = Robots.NAME + "/" + version + " (+" + publicUrl + ")";
        // With the dot the name is whole, and no search domain of the machine is appended to it.
        Outbound.Internet internet = host -> InetAddress.getAllByName(host + ".");
        forProofs = new Outbound(
                vertx.createHttpClient(Outbound.options(OF_PROOFS)),
                internet,
                OF_PROOFS,
                budgetOfProofs(ticker),
                Patience.NONE,
                clock,
                ticker,
                userAgent);
        forMeasurements = new Outbound(
                vertx.createHttpClient(Outbound.options(OF_MEASUREMENTS)),
                internet,
                OF_MEASUREMENTS,
                budgetOfMeasurements(ticker),
                Patience.THREAD,
                clock,
                ticker,
                userAgent);
    }

    WaysOut(Outbound forProofs, Outbound forMeasurements) {
        this.forProofs = forProofs;
        this.forMeasurements = forMeasurements;
    }

    static Budget budgetOfProofs(Ticker ticker) {
        return new Budget(PROOFS_PER_ADDRESS, PROOFS_IN_ALL, PROOFS_IN_ALL, ticker);
    }

    static Budget budgetOfMeasurements(Ticker ticker) {
        return new Budget(MEASUREMENTS_PER_ADDRESS, MEASUREMENTS_OF_CHOSEN, MEASUREMENTS_IN_ALL, ticker);
    }

    public Outbound forProofs() {
        return forProofs;
    }

    public Outbound forMeasurements() {
        return forMeasurements;
    }
}
