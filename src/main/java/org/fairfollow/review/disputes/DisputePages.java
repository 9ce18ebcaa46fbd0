package org.fairfollow.review.disputes;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.http.Access;
import org.fairfollow.http.Form;
import org.fairfollow.http.Page;
import org.fairfollow.http.Problem;
import org.fairfollow.http.Quota;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.PathName;
import org.fairfollow.lookup.Practices;
import org.fairfollow.lookup.pages.Chip;
import org.fairfollow.lookup.pages.Written;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.reporter.DisputeToken;
import org.fairfollow.verdict.Ruling;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Disputes for people, without a script. The key is shown once and kept in a cookie that goes to the dispute's own pages alone; every
 * form there carries what only somebody who has the key can know.
 */
@Path("/disputes")
@Produces(Page.HTML)
@RunOnVirtualThread
public class DisputePages {
    static final String COOKIE = "fairfollow-dispute";
    private static final String FORM = "form";
    private static final String[] FIELDS = Stream.concat(
                    Stream.of("network", "name", "kind", "rebuttal"),
                    Arrays.stream(Practice.values()).map(Practice::id))
            .toArray(String[]::new);

    private final Page page;
    private final Disputes disputes;
    private final DisputeViews views;
    private final Erasures erasures;
    private final AccountLookup lookup;

    DisputePages(Page page, Disputes disputes, DisputeViews views, Erasures erasures, AccountLookup lookup) {
        this.page = page;
        this.disputes = disputes;
        this.views = views;
        this.erasures = erasures;
        this.lookup = lookup;
    }

    /**
     * Where one begins.
     *
     * @param refusal why it was not opened; null at first
     * @param field what has to be mended: {@code name}, {@code practices}, {@code words} or {@code key}; empty if no field has
     * @param about what is held, where it is known whom it is about
     */
    public record Start(
            @Nullable String refusal,
            String field,
            @Nullable About about,
            List<Choice> networks,
            String network,
            String name,
            List<Choice> practices,
            boolean objection,
            String rebuttal) {
        /** What is wrong with this field; null if nothing is. */
        public @Nullable String wrongWith(String one) {
            return field.equals(one) ? refusal : null;
        }

        /** What is wrong with no field of its own. */
        public @Nullable String wrongElsewhere() {
            return wrongWith("");
        }
    }

    public record Choice(String id, String name, boolean chosen) {}

    /** The notice to whoever is judged: what is said, until when, and where it rests. */
    public record About(String name, String page, List<Told> held) {}

    /** @param form of the chip */
    public record Told(String practice, String form, String standing, String statement, String until) {}

    /**
     * A dispute.
     *
     * @param name empty when all is deleted
     * @param ended what came of one that is over; null while it is not
     */
    public record Shown(
            String title,
            String network,
            String name,
            String kind,
            @Nullable String refusal,
            @Nullable String key,
            @Nullable String code,
            String how,
            String expires,
            boolean waiting,
            boolean proven,
            @Nullable String ended,
            @Nullable String review,
            List<Outcome> practices,
            @Nullable String rebuttal,
            boolean mayRewrite,
            String path,
            String account,
            String form) {}

    /** @param ruling what was ruled, in words; null while nothing was */
    public record Outcome(
            String practice,
            String form,
            String standing,
            String statement,
            @Nullable String ruling,
            String reasons) {}

    public record Past(
            String name, String path, List<PastChange> changes, List<PastRuling> rulings, List<String> reports) {}

    public record PastChange(
            String practice, String form, String standing, String at, String cause, String statement) {}

    public record PastRuling(String practice, String outcome, String at, String reasons) {}

    @GET
    @Access(Access.Caller.ANYONE)
    public Response start() {
        return page(Status.OK, start(null, "", null, "", "", Set.of(), false, ""));
    }

    /** What is held against the account, as its owner would be told of it. */
    @GET
    @Path("/about/{network}/{name}")
    @Access(Access.Caller.ANYONE)
    @Quota
    public Response about(@PathParam("network") String network, @PathParam("name") String name) {
        try {
            AccountLookup.Answer answer = lookup.answer(PathName.parse(network, name));
            List<VerdictJson> held = answer.verdicts().stream()
                    .filter(verdict -> verdict.standing().isAdverse() || verdict.disputed())
                    .toList();
            String known = Objects.requireNonNullElse(
                    answer.account().handle(), String.valueOf(answer.account().nativeId()));
            About about = new About(
                    known,
                    "/accounts/" + answer.account().network() + "/" + PathName.of(known),
                    held.stream().map(DisputePages::told).toList());
            Set<String> chosen =
                    held.stream().map(verdict -> verdict.practice().id()).collect(Collectors.toSet());
            return page(Status.OK, start(null, "", about, network, known, chosen, false, ""));
        } catch (HttpProblem refusal) {
            return page.refusal(refusal);
        }
    }

    @POST
    @Access(Access.Caller.ANYONE)
    @Quota(100)
    @Consumes(Form.TYPE)
    public Response open(InputStream body) {
        Form form;
        try {
            form = Form.read(body, FIELDS);
        } catch (HttpProblem refusal) {
            return page.refusal(refusal);
        }
        String network = Objects.requireNonNullElse(form.get("network"), "");
        String name = Objects.requireNonNullElse(form.get("name"), "");
        String rebuttal = form.get("rebuttal");
        List<String> practices = Arrays.stream(Practice.values())
                .map(Practice::id)
                .filter(id -> form.get(id) != null)
                .toList();
        try {
            if (practices.isEmpty()) {
                throw Problem.INVALID_PRACTICE.with("Tick what it is about, one practice or more.");
            }
            AccountName account = PathName.parse(network, name);
            DisputeKind kind = DisputesResource.kind(form.get("kind"));
            boolean silent = kind == DisputeKind.OBJECTION && (rebuttal == null || rebuttal.isBlank());
            Disputes.Opened opened =
                    disputes.open(account, DisputesResource.practices(practices), kind, silent ? null : rebuttal, null);
            Shown shown = shown(opened.dispute(), opened.secretToken(), opened.secretToken(), null);
            return Response.fromResponse(page(Status.CREATED, shown))
                    .cookie(cookie(opened.dispute(), opened.secretToken()))
                    .build();
        } catch (HttpProblem refusal) {
            return page(
                    Status.fromStatusCode(refusal.getStatusCode()),
                    start(
                            refusal.getDetail(),
                            field(refusal),
                            null,
                            network,
                            name,
                            Set.copyOf(practices),
                            DisputeKind.OBJECTION.id().equals(form.get("kind")),
                            Objects.requireNonNullElse(rebuttal, "")));
        }
    }

    /** From another browser. */
    @POST
    @Path("/key")
    @Access(Access.Caller.ANYONE)
    @Quota(20)
    @Consumes(Form.TYPE)
    public Response key(InputStream body) {
        try {
            String key = Objects.requireNonNullElse(Form.read(body, "key").get("key"), "")
                    .strip();
            Dispute dispute = disputes.find(DisputeToken.hash(key))
                    .orElseThrow(() ->
                            Problem.NOT_FOUND.with("This key opens nothing: it was mistyped, or its dispute is gone."));
            return Response.fromResponse(to(path(dispute)))
                    .cookie(cookie(dispute, key))
                    .build();
        } catch (HttpProblem refusal) {
            return page(
                    Status.fromStatusCode(refusal.getStatusCode()),
                    start(refusal.getDetail(), "key", null, "", "", Set.of(), false, ""));
        }
    }

    @GET
    @Path("/{id}")
    @Access(Access.Caller.ANYONE)
    @Quota
    public Response dispute(@PathParam("id") String id, @CookieParam(COOKIE) @Nullable String key) {
        return key == null ? asked() : answered(() -> page(Status.OK, shown(find(id, key), key, null, null)));
    }

    @GET
    @Path("/{id}/history")
    @Access(Access.Caller.ANYONE)
    @Quota(20)
    public Response history(@PathParam("id") String id, @CookieParam(COOKIE) @Nullable String key) {
        return key == null
                ? asked()
                : answered(() -> {
                    Dispute dispute = find(id, key);
                    return page.of(
                            Status.OK,
                            Page.Keeping.NOBODY,
                            "review/disputes/history.jte",
                            past(dispute, views.name(dispute), views.history(dispute)));
                });
    }

    @POST
    @Path("/{id}/proof")
    @Access(Access.Caller.ANYONE)
    @Quota(20)
    @Consumes(Form.TYPE)
    public Response prove(@PathParam("id") String id, InputStream body, @CookieParam(COOKIE) @Nullable String key) {
        return done(id, key, body, (hash, form) -> disputes.prove(id, hash));
    }

    @POST
    @Path("/{id}/rebuttal")
    @Access(Access.Caller.ANYONE)
    @Quota(20)
    @Consumes(Form.TYPE)
    public Response rewrite(@PathParam("id") String id, InputStream body, @CookieParam(COOKIE) @Nullable String key) {
        return done(id, key, body, (hash, form) -> disputes.rewrite(id, hash, form.get("rebuttal")), "rebuttal");
    }

    @POST
    @Path("/{id}/withdrawal")
    @Access(Access.Caller.ANYONE)
    @Quota
    @Consumes(Form.TYPE)
    public Response withdraw(@PathParam("id") String id, InputStream body, @CookieParam(COOKIE) @Nullable String key) {
        return done(id, key, body, (hash, form) -> disputes.withdraw(id, hash));
    }

    @POST
    @Path("/{id}/erasure")
    @Access(Access.Caller.ANYONE)
    @Quota(20)
    @Consumes(Form.TYPE)
    public Response erase(@PathParam("id") String id, InputStream body, @CookieParam(COOKIE) @Nullable String key) {
        return done(
                id,
                key,
                body,
                (hash, form) -> {
                    if (form.get("sure") == null) {
                        throw Problem.INVALID_BODY.with("Tick the box first: it cannot be undone.");
                    }
                    erasures.erase(id, hash);
                },
                "sure");
    }

    private interface Deed {
        void on(byte[] tokenHash, Form form);
    }

    /** Does what a form of the dispute's page asks for, and leads back to the page; or shows it with the reason why not. */
    private Response done(String id, @Nullable String key, InputStream body, Deed deed, String... fields) {
        if (key == null) {
            return asked();
        }
        return answered(() -> {
            Form form = Form.read(
                    body, Stream.concat(Stream.of(FORM), Arrays.stream(fields)).toArray(String[]::new));
            byte[] hash = DisputeToken.hash(key);
            byte[] sent = DisputeToken.hash(Objects.requireNonNullElse(form.get(FORM), ""));
            if (!DisputeToken.isSame(sent, DisputeToken.hash(DisputeToken.forForms(key)))) {
                throw Problem.CROSS_ORIGIN.with("Send the form from the dispute's own page.");
            }
            Dispute dispute = disputes.find(id, hash);
            try {
                deed.on(hash, form);
            } catch (HttpProblem refusal) {
                return page(
                        Status.fromStatusCode(refusal.getStatusCode()), shown(dispute, key, null, refusal.getDetail()));
            }
            return to(path(dispute));
        });
    }

    private Response answered(Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (HttpProblem refusal) {
            return page.refusal(refusal);
        }
    }

    private Dispute find(String id, String key) {
        return disputes.find(id, DisputeToken.hash(key));
    }

    /** For a browser that was cleared, or is another one; the same whether there is such a dispute or not. */
    private Response asked() {
        return page(
                Status.UNAUTHORIZED,
                start(
                        "This browser does not hold the key of that dispute. Come back with your key.",
                        "key",
                        null,
                        "",
                        "",
                        Set.of(),
                        false,
                        ""));
    }

    private Response to(String path) {
        return page.seeOther(path).build();
    }

    private Response page(Status status, Start start) {
        return page.withForm(status, "review/disputes/start.jte", start);
    }

    private Response page(Status status, Shown shown) {
        return page.withForm(status, "review/disputes/dispute.jte", shown);
    }

    private static NewCookie cookie(Dispute dispute, String key) {
        return new NewCookie.Builder(COOKIE)
                .value(key)
                .path(path(dispute))
                .maxAge((int) Disputes.COOKIE_KEPT.toSeconds())
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static String path(Dispute dispute) {
        return "/disputes/" + dispute.id();
    }

    /** Where what was refused is written. */
    private static String field(HttpProblem refusal) {
        return switch (String.valueOf(refusal.getParameters().get("code"))) {
            case "invalid-network", "invalid-account" -> "name";
            case "invalid-practice" -> "practices";
            case "invalid-rebuttal" -> "words";
            default -> "";
        };
    }

    private static Start start(
            @Nullable String refusal,
            String field,
            @Nullable About about,
            String network,
            String name,
            Set<String> chosen,
            boolean objection,
            String rebuttal) {
        List<Choice> networks = Network.all().stream()
                .map(one -> new Choice(one.id(), networkName(one), one.id().equals(network)))
                .toList();
        List<Choice> practices = Practices.all().stream()
                .map(one -> new Choice(
                        one.practice().id(),
                        one.name(),
                        chosen.contains(one.practice().id())))
                .toList();
        return new Start(refusal, field, about, networks, network, name, practices, objection, rebuttal);
    }

    private static Told told(VerdictJson verdict) {
        Chip chip = Chip.of(verdict.standing());
        Instant until = verdict.reviewAt();
        return new Told(
                name(verdict.practice()),
                chip.form(),
                chip.text(),
                verdict.statement(),
                until == null ? "" : "It lapses on " + day(until) + " unless there is newer evidence.");
    }

    private Shown shown(Dispute dispute, String key, @Nullable String shownKey, @Nullable String refusal) {
        DisputeJson json = views.of(dispute);
        DisputeState state = json.state();
        Instant review = json.reviewBy();
        Instant expires = json.expiresAt();
        return new Shown(
                title(state, dispute.kind()),
                networkName(dispute.account().network()),
                views.name(dispute),
                dispute.kind() == DisputeKind.CONTEST ? "you say it is wrong" : "objection under privacy law",
                refusal,
                shownKey,
                json.code(),
                DisputeViews.how(dispute.account().network()),
                expires == null ? "" : day(expires),
                state == DisputeState.AWAITING_MODERATOR,
                state == DisputeState.PROVEN || state == DisputeState.RULED,
                ended(state),
                review == null ? null : day(review),
                json.practices().stream()
                        .map(one -> outcome(one, dispute.kind()))
                        .toList(),
                json.rebuttal(),
                json.mayRewrite(),
                path(dispute),
                dispute.account().value().isEmpty() ? "/" : DisputeViews.accountPath(dispute),
                DisputeToken.forForms(key));
    }

    private static String title(DisputeState state, DisputeKind kind) {
        return switch (state) {
            case OPEN -> "Prove that the account is yours";
            case AWAITING_MODERATOR -> "Waiting for a moderator to see the code";
            case PROVEN -> kind == DisputeKind.CONTEST ? "Proven: your answer stands" : "Proven: your objection stands";
            case RULED -> "A moderator has ruled";
            case EXPIRED -> "The time for the proof is over";
            case WITHDRAWN -> "Taken back";
            case ERASED -> "Everything is deleted";
        };
    }

    private static @Nullable String ended(DisputeState state) {
        return switch (state) {
            case OPEN, AWAITING_MODERATOR, PROVEN, RULED -> null;
            case EXPIRED ->
                "The code was not seen in the profile in time, so nothing was changed. You can begin again.";
            case WITHDRAWN -> "Your words are deleted. What is held is what it would be without them.";
            case ERASED ->
                "Nothing is held of the account any more, and it is not judged again. There is nothing left to do.";
        };
    }

    private static Outcome outcome(DisputeJson.Disputed one, DisputeKind kind) {
        Chip chip = Chip.of(Objects.requireNonNullElse(one.standing(), Standing.UNKNOWN));
        DisputeJson.Ruled ruled = one.ruling();
        boolean hidden = kind == DisputeKind.OBJECTION && ruled == null && Boolean.TRUE.equals(one.disputed());
        return new Outcome(
                name(one.practice()),
                chip.form(),
                hidden ? "Hidden until a moderator rules" : chip.text(),
                Objects.requireNonNullElse(one.statement(), ""),
                ruled == null ? null : words(ruled.outcome()) + " (" + day(ruled.at()) + ")",
                ruled == null ? "" : ruled.reasons());
    }

    private static Past past(Dispute dispute, String name, DisputeViews.History history) {
        return new Past(
                name,
                path(dispute),
                history.verdicts().stream()
                        .map(change -> new PastChange(
                                name(change.practice()),
                                Chip.of(change.standing()).form(),
                                Chip.of(change.standing()).text(),
                                day(change.at()),
                                change.cause().replace('-', ' '),
                                change.statement()))
                        .toList(),
                history.rulings().stream()
                        .map(ruling -> new PastRuling(
                                name(ruling.practice()), words(ruling.outcome()), day(ruling.at()), ruling.reasons()))
                        .toList(),
                history.reports().stream()
                        .map(week -> Practice.of(week.practice())
                                        .map(DisputePages::name)
                                        .orElse(week.practice()) + ", week of " + Written.day(week.week()) + ": "
                                + week.reports())
                        .toList());
    }

    private static String words(Ruling outcome) {
        return switch (outcome) {
            case CONFIRM -> "The verdict was confirmed";
            case CLEAR -> "The verdict was cleared: the practice is not there";
            case EXPIRE -> "The verdict was withdrawn";
            case POSSIBLY_TARGETED -> "The verdict was withdrawn: somebody may have made it look so";
        };
    }

    private static String name(Practice practice) {
        return Practices.of(practice).map(PracticeDescription::name).orElse(practice.id());
    }

    private static String networkName(Network network) {
        if (network == Network.X) {
            return "X";
        }
        return network == Network.BLUESKY ? "Bluesky" : "Mastodon";
    }

    private static String day(Instant instant) {
        return Written.day(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }
}
