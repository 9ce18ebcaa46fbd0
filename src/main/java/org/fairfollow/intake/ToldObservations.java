package org.fairfollow.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.fairfollow.account.AccountName;
import org.fairfollow.reporter.Hearsay.Fact;
import org.fairfollow.reporter.Hearsay.Kind;
import org.jspecify.annotations.Nullable;

/** Reads what reporters tell: lines of an import as far as a person can see them, without an observer, for it is the reporter. */
final class ToldObservations {
    /** Who could choose an older time could make one day's telling look like months. */
    private static final Duration OLDEST = Duration.ofHours(48);
    /** Stands for the reporter, whose number stands beside all that is kept. */
    private static final String REPORTER = "reporter";

    private ToldObservations() {}

    /** @param now Unix epoch seconds */
    static Fact read(JsonNode item, long now) throws Refused {
        if (item.has("observer")) {
            throw new Refused("unknown-field");
        }
        return switch (item.path("kind").asText()) {
            case "follow" -> relation(item, Kind.FOLLOW, now);
            case "unfollow" -> relation(item, Kind.UNFOLLOW, now);
            case "profile-counters" -> counters(item, now);
            default -> throw new Refused("unknown-kind");
        };
    }

    /** Whom the actor followed is the reporter: who that is, is nobody's business. */
    private static Fact relation(JsonNode item, Kind kind, long now) throws Refused {
        ObservationLine.Relation line = Observations.as(ObservationLine.Relation.class, item);
        AccountName actor = Checked.account(line.actor());
        if (line.target() != null) {
            Observations.checkSides(actor, Checked.account(line.target()));
        }
        return new Fact(kind, actor, seen(line.actor(), line.time(), now).at(), null);
    }

    private static Fact counters(JsonNode item, long now) throws Refused {
        ObservationLine.ProfileCounters line = Observations.as(ObservationLine.ProfileCounters.class, item);
        Checked.Seen seen = seen(line.account(), line.time(), now);
        return new Fact(Kind.PROFILE_COUNTERS, seen.account(), seen.at(), Observations.counters(line, seen, false));
    }

    private static Checked.Seen seen(ObservationLine.@Nullable Named account, @Nullable String time, long now)
            throws Refused {
        AccountName name = Checked.account(account);
        if (Checked.second(String.valueOf(time)) < now - OLDEST.toSeconds()) {
            throw new Refused("too-old");
        }
        return Checked.seen(name, time, REPORTER, now);
    }
}
