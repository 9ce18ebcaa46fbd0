package org.fairfollow.detection.followback;

import java.util.List;
import java.util.stream.IntStream;
import org.fairfollow.detection.followback.FollowBackSample.Part;

/**
 * The eight hours of the day (UTC) in which the account follows least: a person's night. Somebody who is quick because
 * they hold the phone in their hand is not quick then.
 *
 * @param first hour at which they begin, 0 to 23
 * @param answered follows received in these hours and returned within ten minutes, of all received in them
 */
record QuietHours(int first, Part answered) {
    static final int HOURS = 8;
    private static final int DAY_HOURS = 24;

    static QuietHours of(List<Long> ownFollows, List<FollowReceived> received, long quickSeconds) {
        int[] follows = new int[DAY_HOURS];
        ownFollows.forEach(at -> follows[FollowReceived.hourOf(at)]++);
        int quietest = 0;
        for (int first = 1; first < DAY_HOURS; first++) {
            quietest = sum(follows, first) < sum(follows, quietest) ? first : quietest;
        }
        int first = quietest;
        List<FollowReceived> then = received.stream()
                .filter(follow -> Math.floorMod(follow.hour() - first, DAY_HOURS) < HOURS)
                .toList();
        return new QuietHours(first, Part.of(then, follow -> follow.followedBackWithin(quickSeconds)));
    }

    private static int sum(int[] hourly, int first) {
        return IntStream.range(first, first + HOURS)
                .map(hour -> hourly[hour % DAY_HOURS])
                .sum();
    }
}
