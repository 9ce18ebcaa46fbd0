package org.fairfollow.lookup.pages;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Letters as outlines, and how wide they are. Java's own text asks the machine for its fonts, and a small container has none; these come
 * with the service (docs/adr/0021-pictures-of-verdicts.md).
 */
final class Lettering {
    /** Latin, Greek and Cyrillic letters, punctuation, currencies, arrows and signs of arithmetic: all the font has for sentences. */
    private static final List<IntStream> WRITABLE = List.of(
            IntStream.rangeClosed(0x20, 0x7e),
            IntStream.rangeClosed(0xa0, 0x17f),
            IntStream.rangeClosed(0x370, 0x45f),
            IntStream.rangeClosed(0x2010, 0x2026),
            IntStream.rangeClosed(0x20a0, 0x20bf),
            IntStream.rangeClosed(0x2190, 0x2193),
            IntStream.rangeClosed(0x2212, 0x2265));

    private static final int[] CODE_POINTS =
            WRITABLE.stream().flatMapToInt(range -> range).toArray();

    static final Lettering REGULAR = load("liberation/LiberationSans-Regular.ttf");
    static final Lettering BOLD = load("liberation/LiberationSans-Bold.ttf");

    /** In units of an em. */
    private record Glyph(double advance, GeneralPath outline) {}

    private final Map<Integer, Glyph> glyphs;

    private Lettering(Map<Integer, Glyph> glyphs) {
        this.glyphs = glyphs;
    }

    /** All that will ever be written, read once: the parser's font is not for many threads. */
    private static Lettering load(String file) {
        try (InputStream in =
                        Objects.requireNonNull(Lettering.class.getClassLoader().getResourceAsStream(file), file);
                TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
            CmapLookup names = font.getUnicodeCmapLookup();
            double em = font.getUnitsPerEm();
            Map<Integer, Glyph> glyphs = new HashMap<>();
            for (int codePoint : CODE_POINTS) {
                int id = names.getGlyphId(codePoint);
                if (id != 0) {
                    GeneralPath outline = font.getGlyph().getGlyph(id).getPath();
                    outline.transform(AffineTransform.getScaleInstance(1 / em, -1 / em));
                    glyphs.put(codePoint, new Glyph(font.getAdvanceWidth(id) / em, outline));
                }
            }
            return new Lettering(glyphs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text as it can be written: without what the font has no letter for, and without what would turn the direction of the rest or
     * hide in it.
     */
    String writable(String text) {
        StringBuilder writable = new StringBuilder();
        // 00ad: a soft hyphen shows nowhere else.
        text.codePoints()
                .filter(codePoint -> codePoint != 0xad && glyphs.containsKey(codePoint))
                .forEach(writable::appendCodePoint);
        return writable.toString();
    }

    double width(String text, double size) {
        return size * text.codePoints().mapToDouble(this::advance).sum();
    }

    private double advance(int codePoint) {
        Glyph glyph = glyphs.get(codePoint);
        return glyph == null ? 0 : glyph.advance;
    }

    /** The text's outline, its baseline beginning at the point. */
    Path2D outline(String text, double size, double x, double y) {
        Path2D outline = new Path2D.Double();
        double at = x;
        for (int codePoint : text.codePoints().toArray()) {
            Glyph glyph = glyphs.get(codePoint);
            if (glyph != null) {
                outline.append(glyph.outline.getPathIterator(new AffineTransform(size, 0, 0, size, at, y)), false);
                at += size * glyph.advance;
            }
        }
        return outline;
    }
}
