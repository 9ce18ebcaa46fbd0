package org.fairfollow.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.http.Problem;
import org.fairfollow.reporter.Claim;
import org.fairfollow.reporter.Reports;
import org.jspecify.annotations.Nullable;

/** Reads reports; what cannot be one is refused with a {@link Problem}. */
final class Claims {
    /** Code points. */
    private static final int LONGEST_NOTE = 500;

    private static final String OF_MESSAGES = "auto-dm";
    private static final long MAX_DELAY_SECONDS = Duration.ofDays(31).toSeconds();
    /** Stands for the reporter, whose number stands beside all that is kept. */
    private static final String REPORTER = "reporter";

    private Claims() {}

    record Sent(
            ObservationLine.@Nullable Named account,
            @Nullable String practice,
            @Nullable String note,
            ObservationLine.@Nullable MessageMarks message,
            @Nullable Dates dates) {}

    /** From the reporter's own record: when the account followed them, and when it was gone. */
    record Dates(@Nullable String followedAt, @Nullable String leftAt) {}

    /** @param now Unix epoch seconds */
    static Claim read(JsonNode body, long now) {
        Sent sent = as(body);
        AccountName account = account(sent.account);
        String practice = sent.practice == null ? "" : sent.practice;
        if (!Reports.PRACTICES.contains(practice)) {
            throw Problem.INVALID_PRACTICE.with("Take the id of a practice from GET /v1/practices.");
        }
        if (sent.note != null && sent.note.codePointCount(0, sent.note.length()) > LONGEST_NOTE) {
            throw Problem.INVALID_BODY.with("A note has at most " + LONGEST_NOTE + " characters.");
        }
        return new Claim(
                account,
                practice,
                PlainText.of(sent.note),
                message(sent.message, practice, now),
                day(sent.dates == null ? null : sent.dates.followedAt, account, now),
                leftOn(sent.dates, account, now));
    }

    private static Sent as(JsonNode body) {
        try {
            return Checked.required(Observations.as(Sent.class, body));
        } catch (Refused e) {
            if (e.code().equals("unknown-field")) {
                throw Problem.UNKNOWN_FIELD.with("Leave out what openapi.yaml does not have for a report.");
            }
            throw Problem.INVALID_BODY.with("Send {\"account\": {\"network\": …, \"name\": …}, \"practice\": …}.");
        }
    }

    private static AccountName account(ObservationLine.@Nullable Named named) {
        Network network = Network.of(String.valueOf(named == null ? null : named.network()))
                .orElseThrow(() -> Problem.INVALID_ACCOUNT.with("The network is one of x, bluesky, mastodon."));
        try {
            return network.parse(named == null ? null : named.name());
        } catch (InvalidAccountException e) {
            throw Problem.INVALID_ACCOUNT.with(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable MessageTold message(
            ObservationLine.@Nullable MessageMarks marks, String practice, long now) {
        if (marks == null) {
            return null;
        }
        if (!practice.equals(OF_MESSAGES)) {
            throw Problem.INVALID_BODY.with("A message belongs to " + OF_MESSAGES + " alone.");
        }
        try {
            return Observations.message(marks, now, REPORTER, MAX_DELAY_SECONDS);
        } catch (Refused e) {
            throw Problem.INVALID_BODY.with("Of a message send what openapi.yaml has, and never its text.");
        }
    }

    private static @Nullable Long leftOn(@Nullable Dates dates, AccountName account, long now) {
        if (dates == null) {
            return null;
        }
        Long followedOn = day(dates.followedAt, account, now);
        Long leftOn = day(dates.leftAt, account, now);
        if (followedOn == null || (leftOn != null && leftOn < followedOn)) {
            throw Problem.INVALID_BODY.with("The account followed first, and left later: \"followedAt\", \"leftAt\".");
        }
        return leftOn;
    }

    private static @Nullable Long day(@Nullable String time, AccountName account, long now) {
        if (time == null) {
            return null;
        }
        try {
            return EventTime.check(Checked.second(time), account.network(), now) / 86_400;
        } catch (Refused e) {
            throw Problem.INVALID_BODY.with("Dates are RFC 3339, past, and not before there was the network.");
        }
    }
}
