package org.fairfollow.intake;

/** A line or item that cannot be evidence; the message is its stable code. */
public final class Refused extends Exception {
    public Refused(String code) {
        super(code, null, false, false);
    }

    public String code() {
        return String.valueOf(getMessage());
    }
}
