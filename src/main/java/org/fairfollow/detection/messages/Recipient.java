package org.fairfollow.detection.messages;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.ObserverClusters.Telling;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who told of messages, however many: one voice.
 *
 * @param at when first told, Unix epoch seconds
 * @param delay the longest told from the follow to the message, in seconds; null: not known
 * @param first the message told of first
 */
record Recipient(String observer, long at, @Nullable Long delay, MessageTold first) {
    private static final Comparator<MessageTold> IN_ORDER = Comparator.comparingLong(MessageTold::at)
            .thenComparing(MessageTold::observer)
            .thenComparing(MessageTold::fingerprint)
            .thenComparing(told -> String.join(" ", told.bands()))
            .thenComparing(MessageTold::kind)
            .thenComparing(MessageTold::hasLink);

    /** One for each observer, in the order in which they first told. */
    static List<Recipient> of(List<MessageTold> messages) {
        Map<String, List<MessageTold>> byObserver = messages.stream()
                .sorted(IN_ORDER)
                .collect(Collectors.groupingBy(MessageTold::observer, TreeMap::new, Collectors.toList()));
        return byObserver.values().stream()
                .map(Recipient::ofOne)
                .sorted(Comparator.comparingLong(Recipient::at).thenComparing(Recipient::observer))
                .toList();
    }

    private static Recipient ofOne(List<MessageTold> messages) {
        Long longest = messages.stream()
                .map(MessageTold::delaySeconds)
                .filter(Objects::nonNull)
                .filter(delay -> delay >= 0)
                .max(Comparator.naturalOrder())
                .orElse(null);
        MessageTold first = messages.getFirst();
        return new Recipient(first.observer(), first.at(), longest, first);
    }

    boolean isWithin(long seconds) {
        return delay != null && delay <= seconds;
    }

    Telling telling() {
        return new Telling(observer, at);
    }
}
