package org.fairfollow.intake;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Observation;
import org.jspecify.annotations.Nullable;

/** The fields of observations, each checked or refused. */
final class Checked {
    /** More followers than there are people. */
    private static final long MAX_COUNT = 8_300_000_000L;

    private static final Pattern OBSERVER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern CODE = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

    private Checked() {}

    /** Who saw whom, and when. */
    record Seen(AccountName account, long at, String observer) {
        /** A time on the account's network that was past when this was seen. */
        long past(@Nullable String time) throws Refused {
            return EventTime.check(second(required(time)), account.network(), at);
        }

        /** The same where it may be unknown. */
        @Nullable
        Long pastOrNull(@Nullable String time) throws Refused {
            return time == null ? null : Long.valueOf(past(time));
        }
    }

    static Seen seen(
            ObservationLine.@Nullable Named account, @Nullable String time, @Nullable String observer, long now)
            throws Refused {
        return seen(account(account), time, observer, now);
    }

    static Seen seen(AccountName account, @Nullable String time, @Nullable String observer, long now) throws Refused {
        if (observer == null || !OBSERVER.matcher(observer).matches()) {
            throw new Refused("invalid-observer");
        }
        return new Seen(account, EventTime.check(second(String.valueOf(time)), account.network(), now), observer);
    }

    static AccountName account(ObservationLine.@Nullable Named named) throws Refused {
        ObservationLine.Named given = required(named);
        Network network = Network.of(String.valueOf(given.network())).orElseThrow(() -> new Refused("invalid-network"));
        try {
            return network.parse(given.name());
        } catch (InvalidAccountException e) {
            throw new Refused("invalid-account");
        }
    }

    static <T> T required(@Nullable T field) throws Refused {
        if (field == null) {
            throw new Refused("missing-field");
        }
        return field;
    }

    static Observation.@Nullable Count count(ObservationLine.@Nullable Count count) throws Refused {
        return count == null ? null : new Observation.Count(possible(required(count.count())), required(count.exact()));
    }

    static @Nullable Long count(@Nullable Long count) throws Refused {
        return count == null ? null : Long.valueOf(possible(count));
    }

    /** A number of characters. */
    static @Nullable Integer length(@Nullable Long length) throws Refused {
        if (length != null && (length < 0 || length > Integer.MAX_VALUE)) {
            throw new Refused("impossible-count");
        }
        return length == null ? null : Integer.valueOf(length.intValue());
    }

    static int rank(@Nullable Long rank) throws Refused {
        long number = required(rank);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new Refused("impossible-count");
        }
        return (int) number;
    }

    /** Lower case, of so many hex digits. */
    static String hash(@Nullable String hash, int digits) throws Refused {
        String given = required(hash);
        if (given.length() != digits || !HEX.matcher(given).matches()) {
            throw new Refused("invalid-hash");
        }
        return given;
    }

    static String code(@Nullable String code) throws Refused {
        String given = required(code);
        if (!CODE.matcher(given).matches()) {
            throw new Refused("invalid-field");
        }
        return given;
    }

    /** Constants are sent in lower case, with hyphens. */
    static <E extends Enum<E>> E choice(@Nullable String name, Class<E> choices) throws Refused {
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(required(name))) {
                return choice;
            }
        }
        throw new Refused("invalid-field");
    }

    private static long possible(long count) throws Refused {
        if (count < 0 || count > MAX_COUNT) {
            throw new Refused("impossible-count");
        }
        return count;
    }

    static long second(String time) throws Refused {
        try {
            return OffsetDateTime.parse(time).toEpochSecond();
        } catch (DateTimeException e) {
            throw new Refused("invalid-time");
        }
    }
}
