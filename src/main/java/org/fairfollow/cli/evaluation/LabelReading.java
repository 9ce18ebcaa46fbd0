package org.fairfollow.cli.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** What a data set's word for an account is taken to say of it. */
enum LabelReading {
    POSITIVE(Set.of(
            "fake",
            "fake follower",
            "bought",
            "purchased",
            "sybil",
            "inauthentic",
            "polluter",
            "content polluter",
            "bot",
            "social bot",
            "spambot",
            "social spambot",
            "traditional spambot",
            "spam",
            "spammer",
            "automated")),
    NEGATIVE(Set.of(
            "genuine",
            "genuine account",
            "legitimate",
            "legit",
            "legitimate user",
            "human",
            "real",
            "organic",
            "authentic",
            "normal",
            "benign",
            "ham")),
    NOT_UNDERSTOOD(Set.of());

    private final Set<String> words;

    LabelReading(Set<String> words) {
        this.words = words;
    }

    static LabelReading of(String label) {
        String word = label.strip().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        for (LabelReading reading : values()) {
            if (reading.words.contains(word) || reading.words.contains(singular)) {
                return reading;
            }
        }
        return NOT_UNDERSTOOD;
    }

    @JsonValue
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
