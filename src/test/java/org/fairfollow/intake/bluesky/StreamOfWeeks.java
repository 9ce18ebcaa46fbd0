package org.fairfollow.intake.bluesky;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;

/**
 * Eight weeks of a small network, up to now: somebody who churns, and people to whom things happen that look like it. All follow
 * 300 accounts in six weeks; of three accounts one follows back.
 */
final class StreamOfWeeks {
    private static final long DAY = 86_400;
    private static final int FOLLOWS = 300;
    private static final int DAYS_OF_FOLLOWING = 42;
    private static final Pattern TIME = Pattern.compile("\"time_us\":(\\d+)");

    /** Drops most of those that do not follow back, after three to eight days. */
    final String churner = Names.did();

    final String churnerHandle = Names.handle("churner");
    /** The same, under another handle since yesterday; the old one is nobody's. */
    final String renamedChurner = Names.did();

    final String formerHandle = Names.handle("former");
    final String newHandle = Names.handle("new");
    /** Follows and keeps; deleted after six weeks, and the network takes its follows away. */
    final String deleted = Names.did();
    /** Follows and keeps, under another handle since three weeks. */
    final String renamed = Names.did();

    /** Suspended in four different weeks, and each time what nobody returned is taken away until it is let in again. */
    final String suspended = Names.did();
    /** Most of those who did not follow back are suspended, and two hours later it tidies up. */
    final String forsaken = Names.did();

    private final JetstreamLines lines = new JetstreamLines();
    private final long end = Instant.now().getEpochSecond() - 60;
    private final long start = end - 56 * DAY;

    /** @param left when somebody who churns would leave it; 0: never */
    private record Followed(String target, String key, long at, boolean returned, long left) {}

    StreamOfWeeks() {
        String watched = Names.did();
        for (long at = start - DAY; at <= end; at += 3_600) {
            lines.activity(watched, at(at));
        }
        churns(churner);
        lines.identity(churner, churnerHandle, at(end - 2 * DAY));
        churns(renamedChurner);
        lines.identity(renamedChurner, formerHandle, at(start));
        lines.identity(renamedChurner, newHandle, at(end - DAY));
        follows(renamed);
        lines.identity(renamed, Names.handle("before"), at(start));
        lines.identity(renamed, Names.handle("after"), at(end - 21 * DAY));
        isDeleted();
        isSuspendedAndReinstated();
        isForsaken();
    }

    /** One a line, in the order of time. */
    List<String> events() {
        return lines.list().stream()
                .sorted(Comparator.comparingLong(StreamOfWeeks::micros))
                .toList();
    }

    /** Time of the last event. */
    long endMicros() {
        return micros(events().getLast());
    }

    private static long micros(String line) {
        Matcher time = TIME.matcher(line);
        if (!time.find()) {
            throw new IllegalStateException("an event without a time");
        }
        return Long.parseLong(time.group(1));
    }

    private void churns(String actor) {
        for (Followed follow : follows(actor)) {
            if (follow.left != 0) {
                lines.unfollow(actor, follow.key, at(follow.left));
            }
        }
    }

    private void isDeleted() {
        List<Followed> follows = follows(deleted);
        long gone = start + 43 * DAY;
        lines.account(deleted, false, at(gone));
        for (Followed follow : follows) {
            lines.unfollow(deleted, follow.key, at(gone + 60));
        }
    }

    private void isSuspendedAndReinstated() {
        List<Followed> standing = new ArrayList<>();
        long gone = start + 8 * DAY;
        for (Followed follow : follows(suspended)) {
            while (follow.at > gone) {
                takeAway(standing, gone);
                gone += 8 * DAY;
            }
            standing.add(follow);
        }
        takeAway(standing, gone);
    }

    private void takeAway(List<Followed> standing, long gone) {
        lines.account(suspended, false, at(gone));
        for (Followed follow : standing) {
            if (!follow.returned) {
                lines.unfollow(suspended, follow.key, at(gone + 120));
            }
        }
        standing.clear();
        lines.account(suspended, true, at(gone + 600));
    }

    private void isForsaken() {
        for (Followed follow : follows(forsaken)) {
            if (follow.left != 0) {
                lines.account(follow.target, false, at(follow.left - 7_200));
                lines.unfollow(forsaken, follow.key, at(follow.left));
            }
        }
    }

    private List<Followed> follows(String actor) {
        List<Followed> follows = new ArrayList<>();
        for (int i = 0; i < FOLLOWS; i++) {
            long at = start + i * DAYS_OF_FOLLOWING * DAY / FOLLOWS;
            String target = Names.did();
            boolean returned = i % 3 == 0;
            lines.activity(target, at(at + DAY));
            lines.activity(target, at(at + 3 * DAY));
            long left = returned || i % 5 == 1 ? 0 : at + 3 * DAY + i * 7_919L % (5 * DAY);
            follows.add(new Followed(target, lines.follow(actor, target, at(at)), at, returned, left));
            if (returned) {
                lines.follow(target, actor, at(at + 3_600));
            }
        }
        return follows;
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
