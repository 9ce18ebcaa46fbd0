package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Set;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/** What is served as the contract is openapi.yaml. */
@QuarkusTest
class ServedContractApiTest {
    @Test
    void theFileIsServedAsItIs() throws IOException {
        String served = Api.unknownCall()
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        JsonNode document = new YAMLMapper().readTree(served);
        JsonNode file = new YAMLMapper().readTree(Project.read("openapi.yaml"));
        for (String part : Set.of("info", "paths", "components")) {
            assertThat(plain(document.get(part))).as(part).isEqualTo(plain(file.get(part)));
        }
    }

    /** The publisher of the document folds strings its own way; nothing else may differ. */
    private static JsonNode plain(JsonNode node) throws IOException {
        return new YAMLMapper().readTree(node.toString().replace("\\n", "").replaceAll("\\s+", ""));
    }
}
