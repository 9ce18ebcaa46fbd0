package org.fairfollow.evidence.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text without what differs between recipients of the same template: names become {@code @}, addresses their domain,
 * numbers {@code #}; punctuation and case go. The extension computes the same, see {@code docs/message-fingerprints.md}.
 */
public record NormalText(String value) {
    /** Of a text, and of its normal form: code points. */
    static final int LONGEST = 10_000;

    /** A first name is looked for among so many first tokens: further on, "Will" is more often a word than a name. */
    private static final int ADDRESSED_WITHIN = 5;

    public static NormalText of(String text) {
        return of(text, List.of());
    }

    /**
     * With the recipient's own names as slots too, for templates insert them.
     *
     * @param recipientNames handle and display name, as shown; the first word of each counts where people are greeted
     */
    public static NormalText of(String text, Collection<String> recipientNames) {
        return joined(tokens(text, recipientNames));
    }

    private static List<Token> tokens(String text) {
        int end =
                text.codePointCount(0, text.length()) <= LONGEST ? text.length() : text.offsetByCodePoints(0, LONGEST);
        return Token.of(Repertoire.fold(text.substring(0, end)));
    }

    /** The first 16 bytes of its SHA-256 in UTF-8, in hex. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@link Bands} in hex; none of a text too short to tell apart. */
    public List<String> bands() {
        return Bands.of(this).map(Bands::hex).orElse(List.of());
    }

    /** Words as they are counted and shingled: a character of a script without spaces is one by itself. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        value.codePoints().forEach(c -> {
            boolean alone = Repertoire.isUnspaced(c);
            if ((alone || c == ' ') && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (alone) {
                words.add(Character.toString(c));
            } else if (c != ' ') {
                word.appendCodePoint(c);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** The pieces of a text, its recipient's names among them as slots. */
    static List<Token> tokens(String text, Collection<String> recipientNames) {
        List<Token> tokens = tokens(text);
        // The longest first: a name before another that it begins with.
        List<List<String>> names = recipientNames.stream()
                .map(NormalText::nameTokens)
                .filter(name -> !name.isEmpty())
                .sorted(Comparator.comparingInt((List<String> name) -> name.size())
                        .reversed())
                .toList();
        Set<String> firstWords = names.stream().map(List::getFirst).collect(Collectors.toSet());
        List<String> values = tokens.stream().map(Token::value).toList();
        List<Token> slotted = new ArrayList<>();
        for (int at = 0; at < values.size(); ) {
            int named = lengthOfName(values.subList(at, values.size()), names);
            boolean addressed = at < ADDRESSED_WITHIN && firstWords.contains(values.get(at));
            slotted.add(named > 0 || addressed ? Token.SLOT : tokens.get(at));
            at += Math.max(1, named);
        }
        return slotted;
    }

    private static List<String> nameTokens(String name) {
        return tokens(name).stream()
                .map(Token::value)
                .filter(value -> !value.isEmpty() && !value.equals(Token.NAME))
                .toList();
    }

    private static int lengthOfName(List<String> values, List<List<String>> names) {
        return names.stream()
                .filter(name -> name.size() <= values.size()
                        && values.subList(0, name.size()).equals(name))
                .mapToInt(List::size)
                .findFirst()
                .orElse(0);
    }

    /** Names in a row are one, and what is too long ends at a word. */
    static NormalText joined(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        String last = "";
        for (Token token : tokens) {
            String value = token.value();
            if (value.isEmpty() || (value.equals(Token.NAME) && last.equals(Token.NAME))) {
                continue;
            }
            int more = (length == 0 ? 0 : 1) + value.codePointCount(0, value.length());
            if (length + more > LONGEST) {
                break;
            }
            text.append(length == 0 ? "" : " ").append(value);
            length += more;
            last = value;
        }
        return new NormalText(text.toString());
    }
}
