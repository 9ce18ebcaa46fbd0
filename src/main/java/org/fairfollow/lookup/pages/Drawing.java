package org.fairfollow.lookup.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A drawing that fits any page: across, it is measured in parts of its width, of which there are {@link #WIDTH}, and stretched; down,
 * in pixels. What is written on it is not stretched.
 *
 * @param paths later ones lie over earlier ones
 */
public record Drawing(int height, List<Path> paths, List<Label> labels) {
    static final int WIDTH = 1000;

    /**
     * All that looks alike, in one path.
     *
     * @param form class of the style sheet
     * @param path SVG's path data
     */
    public record Path(String form, String path) {}

    /**
     * @param x in parts of the width
     * @param y pixels from the top to the line the text stands on
     * @param anchor start, middle or end of the text is at {@code x}
     */
    public record Label(String text, double x, double y, String anchor) {
        public String xPercent() {
            return String.format(Locale.ROOT, "%.2f%%", 100 * x / WIDTH);
        }

        public String yPixels() {
            return decimal(y);
        }
    }

    /** At most one decimal; {@link String#format} would take most of a page's time. */
    static String decimal(double value) {
        long tenths = Math.round(10 * value);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }

    /** Puts a drawing together; forms lie over each other in the order in which they were first used. */
    static final class Pen {
        private final int height;
        private final Map<String, StringBuilder> paths = new LinkedHashMap<>();
        private final List<Label> labels = new ArrayList<>();

        Pen(int height) {
            this.height = height;
        }

        Pen bar(String form, double x, double y, double width, double height) {
            path(form, "M", x, y).append('h').append(decimal(width));
            path(form, "v", height).append('h').append(decimal(-width)).append('z');
            return this;
        }

        Pen line(String form, double... points) {
            path(form, "M", points[0], points[1]);
            for (int i = 2; i < points.length; i += 2) {
                path(form, "L", points[i], points[i + 1]);
            }
            return this;
        }

        /** A line of no length, whose round ends are not stretched. */
        Pen dot(String form, double x, double y) {
            path(form, "M", x, y).append("h0");
            return this;
        }

        Pen label(String text, double x, double y, String anchor) {
            labels.add(new Label(text, x, y, anchor));
            return this;
        }

        /** A line across with what it stands for above its beginning. */
        Pen level(String form, double y, String text) {
            return line(form, 0, y, WIDTH, y).label(text, 0, y - 5, "start");
        }

        Drawing draw() {
            return new Drawing(
                    height,
                    paths.entrySet().stream()
                            .map(path -> new Path(path.getKey(), path.getValue().toString()))
                            .toList(),
                    List.copyOf(labels));
        }

        private StringBuilder path(String form, String command, double... numbers) {
            StringBuilder path = paths.computeIfAbsent(form, f -> new StringBuilder());
            path.append(command);
            for (int i = 0; i < numbers.length; i++) {
                path.append(i == 0 ? "" : " ").append(decimal(numbers[i]));
            }
            return path;
        }
    }
}
