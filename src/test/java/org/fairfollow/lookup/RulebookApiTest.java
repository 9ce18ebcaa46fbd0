package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.fairfollow.testing.Api;
import org.fairfollow.verdict.Rulebook;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RulebookApiTest {
    @Test
    void anybodyCanHashWhatAReleaseCommitsTo() {
        Response answer = Api.call().get("/v1/rulebook");
        answer.then().statusCode(200).header("Cache-Control", is("public, max-age=300"));
        assertThat(Rulebook.sha256(answer.asByteArray())).isEqualTo(Rulebook.sha256());
        Api.call()
                .header("If-None-Match", answer.header("ETag"))
                .get("/v1/rulebook")
                .then()
                .statusCode(304);
    }
}
