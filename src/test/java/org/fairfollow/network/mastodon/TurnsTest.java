package org.fairfollow.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.fairfollow.network.outbound.UnansweredException;
import org.junit.jupiter.api.Test;

/** A host is read for one at a time. */
class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void whoComesWhileAHostIsReadWaitsOrGoesAndOtherHostsAreReadMeanwhile() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> read(() -> {
            inside.countDown();
            await(leave);
            return "first";
        }));
        inside.await();

        assertThatThrownBy(() -> turns.of("social.example", Duration.ZERO, () -> "second"))
                .isInstanceOfSatisfying(UnansweredException.class, e -> assertThat(e.isPassing())
                        .isTrue());
        assertThat(turns.of("other.example", Duration.ZERO, () -> "other")).isEqualTo("other");
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> read(() -> "second"));
        leave.countDown();

        assertThat(first.join()).isEqualTo("first");
        assertThat(second.join()).isEqualTo("second");
    }

    @Test
    void whoFailsLeavesTheTurnToTheNext() throws UnansweredException {
        assertThatThrownBy(() -> turns.of("social.example", Duration.ZERO, () -> {
                    throw UnansweredException.gone();
                }))
                .isInstanceOf(UnansweredException.class);

        assertThat(turns.of("social.example", Duration.ZERO, () -> "next")).isEqualTo("next");
    }

    private String read(Turns.Read<String> read) {
        try {
            return turns.of("social.example", Duration.ofMinutes(1), read);
        } catch (UnansweredException e) {
            return "unanswered";
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
