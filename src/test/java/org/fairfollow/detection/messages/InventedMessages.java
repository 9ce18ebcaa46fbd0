package org.fairfollow.detection.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.text.MessageText;
import org.fairfollow.evidence.text.NormalText;
import org.jspecify.annotations.Nullable;

/** What invented recipients tell of messages that nobody sent. */
final class InventedMessages {
    static final long NOW = 1_795_000_000;
    static final long DAY = 86_400;
    static final String TEMPLATE =
            "Hi there, every Friday our harbour bakery has cinnamon rolls: order at https://rolls.example/friday";
    static final String THANKS = "Thank you so much for following me! Have a great day!";

    private final List<MessageTold> messages = new ArrayList<>();
    private final Map<String, List<Integer>> alsoObserved = new HashMap<>();

    /** Told so many days before now. */
    InventedMessages told(double daysAgo, String observer, String text, @Nullable Long delaySeconds) {
        messages.add(message(NOW - Math.round(daysAgo * DAY), observer, text, delaySeconds));
        return this;
    }

    InventedMessages add(MessageTold message) {
        messages.add(message);
        return this;
    }

    InventedMessages alsoObserved(String observer, Integer... accounts) {
        alsoObserved.put(observer, List.of(accounts));
        return this;
    }

    /** One recipient every so many days, the last of them two days ago. */
    InventedMessages every(double days, int recipients, String text, @Nullable Long delaySeconds) {
        int before = messages.size();
        for (int i = 0; i < recipients; i++) {
            told(2 + i * days, "observer" + (before + i) + ".example", text, delaySeconds);
        }
        return this;
    }

    static MessageTold message(long at, String observer, String text, @Nullable Long delaySeconds) {
        MessageText read = MessageText.of(text, List.of(observer));
        NormalText normal = read.normal();
        return new MessageTold(
                at, observer, false, normal.fingerprint(), normal.bands(), read.kind(), delaySeconds, read.hasLink());
    }

    List<MessageTold> messages() {
        return messages;
    }

    Dossier dossier() {
        return dossier(NOW);
    }

    Dossier dossier(long asOf) {
        return new Dossier(
                asOf,
                List.of(),
                Map.of(),
                new Coverage(List.of(), 0, 0, 0, 0),
                Arrivals.NONE,
                new Observations(
                        List.of(), List.of(), List.copyOf(messages), List.of(), List.of(), List.of(), alsoObserved));
    }

    static MessageTold raw(long at, String observer, String fingerprint, List<String> bands, @Nullable Long delay) {
        return new MessageTold(at, observer, false, fingerprint, bands, MessageKind.OTHER, delay, false);
    }
}
