package org.fairfollow.lookup.pages;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.fairfollow.detection.Finding;
import org.fairfollow.http.Speech;
import org.fairfollow.publication.VerdictJson;
import org.jspecify.annotations.Nullable;

/**
 * The picture that other sites show of a link to an account's page. It reads as the card in the extension does: who, practice and standing,
 * the statement with its numbers, one small picture of it, and until when it holds.
 */
final class Card {
    static final int WIDTH = 1200;
    static final int HEIGHT = 630;

    private static final int LEFT = 92;
    private static final int RIGHT = WIDTH - LEFT;
    private static final int WIDEST = RIGHT - LEFT;

    private static final Color GROUND = new Color(0xf6f8fa);
    private static final Color PANEL = Color.WHITE;
    private static final Color LINE = new Color(0xdfe3e8);
    private static final Color EDGE = new Color(0x7b8796);
    private static final Color TEXT = new Color(0x16202c);
    private static final Color MUTED = new Color(0x5b6675);
    private static final Color ACCENT = new Color(0x2355d0);
    private static final Color UNFOLLOWED = new Color(0xc44a1b);
    private static final Color GOOD = new Color(0x1d6b40);
    private static final Color GOOD_LINE = new Color(0x9cc7ae);
    private static final Color LIKELY = new Color(0x8a5200);
    private static final Color LIKELY_GROUND = new Color(0xfdf3e1);
    private static final Color LIKELY_LINE = new Color(0xe0b877);
    private static final Color CONFIRMED = new Color(0xa01820);

    private static final double STATEMENT = 31;
    private static final double LEADING = 43;
    /** Where the first line of the statement stands. */
    private static final double STATEMENT_AT = 330;

    private static final double CHART_TOP = 452;
    private static final double CHART_BOTTOM = 522;
    private static final double FOOT = 566;

    private final Graphics2D canvas;
    private final Speech speech;

    private Card(Graphics2D canvas, Speech speech) {
        this.canvas = canvas;
        this.speech = speech;
    }

    /**
     * What a card says; the same content is the same picture.
     *
     * @param name the handle with its @, or a native id
     * @param language its tag
     */
    record Content(Gist gist, String name, String network, String language) {}

    /** The picture as PNG. */
    static byte[] png(Content content) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            new Card(canvas, Speech.in(content.language)).draw(content);
        } finally {
            canvas.dispose();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream(1 << 16);
        // Not by way of a file, as ImageIO would otherwise.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private void draw(Content content) {
        Gist gist = content.gist;
        fill(GROUND, new RoundRectangle2D.Double(0, 0, WIDTH, HEIGHT, 0, 0));
        Shape panel = new RoundRectangle2D.Double(44, 44, WIDTH - 88, HEIGHT - 88, 56, 56);
        fill(PANEL, panel);
        stroke(LINE, 2, panel);
        head(content.network);
        name(content.name);
        VerdictJson verdict = gist.verdict();
        if (verdict == null) {
            String words = gist.words(speech);
            chip(LEFT, 246, words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1), gist.form());
            paragraph(Statement.of(gist.sentences(speech)), STATEMENT_AT + 20, 4);
            write(
                    Lettering.REGULAR,
                    speech.say("Verdicts from public events that anyone can recount"),
                    24,
                    MUTED,
                    LEFT,
                    FOOT - 8);
            return;
        }
        double after = write(Lettering.BOLD, gist.practice(speech), 36, TEXT, LEFT, 270);
        String standing = speech.toldPlainly(Chip.of(verdict.standing()).text());
        double next = chip(after + 20, 240, standing, gist.form());
        if (gist.isDisputed()) {
            next = chip(next + 12, 240, speech.say("in dispute"), null);
        }
        if (gist.others() > 0) {
            write(Lettering.REGULAR, speech.say("and {0} more", gist.others()), 28, MUTED, next + 20, 269);
        }
        Finding.Spark spark = verdict.spark();
        Finding.Spark drawn = spark != null && mostOf(spark) > 0 ? spark : null;
        paragraph(Statement.of(gist.sentences(speech)), STATEMENT_AT, drawn != null ? 3 : 5);
        if (drawn != null) {
            days(drawn);
        }
        foot(verdict, drawn != null);
    }

    private void head(String network) {
        Path2D arrows = new Path2D.Double();
        line(arrows, 3, 5, 13, 5);
        line(arrows, 10.2, 2.2, 13, 5);
        line(arrows, 13, 5, 10.2, 7.8);
        line(arrows, 13, 11, 3, 11);
        line(arrows, 5.8, 13.8, 3, 11);
        line(arrows, 3, 11, 5.8, 8.2);
        Graphics2D mark = (Graphics2D) canvas.create();
        mark.translate(LEFT - 6, 80);
        mark.scale(2.75, 2.75);
        mark.setColor(ACCENT);
        mark.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        mark.draw(arrows);
        mark.dispose();
        write(Lettering.BOLD, "Fairfollow", 32, TEXT, LEFT + 46, 113);
        write(Lettering.REGULAR, network, 28, MUTED, RIGHT - Lettering.REGULAR.width(network, 28), 112);
    }

    private static void line(Path2D path, double fromX, double fromY, double toX, double toY) {
        path.moveTo(fromX, fromY);
        path.lineTo(toX, toY);
    }

    /** As large as there is room; of a long one the beginning and the end, by which it is told from others. */
    private void name(String name) {
        String writable = Lettering.BOLD.writable(name);
        double size = Math.clamp(58 * WIDEST / Math.max(1, Lettering.BOLD.width(writable, 58)), 34, 58);
        String shown = writable;
        for (int kept = writable.length() - 1; Lettering.BOLD.width(shown, size) > WIDEST; kept--) {
            int end = kept / 3;
            shown = writable.substring(0, kept - end) + "…" + writable.substring(writable.length() - end);
        }
        write(Lettering.BOLD, shown, size, TEXT, LEFT, 204);
    }

    /** @return where it ends */
    private double chip(double x, double y, String text, Gist.@Nullable Form form) {
        double width = Lettering.BOLD.width(text, 26) + 40;
        Shape shape = new RoundRectangle2D.Double(x, y, width, 42, 42, 42);
        Color ground = PANEL;
        Color edge = EDGE;
        Color ink = MUTED;
        float[] dash = null;
        if (form == Gist.Form.CONFIRMED) {
            ground = CONFIRMED;
            edge = CONFIRMED;
            ink = Color.WHITE;
        } else if (form == Gist.Form.LIKELY) {
            ground = LIKELY_GROUND;
            edge = LIKELY_LINE;
            ink = LIKELY;
        } else if (form == Gist.Form.NOTHING_FOUND) {
            edge = GOOD_LINE;
            ink = GOOD;
        } else if (form != null) {
            dash = new float[] {8, 6};
        }
        fill(ground, shape);
        canvas.setColor(edge);
        canvas.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
        canvas.draw(shape);
        write(Lettering.BOLD, text, 26, ink, x + 20, y + 30);
        return x + width;
    }

    // The statement

    /** A word, of which parts may be stressed. */
    private record Word(List<Statement.Piece> parts) {
        double width() {
            return parts.stream()
                    .mapToDouble(part -> letters(part).width(part.text(), STATEMENT))
                    .sum();
        }
    }

    private static Lettering letters(Statement.Piece piece) {
        return piece.strong() ? Lettering.BOLD : Lettering.REGULAR;
    }

    /** Its first sentences, as many as fall into so many lines; the first one is cut if it is longer. */
    private void paragraph(Statement statement, double firstLine, int mostLines) {
        List<List<Word>> lines = new ArrayList<>();
        for (List<Word> words : beginnings(words(statement))) {
            lines = lines(words);
            if (lines.size() <= mostLines) {
                break;
            }
        }
        if (lines.size() > mostLines) {
            lines = new ArrayList<>(lines.subList(0, mostLines));
            lines.getLast().add(new Word(List.of(new Statement.Piece("…", false))));
        }
        double space = Lettering.REGULAR.width(" ", STATEMENT);
        double y = firstLine;
        for (List<Word> line : lines) {
            double x = LEFT;
            for (Word word : line) {
                for (Statement.Piece part : word.parts) {
                    x = write(letters(part), part.text(), STATEMENT, TEXT, x, y);
                }
                x += space;
            }
            y += LEADING;
        }
    }

    private static List<Word> words(Statement statement) {
        List<Word> words = new ArrayList<>();
        List<Statement.Piece> word = new ArrayList<>();
        for (Statement.Piece piece : statement.pieces()) {
            String[] parts = Lettering.REGULAR.writable(piece.text()).split(" ", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i > 0 && !word.isEmpty()) {
                    words.add(new Word(List.copyOf(word)));
                    word.clear();
                }
                if (!parts[i].isEmpty()) {
                    word.add(new Statement.Piece(parts[i], piece.strong()));
                }
            }
        }
        if (!word.isEmpty()) {
            words.add(new Word(List.copyOf(word)));
        }
        return words;
    }

    /** All sentences, all but the last, and so on to the first alone. */
    private static List<List<Word>> beginnings(List<Word> words) {
        List<List<Word>> beginnings = new ArrayList<>();
        beginnings.add(words);
        for (int i = words.size() - 2; i >= 0; i--) {
            if (words.get(i).parts.getLast().text().endsWith(".")) {
                beginnings.add(words.subList(0, i + 1));
            }
        }
        return beginnings;
    }

    private static List<List<Word>> lines(List<Word> words) {
        double space = Lettering.REGULAR.width(" ", STATEMENT);
        List<List<Word>> lines = new ArrayList<>();
        List<Word> line = new ArrayList<>();
        double width = 0;
        for (Word word : words) {
            if (!line.isEmpty() && width + space + word.width() > WIDEST) {
                lines.add(line);
                line = new ArrayList<>();
                width = 0;
            }
            width += (line.isEmpty() ? 0 : space) + word.width();
            line.add(word);
        }
        lines.add(line);
        return lines;
    }

    // The picture of it

    private void days(Finding.Spark spark) {
        int days = spark.followed().size();
        double slot = (double) WIDEST / days;
        double scale = (CHART_BOTTOM - CHART_TOP - 2) / Math.max(1, most(spark.followed()) + most(spark.unfollowed()));
        double middle = CHART_TOP + scale * most(spark.followed());
        for (int day = 0; day < days; day++) {
            double x = LEFT + day * slot + slot * .14;
            bar(ACCENT, x, middle, slot * .72, -scale * spark.followed().get(day));
            bar(
                    UNFOLLOWED,
                    x,
                    middle + 2,
                    slot * .72,
                    scale * spark.unfollowed().get(day));
        }
        fill(LINE, new RoundRectangle2D.Double(LEFT, middle, WIDEST, 2, 0, 0));
    }

    /** @param height upwards if negative */
    private void bar(Color colour, double x, double y, double width, double height) {
        if (height != 0) {
            double tall = Math.max(3, Math.abs(height));
            fill(colour, new RoundRectangle2D.Double(x, height < 0 ? y - tall : y, width, tall, 6, 6));
        }
    }

    private static int mostOf(Finding.Spark spark) {
        return Math.max(most(spark.followed()), most(spark.unfollowed()));
    }

    private static int most(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private void foot(VerdictJson verdict, boolean drawn) {
        String judged = speech.toldPlainly(Written.day(verdict.asOf()));
        String dated = verdict.reviewAt() == null
                ? speech.say("Judged {0}", judged)
                : speech.say("Judged {0}, lapses {1}", judged, speech.toldPlainly(Written.day(verdict.reviewAt())));
        write(Lettering.REGULAR, dated, 24, MUTED, LEFT, FOOT);
        if (drawn) {
            String unfollowed = speech.say("unfollowed, by day");
            double x = RIGHT - Lettering.REGULAR.width(unfollowed, 24);
            write(Lettering.REGULAR, unfollowed, 24, MUTED, x, FOOT);
            fill(UNFOLLOWED, new Ellipse2D.Double(x - 26, FOOT - 16, 16, 16));
            String followed = speech.say("followed, by day");
            x -= 58 + Lettering.REGULAR.width(followed, 24);
            write(Lettering.REGULAR, followed, 24, MUTED, x, FOOT);
            fill(ACCENT, new RoundRectangle2D.Double(x - 26, FOOT - 16, 16, 16, 4, 4));
        }
    }

    // Ink

    /** @return where the text ends */
    private double write(Lettering letters, String text, double size, Color colour, double x, double y) {
        fill(colour, letters.outline(text, size, x, y));
        return x + letters.width(text, size);
    }

    private void fill(Color colour, Shape shape) {
        canvas.setColor(colour);
        canvas.fill(shape);
    }

    private void stroke(Color colour, float width, Shape shape) {
        canvas.setColor(colour);
        canvas.setStroke(new BasicStroke(width));
        canvas.draw(shape);
    }
}
