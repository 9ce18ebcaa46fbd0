package org.fairfollow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.reporter.SignIn;
import org.fairfollow.testing.Moderation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./run moderator}. */
@QuarkusTest
class ModeratorApplicationApiTest {
    @Inject
    ModeratorApplication application;

    @Inject
    Moderation moderation;

    @Inject
    SignIn signIn;

    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String name = Moderation.randomName();

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
    void theFirstOperatorIsMadeByTheCommandAndSignsIn() {
        assertThat(application.run("add", name, "operator")).isZero();
        Matcher said = Pattern.compile("Invitation for " + name + ", operator, shown only this once: (ffi_\\S{32})\n"
                        + "It is used at http://\\S+/moderation/invitation until \\S+ \\S+ UTC\\.\n")
                .matcher(said());
        assertThat(said.find()).isTrue();
        assertThat(application.run("list")).isZero();
        assertThat(said()).contains(name + "  operator  invited until ").doesNotContain("ffi_");
        String invitation = said.group(1);
        String key = signIn.begin(invitation, Moderation.address()).key();
        String token = signIn.accept(invitation, "gull lantern quay", moderation.code(key), Moderation.address())
                .secretToken();
        new Moderation.Person(name, "", key, token)
                .call()
                .get("/v1/moderation/moderators")
                .then()
                .statusCode(200);
        assertThat(application.run("list")).isZero();
        assertThat(said()).contains(name + "  operator  signs in\n");
    }

    @Test
    void anAccountIsResetGivenAnotherRoleAndClosed() {
        application.run("add", name, "reviewer");
        said();
        assertThat(application.run("role", name, "moderator")).isZero();
        assertThat(said()).startsWith(name + "  moderator  invited until ");
        assertThat(application.run("reset", name)).isZero();
        assertThat(said()).startsWith("Invitation for " + name + ", moderator");
        assertThat(application.run("close", name)).isZero();
        assertThat(application.run("close", name)).isZero();
        assertThat(said()).isEqualTo("The account is closed.\nThe account is closed.\n");
        assertThat(application.run("list")).isZero();
        assertThat(said()).contains(name + "  moderator  closed ");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        assertThat(application.run("close", "nobody-of-that-name")).isEqualTo(1);
        assertThat(application.run("reset", "no\nname")).isEqualTo(1);
        assertThat(application.run("add", name, "king")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        moderator: there is no open account of that name; ./run moderator list shows those there are.
                        moderator: there is no open account of that name; ./run moderator list shows those there are.
                        moderator: No moderator can be called so, or have this role. Give one of the roles reviewer, moderator, operator.
                        """);
        assertThat(said()).isEmpty();
    }

    @Test
    void theLogIsChecked() {
        application.run("add", name, "reviewer");
        said();
        assertThat(application.run("check-log")).isZero();
        assertThat(said()).containsPattern("[0-9]+ entries, all as they were written\\. Last hash: [0-9a-f]{64}\n");
    }

    private String said() {
        String said = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return said;
    }
}
