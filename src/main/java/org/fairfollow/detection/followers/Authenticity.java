package org.fairfollow.detection.followers;

import java.util.HexFormat;
import org.fairfollow.evidence.Counters;
import org.jspecify.annotations.Nullable;

/**
 * What a follower looks like by its own numbers alone: good for a share among many, never for a word about one.
 *
 * <p>Followers, following and posts tell how likely it is fake. Age, avatar, description and last post do not, though
 * they may be known: no labelled accounts with a usable licence have them, and a weight nobody has measured is a guess.
 *
 * @param fakeness between 0 and 1, higher where it is likelier fake; 0 when unknown
 */
public record Authenticity(Kind kind, double fakeness) {

    public enum Kind {
        FAKE,
        /** Not fake, but silent: its last post is long ago, or it never posted although it had the time. */
        INACTIVE,
        GENUINE,
        /** Its followers or what it follows are not known. */
        UNKNOWN
    }

    static final AuthenticityModel MODEL = AuthenticityModel.shipped();

    static final int SILENT_DAYS = 180;
    static final int NEVER_POSTED_DAYS = 90;

    private static final long DAY = 86_400;

    /** Whether the parameters were fitted to the file with this SHA-256. */
    public static boolean trainedOn(byte[] sha256) {
        return HexFormat.of().formatHex(sha256).equals(MODEL.trainedOn());
    }

    /** @param at when the counters were seen, Unix epoch seconds UTC */
    public static Authenticity of(Counters counters, long at) {
        if (!AuthenticityModel.canJudge(counters)) {
            return new Authenticity(Kind.UNKNOWN, 0);
        }
        double fakeness = MODEL.fakeness(counters);
        if (fakeness >= MODEL.threshold()) {
            return new Authenticity(Kind.FAKE, fakeness);
        }
        return new Authenticity(isSilent(counters, at) ? Kind.INACTIVE : Kind.GENUINE, fakeness);
    }

    private static boolean isSilent(Counters counters, long at) {
        Long posts = counters.posts();
        if (hasFallenSilent(counters, at)) {
            return true;
        }
        return posts != null
                && posts == 0
                && counters.lastPostAt() == null
                && isLongerAgo(counters.createdAt(), at, NEVER_POSTED_DAYS, true);
    }

    /** Its last post is known, and long ago. */
    static boolean hasFallenSilent(Counters counters, long at) {
        return isLongerAgo(counters.lastPostAt(), at, SILENT_DAYS, false);
    }

    private static boolean isLongerAgo(@Nullable Long second, long at, int days, boolean ifUnknown) {
        // As doubles: times may be anything, and a difference of longs may overflow.
        return second == null ? ifUnknown : (double) at - second > days * (double) DAY;
    }
}
