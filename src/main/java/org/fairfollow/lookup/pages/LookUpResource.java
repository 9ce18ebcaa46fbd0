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
import org.fairfollow.lookup.PathName;
import org.fairfollow.lookup.pages.Page.Message;

/** The look-up field: finds out which account is meant and leads to its page. */
@Path("/look-up")
public class LookUpResource {
    private static final String EXAMPLES = "Write a handle with its dot (growth.example) for Bluesky, with its host"
            + " (growth@social.example) for Mastodon or without either (growth_example) for X; or paste a DID, or the"
            + " address of a profile.";

    private final Page page;

    LookUpResource(Page page) {
        this.page = page;
    }

    @GET
    @Access(Access.Caller.ANYONE)
    @Produces(Page.HTML)
    @NonBlocking
    public Response lookUp(@QueryParam("name") @DefaultValue("") String typed) {
        String name = typed.strip();
        if (name.isEmpty()) {
            return page.message(Status.BAD_REQUEST, "Whom are you looking for?", EXAMPLES);
        }
        List<AccountName> meant = meant(name);
        if (meant.isEmpty()) {
            return page.message(Status.BAD_REQUEST, "No account can have this name", EXAMPLES);
        }
        if (meant.size() > 1) {
            return page.of(Status.OK, Page.Keeping.NOBODY, "message.jte", which(meant));
        }
        URI address = URI.create(address(meant.getFirst()));
        return Page.withHeaders(Response.seeOther(address), Page.Keeping.NOBODY).build();
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

    private static Message which(List<AccountName> meant) {
        List<Message.Choice> choices = meant.stream()
                .map(account -> new Message.Choice(
                        "@" + account.value() + " on "
                                + AccountView.networkName(account.network().id()),
                        address(account)))
                .toList();
        return new Message("Which one do you mean?", "On Mastodon a name has its host with it: name@host.", choices);
    }

    private static String address(AccountName account) {
        return "/accounts/" + account.network().id() + "/" + PathName.of(account.value());
    }
}
