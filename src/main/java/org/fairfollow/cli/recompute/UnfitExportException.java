package org.fairfollow.cli.recompute;

/** What was given cannot be judged again; the message says why, in a sentence. */
public final class UnfitExportException extends Exception {
    UnfitExportException(String message) {
        super(message);
    }
}
