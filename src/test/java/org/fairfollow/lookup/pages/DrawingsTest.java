package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrawingsTest {
    private final AtomicInteger drawn = new AtomicInteger();

    @Test
    void whatSaysTheSameIsDrawnOnce() throws Exception {
        Drawings drawings = new Drawings(_ -> new byte[] {(byte) drawn.incrementAndGet()}, 4);

        assertThat(drawings.png(of("@a"))).isSameAs(drawings.png(of("@a")));
        assertThat(drawings.png(of("@b"))).containsExactly(2);
        drawings.stop();
    }

    @Test
    void whoeverWouldWaitForLongIsToldToComeBack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Drawings drawings = new Drawings(
                _ -> {
                    begun.countDown();
                    try {
                        finish.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new byte[1];
                },
                1);
        List<CompletableFuture<byte[]>> served = List.of(ask(drawings, "@a"), ask(drawings, "@b"));
        begun.await();
        while (drawings.waiting() == 0) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> drawings.png(of("@c")))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(503));
        finish.countDown();
        assertThat(served).allSatisfy(one -> assertThat(one.join()).hasSize(1));
        drawings.stop();
    }

    private static CompletableFuture<byte[]> ask(Drawings drawings, String name) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(drawings.png(of(name)));
            } catch (InterruptedException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static Card.Content of(String name) {
        return new Card.Content(Gist.NO_ANSWER, name, "Bluesky", "en");
    }
}
