package org.fairfollow.evidence.text;

import java.util.ArrayList;
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
    private static final String WORD = "[" + Repertoire.wordClass() + "]";
    private static final String OF_LABEL = "[-" + Repertoire.wordClass() + "]";
    private static final String OF_NAME = "[_" + Repertoire.wordClass() + "]";

    // Every repetition of a group is bounded: a text of 10,000 dots must take neither the stack nor the time.
    private static final String LABEL = WORD + OF_LABEL + "{0,62}";

    private static final String DOMAIN =
            LABEL + "(?:\\." + LABEL + "){0,7}" + "\\.(?:(?!\\p{Nd})" + WORD + "){2,24}(?!" + OF_LABEL + ")";
    private static final Pattern ANY = Pattern.compile(String.join(
            "|",
            "(?<link>https?://(?:[^ /?#]*@)?(?<host>" + DOMAIN + "|)[^ ]*)",
            "[-_.+" + Repertoire.wordClass() + "]{1,64}@(?<mail>" + DOMAIN + ")",
            "(?<bare>" + DOMAIN + ")(?::[0-9]{1,5})?(?<path>[/?#][^ ]*|)",
            "(?<name>@(?:" + OF_NAME + "{1,64}(?:[-.@]" + OF_NAME + "{1,64}){0,9}|))",
            "(?<word>[#" + Repertoire.wordClass() + "]+)"));
    private static final Pattern WITHIN_NUMBER = Pattern.compile("(?<=\\p{Nd})[.,](?=\\p{Nd})");
    private static final Pattern NUMBER = Pattern.compile("[#\\p{Nd}]+");
    private static final Pattern TOP_LEVEL = Pattern.compile(".*\\.(?:app|at|be|biz|blog|br|ca|ch|cl|club|co|com|de|dev"
            + "|es|eu|example|fm|fr|gg|gl|gle|info|io|it|jp|link|live|ly|me|mx|net|nl|online|org|page|pl|pt|ru|shop|site"
            + "|social|store|to|tv|uk|us|xyz)");

    /** Of a text that was folded by {@link Repertoire#fold}. */
    static List<Token> of(String folded) {
        List<Token> tokens = new ArrayList<>();
        ANY.matcher(WITHIN_NUMBER.matcher(folded).replaceAll("")).results().forEach(match -> add(tokens, match));
        return tokens;
    }

    private static void add(List<Token> tokens, MatchResult match) {
        if (match.group("word") != null) {
            tokens.add(new Token(NUMBER.matcher(match.group("word")).replaceAll("#"), false));
        } else if (match.group("name") != null) {
            tokens.add(SLOT);
        } else if (match.group("mail") != null) {
            tokens.add(new Token(withoutWww(match.group("mail")), false));
        } else if (match.group("bare") != null) {
            String domain = withoutWww(match.group("bare"));
            boolean addressed = domain.length() < match.group("bare").length()
                    || !match.group("path").isEmpty();
            tokens.add(new Token(domain, addressed || TOP_LEVEL.matcher(domain).matches()));
        } else {
            tokens.add(new Token(withoutWww(match.group("host")), true));
        }
    }

    private static String withoutWww(String domain) {
        String rest = domain;
        while (rest.startsWith("www.") && rest.indexOf('.', 4) > 0) {
            rest = rest.substring(4);
        }
        return rest;
    }
}
