package org.fairfollow.publication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has read the feed. Clients take it as they get it.
 *
 * @param epoch of the store whose changes were read
 * @param sequence number of the last change that was read; 0 for none
 */
public record Cursor(String epoch, long sequence) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})");
    private static final int LONGEST = 64;

    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((epoch + "-" + sequence).getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty when the text is no cursor. */
    public static Optional<Cursor> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1));
            return parts.matches()
                    ? Optional.of(new Cursor(parts.group(1), Long.parseLong(parts.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
