package org.fairfollow.review;

import org.fairfollow.http.Problem;
import org.jspecify.annotations.Nullable;

/** What moderators write: plain text that is shown to others as it is. */
final class Reasons {
    private static final int FEWEST = 20;
    private static final int MOST = 4_000;

    private Reasons() {}

    /** The text without blanks around it; throws {@link Problem#INVALID_RULING} when nobody should be shown it. */
    static String of(@Nullable String written) {
        // Forms send line ends of their own.
        String text = written == null ? "" : written.replace("\r\n", "\n").strip();
        int length = text.codePointCount(0, text.length());
        if (length < FEWEST || length > MOST) {
            throw Problem.INVALID_RULING.with("Give reasons of " + FEWEST + " to " + MOST + " characters.");
        }
        if (!text.codePoints().allMatch(Reasons::isPlain)) {
            throw Problem.INVALID_RULING.with(
                    "Write the reasons without control characters, and without those that cannot be"
                            + " seen or turn the writing round.");
        }
        return text;
    }

    private static boolean isPlain(int point) {
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
