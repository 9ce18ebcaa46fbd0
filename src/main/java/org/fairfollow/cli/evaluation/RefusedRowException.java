package org.fairfollow.cli.evaluation;

/** A row that cannot be used. It is counted under its code, and the rest of the file is read on. */
final class RefusedRowException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    RefusedRowException(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
