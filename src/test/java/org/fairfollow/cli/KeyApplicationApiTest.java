package org.fairfollow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.testing.Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./run key}. */
@QuarkusTest
class KeyApplicationApiTest {
    @Inject
    KeyApplication application;

    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(usualOut);
        System.setErr(usualErr);
    }

    @Test
    void aKeyIsIssuedListedAndRevoked() {
        assertThat(application.run("issue", "the reader of pier.example", "30")).isZero();
        Matcher said = Pattern.compile(
                        "shown only this once: (ffk_\\S{32})\n([0-9a-f]{16})  \\S+  30/min  the reader of pier.example\n")
                .matcher(said());
        assertThat(said.find()).isTrue();
        String key = said.group(1);
        String id = said.group(2);
        Api.call().header("Authorization", "Bearer " + key).get("/v1/list");
        assertThat(application.run("list")).isZero();
        assertThat(said()).contains(id + "  ").doesNotContain(key).doesNotContain(key.substring(4));
        assertThat(application.run("revoke", id)).isZero();
        assertThat(said()).isEqualTo("The key " + id + " is revoked.\n");
        assertThat(application.run("revoke", id)).isZero();
        Api.call()
                .header("Authorization", "Bearer " + key)
                .get("/v1/accounts/x/someone")
                .then()
                .statusCode(401);
        said();
        assertThat(application.run("list")).isZero();
        assertThat(said()).containsPattern(id + ".*the reader of pier.example  \\(revoked \\S+\\)");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        assertThat(application.run("revoke", "nobody")).isEqualTo(1);
        assertThat(application.run("issue", " ")).isEqualTo(1);
        assertThat(application.run("issue", "reader", "0")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        key: there is no key nobody; ./run key list shows those there are.
                        key: No key can have this label. Say in 1 to 100 printable characters whose key it is.
                        key: No key can have this quota. Give 1 to 1000000 requests a minute, or leave it out.
                        """);
        assertThat(said()).isEmpty();
    }

    private String said() {
        String said = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return said;
    }
}
