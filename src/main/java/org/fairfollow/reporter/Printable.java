package org.fairfollow.reporter;

/** Text that is shown in terminals, logs and pages: nothing in it may move the cursor, hide, or turn the writing round. */
public final class Printable {
    private Printable() {}

    public static boolean is(String text) {
        return text.codePoints().allMatch(Printable::is);
    }

    /** The text with a mark in place of what is not printable, cut after {@code most} characters. */
    static String only(String text, int most) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(most).map(point -> is(point) ? point : '\uFFFD').forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean is(int point) {
        return switch (Character.getType(point)) {
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
