package org.fairfollow.network.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Json;
import org.fairfollow.network.outbound.UnansweredException;
import org.fairfollow.testing.Fuzz;
import org.junit.jupiter.api.Test;

/** Whatever a post is, its text can be read. */
class PostTextFuzzTest {
    private static final String POST = """
            {"text": "\u00fcber shop.example/\u2026 now", "facets": [{"index": {"byteStart": 6, "byteEnd": 22},
             "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://shop.example/buy"}]}],
             "embed": {"$type": "app.bsky.embed.external", "external": {"uri": "https://card.example/x"}}}""";

    @Test
    void whatLiesNearAPostIsText() {
        Fuzz.around(POST.getBytes(StandardCharsets.UTF_8), PostTextFuzzTest::read);
    }

    @Test
    void placesThatAreNoneAreLeftAsTheyStand() throws UnansweredException {
        for (String place : new String[] {
            "-1, \"byteEnd\": 3", "1, \"byteEnd\": 3", "3, \"byteEnd\": 3", "0, \"byteEnd\": 99", "0, \"byteEnd\": 1e9"
        }) {
            assertThat(text(POST.replace("6, \"byteEnd\": 22", place)))
                    .isEqualTo("\u00fcber shop.example/\u2026 now\nhttps://card.example/x");
        }
    }

    @Test
    void halfACharacterIsNoQuestionMark() throws UnansweredException {
        assertThat(text("{\"text\": \"well \\ud83c\"}")).isEqualTo("well");
    }

    @FuzzTest
    void anyBytes(byte[] post) {
        read(post);
    }

    private static String text(String post) throws UnansweredException {
        return PostText.of(Json.object(new Heard(200, null, null, post.getBytes(StandardCharsets.UTF_8))));
    }

    private static void read(byte[] post) {
        try {
            assertThat(PostText.of(Json.object(new Heard(200, null, null, post))))
                    .doesNotContain("\u0000");
        } catch (UnansweredException e) {
            assertThat(e.isPassing()).isFalse();
        }
    }
}
