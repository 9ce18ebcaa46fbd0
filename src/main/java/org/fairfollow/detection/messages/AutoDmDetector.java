package org.fairfollow.detection.messages;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Alibi;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.Statistics;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.ObserverClusters;
import org.fairfollow.evidence.ObserverClusters.Telling;
import org.fairfollow.evidence.text.Bands;
import org.fairfollow.evidence.text.StockPhrases;

/**
 * Judges auto-dm: the same text, sent to whoever follows, within minutes of the follow.
 *
 * <p>Only recipients see a message, so all evidence is told. What carries the accusation is therefore not how many tell,
 * but how many independent clusters of observers do; see {@link ObserverClusters}.
 */
public final class AutoDmDetector implements Detector {
    static final String VERSION = "auto-dm/1";
    static final long DAY = 86_400;

    private final Thresholds thresholds;

    public AutoDmDetector() {
        this(Thresholds.DEFAULT);
    }

    AutoDmDetector(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * What the rule compares with. No labelled corpus of such messages is public, so nothing was chosen on one.
     *
     * @param windowDays how far back messages are looked at: few recipients tell, so it takes months to hear of enough
     * @param promptSeconds from the follow to a message that counts as prompt
     * @param recipients fewest who told of the same text and after how long it came
     * @param clusters fewest independent clusters among those to whom it came promptly
     * @param promptShare least share of recipients to whom it came promptly
     * @param nearDuplicate least similarity of texts of one template
     * @param stockPhrase least similarity at which a text is a stock phrase
     * @param stockPhraseAlibi the same when judged again: what merely leans on one
     * @param absentRecipients fewest recipients, of any text, to say that the pattern is not found
     * @param z of the interval beside the share, one-sided; corrected for looking weekly over 90 days
     * @param absentZ of the bound that shows the pattern absent: 99 %, one-sided
     */
    public record Thresholds(
            int windowDays,
            long promptSeconds,
            int recipients,
            int clusters,
            double promptShare,
            double nearDuplicate,
            double stockPhrase,
            double stockPhraseAlibi,
            int absentRecipients,
            double z,
            double absentZ) {
        public static final Thresholds DEFAULT =
                new Thresholds(180, 600, 5, 4, .8, Bands.NEAR_DUPLICATE, Bands.NEAR_DUPLICATE, .5, 20, 3.36, 2.326);
    }

    /**
     * How promptly one text came.
     *
     * @param timed recipients who told after how long
     * @param prompt those of them to whom it came promptly
     * @param clusters independent clusters among the prompt
     */
    record Promptness(int timed, int prompt, int clusters) {
        double share() {
            return timed == 0 ? 0 : (double) prompt / timed;
        }
    }

    /**
     * All that was told, whatever the text.
     *
     * @param recipients who told of any message
     * @param timed who told after how long
     * @param clusters independent clusters among the timed
     * @param reached of the timed, those to whom a text that others got too came promptly
     */
    record Audience(List<Recipient> recipients, int timed, int clusters, int reached) {}

    /** @param template the text that decided, or came nearest to it; empty: nobody told of one that others got too */
    record Judgement(
            Opinion opinion,
            Optional<Template> template,
            Promptness promptness,
            Audience audience,
            List<Alibi> alibis) {}

    @Override
    public Practice practice() {
        return Practice.AUTO_DM;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public PracticeDescription describe() {
        return AutoDmDescription.of(thresholds);
    }

    @Override
    public Thresholds thresholds() {
        return thresholds;
    }

    @Override
    public Finding judge(Dossier dossier) {
        Map<String, List<Integer>> alsoObserved = dossier.observations().alsoObserved();
        List<MessageTold> messages = dossier.observations().messages().stream()
                .filter(inWindow(dossier.asOf()))
                .toList();
        List<Template> templates = Template.of(messages, thresholds.nearDuplicate(), thresholds.stockPhrase());
        Audience audience = audience(messages, templates, alsoObserved);
        Judgement judgement = templates.stream()
                .map(template -> judge(template, audience, alsoObserved))
                .max(Comparator.comparing(Judgement::opinion)
                        .thenComparing(one -> one.promptness().clusters())
                        .thenComparing(one -> one.promptness().prompt())
                        .thenComparing(one -> one.promptness().timed())
                        .thenComparing(
                                one -> one.template().orElseThrow().recipients().size())
                        .thenComparing(
                                one -> one.template().orElseThrow().text().toString()))
                .orElseGet(() -> new Judgement(
                        Opinion.TOO_LITTLE_EVIDENCE, Optional.empty(), new Promptness(0, 0, 0), audience, List.of()));
        if (judgement.opinion() == Opinion.TOO_LITTLE_EVIDENCE && excludes(audience)) {
            judgement =
                    new Judgement(Opinion.ABSENT, judgement.template(), judgement.promptness(), audience, List.of());
        }
        return new AutoDmFinding(dossier, messages, thresholds).of(judgement);
    }

    private Predicate<MessageTold> inWindow(long asOf) {
        long window = thresholds.windowDays() * DAY;
        long after = Math.max(asOf, Long.MIN_VALUE + window) - window;
        return told -> after < told.at() && told.at() <= asOf;
    }

    private Audience audience(
            List<MessageTold> messages, List<Template> templates, Map<String, List<Integer>> alsoObserved) {
        List<Recipient> recipients = Recipient.of(messages);
        List<Recipient> timed = recipients.stream()
                .filter(recipient -> recipient.delay() != null)
                .toList();
        Set<String> reached = Template.reached(templates, thresholds.promptSeconds());
        return new Audience(recipients, timed.size(), clusters(timed, alsoObserved), (int) timed.stream()
                .filter(recipient -> reached.contains(recipient.observer()))
                .count());
    }

    private Judgement judge(Template template, Audience audience, Map<String, List<Integer>> alsoObserved) {
        List<Recipient> timed = template.timed();
        Promptness promptness = promptness(timed, alsoObserved);
        if (!shows(promptness)) {
            return new Judgement(Opinion.TOO_LITTLE_EVIDENCE, Optional.of(template), promptness, audience, List.of());
        }
        List<Alibi> alibis = List.of(
                new Alibi("manual-greeter", isPromptByDay(timed)),
                new Alibi("busiest-cluster-counted-once", isPromptBesidesBusiest(timed, alsoObserved)),
                new Alibi("stock-phrase", StockPhrases.similarity(template.text()) < thresholds.stockPhraseAlibi()));
        Opinion opinion = alibis.stream().allMatch(Alibi::survived) ? Opinion.PRESENT : Opinion.SIGNS;
        return new Judgement(opinion, Optional.of(template), promptness, audience, alibis);
    }

    private Promptness promptness(List<Recipient> timed, Map<String, List<Integer>> alsoObserved) {
        List<Recipient> prompt = timed.stream().filter(this::isPrompt).toList();
        return new Promptness(timed.size(), prompt.size(), clusters(prompt, alsoObserved));
    }

    /** The clusters must be of those to whom it came promptly: late ones of a person greeted by hand lend no weight. */
    private boolean shows(Promptness promptness) {
        return promptness.timed() >= thresholds.recipients()
                && promptness.clusters() >= thresholds.clusters()
                && promptness.share() >= thresholds.promptShare();
    }

    private boolean excludes(Audience audience) {
        return audience.timed() >= thresholds.absentRecipients()
                && audience.clusters() >= thresholds.clusters()
                && Statistics.wilson(audience.reached(), audience.timed(), thresholds.absentZ())
                                .upper()
                        < thresholds.promptShare();
    }

    private boolean isPrompt(Recipient recipient) {
        return recipient.isWithin(thresholds.promptSeconds());
    }

    /** Who greets by hand answers at once while at the screen: each day counts once, by its middle (or later) message. */
    private boolean isPromptByDay(List<Recipient> timed) {
        Map<Long, List<Recipient>> byDay = timed.stream()
                .collect(Collectors.groupingBy(
                        recipient -> Math.floorDiv(recipient.at(), DAY), TreeMap::new, Collectors.toList()));
        long promptDays = byDay.values().stream()
                .filter(day -> 2 * day.stream().filter(this::isPrompt).count() > day.size())
                .count();
        return promptDays >= thresholds.promptShare() * byDay.size();
    }

    /** The 48 hours in which most told that it came promptly, or the most who tell of the same accounts: as one voice. */
    private boolean isPromptBesidesBusiest(List<Recipient> timed, Map<String, List<Integer>> alsoObserved) {
        List<Telling> prompt =
                timed.stream().filter(this::isPrompt).map(Recipient::telling).toList();
        int largestGroup = ObserverClusters.ofSameAccounts(prompt, alsoObserved).stream()
                .mapToInt(List::size)
                .max()
                .orElse(1);
        int tooMany = Math.max(ObserverClusters.busiestBurst(prompt), largestGroup) - 1;
        return prompt.size() - tooMany >= thresholds.promptShare() * (timed.size() - tooMany);
    }

    private static int clusters(List<Recipient> recipients, Map<String, List<Integer>> alsoObserved) {
        return ObserverClusters.count(
                recipients.stream().map(Recipient::telling).toList(), alsoObserved);
    }
}
