package org.fairfollow.lookup;

import java.time.Instant;
import java.util.Random;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;

/** Eight weeks of a small stream with accounts of each kind in it. */
final class World {
    private static final long DAY = 86_400;
    private static final int DAYS = 56;

    final JetstreamLines lines = new JetstreamLines();
    final String churner = Names.did();
    final String churnerHandle = Names.handle("churner");
    final String organic = Names.did();
    final String organicHandle = Names.handle("organic");
    final String newcomer = Names.did();
    /** Unix epoch seconds: the stream's beginning and end. */
    final long start;

    final long end;
    private final Random random = new Random(20_261_122);

    /**
     * @param end when the stream ends, Unix epoch seconds
     */
    World(long end) {
        this.end = end;
        start = end - DAYS * DAY;
        String watched = Names.did();
        for (long at = start - 2 * DAY; at <= end; at += 3_600) {
            lines.activity(watched, at(at));
        }
        lines.identity(churner, churnerHandle, at(end - DAY));
        lines.identity(organic, organicHandle, at(end - DAY));
        for (int i = 0; i < 420; i++) {
            followOfTheChurner(start + i * DAY * DAYS / 420 + random.nextInt(3_600));
        }
        for (int i = 0; i < 60; i++) {
            followOfTheOrganic(start + i * DAY * DAYS / 60 + random.nextInt(3_600), i == 7 || i == 30);
        }
        for (int i = 0; i < 5; i++) {
            lines.follow(newcomer, live(start + i * DAY), at(start + i * DAY));
        }
    }

    private void followOfTheChurner(long at) {
        String target = random.nextInt(25) == 0 ? Names.did() : live(at);
        boolean followedFirst = random.nextInt(30) == 0;
        boolean returned = followedFirst || random.nextInt(4) == 0;
        if (followedFirst) {
            lines.follow(target, churner, at(at - 7_200));
        } else if (returned) {
            lines.follow(target, churner, at(Math.min(end, at + 600 + random.nextInt((int) DAY))));
        }
        String key = lines.follow(churner, target, at(at));
        long drop = at + 2 * DAY + random.nextInt((int) (6 * DAY));
        if (random.nextInt(20) < (returned ? 1 : 16) && drop < end) {
            lines.unfollow(churner, key, at(drop));
            if (random.nextInt(60) == 0 && drop + DAY < end) {
                lines.follow(churner, target, at(drop + DAY));
            }
        }
    }

    private void followOfTheOrganic(long at, boolean dropped) {
        String target = live(at);
        if (random.nextBoolean()) {
            lines.follow(target, organic, at(at + 3_600));
        }
        String key = lines.follow(organic, target, at(at));
        if (dropped) {
            lines.unfollow(organic, key, at(at + 9 * DAY));
        }
    }

    /** An account that posts before and after this time. */
    private String live(long around) {
        String did = Names.did();
        for (long at : new long[] {around - DAY, around + DAY, around + 3 * DAY, around + 9 * DAY}) {
            if (at < end) {
                lines.activity(did, at(at));
            }
        }
        return did;
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
