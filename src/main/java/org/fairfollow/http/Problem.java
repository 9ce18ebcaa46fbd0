package org.fairfollow.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;

/** Every refusal a client can get; {@link #code} is stable. */
public enum Problem {
    INVALID_ACCOUNT(Status.BAD_REQUEST, "No account can have this name"),
    INVALID_NETWORK(Status.BAD_REQUEST, "No such network"),
    INVALID_PRACTICE(Status.BAD_REQUEST, "No such practice"),
    INVALID_BODY(Status.BAD_REQUEST, "The body is not what this call takes"),
    UNKNOWN_FIELD(Status.BAD_REQUEST, "The body has a field this call does not know"),
    TOO_DEEP(Status.BAD_REQUEST, "The body is nested too deeply"),
    TOO_MANY_ITEMS(Status.BAD_REQUEST, "Too many items"),
    INVALID_VERSION(Status.BAD_REQUEST, "This is not a version of the list"),
    INVALID_LIMIT(Status.BAD_REQUEST, "So many cannot be asked for at once"),
    INVALID_WAIT(Status.BAD_REQUEST, "So long cannot be waited"),
    INVALID_CURSOR(Status.BAD_REQUEST, "This is not a cursor"),
    INVALID_PREFIX(Status.BAD_REQUEST, "This is not a prefix of a hash"),
    WRONG_PREFIX_LENGTH(Status.BAD_REQUEST, "The prefix has another length than the manifest says"),
    INVALID_LABEL(Status.BAD_REQUEST, "No key can have this label"),
    INVALID_QUOTA(Status.BAD_REQUEST, "No key can have this quota"),
    INVALID_SOLUTION(Status.BAD_REQUEST, "This solves no challenge of this service"),
    CHALLENGE_EXPIRED(Status.BAD_REQUEST, "The challenge has ended"),
    INVALID_FILTER(Status.BAD_REQUEST, "The queue cannot be filtered by this"),
    INVALID_RULING(Status.BAD_REQUEST, "A ruling cannot be like this"),
    INVALID_MODERATOR(Status.BAD_REQUEST, "No moderator can be called so, or have this role"),
    INVALID_PASSWORD(Status.BAD_REQUEST, "This cannot be a password"),
    INVALID_CODE(Status.BAD_REQUEST, "This is not the code of this moment"),
    INVALID_ANSWER(Status.BAD_REQUEST, "This cannot be an answer"),
    INVALID_REASON(Status.BAD_REQUEST, "This cannot be a reason"),
    INVALID_REBUTTAL(Status.BAD_REQUEST, "These words cannot stand beside a verdict"),
    UNAUTHORIZED(Status.UNAUTHORIZED, "A token is needed"),
    SIGN_IN_REFUSED(Status.UNAUTHORIZED, "This opens nothing"),
    FORBIDDEN(Status.FORBIDDEN, "This is open to others"),
    CROSS_ORIGIN(Status.FORBIDDEN, "The call comes from another site's page"),
    NOT_FOUND(Status.NOT_FOUND, "There is nothing here"),
    VERSION_EXPIRED(Status.NOT_FOUND, "This version of the list is no longer kept"),
    CURSOR_EXPIRED(Status.NOT_FOUND, "Changes so old are no longer kept"),
    NO_DOSSIER(Status.NOT_FOUND, "Nothing is held against this account"),
    METHOD_NOT_ALLOWED(Status.METHOD_NOT_ALLOWED, "Not with this method"),
    NOT_ACCEPTABLE(Status.NOT_ACCEPTABLE, "The answer cannot be given in that form"),
    NAME_TAKEN(Status.CONFLICT, "There is or was a moderator of this name"),
    CHALLENGE_USED(Status.CONFLICT, "The challenge was used before"),
    ANSWERED_BEFORE(Status.CONFLICT, "It was answered otherwise before"),
    LEASE_ENDED(Status.CONFLICT, "It was in hand for too long"),
    NOT_STOPPED(Status.CONFLICT, "The practice is published"),
    NOT_ADOPTABLE(Status.CONFLICT, "These rules cannot be put in force now"),
    NOT_PROVEN(Status.CONFLICT, "It is not proven that the account is yours"),
    DISPUTE_ENDED(Status.CONFLICT, "The dispute is not in a state for this"),
    CASE_CHANGED(Status.CONFLICT, "What is held has changed since it was looked at"),
    NOTHING_TO_CONFIRM(Status.CONFLICT, "The rules hold nothing here that could be confirmed"),
    PROPOSAL_OPEN(Status.CONFLICT, "A proposal waits for a second person"),
    SECOND_PERSON_NEEDED(Status.CONFLICT, "Somebody else must agree to this"),
    ACCOUNT_ERASED(Status.GONE, "The account's owner had it erased"),
    TOO_LARGE(Status.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(Status.UNSUPPORTED_MEDIA_TYPE, "The body is of a type this call does not take"),
    QUOTA_EXCEEDED(Status.TOO_MANY_REQUESTS, "Too much was asked for in too short a time"),
    DATABASE_AWAY(Status.SERVICE_UNAVAILABLE, "The database is away"),
    NO_ROOM(Status.SERVICE_UNAVAILABLE, "There is no room on the disk"),
    VERSION_TO_COME(Status.SERVICE_UNAVAILABLE, "This version of the list is not here yet"),
    NOTHING_PUBLISHED(Status.SERVICE_UNAVAILABLE, "Nothing is published yet"),
    PROFILE_UNREACHABLE(Status.SERVICE_UNAVAILABLE, "The profile could not be read now"),
    BUSY(Status.SERVICE_UNAVAILABLE, "Too many ask for this at once"),
    FAULT(Status.INTERNAL_SERVER_ERROR, "Something went wrong on our side");

    /** When to come back after a 503. */
    static final int RETRY_AFTER_SECONDS = 5;

    private final StatusType status;
    private final String title;

    Problem(StatusType status, String title) {
        this.status = status;
        this.title = title;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /**
     * The refusal, to be thrown.
     *
     * @param detail one sentence that says how to mend it
     */
    public HttpProblem with(String detail) {
        HttpProblem.Builder builder = builder(detail);
        if (status == Status.SERVICE_UNAVAILABLE) {
            builder.withHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (status == Status.UNAUTHORIZED) {
            builder.withHeader("WWW-Authenticate", "Bearer");
        }
        return builder.build();
    }

    /** The same, to be done again after so many seconds. */
    public HttpProblem with(String detail, long retryAfterSeconds) {
        return builder(detail).withHeader("Retry-After", retryAfterSeconds).build();
    }

    private HttpProblem.Builder builder(String detail) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(title)
                .withDetail(detail)
                // Some statuses (404, 405, 414) may be kept by caches unless they are told otherwise.
                .withHeader("Cache-Control", "no-store")
                .with("code", code());
    }
}
