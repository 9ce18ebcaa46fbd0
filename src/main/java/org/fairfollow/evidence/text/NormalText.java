package org.fairfollow.evidence.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text without what differs between recipients of the same template: names become {@code @}, addresses their domain,
 * runs of digits {@code #}. The extension computes the same, see {@code docs/message-fingerprints.md}.
 */
public record NormalText(String value) {
    private static final Pattern LINK = Pattern.compile("https?://([^\\s/?#]+)[^\\s]*");
    private static final Pattern NAME = Pattern.compile("(?<![\\p{L}\\p{N}._])@[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@-]*");
    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}+");
    private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\p{C}\\s]+");

    public static NormalText of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        plain = LINK.matcher(plain).replaceAll(link -> Matcher.quoteReplacement(" " + link.group(1) + " "));
        plain = NAME.matcher(plain).replaceAll("@");
        plain = DIGITS.matcher(plain).replaceAll("#");
        return new NormalText(SPACE.matcher(plain).replaceAll(" ").strip());
    }

    /** The first 16 bytes of its SHA-256 in UTF-8, in hex. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
