package org.fairfollow.review.pages;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.reporter.AuditLog;
import org.jspecify.annotations.Nullable;

/** What moderators did, the newest first. */
@Path("/moderation/log")
@Produces(Page.HTML)
public class LogPageResource {
    private static final int ENTRIES_A_PAGE = 50;
    private static final String CASE = "case ";
    /** In the place of a name: who acted by the operator token or a command, or did not get in. No moderator is called so. */
    private static final String NOBODY = "-";
    /** What nobody ever did. */
    private static final String NONE = "";

    private static final Pattern ACTION = Pattern.compile("[a-z-]{1,40}");

    private final Page page;
    private final Desks desks;
    private final AuditLog log;

    LogPageResource(Page page, Desks desks, AuditLog log) {
        this.page = page;
        this.desks = desks;
        this.log = log;
    }

    /** @param chosen whether the page is filtered by it */
    record Choice(String id, String name, boolean chosen) {}

    /**
     * @param older address of the page with older ones; null on the last
     * @param refusal why it is not filtered as was asked; null if it is
     */
    record View(
            Desk desk,
            List<AuditLog.Entry> entries,
            List<Choice> people,
            List<Choice> actions,
            String from,
            String to,
            boolean filtered,
            @Nullable String older,
            @Nullable String refusal) {
        /** Address of the case an entry is about; null if it is about something else. */
        @Nullable
        String address(AuditLog.Entry entry) {
            return entry.subject().matches(CASE + "[A-Za-z0-9_-]{16}")
                    ? "/moderation/cases/" + entry.subject().substring(CASE.length())
                    : null;
        }
    }

    @GET
    @Access(Access.Caller.MODERATOR)
    @RunOnVirtualThread
    public Response read(
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("who") @DefaultValue("") String who,
            @QueryParam("what") @DefaultValue("") String what,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("to") @DefaultValue("") String to,
            @Context RoutingContext call) {
        String refusal = null;
        AuditLog.Filter filter = new AuditLog.Filter(null, null, null, null);
        try {
            filter = new AuditLog.Filter(
                    who.isEmpty() ? null : who.equals(NOBODY) ? "" : who,
                    what.isEmpty() ? null : ACTION.matcher(what).matches() ? what : NONE,
                    day(from),
                    day(to));
        } catch (DateTimeParseException noDay) {
            refusal = "Write days as in 2026-11-23; the log is shown unfiltered.";
        }
        long number = before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        List<AuditLog.Entry> entries = log.before(number, filter, ENTRIES_A_PAGE + 1);
        boolean more = entries.size() > ENTRIES_A_PAGE;
        List<AuditLog.Entry> shown = more ? entries.subList(0, ENTRIES_A_PAGE) : entries;
        String older = more
                ? "/moderation/log?who=" + encoded(who) + "&what=" + encoded(what) + "&from=" + encoded(from) + "&to="
                        + encoded(to) + "&before=" + shown.getLast().number()
                : null;
        AuditLog.Index index = log.index();
        View view = new View(
                desks.of(call),
                shown,
                Stream.concat(
                                index.moderators().stream().map(name -> new Choice(name, name, name.equals(who))),
                                Stream.of(new Choice(NOBODY, "operator token", who.equals(NOBODY))))
                        .toList(),
                index.actions().stream()
                        .map(action -> new Choice(action, Words.code(action), action.equals(what)))
                        .toList(),
                from,
                to,
                !(who + what + from + to).isEmpty(),
                older,
                refusal);
        return page.withForm(refusal == null ? Status.OK : Status.BAD_REQUEST, "review/pages/log.jte", view);
    }

    private static @Nullable LocalDate day(String text) {
        LocalDate day = text.isEmpty() ? null : LocalDate.parse(text);
        if (day != null && (day.getYear() < 1970 || day.getYear() > 9998)) {
            throw new DateTimeParseException("no day of the log", text, 0);
        }
        return day;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
