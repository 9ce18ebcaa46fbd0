package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.fairfollow.testing.Fuzz;

/** Bodies of any bytes: each is read, or is refused with a problem of the sender's. */
class BodyFuzzTest {
    record Item(String network, String name) {}

    record Items(List<Item> accounts, Integer limit) {}

    @FuzzTest
    void read(byte[] body) {
        Fuzz.around(body, bytes -> {
            try {
                assertThat(Body.read(new ByteArrayInputStream(bytes), Items.class))
                        .isNotNull();
            } catch (HttpProblem e) {
                assertThat(e.getStatusCode()).isIn(400, 413);
                assertThat(e.getParameters()).containsKey("code");
                assertThat(e.getDetail()).endsWith(".").hasSizeLessThan(200);
            }
        });
    }
}
