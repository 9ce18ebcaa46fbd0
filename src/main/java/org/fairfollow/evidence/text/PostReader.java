package org.fairfollow.evidence.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;
import org.jspecify.annotations.Nullable;

/** Reads a post and keeps what judging needs instead of its text. */
public final class PostReader {
    private static final int TEMPLATE_DIGITS = 16;

    /** Where an app signs or a seller asks; what is longer is an essay, and patterns stay quick on it. */
    private static final int LONGEST_READ = 1_000;

    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\s]+");
    private static final Pattern LINK = Pattern.compile(UnfollowPatterns.LINK);

    private static final Pattern REPOST = Pattern.compile("^rt:? ?@[\\p{L}\\p{N}_]");
    private static final Pattern REPLY = Pattern.compile("^@[\\p{L}\\p{N}_]");
    private static final Pattern QUOTE = Pattern.compile(
            "\\b[rm]t:? ?@[\\p{L}\\p{N}_]" // a comment before what it passes on
                    + "|[\"“”«„]\\s?@[\\p{L}\\p{N}_.@-]+\\s?:" // "@somebody: …"
                    + "|//\\s?@[\\p{L}\\p{N}_.@-]+\\s?:" // … //@somebody: …
                    + "|(?:--|—|–)\\s?[^@]{0,60}\\(@[\\p{L}\\p{N}_.@-]+\\)$"); // … -- Somebody (@somebody)

    private PostReader() {}

    /**
     * @param at when it was posted, Unix epoch seconds UTC
     * @param kind null: inferred from the text, as exports without kinds need
     * @param source name of the app it was posted with; null: not known
     */
    public static SampledPost read(long at, String text, @Nullable PostKind kind, @Nullable String source) {
        String template = NormalText.of(text).fingerprint().substring(0, TEMPLATE_DIGITS);
        String plain = plain(text);
        boolean hasLink = LINK.matcher(plain).find();
        List<String> hits = UnfollowPatterns.hits(plain, source == null ? null : plain(source));
        return new SampledPost(
                at,
                template,
                kind == null ? kindOf(plain, hits) : kind,
                hasLink,
                hasLink && SalesTalk.isIn(plain),
                hits);
    }

    /** An app's post that begins with the names of unfollowers looks like a reply and is none. */
    private static PostKind kindOf(String plain, List<String> hits) {
        if (REPOST.matcher(plain).find()) {
            return PostKind.REPOST;
        }
        if (QUOTE.matcher(plain).find()) {
            return PostKind.QUOTE;
        }
        return REPLY.matcher(plain).find() && hits.isEmpty() ? PostKind.REPLY : PostKind.ORIGINAL;
    }

    /** Lower case, one space between words, nothing invisible, and the signs that exports write as HTML entities. */
    private static String plain(String text) {
        String start = text.length() > LONGEST_READ ? text.substring(0, LONGEST_READ) : text;
        String plain = Normalizer.normalize(start, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        plain = plain.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
        plain = INVISIBLE.matcher(plain).replaceAll("");
        return SPACE.matcher(plain).replaceAll(" ").strip();
    }
}
