package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/** How long after a follow the answer came: a message, or a follow back. */
final class DelayChart {
    private static final int HEIGHT = 208;
    private static final int TOP = 24;
    private static final int BOTTOM = 176;
    private static final double BAR = .8;
    private static final double MINUTE = 60;
    /** What the rules call prompt. */
    private static final double PROMPT = 10 * MINUTE;

    private static final double LEAST = 2;

    private DelayChart() {}

    /** How many came later than {@code after} and by {@code to}, in seconds; without an end where {@code to} is infinite. */
    private record Delay(double after, double to, double count) {}

    /** @param delays the table {@code delays} of those who told of messages */
    static Optional<Chart> ofMessages(Finding.Table delays) {
        return Cells.of(delays, "after", "to", "recipients")
                .map(cells -> delays(cells, "after", "to", "recipients", 1))
                .filter(DelayChart::any)
                .map(all -> draw(
                        "message-delays",
                        "From the follow to the message",
                        "The message came within 10 minutes of the follow: ",
                        " recipients.",
                        "Recipients",
                        all));
    }

    /** @param latencies the table {@code latencies} of the follows received */
    static Optional<Chart> ofFollowBacks(Finding.Table latencies) {
        return Cells.of(latencies, "fromMinutes", "toMinutes", "followBacks")
                .map(cells -> delays(cells, "fromMinutes", "toMinutes", "followBacks", MINUTE))
                .filter(DelayChart::any)
                .map(all -> draw(
                        "follow-back-delays",
                        "From the follow to the follow-back",
                        "They came within 10 minutes: ",
                        " follow-backs.",
                        "Follow-backs",
                        all));
    }

    private static List<Delay> delays(Cells cells, String after, String to, String count, double unit) {
        return IntStream.range(0, cells.rows())
                .mapToObj(row -> new Delay(
                        unit * cells.at(row, after),
                        cells.at(row, to) < 0 ? Double.POSITIVE_INFINITY : unit * cells.at(row, to),
                        cells.at(row, count)))
                .toList();
    }

    private static boolean any(List<Delay> delays) {
        return sum(delays) > 0;
    }

    private static double sum(List<Delay> delays) {
        return delays.stream().mapToDouble(Delay::count).sum();
    }

    private static Chart draw(String id, String title, String caption, String of, String heading, List<Delay> delays) {
        double most = UpDown.roundNumber(
                delays.stream().mapToDouble(Delay::count).max().orElse(1));
        double slot = (double) Drawing.WIDTH / delays.size();
        Drawing.Pen pen = new Drawing.Pen(HEIGHT).level("grid", TOP, UpDown.abbreviated(most));
        for (int i = 0; i < delays.size(); i++) {
            Delay delay = delays.get(i);
            double x = i * slot + slot * (1 - BAR) / 2;
            if (delay.count > 0) {
                double height = Math.max(LEAST, (BOTTOM - TOP) * delay.count / most);
                pen.bar(isPrompt(delay) ? "unfollowed" : "followed", x, BOTTOM - height, slot * BAR, height);
            }
            if (i > 0 && (delays.size() < 7 || i % 2 == 0)) {
                pen.label(shortly(delay.after), i * slot, HEIGHT - 14, "middle");
            }
        }
        pen.line("axis", 0, BOTTOM, Drawing.WIDTH, BOTTOM);
        pen.label("0", 0, HEIGHT - 14, "start");
        double prompt = delays.stream()
                .filter(DelayChart::isPrompt)
                .mapToDouble(Delay::count)
                .sum();
        Numbers numbers = new Numbers(
                List.of(
                        Numbers.count("Later than (seconds)"),
                        Numbers.count("Up to (seconds)"),
                        Numbers.count(heading)),
                delays.stream()
                        .map(delay ->
                                List.of(delay.after, Double.isInfinite(delay.to) ? Double.NaN : delay.to, delay.count))
                        .toList());
        return new Chart(
                id,
                title,
                caption + Written.number(prompt) + " of " + Written.number(sum(delays)) + of,
                List.of(new Chart.Key("unfollowed", "within 10 minutes"), new Chart.Key("followed", "later")),
                pen.draw(),
                numbers.table(title),
                numbers,
                "");
    }

    private static boolean isPrompt(Delay delay) {
        return delay.to <= PROMPT;
    }

    /** Whole minutes, hours or days. */
    private static String shortly(double seconds) {
        if (seconds < 3_600) {
            return Written.number(seconds / 60) + " min";
        }
        return seconds < 86_400 ? Written.number(seconds / 3_600) + " h" : Written.number(seconds / 86_400) + " d";
    }
}
