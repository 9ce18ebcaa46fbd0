package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement in pieces, its numbers marked for emphasis, as the extension's card does. */
record Statement(List<Piece> pieces) {
    record Piece(String text, boolean strong) {}

    // Dates, what stands in parentheses, spans of days and the 100 in "59 in 100" say when, how sure and of what;
    // the rest of the numbers is the point.
    private static final Pattern NUMBERS = Pattern.compile("\\([^)]*\\)"
            + "|\\d{1,2}(?=\\s*[–-]\\s*\\d{1,2}\\s+\\p{Lu}\\p{Ll}{2})"
            + "|\\d{1,2}\\s+\\p{Lu}\\p{Ll}{2}\\p{Ll}*(?:\\s+\\d{4})?"
            + "|\\d+\\s+days?\\b"
            + "|in\\s+100\\b"
            + "|(?<number>\\d[\\d,.\\u00a0]*\\d|\\d)");

    static Statement of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int end = 0;
        Matcher matcher = NUMBERS.matcher(text);
        while (matcher.find()) {
            if (matcher.group("number") == null) {
                continue;
            }
            pieces.add(new Piece(text.substring(end, matcher.start()), false));
            pieces.add(new Piece(matcher.group(), true));
            end = matcher.end();
        }
        pieces.add(new Piece(text.substring(end), false));
        return new Statement(List.copyOf(pieces));
    }
}
