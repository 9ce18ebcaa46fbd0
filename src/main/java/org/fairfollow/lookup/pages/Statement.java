package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement in pieces, its numbers marked for emphasis, as the extension's card does; in any language of the pages. */
record Statement(List<Piece> pieces) {
    record Piece(String text, boolean strong) {}

    /** Months as both languages shorten them: "Sep", "sept". */
    private static final String MONTH = "(?i:jan|ene|feb|mar|apr|abr|may|jun|jul|aug|ago|sept?|oct|nov|dec|dic)\\b";

    // Dates, what stands in parentheses, spans of days and the 100 in "59 in 100" say when, how sure and of what;
    // the rest of the numbers is the point.
    private static final Pattern NUMBERS = Pattern.compile("\\([^()]*\\)"
            + "|\\d{4}-\\d{2}-\\d{2}"
            + "|\\d{1,2}(?=\\s*[–-]\\s*\\d{1,2}\\s+" + MONTH + ")"
            + "|\\d{1,2}\\s+" + MONTH + "(?:\\s+\\d{4})?"
            + "|\\d+\\s+(?:days?|días?)\\b"
            + "|in\\s+100\\b|de\\s+cada\\s+100\\b"
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
