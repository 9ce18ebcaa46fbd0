package org.fairfollow.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.fairfollow.testing.Fuzz;

/** Names as anybody may type them: each is an account in canonical form, or is refused. */
class NetworkFuzzTest {
    @FuzzTest
    void parse(byte[] name) {
        Fuzz.around(name, bytes -> {
            for (Network network : Network.all()) {
                parseOrRefuse(network, new String(bytes, StandardCharsets.UTF_8));
                parseOrRefuse(network, new String(bytes, StandardCharsets.UTF_16));
            }
        });
    }

    private static void parseOrRefuse(Network network, String input) {
        AccountName name;
        try {
            name = network.parse(input);
        } catch (InvalidAccountException e) {
            assertThat(e.getMessage()).endsWith(".");
            return;
        }
        try {
            assertThat(name.key()).isASCII();
            AccountName again = name.isHandle() ? network.parse(name.value()) : network.nativeId(name.value());
            assertThat(again).as("canonical names stay as they are").isEqualTo(name);
            network.profileUrl(name.isHandle() ? name.value() : null, name.isHandle() ? null : name.value());
        } catch (InvalidAccountException e) {
            throw new AssertionError("the canonical form of " + input + " is refused", e);
        }
    }
}
