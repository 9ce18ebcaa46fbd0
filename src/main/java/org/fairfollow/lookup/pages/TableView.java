package org.fairfollow.lookup.pages;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.fairfollow.detection.Finding;

/** A table of raw counts with its headings in words. */
record TableView(String caption, List<String> columns, List<Row> rows) {
    record Row(String heading, List<String> cells) {}

    private static final Map<String, String> CAPTIONS = Map.ofEntries(
            Map.entry("counts", "What was counted, and what came of it"),
            Map.entry("age-bins", "By age of the follow"),
            Map.entry("weeks", "By calendar week"),
            Map.entry("told-leavings", "What observers told of follows and leavings"),
            Map.entry("following-turnover", "The number of accounts followed, over time"),
            Map.entry("following-weeks", "The same, by seven days"),
            Map.entry("followers", "What the sampled followers look like"),
            Map.entry("families", "Patterns of arrival that show (1) or not (0)"),
            Map.entry("stripes", "Followers in a row that were created together"),
            Map.entry("bursts", "Gains beyond the usual"),
            Map.entry("readings", "Followers in all, by day"),
            Map.entry("shared-arrivals", "Other accounts at which the same followers arrived in the same hours"),
            Map.entry("delays", "From the follow to the message, in seconds"),
            Map.entry("latencies", "From the follow received to the follow-back, in minutes"),
            Map.entry("hours", "By hour of the day (UTC)"),
            Map.entry("batch-minutes", "Batches of follow-backs, by minute of the hour"),
            Map.entry("days-received", "Follows received, by day"),
            Map.entry("posts", "Posts sampled"),
            Map.entry("templates", "Templates, by how often they were posted"),
            Map.entry("unfollow-post-days", "Days with posts of an app about who unfollowed"),
            Map.entry("questions", "Questions asked, and answered"));

    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("follows", "Follows"),
            Map.entry("uncovered", "Left out: made while the stream was not watched"),
            Map.entry("unreachable", "Left out: the other account was gone or blocked"),
            Map.entry("followedFirst", "Left out: the other account followed first"),
            Map.entry("silent", "Left out: the other account was silent"),
            Map.entry("counted", "Counted"),
            Map.entry("again", "Of these, of accounts followed before"),
            Map.entry("returned", "Of these, returned"),
            Map.entry("unreturnedDrops", "Dropped, not returned"),
            Map.entry("returnedDrops", "Dropped, returned"),
            Map.entry("kept", "Kept, or no longer watched"),
            Map.entry("monday", "Week from"),
            Map.entry("P0", "Follow-days not returned"),
            Map.entry("D0", "Drops"),
            Map.entry("P1", "Follow-days returned"),
            Map.entry("D1", "Drops"),
            Map.entry("firstDay", "From"),
            Map.entry("lastDay", "To"),
            Map.entry("day", "Day"),
            Map.entry("notReturned", "Follows told of, not returned"),
            Map.entry("notReturnedLeft", "Of these, seen left"),
            Map.entry("leftBeyondDoubt", "Of these, left beyond doubt"),
            Map.entry("returnedLeft", "Returned and left"),
            Map.entry("independentObservers", "Independent observers"),
            Map.entry("setAside", "Readings set aside as errors"),
            Map.entry("mean", "Mean"),
            Map.entry("rise", "Rose by"),
            Map.entry("fall", "Fell by"),
            Map.entry("turnover", "Came and went"),
            Map.entry("total", "Followers in all"),
            Map.entry("sampled", "Sampled"),
            Map.entry("fake", "Look fake"),
            Map.entry("inactive", "Inactive"),
            Map.entry("genuine", "Look genuine"),
            Map.entry("unknown", "Cannot be judged"),
            Map.entry("effective", "As good as so many drawn singly"),
            Map.entry("provenance", "Created together"),
            Map.entry("dynamics", "Arrived in a burst"),
            Map.entry("synchrony", "Arrived elsewhere too"),
            Map.entry("firstRank", "From place"),
            Map.entry("lastRank", "To place"),
            Map.entry("createdFrom", "Created from"),
            Map.entry("createdTo", "To"),
            Map.entry("score", "Stands out by"),
            Map.entry("before", "Followers before"),
            Map.entry("gained", "Gained"),
            Map.entry("lost", "Lost again"),
            Map.entry("ended", "Ended at once (1)"),
            Map.entry("shared", "Arrivals shared"),
            Map.entry("messages", "Messages told of"),
            Map.entry("recipients", "Recipients"),
            Map.entry("timed", "Recipients who told when"),
            Map.entry("clusters", "Independent groups"),
            Map.entry("reachedBySharedText", "Got a shared text within 10 minutes"),
            Map.entry("textRecipients", "Recipients of the text"),
            Map.entry("textTimed", "Of these, told when"),
            Map.entry("textPrompt", "Of these, within 10 minutes"),
            Map.entry("textClusters", "Independent groups among those"),
            Map.entry("textWithLink", "With a link"),
            Map.entry("textGreeting", "Greetings"),
            Map.entry("textPromotion", "Promotions"),
            Map.entry("textThreat", "Threats"),
            Map.entry("textOther", "Others"),
            Map.entry("after", "After"),
            Map.entry("to", "To"),
            Map.entry("prompt", "Within 10 minutes"),
            Map.entry("received", "Follows received"),
            Map.entry("open", "Left out: too fresh to tell"),
            Map.entry("followedAlready", "Left out: followed already"),
            Map.entry("brief", "Left out: withdrawn at once"),
            Map.entry("followedBack", "Followed back"),
            Map.entry("followedBackQuickly", "Followed back within 10 minutes"),
            Map.entry("throwaways", "Look thrown away"),
            Map.entry("throwawaysFollowedBack", "Of these, followed back"),
            Map.entry("others", "Others"),
            Map.entry("othersFollowedBack", "Of these, followed back"),
            Map.entry("fromMinutes", "From"),
            Map.entry("toMinutes", "To"),
            Map.entry("followBacks", "Follow-backs"),
            Map.entry("hour", "Hour"),
            Map.entry("ownFollows", "Own follows"),
            Map.entry("quiet", "Quiet hour (1)"),
            Map.entry("minute", "Minute"),
            Map.entry("batches", "Batches"),
            Map.entry("reposts", "Reposts"),
            Map.entry("quotes", "Quotes"),
            Map.entry("own", "Posts of its own"),
            Map.entry("templates", "Different templates"),
            Map.entry("repeated", "Repeats of a template"),
            Map.entry("promotional", "Link and ask for something"),
            Map.entry("namingUnfollowers", "Name who unfollowed"),
            Map.entry("countingUnfollowers", "Count who unfollowed"),
            Map.entry("once", "Once"),
            Map.entry("twice", "Twice"),
            Map.entry("threeToNineTimes", "Three to nine times"),
            Map.entry("moreOften", "More often"),
            Map.entry("questionsOldEnough", "Questions a week old or older"),
            Map.entry("askers", "People who asked"),
            Map.entry("answered", "Of these, answered"),
            Map.entry("posts", "Posts sampled"),
            Map.entry("replies", "Replies"));

    /** Columns that hold UTC epoch days. */
    private static final Set<String> DAYS = Set.of("day", "monday", "firstDay", "lastDay", "createdFrom", "createdTo");

    static TableView of(Finding.Table table) {
        if (table.id().equals("age-bins")) {
            return ages(table);
        }
        return table.rows().size() == 1 && !DAYS.contains(table.columns().getFirst())
                ? transposed(table)
                : plain(table);
    }

    private static TableView plain(Finding.Table table) {
        return new TableView(
                caption(table),
                table.columns().stream().map(TableView::heading).toList(),
                table.rows().stream()
                        .map(row -> cells(table, row))
                        .map(cells -> new Row(cells.getFirst(), cells.subList(1, cells.size())))
                        .toList());
    }

    private static List<String> cells(Finding.Table table, List<Double> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> cell(table.columns().get(i), row.get(i)))
                .toList();
    }

    private static String cell(String column, double value) {
        return DAYS.contains(column) ? Written.day(LocalDate.ofEpochDay((long) value)) : Written.number(value);
    }

    private static TableView ages(Finding.Table table) {
        List<String> columns = new ArrayList<>(List.of("Days"));
        table.columns().stream().skip(2).map(TableView::heading).forEach(columns::add);
        List<Row> rows = table.rows().stream()
                .map(row -> new Row(
                        Written.number(row.getFirst()) + "–" + Written.number(row.get(1)),
                        cells(row.subList(2, row.size()))))
                .toList();
        return new TableView(caption(table), columns, rows);
    }

    /** A table of one row reads better down the page. */
    private static TableView transposed(Finding.Table table) {
        List<Double> values = table.rows().isEmpty() ? List.of() : table.rows().getFirst();
        List<Row> rows = IntStream.range(0, values.size())
                .mapToObj(i -> new Row(
                        heading(table.columns().get(i)),
                        List.of(cell(table.columns().get(i), values.get(i)))))
                .toList();
        return new TableView(caption(table), List.of("What", "Number"), rows);
    }

    private static List<String> cells(List<Double> values) {
        return values.stream().map(Written::number).toList();
    }

    private static String caption(Finding.Table table) {
        return Objects.requireNonNullElse(CAPTIONS.get(table.id()), words(table.id()));
    }

    private static String heading(String column) {
        return Objects.requireNonNullElse(HEADINGS.get(column), words(column));
    }

    /** A code nobody has written words for yet: "newCode" and "new-code" become "New code". */
    private static String words(String code) {
        String words =
                code.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
