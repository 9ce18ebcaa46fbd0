package org.fairfollow.evidence.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A piece of a text: a word, the domain of an address, or a slot.
 *
 * @param isLink whether it is an address to click on, and not a word with a dot in it or an e-mail address
 */
record Token(String value, boolean isLink) {
    static final String NAME = "@";
    static final Token SLOT = new Token(NAME, false);

    // Patterns are matched on an outline of the text, see outline(). Every repetition of a group is bounded: a text of
    // 10,000 dots must take neither the stack nor the time.
    private static final String LABEL = "[a-z0-9][-a-z0-9]{0,62}";
    private static final String DOMAIN = LABEL + "(?:\\." + LABEL + "){0,7}\\.[a-z]{2,24}(?![-a-z0-9])";
    private static final Pattern ANY = Pattern.compile(String.join(
            "|",
            "(?<link>https?://(?:[^ /?#]*@)?(?<host>" + DOMAIN + "|)[^ ]*)",
            "[-_.+a-z0-9]{1,64}@(?<mail>" + DOMAIN + ")",
            "(?<bare>" + DOMAIN + ")(?::[0-9]{1,5})?(?<path>[/?#][^ ]*|)",
            "(?<name>@(?:[_a-z0-9]{1,64}(?:[-.@][_a-z0-9]{1,64}){0,9}|))",
            "(?<word>[#a-z0-9]+)"));
    private static final Pattern WITHIN_NUMBER = Pattern.compile("(?<=\\p{Nd})[.,](?=\\p{Nd})");
    private static final Pattern NUMBER = Pattern.compile("[#\\p{Nd}]+");
    private static final Pattern TOP_LEVEL = Pattern.compile(".*\\.(?:app|at|be|biz|blog|br|ca|ch|cl|club|co|com|de|dev"
            + "|es|eu|example|fm|fr|gg|gl|gle|info|io|it|jp|link|live|ly|me|mx|net|nl|online|org|page|pl|pt|ru|shop|site"
            + "|social|store|to|tv|uk|us|xyz)");

    /** Of a text that was folded by {@link Repertoire#fold}. */
    static List<Token> of(String folded) {
        int[] text = WITHIN_NUMBER.matcher(folded).replaceAll("").codePoints().toArray();
        return ANY.matcher(outline(text))
                .results()
                .map(match -> of(match, text))
                .toList();
    }

    /** One ASCII character for each of the text: a letter beyond ASCII is w, which begins no link, and a digit is 0. */
    private static String outline(int[] text) {
        StringBuilder outline = new StringBuilder(text.length);
        for (int c : text) {
            outline.append((char) (c < 0x80 ? c : Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? '0' : 'w'));
        }
        return outline.toString();
    }

    private static Token of(MatchResult match, int[] text) {
        if (match.start("word") >= 0) {
            return new Token(NUMBER.matcher(piece(match, "word", text)).replaceAll("#"), false);
        }
        if (match.start("name") >= 0) {
            return SLOT;
        }
        if (match.start("mail") >= 0) {
            return new Token(withoutWww(piece(match, "mail", text)), false);
        }
        if (match.start("link") >= 0) {
            return new Token(withoutWww(piece(match, "host", text)), true);
        }
        String address = piece(match, "bare", text);
        String domain = withoutWww(address);
        boolean addressed =
                domain.length() < address.length() || !match.group("path").isEmpty();
        return new Token(domain, addressed || TOP_LEVEL.matcher(domain).matches());
    }

    private static String piece(MatchResult match, String group, int[] text) {
        return new String(text, match.start(group), match.end(group) - match.start(group));
    }

    private static String withoutWww(String domain) {
        String rest = domain;
        while (rest.startsWith("www.") && rest.indexOf('.', 4) > 0) {
            rest = rest.substring(4);
        }
        return rest;
    }
}
