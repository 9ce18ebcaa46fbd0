package org.fairfollow.intake;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people write, without what is not seen and what makes other text look different from what it is. */
final class PlainText {
    /**
     * Controls, formats (which turn the direction of text, or have no width), surrogates without another half, code points that
     * mean nothing anywhere, and letters and marks that are blank. Variation selectors stay, for pictures need them.
     */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0\\x{E0100}-\\x{E01EF}]+");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private PlainText() {}

    /**
     * The text on one line, in NFC.
     *
     * @return null if nothing is left
     */
    static @Nullable String of(@Nullable String written) {
        if (written == null) {
            return null;
        }
        // Breaks between lines are controls, and leave a space.
        String line = SPACE.matcher(written).replaceAll(" ");
        String seen = UNSEEN.matcher(line).replaceAll("").strip();
        return seen.isEmpty() ? null : Normalizer.normalize(seen, Normalizer.Form.NFC);
    }
}
