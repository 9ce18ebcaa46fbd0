package org.fairfollow.evidence.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The curated list of what apps post by themselves about who unfollowed: {@code unfollow-patterns.csv}. A pattern is the
 * fixed wording of an app with its signature, from the first character to the last, so that somebody's own words about
 * unfollowers are none.
 */
final class UnfollowPatterns {
    /** With a scheme, or a bare domain under one of the endings that people write bare. */
    static final String LINK = "(?:https?://[^\\s\\])]+"
            + "|(?<![@\\p{L}\\p{N}._-])(?:[a-z0-9-]{1,63}\\.){1,4}(?:com|net|org|info|biz|shop|store|online|site|xyz|app|me)"
            + "(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])(?:/[^\\s\\])]*)?"
            + "|(?<![@\\p{L}\\p{N}._-])(?:[a-z0-9-]{1,63}\\.){1,4}[a-z]{2}/[^\\s\\])]+)";

    /** One or more: a count of none shames nobody. */
    private static final String COUNT = "(?:(?!0+(?![\\d.,]))\\d[\\d.,]*"
            + "|one|two|three|four|five|six|seven|eight|nine|ten|an?|some|several|dozens of|hundreds of"
            + "|una?|uno|dos|tres|due|tre|um|uma|dois|duas|une?|deux|trois|eine?|zwei|drei)";

    private static final String NAME = "@[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@-]*";
    private static final String NAMES =
            NAME + "(?:(?: ?,| and| &| y| e| et| und)? " + NAME + "){0,20}" + "(?:,? and (?:some|\\d+) others?)?";
    private static final String PEOPLE = "(?:people|persons?|users?|tweeps?|tweeple|ppl|followers?|accounts?)";

    /** Apps may add tags of their own or of the day; then nothing more. */
    private static final String END = "\\s?[\\])]?(?: \\[autotweet\\])?(?: ?[#@][\\p{L}\\p{N}_.@-]+){0,4}[.!]?$";

    private static final List<UnfollowPattern> ALL = load();

    private UnfollowPatterns() {}

    /**
     * @param code what a hit is called; begins with {@code unfollow-count} or {@code unfollow-names}
     * @param apps names and domains of the apps that post so, for patterns that need one of them; else empty
     * @param bySource the app shows in the source of the post and not in its text
     * @param matches an invented post that is a hit
     * @param not an invented post that must not be one
     */
    record UnfollowPattern(
            String code, List<String> apps, boolean bySource, Pattern pattern, String matches, String not) {
        boolean isIn(String plain, @Nullable String source) {
            return (!bySource || (source != null && apps.stream().anyMatch(source::contains)))
                    && pattern.matcher(plain).find();
        }
    }

    static List<UnfollowPattern> all() {
        return ALL;
    }

    /** The code of the first pattern of the list that the post shows. */
    static List<String> hits(String plain, @Nullable String source) {
        return ALL.stream()
                .filter(pattern -> pattern.isIn(plain, source))
                .map(UnfollowPattern::code)
                .limit(1)
                .toList();
    }

    private static List<UnfollowPattern> load() {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .get();
        try (InputStream in =
                        Objects.requireNonNull(UnfollowPatterns.class.getResourceAsStream("unfollow-patterns.csv"));
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return format.parse(reader).stream().map(UnfollowPatterns::pattern).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnfollowPattern pattern(CSVRecord row) {
        List<String> apps = Arrays.stream(row.get("apps").split(" "))
                .filter(app -> !app.isEmpty())
                .toList();
        String written = row.get("pattern")
                .replace("{app}", app(apps))
                .replace("{known}", known(apps))
                .replace("{link}", LINK)
                .replace("{names}", NAMES)
                .replace("{n}", COUNT)
                .replace("{people}", PEOPLE)
                .replace("{end}", END);
        return new UnfollowPattern(
                row.get("code"),
                apps,
                row.get("where").equals("source"),
                Pattern.compile("^" + written),
                row.get("matches"),
                row.get("not"));
    }

    /** Any link or name where the wording alone tells the app. */
    private static String app(List<String> apps) {
        return apps.isEmpty() ? "(?:" + LINK + "|" + NAME + ")" : "(?:https?://t\\.co/[^\\s\\])]+|" + known(apps) + ")";
    }

    private static String known(List<String> apps) {
        String names = apps.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return "(?:(?:https?://)?(?:www\\.)?@?(?:" + names + ")[^\\s\\])]*)";
    }
}
