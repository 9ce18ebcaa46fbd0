package org.fairfollow.cli.simulation;

/** What {@link Chance} is asked about an account: each question has its own number, so that answers are independent. */
final class Question {
    static final int DID = 1;
    static final int DID_END = 2;
    static final int NAME = 3;
    static final int HISTORY = 4;
    static final int HABITS = 5;
    static final int LIFE = 6;
    static final int APPEARANCE = 7;
    static final int APPEARANCE_AGAIN = 8;
    static final int RENAME = 9;
    static final int RENAME_TIME = 10;
    static final int RECORD = 11;
    static final int ROSTER = 12;
    static final int LOSS = 13;

    private Question() {}
}
