package org.fairfollow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadPromptlyApiTest {
    @Inject
    Store store;

    /** An id that names nothing is such a refusal: else anybody could make the jobs' connections impatient. */
    @Test
    void aRefusalLeavesTheNextOneOnTheConnectionAllItsTime() {
        int patient = store.read(Connection::getNetworkTimeout);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.readPromptly(connection -> {
                    assertThat(connection.getNetworkTimeout()).isLessThan(patient);
                    throw new IllegalArgumentException("nothing is called so");
                }));

        assertThat(store.read(Connection::getNetworkTimeout)).isEqualTo(patient);
    }
}
