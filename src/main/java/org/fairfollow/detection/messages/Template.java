package org.fairfollow.detection.messages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.text.Bands;
import org.fairfollow.evidence.text.StockPhrases;

/**
 * A text that several recipients got, word for word or nearly.
 *
 * @param text what all of them are similar to: alike to one, not alike in a chain from one to the next
 * @param recipients who told of it, in the order in which they first did
 */
record Template(Bands text, List<Recipient> recipients, List<MessageTold> messages) {
    /** Texts of which each is tried as the middle of a template, the most told first. */
    private static final int TRIED = 1_000;

    /** Templates of one account, the most told first. */
    private static final int KEPT = 50;

    /** Stable, so that the order of the texts breaks ties. */
    private static final Comparator<Template> MOST_TOLD_FIRST = Comparator.comparingInt(
                    (Template template) -> template.recipients.size())
            .reversed();

    /** Texts too short to tell apart, malformed ones and stock phrases are of none. */
    static List<Template> of(List<MessageTold> messages, double nearDuplicate, double stockPhrase) {
        // By the words of the bands, so that the order of what was told decides nothing.
        Map<String, List<MessageTold>> byBands = messages.stream()
                .filter(told -> Bands.parse(told.bands()).isPresent())
                .collect(Collectors.groupingBy(
                        told -> String.join(" ", told.bands()), TreeMap::new, Collectors.toList()));
        List<Template> texts = byBands.values().stream()
                .map(told -> new Template(Bands.parse(told.getFirst().bands()).orElseThrow(), Recipient.of(told), told))
                .toList();
        List<Template> templates = texts.stream()
                .sorted(MOST_TOLD_FIRST)
                .limit(TRIED)
                .filter(text -> StockPhrases.similarity(text.text) < stockPhrase)
                .map(text -> text.withAlike(texts, nearDuplicate))
                .filter(template -> template.recipients.size() > 1)
                .sorted(MOST_TOLD_FIRST)
                .toList();
        return withoutVariants(templates, nearDuplicate);
    }

    /** Each variant of a template is the middle of one; that with the most recipients stands for all. */
    private static List<Template> withoutVariants(List<Template> templates, double nearDuplicate) {
        List<Template> kept = new ArrayList<>();
        for (Template template : templates) {
            if (kept.size() < KEPT
                    && kept.stream().allMatch(other -> other.text.similarity(template.text) < nearDuplicate)) {
                kept.add(template);
            }
        }
        return kept;
    }

    private Template withAlike(List<Template> texts, double nearDuplicate) {
        List<MessageTold> alike = new ArrayList<>();
        for (Template other : texts) {
            if (text.similarity(other.text) >= nearDuplicate) {
                alike.addAll(other.messages);
            }
        }
        return new Template(text, Recipient.of(alike), alike);
    }

    /** Who told after how long it came. */
    List<Recipient> timed() {
        return recipients.stream()
                .filter(recipient -> recipient.delay() != null)
                .toList();
    }

    /** Observers to whom one of these texts came that soon. */
    static Set<String> reached(List<Template> templates, long withinSeconds) {
        Set<String> observers = new HashSet<>();
        for (Template template : templates) {
            for (MessageTold told : template.messages) {
                Long delay = told.delaySeconds();
                if (delay != null && 0 <= delay && delay <= withinSeconds) {
                    observers.add(told.observer());
                }
            }
        }
        return observers;
    }
}
