package org.fairfollow.lookup.pages;

import java.util.regex.Pattern;

/**
 * Where whoever runs the service is reached.
 *
 * @param text empty where none is named
 * @param address what it links to; empty where it is nothing a browser opens
 */
record Contact(String text, String address) {
    private static final Pattern MAIL = Pattern.compile("[^@\\s:/?&]{1,100}+@[^@\\s:/?&]{1,200}+");

    static Contact of(String configured) {
        String text = configured.strip();
        String address = MAIL.matcher(text).matches() ? "mailto:" + text : text.startsWith("https://") ? text : "";
        return new Contact(text, address);
    }

    boolean isNamed() {
        return !text.isEmpty();
    }
}
