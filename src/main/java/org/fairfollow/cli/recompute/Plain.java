package org.fairfollow.cli.recompute;

/** Foreign text for a terminal: nothing in it can move the cursor or hide the rest. */
public final class Plain {
    private static final int LONGEST = 200;

    private Plain() {}

    public static String text(String foreign) {
        String shown = foreign.codePoints()
                .limit(LONGEST)
                .map(character -> ' ' <= character && character <= '~' ? character : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return shown.length() < foreign.codePointCount(0, foreign.length()) ? shown + "..." : shown;
    }
}
