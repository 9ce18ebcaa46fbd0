package org.fairfollow.network.outbound;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people read where a profile is written in HTML. */
public final class PlainText {
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private static final Set<Integer> INVISIBLE =
            Set.of((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE);
    /** The longest that is read: {@code &#x10ffff;} */
    private static final int LONGEST_ENTITY = 9;

    private static final Pattern LINK = Pattern.compile("a\\s");
    /** How servers mark what names accounts and topics of their own. */
    private static final Pattern NO_LINK =
            Pattern.compile("\\s(?:class|rel)=[\"'][^\"']*\\b(?:mention|hashtag|tag)\\b");

    private static final Pattern ADDRESS = Pattern.compile("\\shref=[\"'](https?://[^\"'<>\\s]{1,2000})[\"']");

    private PlainText() {}

    /** Tags are dropped, and begin a line where they do on a page; goes over the text once. */
    public static String ofHtml(String html) {
        return read(html, false);
    }

    /** The same, with the whole address of a link in place of its words; mentions and hashtags stay as they are read. */
    public static String ofPost(String html) {
        return read(html, true);
    }

    private static String read(String html, boolean withLinks) {
        StringBuilder text = new StringBuilder(html.length());
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                int end = html.indexOf('>', at);
                String tag = html.substring(at + 1, end < 0 ? html.length() : end);
                if (tag.startsWith("br") || tag.startsWith("/p") || tag.startsWith("/li")) {
                    text.append('\n');
                }
                at = end < 0 ? html.length() : end + 1;
                String link = withLinks ? link(tag) : "";
                if (!link.isEmpty()) {
                    text.append(link);
                    int close = html.indexOf("</a", at);
                    at = close < 0 ? html.length() : close;
                }
            } else if (c == '&') {
                int end = html.indexOf(';', at, Math.min(html.length(), at + LONGEST_ENTITY + 2));
                String entity = end < 0 ? "" : html.substring(at + 1, end);
                String meant = meant(entity);
                text.append(meant.isEmpty() ? "&" : meant);
                at = meant.isEmpty() ? at + 1 : end + 1;
            } else {
                text.append(c);
                at++;
            }
        }
        return visible(text.toString());
    }

    /** Where a tag leads to; empty if it is no link to read. */
    private static String link(String tag) {
        if (!LINK.matcher(tag).lookingAt() || NO_LINK.matcher(tag).find()) {
            return "";
        }
        Matcher address = ADDRESS.matcher(tag);
        return address.find() ? ofHtml(address.group(1)) : "";
    }

    /** Without control, bidi and zero-width characters, and halves of some; lines stay. */
    public static String visible(String text) {
        return text.codePoints()
                .filter(c -> c == '\n' || !INVISIBLE.contains(Character.getType(c)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /** Without halves of characters. */
    public static String wellFormed(String text) {
        return text.codePoints()
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** As people count: characters, not the units they are stored in. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Empty if it means nothing. */
    private static String meant(String entity) {
        if (!entity.startsWith("#")) {
            return NAMED.getOrDefault(entity, "");
        }
        try {
            int c = entity.startsWith("#x")
                    ? Integer.parseInt(entity, 2, entity.length(), 16)
                    : Integer.parseInt(entity, 1, entity.length(), 10);
            return Character.isValidCodePoint(c) ? Character.toString(c) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
