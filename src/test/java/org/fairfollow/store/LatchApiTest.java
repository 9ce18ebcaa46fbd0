package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.Test;

/** Latches on the real database; what becomes of them at two nodes of a cluster at once, bench/cluster shows. */
@QuarkusTest
class LatchApiTest {
    @Inject
    Store store;

    @Inject
    TestStore tables;

    @Test
    void nobodySharesWhatSomebodyHasAlone() throws Exception {
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> shared = store.inTransaction(connection -> {
                Latch.RELEASE.takeAlone(connection);
                long mine = Latch.RELEASE.turns(connection);
                Future<Long> other = beside.submit(() -> store.inTransaction(theirs -> {
                    Latch.RELEASE.share(theirs);
                    return Latch.RELEASE.turns(theirs);
                }));
                untilSomebodyWaits();
                assertThat(Latch.RELEASE.turns(connection)).isEqualTo(mine);
                return other;
            });
            assertThat(shared.get()).isEqualTo(store.read(Latch.RELEASE::turns));
        }
    }

    @Test
    void whatSomebodyHasIsNotFree() {
        boolean[] free = new boolean[2];
        store.inTransaction(connection -> {
            free[0] = Latch.REPORTS.takeAloneIfFree(connection);
            free[1] = store.inTransaction(Latch.REPORTS::takeAloneIfFree);
            return null;
        });
        assertThat(free).containsExactly(true, false);
        assertThat(store.inTransaction(Latch.REPORTS::takeAloneIfFree)).isTrue();
    }

    @Test
    void aHundredAtOnceTakeTurns() throws Exception {
        long before = store.read(Latch.EVIDENCE::turns);
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, 100)
                    .<Future<?>>mapToObj(i -> beside.submit(() -> store.inTransaction(connection -> {
                        Latch.EVIDENCE.takeAlone(connection);
                        return null;
                    })))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(store.read(Latch.EVIDENCE::turns)).isEqualTo(before + 100);
    }

    @Test
    void allStatementsOfOneMomentSeeTheSame() {
        List<Long> seen = store.readAtOneMoment(connection -> {
            long first = Latch.AUDIT.turns(connection);
            store.inTransaction(theirs -> {
                Latch.AUDIT.takeAlone(theirs);
                return null;
            });
            return List.of(first, Latch.AUDIT.turns(connection));
        });
        assertThat(seen.getLast()).isEqualTo(seen.getFirst());
        assertThat(store.read(Latch.AUDIT::turns)).isEqualTo(seen.getFirst() + 1);
        List<Long> after = store.inTransaction(connection -> {
            long first = Latch.AUDIT.turns(connection);
            store.inTransaction(theirs -> {
                Latch.AUDIT.takeAlone(theirs);
                return null;
            });
            return List.of(first, Latch.AUDIT.turns(connection));
        });
        assertThat(after.getLast()).as("the connection is as it was again").isEqualTo(after.getFirst() + 1);
    }

    private void untilSomebodyWaits() {
        while (tables.count("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'UPDATE latch%'")
                == 0) {
            Thread.onSpinWait();
        }
    }
}
