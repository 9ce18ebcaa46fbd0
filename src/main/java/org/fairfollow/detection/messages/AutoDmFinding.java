package org.fairfollow.detection.messages;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Missing;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Finding.Table;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.Statistics;
import org.fairfollow.detection.Statistics.Interval;
import org.fairfollow.detection.Wording;
import org.fairfollow.detection.messages.AutoDmDetector.Audience;
import org.fairfollow.detection.messages.AutoDmDetector.Judgement;
import org.fairfollow.detection.messages.AutoDmDetector.Promptness;
import org.fairfollow.detection.messages.AutoDmDetector.Thresholds;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;

/** Writes out a judgement on auto-dm with its numbers, so that whoever is judged can recount them. */
final class AutoDmFinding {
    /** Upper ends of delays as they are published, in seconds; the last row is open. */
    private static final List<Long> DELAYS = List.of(60L, 600L, 3_600L, 21_600L, 86_400L);

    /** Shares of clusters reached promptly, of those who send automatically and of others: assumed, for want of a corpus. */
    private static final Statistics.Beta AUTOMATIC = new Statistics.Beta(9, 1);

    private static final Statistics.Beta OTHERS = new Statistics.Beta(1, 9);

    /** The end of the year 9999, beyond which no time is told: so that an absurd one ends in a date, not in an exception. */
    private static final long LAST_DATE = 253_402_300_799L;

    private final Dossier dossier;
    private final List<MessageTold> messages;
    private final Thresholds thresholds;

    /** @param messages those of the time looked at */
    AutoDmFinding(Dossier dossier, List<MessageTold> messages, Thresholds thresholds) {
        this.dossier = dossier;
        this.messages = messages;
        this.thresholds = thresholds;
    }

    Finding of(Judgement judgement) {
        List<Missing> missing = judgement.opinion() == Opinion.TOO_LITTLE_EVIDENCE
                ? new AutoDmRequirements(thresholds).unmet(judgement)
                : List.of();
        return new Finding(
                Practice.AUTO_DM,
                AutoDmDetector.VERSION,
                judgement.opinion(),
                false,
                statement(judgement, missing),
                reasons(judgement),
                judgement.alibis(),
                null,
                missing,
                caveats(judgement),
                new Sources(
                        0,
                        told(judgement)
                                ? judgement.promptness().clusters()
                                : judgement.audience().clusters()),
                List.of(counts(judgement), delays(judgement), weeks(judgement)),
                lastEvidenceAt(judgement),
                weight(judgement));
    }

    /** Whether the opinion is about one text, and not about all that was told. */
    private static boolean told(Judgement judgement) {
        return judgement.opinion() == Opinion.PRESENT || judgement.opinion() == Opinion.SIGNS;
    }

    private static List<Recipient> behind(Judgement judgement) {
        return told(judgement)
                ? judgement.template().orElseThrow().recipients()
                : judgement.audience().recipients();
    }

    private long lastEvidenceAt(Judgement judgement) {
        // A late message does not prolong what prompt ones have shown.
        return behind(judgement).stream()
                .filter(recipient -> !told(judgement) || recipient.isWithin(thresholds.promptSeconds()))
                .mapToLong(Recipient::at)
                .max()
                .orElse(0);
    }

    private String statement(Judgement judgement, List<Missing> missing) {
        List<Recipient> recipients = behind(judgement);
        if (recipients.isEmpty()) {
            return "Nobody told of a message in the last %d days. %s"
                    .formatted(thresholds.windowDays(), missing.getFirst().detail());
        }
        String period = Wording.period(
                day(recipients.getFirst().at()), day(recipients.getLast().at()), day(dossier.asOf()));
        String who = Wording.count(recipients.size(), "recipient", "recipients");
        Audience audience = judgement.audience();
        return switch (judgement.opinion()) {
            case PRESENT -> period + ", " + who + sameText(judgement);
            case SIGNS -> period + ", " + who + sameText(judgement) + " Some innocent explanations remain open.";
            case ABSENT ->
                "%s, %s told of messages. Of %d who also told when it came, %s got a text within %d minutes of following that others got too: %s in 100 (at most %s)."
                        .formatted(
                                period,
                                who,
                                audience.timed(),
                                audience.reached() == 0 ? "none" : Integer.toString(audience.reached()),
                                minutes(),
                                inHundred(Rounded.nearest(100 * share(audience), 0)),
                                inHundred(Rounded.up(100 * bounds(audience).upper(), 0)));
            case TOO_LITTLE_EVIDENCE ->
                "%s, %s told of messages. Too little evidence. %s"
                        .formatted(period, who, missing.getFirst().detail());
        };
    }

    private String sameText(Judgement judgement) {
        Promptness promptness = judgement.promptness();
        long withLink = judgement.template().orElseThrow().recipients().stream()
                .filter(recipient -> recipient.first().hasLink())
                .count();
        return " in at least %d independent groups told of the same text. Of %d who also told when it came, %d got it within %d minutes of following: %s in 100 (at least %s).%s"
                .formatted(
                        promptness.clusters(),
                        promptness.timed(),
                        promptness.prompt(),
                        minutes(),
                        inHundred(Rounded.down(100 * promptness.share(), 0)),
                        inHundred(Rounded.down(100 * bounds(promptness).lower(), 0)),
                        withLink == 0 ? "" : " For " + withLink + " it held a link.");
    }

    private long minutes() {
        return thresholds.promptSeconds() / 60;
    }

    private static String inHundred(double value) {
        return Rounded.text(value);
    }

    private Interval bounds(Promptness promptness) {
        return Statistics.wilson(promptness.prompt(), promptness.timed(), thresholds.z());
    }

    private Interval bounds(Audience audience) {
        return Statistics.wilson(audience.reached(), audience.timed(), thresholds.absentZ());
    }

    private static double share(Audience audience) {
        return audience.timed() == 0 ? 0 : (double) audience.reached() / audience.timed();
    }

    private List<Reason> reasons(Judgement judgement) {
        List<Reason> reasons = new ArrayList<>();
        Promptness promptness = judgement.promptness();
        judgement.template().ifPresent(template -> {
            LocalDate from = day(template.recipients().getFirst().at());
            LocalDate to = day(template.recipients().getLast().at());
            int n = template.recipients().size();
            reasons.add(new Reason(
                    "within-10-minutes",
                    Rounded.nearest(promptness.share(), 4),
                    published(bounds(promptness)),
                    thresholds.promptShare(),
                    promptness.timed(),
                    from,
                    to));
            reasons.add(new Reason("recipients", promptness.timed(), null, thresholds.recipients(), n, from, to));
            reasons.add(
                    new Reason("observer-clusters", promptness.clusters(), null, thresholds.clusters(), n, from, to));
        });
        Audience audience = judgement.audience();
        if (!audience.recipients().isEmpty()) {
            LocalDate from = day(audience.recipients().getFirst().at());
            LocalDate to = day(audience.recipients().getLast().at());
            int n = audience.recipients().size();
            reasons.add(new Reason(
                    "reached-by-shared-text",
                    Rounded.nearest(share(audience), 4),
                    published(bounds(audience)),
                    thresholds.promptShare(),
                    audience.timed(),
                    from,
                    to));
            reasons.add(
                    new Reason("all-recipients", audience.timed(), null, thresholds.absentRecipients(), n, from, to));
            reasons.add(new Reason("all-clusters", audience.clusters(), null, thresholds.clusters(), n, from, to));
        }
        return List.copyOf(reasons);
    }

    private static List<Double> published(Interval interval) {
        return List.of(Rounded.down(interval.lower(), 4), Rounded.up(interval.upper(), 4));
    }

    private List<String> caveats(Judgement judgement) {
        List<String> caveats = new ArrayList<>();
        if (!messages.isEmpty()) {
            caveats.add("seen-by-recipients-only");
        }
        if (told(judgement)) {
            caveats.add("told-not-measured");
            caveats.add("pasted-by-hand");
            Map<String, List<Integer>> alsoObserved = dossier.observations().alsoObserved();
            List<Recipient> recipients = judgement.template().orElseThrow().timed();
            long ofNothingElse = recipients.stream()
                    .filter(recipient -> alsoObserved
                            .getOrDefault(recipient.observer(), List.of())
                            .isEmpty())
                    .count();
            if (2 * ofNothingElse > recipients.size()) {
                caveats.add("observers-told-of-nothing-else");
            }
        }
        return List.copyOf(caveats);
    }

    private Table counts(Judgement judgement) {
        Audience audience = judgement.audience();
        Promptness promptness = judgement.promptness();
        List<Recipient> ofText = judgement.template().map(Template::recipients).orElse(List.of());
        List<String> columns = new ArrayList<>(List.of(
                "messages",
                "recipients",
                "timed",
                "clusters",
                "reachedBySharedText",
                "textRecipients",
                "textTimed",
                "textPrompt",
                "textClusters",
                "textWithLink"));
        Stream<Integer> row = Stream.of(
                messages.size(),
                audience.recipients().size(),
                audience.timed(),
                audience.clusters(),
                audience.reached(),
                ofText.size(),
                promptness.timed(),
                promptness.prompt(),
                promptness.clusters(),
                (int) ofText.stream().filter(one -> one.first().hasLink()).count());
        Stream<Integer> kinds = Arrays.stream(MessageKind.values()).map(kind ->
                (int) ofText.stream().filter(one -> one.first().kind() == kind).count());
        columns.addAll(List.of("textGreeting", "textPromotion", "textThreat", "textOther"));
        return new Table(
                "counts",
                List.copyOf(columns),
                List.of(Stream.concat(row, kinds).map(Integer::doubleValue).toList()));
    }

    /** How long after the follow the text came, in seconds; the last row has no end, which -1 stands for. */
    private Table delays(Judgement judgement) {
        List<Recipient> timed = judgement.template().map(Template::timed).orElse(List.of());
        List<List<Double>> rows = IntStream.rangeClosed(0, DELAYS.size())
                .mapToObj(i -> {
                    // A delay of exactly ten minutes is within them: the ends belong to the rows.
                    long after = i == 0 ? -1 : DELAYS.get(i - 1);
                    long to = i == DELAYS.size() ? Long.MAX_VALUE : DELAYS.get(i);
                    long recipients = timed.stream()
                            .filter(one -> one.isWithin(to) && !one.isWithin(after))
                            .count();
                    return List.of(
                            (double) Math.max(0, after), i == DELAYS.size() ? -1.0 : (double) to, (double) recipients);
                })
                .toList();
        return new Table("delays", List.of("after", "to", "recipients"), rows);
    }

    /** By ISO week and not by day, so that nobody can tell from it who told; {@code monday} is its UTC epoch day. */
    private Table weeks(Judgement judgement) {
        Map<LocalDate, List<Recipient>> byWeek = judgement.template().map(Template::timed).orElse(List.of()).stream()
                .collect(Collectors.groupingBy(
                        recipient -> day(recipient.at()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                        TreeMap::new,
                        Collectors.toList()));
        List<List<Double>> rows = byWeek.entrySet().stream()
                .map(week -> List.of(
                        (double) week.getKey().toEpochDay(),
                        (double) week.getValue().size(),
                        (double) week.getValue().stream()
                                .filter(one -> one.isWithin(thresholds.promptSeconds()))
                                .count()))
                .toList();
        return new Table("weeks", List.of("monday", "recipients", "prompt"), rows);
    }

    /** Prompt messages weigh by clusters, and not by recipients: a brigade must not outweigh. */
    private double weight(Judgement judgement) {
        Promptness promptness = judgement.promptness();
        int late = promptness.timed() - promptness.prompt();
        int clusters = promptness.clusters();
        return Rounded.nearest(Statistics.betaBinomialLogRatio(clusters, (long) clusters + late, AUTOMATIC, OTHERS), 4);
    }

    private static LocalDate day(long second) {
        return Wording.dayOf(Math.clamp(second, -LAST_DATE, LAST_DATE));
    }
}
