package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoreIdentityApiTest {
    @Inject
    Store store;

    @Inject
    StoreIdentity identity;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Test
    void aStoreKeepsItsKindAndItsEpoch() {
        StoreIdentity again = new StoreIdentity(clock, false);
        assertThatExceptionOfType(Store.DatabaseAwayException.class).isThrownBy(again::epoch);
        claim(again);
        assertThat(again.epoch()).isEqualTo(identity.epoch()).matches("[0-9a-f]{16}");
        assertThat(again.isDemo()).isFalse();
        assertThatExceptionOfType(StoreIdentity.WrongKindException.class)
                .isThrownBy(() -> claim(new StoreIdentity(clock, true)))
                .withMessageContaining("this store is a live one")
                .withMessageContaining("FAIRFOLLOW_DATA");
        assertThat(tables.count("SELECT COUNT(*) FROM store")).isEqualTo(1);
    }

    private void claim(StoreIdentity one) {
        store.read(connection -> {
            one.claim(connection);
            return null;
        });
    }

    /** The folder of the database these tests run on. */
    @Test
    void twoServicesNeverShareAFolder() throws IOException {
        Path folder = Project.folder().resolve("target/test-database");
        assertThatExceptionOfType(EmbeddedMariaDb.FolderInUseException.class)
                .isThrownBy(() -> EmbeddedMariaDb.start(folder, false))
                .withMessageContaining("another Fairfollow service is running on " + folder);
        EmbeddedMariaDb attached = EmbeddedMariaDb.attach(folder).orElseThrow();
        attached.close();
        assertThat(tables.count("SELECT 1")).as("what was attached to goes on").isEqualTo(1);
        assertThat(EmbeddedMariaDb.attach(folder.resolve("nothing-here"))).isEmpty();
    }
}
