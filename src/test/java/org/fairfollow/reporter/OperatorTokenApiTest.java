package org.fairfollow.reporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.fairfollow.store.Store;
import org.fairfollow.store.Store.DatabaseAwayException;
import org.fairfollow.store.StoreIdentity;
import org.fairfollow.testing.DatabaseLine;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperatorTokenApiTest {
    @Inject
    Store store;

    @Inject
    AuditLog log;

    @Inject
    StoreIdentity identity;

    @Inject
    TestStore tables;

    DatabaseLine line;

    @AfterEach
    void bringTheDatabaseBack() {
        line.restore();
    }

    @BeforeEach
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
        assertThat(first.made()).contains(token);
        OperatorToken second = new OperatorToken(store, identity, Optional.empty());
        assertThat(second.made()).isEmpty();
        OperatorToken third = new OperatorToken(store, identity, Optional.empty());
        third.renew();
        assertThat(third.made()).isEmpty();
        for (OperatorToken known : new OperatorToken[] {first, second, third}) {
            assertThat(opens(known, "Bearer " + token)).isTrue();
            assertThat(opens(known, "bearer " + token)).isTrue();
            assertThat(opens(known, "Bearer " + token + "x")).isFalse();
            assertThat(opens(known, token)).isFalse();
            assertThat(opens(known, "Bearer ")).isFalse();
            assertThat(opens(known, "")).isFalse();
        }
    }

    /** A command that is run on a new store must not make a token that nobody is told. */
    @Test
    void onlyWhoeverShowsATokenMakesOne() {
        OperatorToken reader = new OperatorToken(store, identity, Optional.empty());
        reader.renew();
        assertThat(reader.isKnown()).isFalse();
        assertThat(opens(reader, "Bearer ")).isFalse();
        String token =
                new OperatorToken(store, identity, Optional.empty()).made().orElseThrow();
        reader.renew();
        assertThat(reader.isKnown()).isTrue();
        assertThat(opens(reader, "Bearer " + token)).isTrue();
    }

    @Test
    void withoutADatabaseItIsNotKnownYetAndTheServiceStartsAllTheSame() {
        line.cut();
        OperatorToken token = new OperatorToken(store, identity, Optional.empty());
        assertThatExceptionOfType(DatabaseAwayException.class).isThrownBy(token::made);
        assertThatExceptionOfType(DatabaseAwayException.class).isThrownBy(token::renew);
        assertThat(token.isKnown()).isFalse();
        Tokens tokens = new Tokens(token, new ApiKeys(store, log, Clock.systemUTC()));
        tokens.renew();
        assertThat(tokens.callerOf(null)).isEqualTo(Caller.ANONYMOUS);
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(() -> tokens.callerOf("Bearer ffo_whatever-it-is"))
                .satisfies(problem -> {
                    assertThat(problem.getStatusCode()).isEqualTo(503);
                    assertThat(problem.getParameters()).containsEntry("code", "database-away");
                    assertThat(problem.getHeaders()).containsKey("Retry-After");
                });
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
        assertThat(configured.isKnown()).isTrue();
        assertThat(opens(configured, "Bearer ffo_sixteen-or-more")).isTrue();
        assertThat(tables.rows("SELECT operator_token_hash FROM store").getFirst())
                .containsExactly((String) null);
    }

    @Test
    void oneThatCouldBeGuessedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperatorToken(store, identity, Optional.of("ffo_short")))
                .withMessageContaining("FAIRFOLLOW_OPERATOR_TOKEN must have at least 16");
    }

    private static boolean opens(OperatorToken token, String authorization) {
        return token.hasHash(Token.hashIn(authorization));
    }
}
