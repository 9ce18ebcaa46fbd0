package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.fairfollow.store.Store;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperatorTokenApiTest {
    @Inject
    Store store;

    @Inject
    StoreIdentity identity;

    @Inject
    TestStore tables;

    @BeforeEach
    @AfterEach
    void forgetTheToken() {
        store.inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE store SET operator_token_hash = NULL");
            }
        });
    }

    @Test
    void aTokenIsMadeOnceAndToldOnce() {
        OperatorToken first = new OperatorToken(store, identity, Optional.empty());
        String token = first.made().orElseThrow();
        assertThat(token).matches("ffo_[A-Za-z0-9_-]{32}");
        OperatorToken second = new OperatorToken(store, identity, Optional.empty());
        assertThat(second.made()).isEmpty();
        for (OperatorToken known : new OperatorToken[] {first, second}) {
            assertThat(known.isIn("Bearer " + token)).isTrue();
            assertThat(known.isIn("bearer " + token)).isTrue();
            assertThat(known.isIn("Bearer " + token + "x")).isFalse();
            assertThat(known.isIn(token)).isFalse();
            assertThat(known.isIn("Bearer ")).isFalse();
            assertThat(known.isIn(null)).isFalse();
        }
    }

    @Test
    void onlyItsHashIsStored() {
        String token =
                new OperatorToken(store, identity, Optional.empty()).made().orElseThrow();
        assertThat(tables.rows("SELECT * FROM store").toString()).doesNotContain(token.substring(4));
        assertThat(tables.rows("SELECT LENGTH(operator_token_hash) FROM store").getFirst())
                .containsExactly("32");
    }

    @Test
    void aConfiguredOneIsTakenAndNotTold() {
        OperatorToken configured = new OperatorToken(store, identity, Optional.of("ffo_sixteen-or-more"));
        assertThat(configured.made()).isEmpty();
        assertThat(configured.isIn("Bearer ffo_sixteen-or-more")).isTrue();
        assertThat(tables.rows("SELECT operator_token_hash FROM store").getFirst())
                .containsExactly((String) null);
    }

    @Test
    void oneThatCouldBeGuessedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperatorToken(store, identity, Optional.of("ffo_short")))
                .withMessageContaining("FAIRFOLLOW_OPERATOR_TOKEN must have at least 16");
    }
}
