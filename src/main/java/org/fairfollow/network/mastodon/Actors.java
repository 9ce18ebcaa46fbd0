package org.fairfollow.network.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.PlainText;
import org.fairfollow.network.outbound.UnansweredException;

/**
 * Whose account a name is, in three steps: WebFinger at the name's host says which actor it is; the handle's domain and the actor's
 * host must both say so; the actor's host tells what the profile says.
 */
final class Actors {
    private static final Set<String> ACTIVITY_PUB = Set.of(
            "application/activity+json", "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"");

    private Actors() {}

    /**
     * What a host says who somebody is.
     *
     * @param handle canonical
     * @param actor canonical URI
     */
    record Claim(String handle, String actor) {
        String user() {
            return handle.substring(0, handle.indexOf('@'));
        }

        String domain() {
            return handle.substring(handle.indexOf('@') + 1);
        }

        String host() {
            return URI.create(actor).getHost();
        }
    }

    /** What an actor's host tells of it. */
    record Profile(Claim claim, JsonNode account) {}

    static Profile profile(Servers servers, AccountName name, Keeping keeping, long until) throws UnansweredException {
        Claim claim = agreed(servers, name, until);
        URI address =
                URI.create("https://" + claim.host() + "/api/v1/accounts/lookup?acct=" + Servers.encoded(claim.user()));
        JsonNode account = Json.object(servers.ask(address, keeping, until));
        if (!isOf(claim, account)) {
            throw UnansweredException.refused(Refusal.ANOTHER_ACCOUNT);
        }
        return new Profile(claim, account);
    }

    /** The host that is asked first. */
    static String host(AccountName name) {
        return name.isHandle()
                ? name.value().substring(name.value().indexOf('@') + 1)
                : URI.create(name.value()).getHost();
    }

    /** Who it is; whoever could say otherwise was asked. */
    private static Claim agreed(Servers servers, AccountName name, long until) throws UnansweredException {
        String asked = host(name);
        Claim claim = webFinger(servers, asked, name.isHandle() ? "acct:" + name.value() : name.value(), until);
        if (!name.isHandle() && !claim.actor().equals(name.value())) {
            throw UnansweredException.refused(Refusal.ANOTHER_ACCOUNT);
        }
        Set<String> heard = new HashSet<>(Set.of(asked));
        for (String host : List.of(claim.domain(), claim.host())) {
            if (heard.add(host)
                    && !webFinger(servers, host, "acct:" + claim.handle(), until)
                            .equals(claim)) {
                throw UnansweredException.refused(Refusal.ANOTHER_ACCOUNT);
            }
        }
        return claim;
    }

    private static Claim webFinger(Servers servers, String host, String resource, long until)
            throws UnansweredException {
        return claim(Json.object(servers.webFinger(host, resource, until)));
    }

    /** @param told a JSON Resource Descriptor (RFC 7033) */
    static Claim claim(JsonNode told) throws UnansweredException {
        String subject = Json.text(told, "subject").orElse("");
        String actor = StreamSupport.stream(told.path("links").spliterator(), false)
                .filter(link -> Json.text(link, "rel").filter("self"::equals).isPresent()
                        && Json.text(link, "type")
                                .filter(ACTIVITY_PUB::contains)
                                .isPresent())
                .flatMap(link -> Json.text(link, "href").stream())
                .findFirst()
                .orElse("");
        try {
            AccountName handle = Network.MASTODON.parse(subject.replaceFirst("^acct:", ""));
            if (!handle.isHandle()) {
                throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
            }
            return new Claim(handle.value(), Network.MASTODON.nativeId(actor).value());
        } catch (InvalidAccountException e) {
            throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
        }
    }

    /** Whether the host tells of its own user of that name; it knows those of others too, from hearsay. */
    static boolean isOf(Claim claim, JsonNode account) {
        List<String> addresses = Stream.of("uri", "url")
                .flatMap(field -> Json.text(account, field).stream())
                .toList();
        return Json.text(account, "acct")
                        .map(acct -> acct.toLowerCase(Locale.ROOT))
                        .filter(claim.user()::equals)
                        .isPresent()
                && !addresses.isEmpty()
                && addresses.stream().allMatch(address -> isOn(claim.host(), address))
                && Json.text(account, "uri")
                        .map(uri -> isActor(claim.actor(), uri))
                        .orElse(true);
    }

    private static boolean isOn(String host, String address) {
        try {
            return URI.create(Network.MASTODON.nativeId(address).value())
                    .getHost()
                    .equals(host);
        } catch (InvalidAccountException e) {
            return false;
        }
    }

    private static boolean isActor(String actor, String uri) {
        try {
            return Network.MASTODON.nativeId(uri).value().equals(actor);
        } catch (InvalidAccountException e) {
            return false;
        }
    }

    /** Bio, then the fields, one a line. */
    static String text(JsonNode account) {
        Stream<String> fields = StreamSupport.stream(account.path("fields").spliterator(), false)
                .map(field -> Json.text(field, "name").orElse("") + ": "
                        + Json.text(field, "value").orElse(""));
        return Stream.concat(Stream.of(Json.text(account, "note").orElse("")), fields)
                .map(PlainText::ofHtml)
                .collect(Collectors.joining("\n"));
    }
}
