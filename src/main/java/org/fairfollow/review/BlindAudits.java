package org.fairfollow.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fairfollow.account.Account;
import org.fairfollow.account.Directory;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.http.Problem;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.reporter.AuditLog;
import org.fairfollow.reporter.Moderator;
import org.fairfollow.reporter.Printable;
import org.fairfollow.store.Store;
import org.fairfollow.verdict.audit.Answer;
import org.fairfollow.verdict.audit.Audits;
import org.fairfollow.verdict.audit.Audits.Given;
import org.fairfollow.verdict.audit.Blinded;
import org.fairfollow.verdict.audit.Cause;
import org.jspecify.annotations.Nullable;

/** What people who audit are shown, and what they may answer, for programs and pages alike. */
@ApplicationScoped
public class BlindAudits {
    static final int LONGEST_NOTE = 1_000;

    private final Store store;
    private final Audits audits;
    private final Directory directory;
    private final AuditLog log;

    BlindAudits(Store store, Audits audits, Directory directory, AuditLog log) {
        this.store = store;
        this.audits = audits;
        this.directory = directory;
        this.log = log;
    }

    /**
     * One account and what was seen of it that bears on one practice. It has the same parts whatever the rule made of it.
     *
     * @param id opaque
     * @param alternatives what else such numbers can come from: the same for all accounts
     */
    public record Shown(
            String id,
            Subject practice,
            AccountJson account,
            Evidence evidence,
            List<String> alternatives,
            Instant answerBy) {}

    /** What is asked about. */
    public record Subject(Practice id, String name, String wording) {}

    public record Evidence(List<Number> numbers, List<Finding.Table> tables, Finding.@Nullable Spark days) {}

    /** A number with its bounds; {@code measured} is null where it could not be measured. */
    public record Number(
            String code, String wording, PracticeDescription.Unit unit, Blinded.@Nullable Measured measured) {}

    /** An answer that was taken. */
    public record Taken(
            String id,
            Answer answer,
            @Nullable Cause cause,
            @Nullable String note) {}

    /** What this moderator is to look at; empty when there is nothing. */
    public Optional<Shown> next(Moderator moderator) {
        return store.inTransaction(connection -> {
            Optional<Audits.Task> task = audits.next(connection, moderator.number());
            if (task.isEmpty()) {
                return Optional.<Shown>empty();
            }
            int account = task.get().accountId();
            return Optional.ofNullable(
                            directory.load(connection, List.of(account)).get(account))
                    .map(found -> shown(task.get(), found));
        });
    }

    /** Takes an answer; the same one again is the first one. Throws a {@link Problem} where it cannot be taken. */
    public Taken answer(
            Moderator moderator, String id, @Nullable String answer, @Nullable String cause, @Nullable String note) {
        Given given = given(answer, cause, note);
        Audits.Taken taken = store.inTransaction(connection -> {
            Audits.Taken result = audits.answer(connection, moderator.number(), id, given);
            if (result == Audits.Taken.TAKEN) {
                // That there is an answer, not which: the next person may read the log.
                log.write(connection, moderator, "audit-answered", id, "");
            }
            return result;
        });
        return switch (taken) {
            case TAKEN, REPEATED -> new Taken(id, given.answer(), given.cause(), given.note());
            case CHANGED -> throw Problem.ANSWERED_BEFORE.with("Leave it: what was answered first counts.");
            case LEASE_ENDED -> throw Problem.LEASE_ENDED.with("Ask for the next task and answer that.");
            case UNKNOWN -> throw Problem.NOT_FOUND.with("Ask for the next task and take its id.");
        };
    }

    private static Given given(@Nullable String answer, @Nullable String cause, @Nullable String note) {
        Answer said = Answer.of(Objects.requireNonNullElse(answer, ""))
                .orElseThrow(
                        () -> Problem.INVALID_ANSWER.with("Answer \"practises\", \"does-not\" or \"cannot-tell\"."));
        Cause why = null;
        if (said == Answer.PRACTISES) {
            if (cause != null) {
                throw Problem.INVALID_ANSWER.with("Give a cause only where the answer is no.");
            }
        } else {
            why = Cause.of(Objects.requireNonNullElse(cause, ""))
                    .orElseThrow(() -> Problem.INVALID_ANSWER.with("Give a cause that openapi.yaml names."));
        }
        String words = note == null ? "" : note.strip();
        if (words.codePointCount(0, words.length()) > LONGEST_NOTE || !Printable.is(words)) {
            throw Problem.INVALID_ANSWER.with(
                    "Write the note in one line of at most " + LONGEST_NOTE + " printable characters.");
        }
        return new Given(said, why, words.isEmpty() ? null : words);
    }

    private static Shown shown(Audits.Task task, Account account) {
        PracticeDescription practice = Detectors.all().stream()
                .map(Detector::describe)
                .filter(description -> description.practice() == task.practice())
                .findFirst()
                .orElseThrow();
        List<Number> numbers = new ArrayList<>();
        for (Measure measure : practice.measures()) {
            Blinded.Measured measured = task.evidence().numbers().stream()
                    .filter(number -> number.code().equals(measure.code()))
                    .findFirst()
                    .orElse(null);
            numbers.add(new Number(measure.code(), measure.wording(), measure.unit(), measured));
        }
        return new Shown(
                task.id(),
                new Subject(practice.practice(), practice.name(), practice.wording()),
                AccountJson.of(account),
                new Evidence(numbers, task.evidence().tables(), task.evidence().days()),
                practice.caveats().stream().map(Phrase::wording).toList(),
                task.answerBy());
    }
}
