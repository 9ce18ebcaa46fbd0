package org.fairfollow.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.intake.ImportCounts;
import org.fairfollow.intake.bluesky.StreamFigures;
import org.fairfollow.operations.DatabaseWatch.Figures;
import org.fairfollow.publication.ListManifest;
import org.fairfollow.reporter.SharedQuotas;
import org.fairfollow.verdict.Assessor;
import org.fairfollow.verdict.Standing;

/**
 * What is measured of the service besides its calls. All of it is told from memory, so that a scrape is answered whatever
 * happens to the database; what is not known is NaN.
 */
@Singleton
class Gauges implements MeterBinder {
    private final Condition condition;
    private final DatabaseWatch database;
    private final Assessor assessor;
    private final ImportCounts imports;
    private final StreamFigures stream;
    private final SharedQuotas sharedQuotas;
    private final Clock clock;

    Gauges(
            Condition condition,
            DatabaseWatch database,
            Assessor assessor,
            ImportCounts imports,
            StreamFigures stream,
            SharedQuotas sharedQuotas,
            Clock clock) {
        this.condition = condition;
        this.database = database;
        this.assessor = assessor;
        this.imports = imports;
        this.stream = stream;
        this.sharedQuotas = sharedQuotas;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindRelease(registry);
        bindDatabase(registry);
        bindWork(registry);
        bindStream(registry);
    }

    private void bindRelease(MeterRegistry registry) {
        gauge("fairfollow.snapshot.version", ofRelease(ListManifest::version))
                .description("Version of the release that is served")
                .register(registry);
        gauge(
                        "fairfollow.snapshot.age",
                        ofRelease(release -> condition.age(release).toSeconds()))
                .baseUnit("seconds")
                .description("Time since that release was published; it grows also when nothing changes")
                .register(registry);
        gauge("fairfollow.snapshot.stale", () -> flag(condition.isStale()))
                .description("1 while what is served may be behind what was judged")
                .register(registry);
        gauge("fairfollow.list.entries", ofRelease(ListManifest::entries))
                .description("Entries of the published list")
                .register(registry);
        gauge("fairfollow.publication.held", () -> flag(condition.isHeld()))
                .description("1 while a release that changes too much waits for the operator")
                .register(registry);
    }

    private void bindDatabase(MeterRegistry registry) {
        gauge("fairfollow.database.up", () -> flag(condition.isDatabaseUp()))
                .description("1 while the database answers")
                .register(registry);
        gauge("fairfollow.due.accounts", ofFigures(figures -> figures.waiting().accounts()))
                .description("Accounts that wait to be judged")
                .register(registry);
        gauge("fairfollow.due.oldest", ofFigures(figures -> waited(figures.waiting())))
                .baseUnit("seconds")
                .description("How long the first of them has waited")
                .register(registry);
        for (Practice practice : Practice.values()) {
            for (Standing standing : Standing.values()) {
                gauge("fairfollow.verdicts", ofFigures(figures -> held(figures, practice, standing)))
                        .tag("practice", practice.id())
                        .tag("standing", standing.id())
                        .description("Verdicts held now")
                        .register(registry);
            }
        }
        gauge("fairfollow.figures.age", ofFigures(figures -> secondsSince(figures.readAt())))
                .baseUnit("seconds")
                .description("Time since queue and verdicts were counted in the database")
                .register(registry);
    }

    private void bindWork(MeterRegistry registry) {
        gauge("fairfollow.quota.replicas", sharedQuotas::replicas)
                .description("Instances that count callers together, this one among them; 1 while it counts alone")
                .register(registry);
        FunctionCounter.builder("fairfollow.judged.accounts", assessor, Assessor::judged)
                .description("Accounts judged, again and again if need be")
                .register(registry);
        for (ImportCounts.Outcome outcome : ImportCounts.Outcome.values()) {
            FunctionCounter.builder("fairfollow.imported.lines", imports, counts -> counts.lines(outcome))
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Lines of imports, by what became of them")
                    .register(registry);
        }
    }

    private void bindStream(MeterRegistry registry) {
        FunctionCounter.builder("fairfollow.stream.events", stream, StreamFigures::events)
                .description("Events of Bluesky's stream that came, twice or not")
                .register(registry);
        for (String code : StreamFigures.CODES) {
            FunctionCounter.builder("fairfollow.stream.refused", stream, figures -> figures.refused(code))
                    .tag("code", code)
                    .description("Events of it that were refused")
                    .register(registry);
        }
        FunctionCounter.builder("fairfollow.stream.connections", stream, StreamFigures::connections)
                .description("Connections made to it; all but the first are reconnects")
                .register(registry);
        FunctionCounter.builder("fairfollow.stream.gap", stream, StreamFigures::gapSeconds)
                .baseUnit("seconds")
                .description("Time of it that was found to be lost")
                .register(registry);
        gauge("fairfollow.stream.lag", stream::lagSeconds)
                .baseUnit("seconds")
                .description("Age of the newest event that was appended; NaN on instances that do not follow it")
                .register(registry);
        gauge("fairfollow.stream.following", () -> flag(stream.isFollowing()))
                .description("1 on the one instance that follows it")
                .register(registry);
        gauge("fairfollow.stream.connected", () -> flag(stream.isConnected()))
                .description("1 while it is connected")
                .register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<Number> value) {
        return Gauge.builder(name, value);
    }

    private Supplier<Number> ofRelease(ToDoubleFunction<ListManifest> value) {
        return () -> orNaN(condition.served().map(value::applyAsDouble));
    }

    private Supplier<Number> ofFigures(ToDoubleFunction<Figures> value) {
        return () -> orNaN(database.figures().map(value::applyAsDouble));
    }

    private static double orNaN(Optional<Double> value) {
        return value.orElse(Double.NaN);
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }

    private double waited(DueQueue.Waiting waiting) {
        return waiting.oldestDueAt() == null ? 0 : Math.max(0, clock.millis() - waiting.oldestDueAt()) / 1e3;
    }

    private static long held(Figures figures, Practice practice, Standing standing) {
        return figures.verdicts().stream()
                .filter(held -> held.practice() == practice && held.standing() == standing)
                .mapToLong(held -> held.verdicts())
                .sum();
    }

    private static double secondsSince(long nanoTime) {
        return (double) (System.nanoTime() - nanoTime) / TimeUnit.SECONDS.toNanos(1);
    }
}
