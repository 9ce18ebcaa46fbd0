package org.fairfollow.evidence;

/**
 * From what on an account's edges are kept longer than {@link RollUp#WHOLE_DAYS}: whoever stays below all of them is
 * judged by no rule. Each is counted over {@link RollUp#WINDOW_DAYS}.
 *
 * @param followed fewest follows made
 * @param received fewest follows received
 * @param exchangedFollowed fewest follows made by an account that also received {@code exchangedReceived}
 * @param exchangedReceived fewest follows received by an account that also made {@code exchangedFollowed}
 */
public record Floors(int followed, int received, int exchangedFollowed, int exchangedReceived) {
    boolean met(int follows, int arrivals) {
        return follows >= followed
                || arrivals >= received
                || (follows >= exchangedFollowed && arrivals >= exchangedReceived);
    }

    int least() {
        return Math.min(Math.min(followed, received), Math.min(exchangedFollowed, exchangedReceived));
    }
}
