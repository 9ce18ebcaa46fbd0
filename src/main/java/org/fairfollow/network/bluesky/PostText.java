package org.fairfollow.network.bluesky;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.PlainText;

/** The text of a post, in which clients show links shortened, with their whole addresses. */
final class PostText {
    private static final String LINK = "app.bsky.richtext.facet#link";
    private static final String CARD = "app.bsky.embed.external";
    /** A post has 300 letters; nobody links more often, or longer. */
    private static final int MOST_LINKS = 100;

    private static final int LONGEST_LINK = 2_000;
    private static final int LONGEST_TEXT = 20_000;

    private PostText() {}

    /**
     * @param from first byte of what stands for it
     * @param to the byte after the last one
     */
    private record Link(int from, int to, String address) {}

    /** @param post an {@code app.bsky.feed.post} */
    static String of(JsonNode post) {
        // Half a character would become a question mark.
        String text = PlainText.wellFormed(Json.text(post, "text").orElse(""));
        String whole = withLinks(text.substring(0, Math.min(text.length(), LONGEST_TEXT)), post.path("facets"));
        String card = card(post.path("embed"))
                .or(() -> card(post.path("embed").path("media")))
                .orElse("");
        return PlainText.visible(card.isEmpty() || whole.contains(card) ? whole : whole + "\n" + card);
    }

    private static Optional<String> card(JsonNode embed) {
        return Json.text(embed, "$type").filter(CARD::equals).flatMap(type -> address(embed.path("external")));
    }

    private static Optional<String> address(JsonNode link) {
        return Json.text(link, "uri").filter(address -> address.length() <= LONGEST_LINK);
    }

    private static String withLinks(String text, JsonNode facets) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Link> links = StreamSupport.stream(facets.spliterator(), false)
                .limit(MOST_LINKS)
                .flatMap(facet -> link(facet, bytes).stream())
                .sorted(comparingInt(Link::from))
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        for (Link link : links) {
            // One that lies within another one is none.
            if (link.from >= at) {
                out.write(bytes, at, link.from - at);
                out.writeBytes(link.address.getBytes(StandardCharsets.UTF_8));
                at = link.to;
            }
        }
        out.write(bytes, at, bytes.length - at);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Optional<Link> link(JsonNode facet, byte[] text) {
        JsonNode from = facet.path("index").path("byteStart");
        JsonNode to = facet.path("index").path("byteEnd");
        boolean isPlace = from.isInt()
                && to.isInt()
                && 0 <= from.intValue()
                && from.intValue() < to.intValue()
                && to.intValue() <= text.length
                && beginsCharacter(text, from.intValue())
                && beginsCharacter(text, to.intValue());
        return !isPlace
                ? Optional.empty()
                : StreamSupport.stream(facet.path("features").spliterator(), false)
                        .filter(feature -> LINK.equals(feature.path("$type").textValue()))
                        .flatMap(feature -> address(feature).stream())
                        .findFirst()
                        .map(address -> new Link(from.intValue(), to.intValue(), address));
    }

    private static boolean beginsCharacter(byte[] text, int at) {
        return at == text.length || (text[at] & 0xc0) != 0x80;
    }
}
