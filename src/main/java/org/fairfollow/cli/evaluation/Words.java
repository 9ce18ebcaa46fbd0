package org.fairfollow.cli.evaluation;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of strangers, such as folder names, columns and labels, made fit to stand in Markdown. */
final class Words {
    private static final int LONGEST = 60;
    private static final int MOST = 20;
    private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Z}\\s|`]+");

    private Words() {}

    /** Alike wherever it is written. */
    static String sentence(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    /** On one line, at no great length, and without what Markdown or a terminal would act upon. */
    static String plain(String word) {
        String plain = UNFIT.matcher(word).replaceAll(" ").strip();
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
    }

    static String quoted(String word) {
        return "`" + plain(word) + "`";
    }

    static String quoted(Collection<String> words) {
        return listed(words.stream().map(Words::quoted).toList());
    }

    /** The first of them, and how many more there are. */
    static String listed(Collection<String> words) {
        String some = words.stream().limit(MOST).collect(Collectors.joining(", "));
        return words.size() <= MOST ? some : some + sentence(" and %,d more", words.size() - MOST);
    }
}
