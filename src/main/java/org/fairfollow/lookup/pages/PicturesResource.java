package org.fairfollow.lookup.pages;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.fairfollow.account.AccountName;
import org.fairfollow.http.Access;
import org.fairfollow.http.Conditional;
import org.fairfollow.http.Speech;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.PathName;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.Payload;
import org.fairfollow.store.Store.DatabaseAwayException;

/**
 * An account as a picture for other sites: a badge its owner may show, and the card that stands for a link to its page. They say what is
 * published at this moment, and always answer: what is listed comes from memory.
 */
@Path("/accounts/{network}/{name}")
public class PicturesResource {
    private static final String SVG = "image/svg+xml";
    private static final String PNG = "image/png";

    /**
     * Pictures are drawn again and again by those who show them; what is withdrawn must be gone everywhere a minute later: ten seconds
     * until it is released, this in an edge cache, and this again in a reader's own.
     */
    private static final String CACHE_CONTROL = "public, max-age=20";

    private final AccountLookup lookup;
    private final Drawings drawings;

    PicturesResource(AccountLookup lookup, Drawings drawings) {
        this.lookup = lookup;
        this.drawings = drawings;
    }

    @GET
    @Path("/badge.svg")
    @Access(Access.Caller.ANYONE)
    @Produces(SVG)
    @RunOnVirtualThread
    public Response badge(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @QueryParam("lang") @DefaultValue("") String language,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch) {
        Told told = told(PathName.parse(network, name));
        String svg = Badge.svg(told.gist, Speech.in(language));
        return picture(ifNoneMatch, svg.getBytes(StandardCharsets.UTF_8), SVG);
    }

    @GET
    @Path("/card.png")
    @Access(Access.Caller.ANYONE)
    @Produces(PNG)
    @RunOnVirtualThread
    public Response card(
            @PathParam("network") String network,
            @PathParam("name") String name,
            @QueryParam("lang") @DefaultValue("") String language,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch)
            throws InterruptedException {
        Told told = told(PathName.parse(network, name));
        AccountJson account = told.account;
        String shown =
                account.handle() != null ? "@" + account.handle() : Objects.requireNonNullElse(account.nativeId(), "");
        byte[] png = drawings.png(new Card.Content(
                told.gist,
                shown,
                AccountView.networkName(account.network()),
                Speech.in(language).language().tag()));
        return picture(ifNoneMatch, png, PNG);
    }

    private record Told(AccountJson account, Gist gist) {}

    private Told told(AccountName name) {
        try {
            AccountLookup.Answer answer = lookup.answer(name);
            return new Told(answer.account(), Gist.of(answer));
        } catch (DatabaseAwayException e) {
            return new Told(AccountJson.of(name), Gist.NO_ANSWER);
        }
    }

    private static Response picture(List<String> ifNoneMatch, byte[] picture, String type) {
        Response answer =
                Conditional.answer(ifNoneMatch, picture, Payload.of(picture).etag(), type, CACHE_CONTROL);
        // Other sites show it. Nobody is to be found by it.
        answer.getHeaders().putSingle("Cross-Origin-Resource-Policy", "cross-origin");
        answer.getHeaders().putSingle("X-Robots-Tag", "noindex");
        return answer;
    }
}
