package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fairfollow.http.Problem;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/api.md} has every call and every code of a refusal. Its table of codes is written from {@link Problem}:
 *
 * <pre>mvn test -Dtest=ApiDocumentTest -Dproblems.write=true</pre>
 */
class ApiDocumentTest {
    private static final Path FILE = Project.folder().resolve("docs/api.md");
    private static final String BEGIN = "<!-- problems: written from http.Problem by ApiDocumentTest -->\n";
    private static final String END = "<!-- /problems -->";

    @Test
    void theTableOfCodesIsThatOfTheService() throws IOException {
        String page = Files.readString(FILE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        String written = page.substring(0, from) + table() + page.substring(to);
        if (Boolean.getBoolean("problems.write")) {
            Files.writeString(FILE, written);
        }
        assertThat(Files.readString(FILE))
                .as("write it anew with -Dproblems.write=true")
                .isEqualTo(written);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("\n| code | status | what it says |\n|---|---|---|\n");
        for (Problem problem : Problem.values()) {
            HttpProblem thrown = problem.with("");
            table.append("| `%s` | %d | %s |\n"
                    .formatted(problem.code(), thrown.getStatusCode(), String.valueOf(thrown.getTitle())));
        }
        return table.append('\n').toString();
    }

    /** The page is for those who read or contribute, and for who lets a release pass. */
    @Test
    void everyCallOfTheirsIsOnThePage() throws IOException {
        String page = Files.readString(FILE);
        List<String> missing = new ArrayList<>();
        JsonNode paths = new YAMLMapper().readTree(Project.read("openapi.yaml")).get("paths");
        paths.properties().forEach(path -> path.getValue().forEach(call -> {
            boolean theirs = Set.of("Reading", "Contributing", "Answering", "Moderation")
                    .contains(call.get("tags").get(0).asText());
            if (theirs && !page.contains(path.getKey())) {
                missing.add(path.getKey());
            }
        }));
        assertThat(missing).isEmpty();
    }
}
