package org.fairfollow.lookup.pages;

import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.util.Locale;
import org.fairfollow.http.Speech;

/**
 * An account's badge for other sites: a small SVG of two parts, told by form as well as by colour. It has no name in it: whoever shows it
 * says beside it whose it is, and a hostile name has nowhere to go.
 */
final class Badge {
    private static final String MARK = "Fairfollow";
    private static final int HEIGHT = 20;
    private static final double SIZE = 11;
    private static final double SPACE = 7;
    private static final double SIGN = 12;

    private Badge() {}

    /** How a form looks. */
    private record Look(String ground, String text, String line, boolean dashed, String sign) {
        /** Strokes on a grid of 12 px: half full, full, a tick, three dots. */
        private static final String HALF =
                "<circle cx=\"6\" cy=\"6\" r=\"4\"/><path d=\"M6 2a4 4 0 0 1 0 8z\" fill=\"%s\"/>";

        private static final String FULL = "<circle cx=\"6\" cy=\"6\" r=\"4\" fill=\"%s\"/>";
        private static final String TICK = "<path d=\"M2.5 6.5 5 9l4.5-6\"/>";
        private static final String DOTS = "<path d=\"M2 6h.1M6 6h.1M10 6h.1\" stroke-width=\"2\"/>";
        private static final String BAR = "<path d=\"M2.5 6h7\"/>";

        static Look of(Gist.Form form) {
            return switch (form) {
                case CONFIRMED -> new Look("#a01820", "#ffffff", "#a01820", false, FULL);
                case LIKELY -> new Look("#fdf3e1", "#8a5200", "#c08a3c", false, HALF);
                case NOTHING_FOUND -> new Look("#eef7f1", "#1d6b40", "#6da383", false, TICK);
                case TOO_LITTLE -> new Look("#ffffff", "#4d5866", "#7b8796", true, DOTS);
                case NOT_KNOWN, NOT_LISTED, NO_ANSWER -> new Look("#ffffff", "#4d5866", "#7b8796", true, BAR);
            };
        }
    }

    static String svg(Gist gist, Speech speech) {
        Look look = Look.of(gist.form());
        String words = Lettering.REGULAR.writable(gist.words(speech));
        double mark = Lettering.BOLD.width(MARK, SIZE);
        double said = Lettering.REGULAR.width(words, SIZE);
        double left = 2 * SPACE + mark;
        double signAt = left + SPACE;
        double wordsAt = signAt + SIGN + 4;
        double width = Math.ceil(wordsAt + said + SPACE);
        String label = escaped(MARK + ": " + words);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" + HEIGHT
                + "\" viewBox=\"0 0 " + number(width) + " " + HEIGHT + "\" role=\"img\" aria-label=\"" + label
                + "\" lang=\"" + speech.language().tag() + "\"><title>" + label + "</title>"
                + rectangle(width, look.ground, look.line, look.dashed)
                // The dark part: its left end is round, its right one straight.
                + "<path fill=\"#16202c\" d=\"M4 0H" + number(left) + "V" + HEIGHT
                + "H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z\"/>"
                + "<g fill=\"none\" stroke=\"" + look.text + "\" stroke-width=\"1.5\" stroke-linecap=\"round\""
                + " stroke-linejoin=\"round\" transform=\"translate(" + number(signAt) + " 4)\">"
                + look.sign.formatted(look.text) + "</g>"
                + "<g font-family=\"Arial,'Liberation Sans',Helvetica,sans-serif\" font-size=\"" + number(SIZE) + "\">"
                + text(SPACE, mark, "#ffffff", " font-weight=\"700\"", MARK)
                + text(wordsAt, said, look.text, "", words)
                + "</g></svg>";
    }

    private static String rectangle(double width, String ground, String line, boolean dashed) {
        return "<rect x=\".5\" y=\".5\" width=\"" + number(width - 1) + "\" height=\"" + (HEIGHT - 1)
                + "\" rx=\"3.5\" fill=\"" + ground + "\" stroke=\"" + line + "\""
                + (dashed ? " stroke-dasharray=\"3 2\"" : "") + "/>";
    }

    /** Whatever font there is at the other end, the text is as wide as it was measured to be. */
    private static String text(double x, double width, String fill, String weight, String text) {
        return "<text x=\"" + number(x) + "\" y=\"14\" textLength=\"" + number(width)
                + "\" lengthAdjust=\"spacingAndGlyphs\" fill=\"" + fill + "\"" + weight + ">" + escaped(text)
                + "</text>";
    }

    private static String escaped(String text) {
        StringOutput escaped = new StringOutput();
        Escape.htmlAttribute(text, escaped);
        return escaped.toString().replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    }
}
