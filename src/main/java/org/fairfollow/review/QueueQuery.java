package org.fairfollow.review;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Problem;
import org.fairfollow.review.CaseRepository.Filter;
import org.jspecify.annotations.Nullable;

/** Which page of the queue is asked for. */
public record QueueQuery(Filter filter, QueueCursor after, int limit) {
    private static final int MOST = 500;

    /** From what stands in an address; null and empty: not given. Throws a {@link org.fairfollow.http.Problem}. */
    public static QueueQuery of(
            String limit,
            @Nullable String after,
            @Nullable String practice,
            @Nullable String network,
            @Nullable String state) {
        int number = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            throw Problem.INVALID_LIMIT.with("Ask for 1 to " + MOST + " accounts.");
        }
        QueueCursor cursor = after == null || after.isEmpty()
                ? QueueCursor.BEGINNING
                : QueueCursor.of(after)
                        .orElseThrow(() -> Problem.INVALID_CURSOR.with(
                                "Take `after` from `next` of the page before, or leave it out."));
        return new QueueQuery(
                new Filter(
                        choice(practice, "practice", Arrays.stream(Practice.values()), Practice::id),
                        choice(network, "network", Network.all().stream(), Network::id),
                        choice(state, "state", Arrays.stream(Place.State.values()), Place.State::id)),
                cursor,
                number);
    }

    private static <T> @Nullable T choice(
            @Nullable String given, String name, Stream<T> choices, Function<T, String> id) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        var all = choices.toList();
        Optional<T> chosen =
                all.stream().filter(one -> id.apply(one).equals(given)).findFirst();
        return chosen.orElseThrow(() -> Problem.INVALID_FILTER.with("The " + name.toLowerCase(Locale.ROOT)
                + " is one of " + all.stream().map(id).collect(Collectors.joining(", ")) + "."));
    }
}
