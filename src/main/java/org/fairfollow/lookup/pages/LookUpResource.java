package org.fairfollow.lookup.pages;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;

/** The look-up field: finds out which account is meant and leads to its page. */
@Path("/look-up")
public class LookUpResource {
    private static final String ANSWERING = "answer";

    private final Page page;

    LookUpResource(Page page) {
        this.page = page;
    }

    /** @param to where to lead: to the account's page, or to where its owner answers ({@code answer}) */
    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @NonBlocking
    public Response lookUp(
            @QueryParam("name") @DefaultValue("") String typed, @QueryParam("to") @DefaultValue("") String to) {
        boolean answering = to.equals(ANSWERING);
        String name = typed.strip();
        if (name.isEmpty()) {
            return help(
                    Status.BAD_REQUEST,
                    LookUpView.of("Which account?", "Write its name, or paste it.", "", List.of(), answering));
        }
        List<AccountName> meant = meant(name);
        if (meant.isEmpty()) {
            return help(
                    Status.BAD_REQUEST,
                    LookUpView.of(
                            "No account can have this name",
                            "On none of the three networks. How names are written stands below.",
                            name,
                            List.of(),
                            answering));
        }
        if (meant.size() > 1) {
            return help(Status.OK, which(name, meant, answering));
        }
        URI address = URI.create(page.speech().to(LookUpView.address(meant.getFirst(), answering)));
        return Page.withHeaders(Response.seeOther(address), Page.Keeping.NOBODY).build();
    }

    private Response help(Status status, LookUpView view) {
        return page.of(status, Page.Keeping.NOBODY, "lookup/pages/lookUp.jte", view);
    }

    /** Every account that may be meant. */
    private static List<AccountName> meant(String name) {
        List<AccountName> meant = new ArrayList<>();
        Network.all().forEach(network -> parse(network, name).ifPresent(meant::add));
        if (isAddress(name)) {
            // Mastodon runs on any host, so any address may be an actor's; people paste those of profiles.
            boolean others = meant.size() > 1;
            meant.removeIf(account -> account.network() == Network.MASTODON && (!account.isHandle() || others));
        }
        boolean bareWord = meant.size() == 1
                && meant.getFirst().network() == Network.X
                && meant.getFirst().isHandle()
                && !isAddress(name)
                && !name.contains("_");
        if (bareWord) {
            // People leave out the part of a Bluesky handle that most have in common.
            parse(Network.BLUESKY, name + ".bsky.social").ifPresent(meant::add);
        }
        return meant;
    }

    private static Optional<AccountName> parse(Network network, String name) {
        try {
            return Optional.of(network.parse(name));
        } catch (InvalidAccountException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("https://") || lower.startsWith("http://");
    }

    private static LookUpView which(String name, List<AccountName> meant, boolean answering) {
        List<LookUpView.Candidate> candidates = meant.stream()
                .map(account -> LookUpView.Candidate.of(account, answering))
                .toList();
        return LookUpView.of(
                "Which one do you mean?", "This name can be an account on each of these.", name, candidates, answering);
    }
}
