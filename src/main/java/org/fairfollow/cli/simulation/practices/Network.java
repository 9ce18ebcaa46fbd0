package org.fairfollow.cli.simulation.practices;

import java.time.Instant;
import java.util.List;

/** A network as far as it decides what can be known of an account. */
enum Network {
    BLUESKY("2022-11-17", true, 0),
    X("2006-03-21", false, .5),
    MASTODON("2016-03-16", false, 1);

    /**
     * When many joined Bluesky at once: the opening, Brazil's ban of X, the election in the United States (literature).
     * They make runs of accounts created together among anybody's followers.
     */
    private static final List<Long> BLUESKY_WAVES =
            List.of(second("2024-02-06"), second("2024-08-30"), second("2024-11-08"));

    private static final double JOINED_IN_A_WAVE = .45; // assumed
    private static final double WAVE_DAYS = 10; // assumed
    private static final double FOLLOWED_SOON_AFTER_JOINING = .3; // assumed: people follow most in their first days
    private static final double DAYS_TO_FOLLOW_AFTER_JOINING = 5; // assumed

    private final long birth;
    private final boolean streamed;
    private final double lastPostSeen;

    Network(String birth, boolean streamed, double lastPostSeen) {
        this.birth = second(birth);
        this.streamed = streamed;
        this.lastPostSeen = lastPostSeen;
    }

    /** Any of them: as many of each with a stream as without, so that both are tried. */
    static Network any(Dice dice) {
        return dice.chance(.5) ? BLUESKY : dice.chance(.7) ? X : MASTODON;
    }

    private static long second(String day) {
        return Instant.parse(day + "T00:00:00Z").getEpochSecond();
    }

    long birth() {
        return birth;
    }

    /** Whether a public stream tells of every follow. */
    boolean streamed() {
        return streamed;
    }

    /** Share of profiles that show when their account last posted. */
    double lastPostSeen() {
        return lastPostSeen;
    }

    /** When somebody who follows an account at this second had joined. */
    long joined(long followed, Dice dice) {
        long latest = Math.max(birth, followed - Period.MINUTE);
        double days = dice.exponential(DAYS_TO_FOLLOW_AFTER_JOINING);
        if (dice.chance(FOLLOWED_SOON_AFTER_JOINING)) {
            return Math.max(birth, latest - (long) (days * Period.DAY));
        }
        long any = dice.second(birth, latest);
        if (this == BLUESKY && dice.chance(JOINED_IN_A_WAVE)) {
            long inWave = dice.oneOf(BLUESKY_WAVES) + (long) (dice.exponential(WAVE_DAYS) * Period.DAY);
            return inWave < latest ? inWave : any;
        }
        return any;
    }
}
