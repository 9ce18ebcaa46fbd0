package org.fairfollow.lookup.pages.demo;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.store.StoreIdentity;
import org.jspecify.annotations.Nullable;

/** {@code /demo}: the invented site. It is there only where everything in the store is invented. */
@Path("/demo")
public class DemoResource {
    private static final String SVG = "image/svg+xml";

    private final Page page;
    private final Harbour harbour;
    private final boolean demo;

    DemoResource(Page page, Harbour harbour, StoreIdentity identity) {
        this.page = page;
        this.harbour = harbour;
        this.demo = identity.isDemo();
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @RunOnVirtualThread
    public Response welcome(@QueryParam("after") @Nullable String after) {
        int number = number(after, 0, Integer.MAX_VALUE);
        return answer(() -> ok("lookup/pages/demo/welcome.jte", harbour.welcome(number)));
    }

    @GET
    @Path("/profile/{handle}")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @RunOnVirtualThread
    public Response profile(@PathParam("handle") String handle) {
        return about(
                handle, name -> harbour.profile(name).map(profile -> ok("lookup/pages/demo/profile.jte", profile)));
    }

    @GET
    @Path("/profile/{handle}/followers")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @RunOnVirtualThread
    public Response followers(@PathParam("handle") String handle, @QueryParam("page") @Nullable String page) {
        int number = number(page, 1, Harbour.LAST_PAGE);
        return about(handle, name -> harbour.followers(name, number)
                .map(followers -> ok("lookup/pages/demo/followers.jte", followers)));
    }

    @GET
    @Path("/notifications")
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @RunOnVirtualThread
    public Response notifications() {
        return answer(() -> ok("lookup/pages/demo/notifications.jte", harbour.newFollowers()));
    }

    @GET
    @Path("/img/avatar/plain/{did}/drawn")
    @Access(Access.Caller.ANYONE)
    @NonBlocking
    public Response avatar(@PathParam("did") String did) {
        return answer(() -> Page.withHeaders(
                        Response.ok(Avatar.svg(did).getBytes(StandardCharsets.UTF_8))
                                .type(SVG),
                        Keeping.ANYBODY)
                .build());
    }

    private Response ok(String template, Object view) {
        return page.of(Status.OK, Keeping.NOBODY, template, view);
    }

    private Response about(String handle, Function<AccountName, Optional<Response>> answer) {
        return answer(() -> parse(handle)
                .flatMap(answer)
                .orElseGet(() -> page.message(
                        Status.NOT_FOUND,
                        "Nobody here has this handle",
                        "The invented people of this site are listed on its first page, /demo.")));
    }

    private Response answer(Supplier<Response> answer) {
        if (!demo) {
            return page.message(
                    Status.NOT_FOUND,
                    "There is no demonstration here",
                    "This service holds real accounts. Start one with invented accounts by: ./run serve --demo");
        }
        try {
            return answer.get();
        } catch (DatabaseAwayException e) {
            return page.message(
                    Status.SERVICE_UNAVAILABLE,
                    "The database is away",
                    "The invented site is drawn from it. Nothing is lost; try again in a few seconds.");
        }
    }

    private static Optional<AccountName> parse(String handle) {
        try {
            return Optional.of(Network.BLUESKY.parse(handle)).filter(AccountName::isHandle);
        } catch (InvalidAccountException e) {
            return Optional.empty();
        }
    }

    /** What is no number, or out of bounds, is taken for the nearest that is not. */
    private static int number(@Nullable String text, int least, int most) {
        if (text == null || !text.matches("[0-9]{1,9}")) {
            return least;
        }
        return Math.clamp(Integer.parseInt(text), least, most);
    }
}
