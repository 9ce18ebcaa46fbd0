package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.http.Page;
import org.fairfollow.http.Speech;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/** What developers read on the page about the API is what the contract and its guide say. */
class ApiDocumentPageTest {
    private static final ApiDocument DOCUMENT = new ApiDocument();
    private static final String BASE = "https://host.example";

    @Test
    void theContractIsTheFile() {
        assertThat(new String(DOCUMENT.yaml().bytes(), StandardCharsets.UTF_8)).isEqualTo(Project.read("openapi.yaml"));
    }

    @Test
    void everyCallIsListedWithWhoMayMakeIt() {
        long calls = Project.read("openapi.yaml")
                .lines()
                .filter(line -> line.contains("operationId:"))
                .count();

        assertThat(DOCUMENT.groups().stream()
                        .mapToLong(group -> group.operations().size())
                        .sum())
                .isEqualTo(calls);
        assertThat(DOCUMENT.groups().getFirst().operations().getFirst())
                .isEqualTo(new ApiDocument.Operation(
                        "getAccount",
                        "GET",
                        "/v1/accounts/{network}/{name}",
                        "An account and a verdict per practice",
                        "anybody"));
        assertThat(DOCUMENT.groups().stream().flatMap(group -> group.operations().stream()))
                .filteredOn(call ->
                        call.id().equals("tellObservations") || call.path().equals("/v1/observations"))
                .extracting(ApiDocument.Operation::caller)
                .containsOnly("with a reporter's token");
    }

    @Test
    void examplesAreThoseOfTheGuide() {
        String guide = Project.read("docs/api.md");

        assertThat(DOCUMENT.scripts()).hasSize(3).allSatisfy(script -> assertThat(guide)
                .contains(script.text()));
    }

    @Test
    void thePageIsWholeWithoutItsScript() {
        Response answer = new Page(false, "http://localhost", Speech::english)
                .of(
                        Response.Status.OK,
                        Page.Keeping.ANYBODY,
                        "lookup/pages/api.jte",
                        new ApiPageResource.Api(BASE, DOCUMENT.groups(), DOCUMENT.scripts()));
        String html = new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);

        assertThat(answer.getHeaderString("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .endsWith("; connect-src 'self'")
                .doesNotContain("unsafe");
        assertThat(html)
                .contains(
                        "curl -sS https://host.example/v1/practices",
                        "href=\"#/Reading/getAccount\"",
                        "href=\"/openapi.yaml\"")
                .doesNotContain(" style=");
    }

    /** Its version stands in the page and in pom.xml. */
    @Test
    void theRendererIsThere() {
        Matcher folder = Pattern.compile("data-renderer=\"(/[^\"]+/)\"")
                .matcher(Project.read("src/main/jte/lookup/pages/calls.jte"));
        assertThat(folder.find()).isTrue();

        assertThat(List.of("swagger-ui-bundle.js", "swagger-ui.css")).allSatisfy(file -> assertThat(
                        ApiDocument.class.getClassLoader().getResource("META-INF/resources" + folder.group(1) + file))
                .isNotNull());
    }
}
