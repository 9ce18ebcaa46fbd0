package org.fairfollow.http;

/** How pages speak to readers whose browser asks for a language. */
public final class Spoken {
    private Spoken() {}

    public static Speech in(Language language) {
        return new Speech(language, false, "/", "");
    }
}
