package org.fairfollow.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that pages are written in. English is what everything is written in first. */
public enum Language {
    ENGLISH("en", "English"),
    SPANISH("es", "Español");

    /** Browsers send some dozens of characters. */
    private static final int LONGEST = 500;

    private static final List<String> TAGS =
            Arrays.stream(values()).map(Language::tag).toList();

    private final String tag;
    private final String itself;

    Language(String tag, String itself) {
        this.tag = tag;
        this.itself = itself;
    }

    /** Its tag (BCP 47): {@code es}. */
    public String tag() {
        return tag;
    }

    /** Its name in itself. */
    public String itself() {
        return itself;
    }

    Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    /**
     * The one a browser asks for, by RFC 4647; English where it asks for none of them, or says nonsense.
     *
     * @param accepted the header {@code Accept-Language}; null without
     */
    static Language of(@Nullable String accepted) {
        if (accepted == null || accepted.length() > LONGEST) {
            return ENGLISH;
        }
        try {
            String found = Locale.lookupTag(Locale.LanguageRange.parse(accepted), TAGS);
            return Arrays.stream(values())
                    .filter(language -> language.tag.equals(found))
                    .findFirst()
                    .orElse(ENGLISH);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }
}
