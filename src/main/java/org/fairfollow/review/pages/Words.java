package org.fairfollow.review.pages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Measure;
import org.fairfollow.detection.PracticeDescription.Phrase;
import org.fairfollow.detection.PracticeDescription.Unit;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.reporter.ReporterRecords;
import org.fairfollow.reporter.Reports.Adjudication;
import org.fairfollow.verdict.Difference;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/** Codes, numbers and times in the words of the desk's pages; all times are UTC. */
public final class Words {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private Words() {}

    public static String moment(Instant instant) {
        return MOMENT.format(instant.atOffset(ZoneOffset.UTC));
    }

    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    public static String day(Instant instant) {
        return day(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }

    public static String number(double value) {
        return String.format(Locale.ENGLISH, value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
    }

    public static String name(Practice practice) {
        return describe(practice).name();
    }

    public static String standing(Standing standing) {
        return switch (standing) {
            case UNKNOWN -> "Too little evidence";
            case NOT_FOUND -> "Not found";
            case SIGNS -> "Signs";
            case LIKELY -> "Likely";
            case CONFIRMED -> "Reviewed: pattern present";
            case CLEARED -> "Cleared";
        };
    }

    /** Of a state of {@code QueueJson.Entry}. */
    public static String state(String state) {
        return switch (state) {
            case "objected" -> "Objection";
            case "contested" -> "Contested";
            case "listed" -> "Listed";
            case "signs" -> "Signs";
            default -> "Reported";
        };
    }

    public static String difference(Difference difference) {
        return switch (difference) {
            case LISTED -> "Newly listed";
            case WITHDRAWN -> "Withdrawn";
            case CHANGED -> "Listed otherwise";
            case UNLISTED -> "Not listed, told otherwise";
        };
    }

    public static List<Ruling> rulings() {
        return Arrays.asList(Ruling.values());
    }

    public static String ruling(Ruling ruling) {
        return switch (ruling) {
            case CONFIRM -> "Confirm";
            case CLEAR -> "Clear";
            case EXPIRE -> "Expire";
            case POSSIBLY_TARGETED -> "Possibly targeted";
        };
    }

    public static String effect(Ruling ruling) {
        return switch (ruling) {
            case CONFIRM -> "It is right. It is listed as reviewed while the rules hold at least signs.";
            case CLEAR -> "The practice is not there. It is shown as cleared until somebody rules otherwise.";
            case EXPIRE ->
                "The evidence counts no longer. Only newer evidence can make a verdict again, not before 90 days.";
            case POSSIBLY_TARGETED -> "Somebody may have made it look so. It ends as if expired.";
        };
    }

    /** What a reporter's word is worth. */
    public static String trust(double trust) {
        if (trust == 0) {
            return "worth nothing: wrong too often";
        }
        return switch (ReporterRecords.againstNewcomers(trust)) {
            case -1 -> "less than a newcomer's";
            case 0 -> "a newcomer's";
            default -> "more than a newcomer's";
        };
    }

    /** What came of a report. */
    public static String adjudication(@Nullable Adjudication ruled) {
        return switch (ruled) {
            case null -> "nobody ruled yet";
            case RIGHT -> "was right";
            case WRONG -> "was wrong";
            case SET_ASIDE -> "counts neither way";
        };
    }

    /** Of a practice that is reported; there are some that nobody judges yet. */
    public static String reported(String practice) {
        return Practice.of(practice).map(Words::name).orElseGet(() -> code(practice));
    }

    /** Of an entry of the ledger. */
    public static String cause(String cause) {
        return switch (cause) {
            case "judged" -> "judged";
            case "judged-again" -> "judged again";
            case "ruled" -> "ruled";
            case "contested" -> "contested by its owner";
            case "objected" -> "objected to by its owner";
            case "unreviewed" -> "nobody ruled in time";
            case "practice-stopped" -> "the practice was stopped";
            case "rules-adopted" -> "by rules that an operator put in force";
            default -> cause.replace('-', ' ');
        };
    }

    public static String network(AccountJson account) {
        return switch (account.network()) {
            case "x" -> "X";
            case "bluesky" -> "Bluesky";
            default -> "Mastodon";
        };
    }

    /** The handle, or the native id where none is known. */
    public static String name(AccountJson account) {
        String handle = account.handle();
        return handle != null ? "@" + handle : String.valueOf(account.nativeId());
    }

    public static String measure(Practice practice, Finding.Reason reason) {
        return measureOf(practice, reason).wording();
    }

    public static String measured(Practice practice, Finding.Reason reason) {
        return written(reason.value(), measureOf(practice, reason).unit());
    }

    public static String bounds(Practice practice, Finding.Reason reason) {
        List<Double> interval = reason.interval();
        Unit unit = measureOf(practice, reason).unit();
        return interval == null
                ? "counted"
                : written(interval.getFirst(), unit) + " – " + written(interval.getLast(), unit);
    }

    public static String needed(Practice practice, Finding.Reason reason) {
        Measure measure = measureOf(practice, reason);
        return (measure.ceiling() ? "at most " : "at least ") + written(reason.threshold(), measure.unit());
    }

    public static String alibi(Practice practice, String code) {
        return phrase(describe(practice).alibis(), code);
    }

    public static String caveat(Practice practice, String code) {
        return phrase(describe(practice).caveats(), code);
    }

    /** A code nobody has written words for: "age-bins" becomes "Age bins". */
    public static String code(String code) {
        String words =
                code.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static PracticeDescription describe(Practice practice) {
        return Detectors.all().stream()
                .filter(detector -> detector.practice() == practice)
                .findFirst()
                .map(Detector::describe)
                .orElseThrow();
    }

    private static Measure measureOf(Practice practice, Finding.Reason reason) {
        return describe(practice).measures().stream()
                .filter(measure -> measure.code().equals(reason.code()))
                .findFirst()
                .orElseGet(() -> new Measure(reason.code(), Unit.COUNT, code(reason.code())));
    }

    private static String phrase(List<Phrase> phrases, String code) {
        return phrases.stream()
                .filter(phrase -> phrase.code().equals(code))
                .map(Phrase::wording)
                .findFirst()
                .orElse(code(code));
    }

    /** To more digits than readers are shown: whoever rules looks closer. */
    private static String written(double value, Unit unit) {
        return switch (unit) {
            case SHARE -> number(100 * value) + "\u00a0%";
            case TIMES -> value >= 1_000_000 ? "no limit" : number(value) + "\u00a0×";
            case COUNT -> number(value);
        };
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
