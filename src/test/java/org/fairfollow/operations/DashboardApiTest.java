package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts in {@code deploy} ask for metrics that there are, and of the service's own none is forgotten. */
@QuarkusTest
class DashboardApiTest {
    /** Of the service's own, those nobody needs to see drawn, each with the reason. */
    private static final Set<String> NOT_SHOWN = Set.of();

    /** Made by Prometheus itself. */
    private static final Set<String> PROMETHEUS = Set.of("up");

    /** A name that is not a function's, a label's, or within a string. */
    private static final Pattern NAME = Pattern.compile("\\b([a-z_][a-z0-9_]*)\\b(?!\\s*\\()");

    private static final Set<String> WORDS =
            Set.of("by", "on", "and", "or", "without", "sum", "max", "min", "le", "offset");

    @Inject
    Pipeline pipeline;

    @Test
    void whatIsDrawnAndWhatRingsIsMeasured() throws IOException {
        Set<String> measured = measured();
        assertThat(measured).contains("fairfollow_snapshot_version", "http_server_requests_seconds_bucket");
        assertThat(metricsOf(drawn())).isNotEmpty().isSubsetOf(measured);
        assertThat(metricsOf(ringing())).isNotEmpty().isSubsetOf(measured);
    }

    @Test
    void everythingTheServiceMeasuresIsDrawn() throws IOException {
        Set<String> own = new TreeSet<>(measured());
        own.removeIf(name -> !name.startsWith("fairfollow_"));
        own.removeAll(NOT_SHOWN);
        assertThat(metricsOf(drawn())).containsAll(own);
        assertThat(NOT_SHOWN).isSubsetOf(measured());
    }

    @Test
    void eachAlertHasASentenceAndIsTried() throws IOException {
        String tries = Project.read("deploy/prometheus/alerts.test.yml");
        for (JsonNode rule : rules()) {
            String name = rule.get("alert").asText();
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
            // Once where it is quiet, and once where it rings.
            assertThat(Pattern.compile("\\balertname: " + name + "\\b")
                            .matcher(tries)
                            .results()
                            .count())
                    .as(name)
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void namesAreToldFromTheRestOfAnExpression() {
        assertThat(
                        metricsOf(
                                List.of(
                                        "sum by (uri, status) (rate(a_total{status=~\"5..\", uri=\"b_c\"}[5m])) > 0 and on() max(d) == 1")))
                .containsExactlyInAnyOrder("a_total", "d");
    }

    private static Set<String> metricsOf(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions) {
            String bare = expression
                    .replaceAll("\\{[^}]*}", "")
                    .replaceAll("\\[[^]]*]", "")
                    .replaceAll("\\b(by|on|without|ignoring)\\s*\\([^)]*\\)", "");
            Matcher name = NAME.matcher(bare);
            while (name.find()) {
                if (!WORDS.contains(name.group(1)) && !PROMETHEUS.contains(name.group(1))) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }

    private static List<String> drawn() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper()
                .readTree(Project.read("deploy/grafana/fairfollow.json"))
                .get("panels")) {
            panel.path("targets")
                    .forEach(target -> expressions.add(target.get("expr").asText()));
        }
        return expressions;
    }

    private static List<String> ringing() throws IOException {
        List<String> expressions = new ArrayList<>();
        rules().forEach(rule -> expressions.add(rule.get("expr").asText()));
        return expressions;
    }

    private static JsonNode rules() throws IOException {
        return new YAMLMapper()
                .readTree(Project.read("deploy/prometheus/alerts.yml"))
                .at("/groups/0/rules");
    }

    /** The names of all samples of the real service, after calls and a release. */
    private Set<String> measured() {
        pipeline.judgeAndPublish();
        Api.call().get("/v1/practices").then().statusCode(200);
        // Garbage is collected at times of its own; its metric is there once it was.
        System.gc();
        Set<String> names = new HashSet<>();
        for (String line : Scrape.now().text().split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                names.add(line.split("[{ ]", 2)[0]);
            }
        }
        return names;
    }
}
