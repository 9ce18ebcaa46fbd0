package org.fairfollow.testing;

import java.time.Instant;

/** The shortest story of an account that ends up on the list: it drops whoever does not follow back. */
public final class ListedAccount {
    private static final long DAY = 86_400;

    public final String did = Names.did();
    public final JetstreamLines lines = new JetstreamLines();

    public ListedAccount() {
        long end = Instant.now().getEpochSecond();
        long start = end - 50 * DAY;
        String watched = Names.did();
        for (long at = start - DAY; at <= end; at += 3_600) {
            lines.activity(watched, Instant.ofEpochSecond(at));
        }
        for (int i = 0; i < 300; i++) {
            long at = start + i * 40 * DAY / 300;
            String target = Names.did();
            lines.activity(target, Instant.ofEpochSecond(at + DAY));
            lines.activity(target, Instant.ofEpochSecond(at + 4 * DAY));
            String key = lines.follow(did, target, Instant.ofEpochSecond(at));
            if (i % 3 == 0) {
                lines.follow(target, did, Instant.ofEpochSecond(at + 3_600));
            } else {
                lines.unfollow(did, key, Instant.ofEpochSecond(at + 5 * DAY + i * 400L));
            }
        }
    }
}
