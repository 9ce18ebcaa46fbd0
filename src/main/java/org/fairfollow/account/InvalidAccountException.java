package org.fairfollow.account;

/** A name that no account of the network can have; the message says how to mend it. */
public final class InvalidAccountException extends Exception {
    InvalidAccountException(String message) {
        super(message, null, false, false);
    }
}
