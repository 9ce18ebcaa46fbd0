package org.fairfollow.intake.measurement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fairfollow.account.AccountHash;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.EvidenceLog;
import org.fairfollow.evidence.Measurements;
import org.fairfollow.evidence.Measurements.OvertakenException;
import org.fairfollow.evidence.Measurements.Run;
import org.fairfollow.evidence.Measurements.Turn;
import org.fairfollow.http.Wordless;
import org.fairfollow.network.AccountReader;
import org.fairfollow.network.AccountReaders;
import org.fairfollow.network.PublicAccount;
import org.fairfollow.network.PublicFollowers;
import org.fairfollow.network.PublicPosts;
import org.fairfollow.network.Reading;
import org.fairfollow.network.Refusal;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.jspecify.annotations.Nullable;

/**
 * Measures an account: asks its network and files what that shows, step by step, each in one transaction with how far it has come.
 * Killed anywhere it goes on after the last step that was filed, and nothing is filed twice.
 */
@ApplicationScoped
class Measuring {
    /** What a rule needs of followers at least is 385; a thousand is what a sample may hold. */
    private static final int MOST_FOLLOWERS = 1_000;
    /** What a rule needs at least, and what networks tell in a page or three. */
    private static final int MOST_POSTS = 100;

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A host that asks for longer is asked again all the same, and then once more, until it is given up. */
    private static final Duration MOST_PEACE = Duration.ofHours(1);

    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Measurements measurements;
    private final AccountReaders readers;
    private final EvidenceLog log;
    private final Clock clock;

    Measuring(Measurements measurements, AccountReaders readers, EvidenceLog log, Clock clock) {
        this.measurements = measurements;
        this.readers = readers;
        this.log = log;
        this.clock = clock;
    }

    /** In the order in which they are done; rows have how many were. */
    private enum Step {
        ACCOUNT,
        FOLLOWERS,
        POSTS
    }

    /** Why a run ends before its last step. */
    private static final class EndedException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Reading<?> reading;

        EndedException(Reading<?> reading) {
            super(null, null, false, false);
            this.reading = reading;
        }
    }

    /**
     * Measures the account, if it is its turn.
     *
     * @return when to go on; empty when nothing is left to do under this hash
     */
    Optional<Instant> measure(AccountHash hash) {
        return switch (measurements.begin(hash, network -> readers.of(network).isPresent())) {
            case Turn.Over over -> Optional.empty();
            case Turn.Later later -> Optional.of(later.at());
            case Turn.Now now -> measure(now.run());
        };
    }

    private Optional<Instant> measure(Run run) {
        try {
            return goOn(run);
        } catch (OvertakenException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> goOn(Run run) {
        try {
            Optional<Run> rest = step(run);
            return rest.isPresent() ? goOn(rest.get()) : Optional.empty();
        } catch (EndedException e) {
            return ended(run, e.reading);
        } catch (DatabaseAwayException | OvertakenException e) {
            throw e;
        } catch (RuntimeException e) {
            Log.error("A measurement failed; it is tried again", Wordless.of(e));
            return measurements.retry(run, AFTER_A_FAULT);
        }
    }

    private Optional<Instant> ended(Run run, Reading<?> reading) {
        switch (reading) {
            case Reading.Gone<?> gone -> measurements.refuse(run, "gone");
            case Reading.Refused<?> refused ->
                measurements.refuse(run, refused.reason().id());
            case Reading.Unreachable<?> unreachable -> {
                Duration asked = unreachable.retryAfter();
                return measurements.retry(run, asked.compareTo(MOST_PEACE) < 0 ? asked : MOST_PEACE);
            }
            case Reading.Found<?> found -> throw new IllegalStateException("what was found is filed");
        }
        return Optional.empty();
    }

    /** @return what is left to do; empty when nothing is, or nothing under this name */
    private Optional<Run> step(Run run) throws EndedException {
        AccountReader reader = readers.of(run.account().network()).orElseThrow();
        return switch (Step.values()[run.step()]) {
            case ACCOUNT -> recognise(run, reader);
            case FOLLOWERS -> Optional.of(readFollowers(run, reader));
            case POSTS -> readPosts(run, reader);
        };
    }

    private Optional<Run> recognise(Run run, AccountReader reader) throws EndedException {
        PublicAccount shown = found(reader.account(run.account()));
        AccountName account = nativeName(run.account(), shown);
        if (!run.account().isHandle() && !account.equals(run.account())) {
            throw new EndedException(new Reading.Refused<>(Refusal.ANOTHER_ACCOUNT));
        }
        List<Evidence> facts = new ArrayList<>();
        facts.add(new Evidence.HandleVerified(
                account, handle(run.account(), shown), shown.at().getEpochSecond()));
        new Measured(account).profile(shown).ifPresent(facts::add);
        String profile = write(shown);
        log.append(facts, connection -> measurements.recognised(connection, run, account, profile));
        return account.equals(run.account())
                ? Optional.of(new Run(account, run.askedAt(), run.step() + 1, run.tries(), profile))
                : Optional.empty();
    }

    private Run readFollowers(Run run, AccountReader reader) throws EndedException {
        PublicAccount account = profile(run);
        List<Evidence> facts = new ArrayList<>();
        Measured measured = new Measured(run.account());
        boolean hasNone = Long.valueOf(0).equals(account.followers());
        boolean hidden = !account.showsFollowers();
        if (!hidden && !hasNone) {
            Reading<PublicFollowers> reading = reader.followers(account, MOST_FOLLOWERS);
            // Followers that cannot be read are missing evidence, and no reason to leave the posts unread.
            Optional<PublicFollowers> shown = foundUnlessRefused(reading);
            hidden = isNotPublic(reading)
                    || shown.filter(some -> some.followers().isEmpty()).isPresent();
            shown.filter(some -> !some.followers().isEmpty())
                    .map(measured::followers)
                    .ifPresent(facts::add);
        }
        if (hidden && !hasNone) {
            facts.add(measured.hiddenFollowers(account, clock.instant().getEpochSecond()));
        }
        log.append(facts, connection -> measurements.filed(connection, run));
        return new Run(run.account(), run.askedAt(), run.step() + 1, run.tries(), run.profile());
    }

    private Optional<Run> readPosts(Run run, AccountReader reader) throws EndedException {
        PublicAccount account = profile(run);
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Optional<PublicPosts> shown = foundUnlessRefused(reader.posts(account, MOST_POSTS));
        List<Evidence> facts = shown.flatMap(posts -> new Measured(run.account()).posts(posts, salt))
                .map(List::of)
                .orElse(List.of());
        String note = account.movedTo() == null ? null : "moved";
        log.append(facts, connection -> measurements.done(connection, run, note));
        return Optional.empty();
    }

    private static <T> T found(Reading<T> reading) throws EndedException {
        if (reading instanceof Reading.Found<T> found) {
            return found.value();
        }
        throw new EndedException(reading);
    }

    private static <T> Optional<T> foundUnlessRefused(Reading<T> reading) throws EndedException {
        return reading instanceof Reading.Refused<T> ? Optional.empty() : Optional.of(found(reading));
    }

    private static boolean isNotPublic(Reading<?> reading) {
        return reading instanceof Reading.Refused<?> refused && refused.reason() == Refusal.NOT_PUBLIC;
    }

    private static AccountName nativeName(AccountName asked, PublicAccount shown) throws EndedException {
        try {
            return asked.network().nativeId(shown.nativeId());
        } catch (InvalidAccountException e) {
            throw new EndedException(new Reading.Refused<>(Refusal.UNREADABLE_ANSWER));
        }
    }

    private static @Nullable AccountName handle(AccountName asked, PublicAccount shown) throws EndedException {
        try {
            return shown.handle() == null ? null : asked.network().parse(shown.handle());
        } catch (InvalidAccountException e) {
            throw new EndedException(new Reading.Refused<>(Refusal.UNREADABLE_ANSWER));
        }
    }

    private static PublicAccount profile(Run run) {
        try {
            return JSON.readValue(Objects.requireNonNull(run.profile()), PublicAccount.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(PublicAccount account) {
        try {
            return JSON.writeValueAsString(account);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
