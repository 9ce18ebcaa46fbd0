package org.fairfollow.cli.evaluation;

/** A file in which there is nothing to measure, and why, as half a sentence. */
final class UnfitFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    UnfitFileException(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
