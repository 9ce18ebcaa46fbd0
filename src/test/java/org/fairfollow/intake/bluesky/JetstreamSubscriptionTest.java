package org.fairfollow.intake.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.fairfollow.network.MessageStream;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JetstreamSubscriptionTest {
    @Test
    void itAsksForWhatCountsAndNoMore() {
        assertThat(JetstreamConsumer.subscription(
                        URI.create("wss://jetstream.example/subscribe"), OptionalLong.of(1_783_175_888_085_434L)))
                .hasToString("wss://jetstream.example/subscribe?wantedCollections=app.bsky.graph.follow"
                        + "&wantedCollections=app.bsky.graph.block&wantedCollections=app.bsky.feed.post"
                        + "&wantedCollections=app.bsky.feed.repost&wantedCollections=app.bsky.feed.like"
                        + "&wantedCollections=app.bsky.actor.profile&cursor=1783175888085434");
        assertThat(JetstreamConsumer.subscription(
                                URI.create("ws://localhost:6008/subscribe?maxMessageSizeBytes=9"), OptionalLong.empty())
                        .getRawQuery())
                .startsWith("maxMessageSizeBytes=9&wantedCollections=")
                .doesNotContain("cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss://jetstream.example/subscribe", "ws://127.0.0.1:6008/subscribe", "ws://[::1]:6008/"})
    void theseMayBeCalled(URI address) {
        assertThat(MessageStream.isAllowed(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://jetstream.example/subscribe",
                "https://jetstream.example/",
                "ws://127.0.0.1.example/",
                "wss://user:word@jetstream.example/",
                "wss:/subscribe",
                "jetstream"
            })
    void theseMayNot(URI address) {
        assertThat(MessageStream.isAllowed(address)).isFalse();
    }

    @Test
    void realEventsAreRead() throws IOException {
        for (String capture : List.of("bluesky_jetstream_capture_152.jsonl", "bluesky_jetstream_golden_v1.jsonl")) {
            Path file = Project.shared("data/api-fixtures/" + capture).orElse(null);
            if (file == null) {
                continue;
            }
            StreamFigures figures = new StreamFigures(Clock.systemUTC());
            Subscription said = new Subscription(Clock.systemUTC(), figures);
            Files.readAllLines(file).forEach(said::message);
            assertThat(figures.events()).isGreaterThanOrEqualTo(10);
            assertThat(StreamFigures.CODES)
                    .allSatisfy(
                            code -> assertThat(figures.refused(code)).as(code).isZero());
        }
    }
}
