package org.fairfollow.evidence.text;

import java.util.Collection;
import java.util.List;
import org.fairfollow.evidence.Observation.MessageKind;

/**
 * What is told of a message: its normal text (of which only fingerprint and bands leave the browser), and whether it held
 * a link. The extension computes the same.
 */
public record MessageText(NormalText normal, boolean hasLink) {
    private static final List<String> THREATS = Phrases.read("threats.txt");
    private static final List<String> PROMOTIONS = Phrases.read("promotions.txt");
    private static final List<String> GREETINGS = Phrases.read("greetings.txt");

    /** @param recipientNames as in {@link NormalText#of(String, Collection)} */
    public static MessageText of(String text, Collection<String> recipientNames) {
        List<Token> tokens = NormalText.tokens(text, recipientNames);
        return new MessageText(NormalText.joined(tokens), tokens.stream().anyMatch(Token::isLink));
    }

    /** A suggestion to whoever tells of the message, by the words in it; no rule decides by it. */
    public MessageKind kind() {
        if (holdsOneOf(THREATS)) {
            return MessageKind.THREAT;
        }
        if (hasLink || holdsOneOf(PROMOTIONS)) {
            return MessageKind.PROMOTION;
        }
        return holdsOneOf(GREETINGS) ? MessageKind.GREETING : MessageKind.OTHER;
    }

    /** Whole words, except where a phrase ends in an asterisk, and in scripts that part no words. */
    private boolean holdsOneOf(List<String> phrases) {
        String padded = " " + normal.value() + " ";
        return phrases.stream().anyMatch(phrase -> padded.contains(sought(phrase)));
    }

    private static String sought(String phrase) {
        if (phrase.endsWith("*")) {
            return " " + phrase.substring(0, phrase.length() - 1);
        }
        return phrase.codePoints().anyMatch(Repertoire::isUnspaced) ? phrase : " " + phrase + " ";
    }
}
