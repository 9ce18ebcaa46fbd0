package org.fairfollow.lookup.pages;

import org.fairfollow.evidence.Measurements;
import org.jspecify.annotations.Nullable;

/** What there is of a measurement, for people. */
final class MeasurementWords {
    private MeasurementWords() {}

    static String of(Measurements.Status measurement) {
        String at = Written.moment(measurement.since());
        return switch (measurement.state()) {
            case QUEUED -> "Asked for on " + at + ". " + waitsFor(measurement.reason());
            case RUNNING -> "Under way since " + at + "; it takes up to a minute.";
            case DONE ->
                "Done on " + at + ": what the network shows of the account was read. It is judged within a minute."
                        + ("moved".equals(measurement.reason())
                                ? " The account says that it has become another one; followers who went with it are no"
                                        + " sign of anything."
                                : "");
            case REFUSED -> "Not possible on " + at + ": " + refusedFor(measurement.reason());
        };
    }

    private static String waitsFor(@Nullable String reason) {
        return switch (reason) {
            case "budget" -> "Its server was asked often enough today; it goes on tomorrow.";
            case "unreachable" -> "Its server did not answer; it is tried again.";
            case null, default -> "It begins within seconds, unless many others wait.";
        };
    }

    private static String refusedFor(@Nullable String reason) {
        return switch (reason) {
            case "no-public-api" -> "the network shows nothing to those without an account there.";
            case "gone" ->
                "the network says that there is no such account, or none any more. That is held against nobody.";
            case "not-public" -> "it is shown only to those who have an account there, as is its right.";
            case "unreachable" -> "its server did not answer, time and again.";
            case "budget" -> "so many waited that its turn did not come. Ask again.";
            case "another-account" -> "its server tells of another account.";
            case "forbidden-address" -> "its server is none on the open internet.";
            case null, default -> "what its server answered could not be read.";
        };
    }
}
