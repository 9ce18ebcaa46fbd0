package org.fairfollow.lookup.pages;

import java.util.Locale;

/**
 * Parts of a drawing. Across, a drawing is measured in per cent of its width, so that it fits any page while its text
 * keeps its size; down, in pixels.
 */
final class Shape {
    private Shape() {}

    /** @param form class of the style sheet */
    record Bar(String form, double x, double y, double width, double height) {
        String xPercent() {
            return percent(x);
        }

        String widthPercent() {
            return percent(width);
        }
    }

    record Line(String form, double fromX, double fromY, double toX, double toY) {
        String fromXPercent() {
            return percent(fromX);
        }

        String toXPercent() {
            return percent(toX);
        }
    }

    /** @param anchor start, middle or end of the text is at {@code x} */
    record Label(String text, double x, double y, String anchor) {
        String xPercent() {
            return percent(x);
        }
    }

    static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
