package org.fairfollow.review.disputes;

import java.text.Normalizer;
import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** The owner's words: plain text of people, with lines, and nothing in it that hides or turns the writing round. */
final class Rebuttal {
    static final int LONGEST = 2_000;
    /** What is longer before it is cleaned is not words. */
    private static final int LONGEST_RAW = 4 * LONGEST;

    private Rebuttal() {}

    /** The words as they are kept; throws a {@link Problem} when there are none, or too many. */
    static String read(@Nullable String raw) {
        String text = raw == null || raw.length() > LONGEST_RAW ? "" : clean(raw);
        int characters = text.codePointCount(0, text.length());
        if (characters < 1 || characters > LONGEST) {
            throw Problem.INVALID_REBUTTAL.with("Write 1 to " + LONGEST + " characters of plain text.");
        }
        return text;
    }

    private static String clean(String raw) {
        String lines = Normalizer.normalize(raw, Normalizer.Form.NFC)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace('\t', ' ');
        StringBuilder clean = new StringBuilder(lines.length());
        lines.codePoints().filter(Rebuttal::isWriting).forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    private static boolean isWriting(int point) {
        return point == '\n'
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
