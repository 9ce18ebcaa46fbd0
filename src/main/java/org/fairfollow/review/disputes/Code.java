package org.fairfollow.review.disputes;

import java.security.SecureRandom;
import java.util.Locale;

/** What an owner puts into the profile: 40 random bits, in letters and digits that nobody mistakes for one another. */
final class Code {
    private static final String PREFIX = "fairfollow-";
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Code() {}

    static String random() {
        return PREFIX + group() + "-" + group();
    }

    private static String group() {
        StringBuilder group = new StringBuilder(GROUP);
        for (int i = 0; i < GROUP; i++) {
            group.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return group.toString();
    }

    /** Whether the profile says it, in whatever case. */
    static boolean standsIn(String profile, String code) {
        return profile.toUpperCase(Locale.ROOT).contains(code.toUpperCase(Locale.ROOT));
    }
}
