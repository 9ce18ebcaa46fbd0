package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The manifests in {@code deploy/kubernetes}, by Kubernetes' own model of its API and by the rules of the house. The model knows
 * every field there is: what it does not know is a mistake, which a cluster would pass over in silence.
 */
class KubernetesTest {
    private static final Path FOLDER = Project.folder().resolve("deploy/kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();

    private interface Reader {
        void read(JsonElement manifest) throws IOException;
    }

    private static final Map<String, Reader> KINDS = Map.of(
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 Secret", V1Secret::validateJsonElement,
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    @BeforeAll
    static void knowTheKinds() {
        // Its readers come with it.
        new JSON();
    }

    @Test
    void everyManifestIsWhatKubernetesKnows() throws IOException {
        for (JsonNode manifest : manifests()) {
            assertThatCode(() -> read(manifest)).as(nameOf(manifest)).doesNotThrowAnyException();
        }
        assertThat(manifests())
                .extracting(KubernetesTest::kindOf)
                .containsAll(List.of("apps/v1 Deployment", "v1 Secret"));
    }

    @Test
    void whatKubernetesDoesNotKnowIsRefused() throws IOException {
        ObjectNode deployment = manifest("apps/v1 Deployment fairfollow");
        container(deployment).set("livenessProbes", container(deployment).get("livenessProbe"));
        assertThatThrownBy(() -> read(deployment)).hasMessageContaining("livenessProbes");

        ObjectNode budget = manifest("policy/v1 PodDisruptionBudget fairfollow");
        ((ObjectNode) budget.get("spec")).put("maxUnavailible", 1);
        assertThatThrownBy(() -> read(budget)).hasMessageContaining("maxUnavailible");
    }

    /** What is written is what {@code kustomization.yaml} applies, but for the example of a secret. */
    @Test
    void everyFileIsApplied() throws IOException {
        JsonNode kustomization =
                YAML.readTree(FOLDER.resolve("kustomization.yaml").toFile());
        TreeSet<String> applied = new TreeSet<>();
        kustomization.get("resources").forEach(resource -> applied.add(resource.asText()));
        assertThat(applied).allSatisfy(file -> assertThat(FOLDER.resolve(file)).exists());
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".yaml"))
                            .filter(file -> !List.of("kustomization.yaml", "secret-example.yaml")
                                    .contains(file)))
                    .isSubsetOf(applied);
        }
    }

    @Test
    void theRulesOfTheHouseAreHeld() throws IOException {
        for (JsonNode manifest : manifests()) {
            assertThat(broken(manifest)).as(nameOf(manifest)).isEmpty();
        }
    }

    @Test
    void eachRuleOfTheHouseCanBeBroken() throws IOException {
        Map<String, String> spoilt = new TreeMap<>(Map.of(
                "runs as root", "/spec/template/spec/securityContext/runAsNonRoot",
                "has no seccomp profile", "/spec/template/spec/securityContext/seccompProfile",
                "can write to its root", "/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem",
                "has capabilities", "/spec/template/spec/containers/0/securityContext/capabilities",
                "may get privileges", "/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation",
                "has no limit of memory", "/spec/template/spec/containers/0/resources/limits",
                "has no readinessProbe", "/spec/template/spec/containers/0/readinessProbe",
                "takes an instance away to bring a new one", "/spec/strategy/rollingUpdate/maxUnavailable",
                "is not spread", "/spec/template/spec/topologySpreadConstraints"));
        for (Map.Entry<String, String> each : spoilt.entrySet()) {
            ObjectNode deployment = manifest("apps/v1 Deployment fairfollow");
            int last = each.getValue().lastIndexOf('/');
            ((ObjectNode) deployment.at(each.getValue().substring(0, last)))
                    .remove(each.getValue().substring(last + 1));
            assertThat(broken(deployment)).contains(each.getKey());
        }
        ObjectNode deployment = manifest("apps/v1 Deployment fairfollow-edge");
        container(deployment).put("image", "nginx:latest");
        assertThat(broken(deployment)).containsExactly("names no version of its image");
    }

    /** What selects pods, mounts or scales finds what it names. */
    @Test
    void whatIsNamedIsThere() throws IOException {
        TreeSet<String> pods = new TreeSet<>();
        for (JsonNode manifest : manifests()) {
            if (kindOf(manifest).endsWith("Deployment")) {
                JsonNode labels = manifest.at("/spec/template/metadata/labels");
                assertThat(manifest.at("/spec/selector/matchLabels")).isEqualTo(labels);
                pods.add(labels.toString());
                TreeSet<String> volumes = new TreeSet<>();
                manifest.at("/spec/template/spec/volumes")
                        .forEach(volume -> volumes.add(volume.get("name").asText()));
                manifest.at("/spec/template/spec/containers/0/volumeMounts").forEach(mount -> assertThat(volumes)
                        .contains(mount.get("name").asText()));
            }
        }
        for (JsonNode manifest : manifests()) {
            switch (kindOf(manifest)) {
                case "v1 Service" ->
                    assertThat(pods).contains(manifest.at("/spec/selector").toString());
                case "policy/v1 PodDisruptionBudget" ->
                    assertThat(pods)
                            .contains(manifest.at("/spec/selector/matchLabels").toString());
                case "networking.k8s.io/v1 NetworkPolicy" ->
                    assertThat(pods)
                            .contains(
                                    manifest.at("/spec/podSelector/matchLabels").toString());
                case "autoscaling/v2 HorizontalPodAutoscaler" ->
                    manifest("apps/v1 Deployment "
                            + manifest.at("/spec/scaleTargetRef/name").asText());
                default -> {
                    // It names nobody.
                }
            }
        }
        assertThat(Project.read("deploy/nginx/upstream-kubernetes.conf"))
                .contains("server "
                        + manifest("v1 Service fairfollow").at("/metadata/name").asText() + ":8080");
    }

    /** What of the house's rules a manifest breaks. */
    private static List<String> broken(JsonNode manifest) {
        List<String> found = new ArrayList<>();
        if (!kindOf(manifest).endsWith("Deployment")) {
            return found;
        }
        JsonNode pod = manifest.at("/spec/template/spec");
        rule(
                found,
                pod.at("/securityContext/runAsNonRoot").asBoolean()
                        && pod.at("/securityContext/runAsUser").asInt() > 0,
                "runs as root");
        rule(
                found,
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                "has no seccomp profile");
        rule(found, !pod.at("/automountServiceAccountToken").asBoolean(true), "may ask the cluster");
        rule(found, !pod.has("hostNetwork") && !pod.has("hostPID") && !pod.has("hostIPC"), "shares the host");
        rule(found, pod.at("/topologySpreadConstraints").size() > 0, "is not spread");
        rule(
                found,
                manifest.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(-1) == 0,
                "takes an instance away to bring a new one");
        for (JsonNode volume : pod.at("/volumes")) {
            rule(found, !volume.has("hostPath"), "mounts the host");
            rule(found, !volume.has("emptyDir") || volume.at("/emptyDir").has("sizeLimit"), "fills the host's disk");
        }
        for (JsonNode container : pod.at("/containers")) {
            String image = container.get("image").asText();
            // The service's own gets its version from kustomization.yaml.
            rule(
                    found,
                    image.equals("fairfollow") || image.matches(".+:[0-9v][\\w.-]*"),
                    "names no version of its image");
            JsonNode security = container.at("/securityContext");
            rule(found, security.at("/readOnlyRootFilesystem").asBoolean(), "can write to its root");
            rule(found, !security.at("/allowPrivilegeEscalation").asBoolean(true), "may get privileges");
            rule(found, security.at("/capabilities/drop/0").asText().equals("ALL"), "has capabilities");
            rule(
                    found,
                    container.at("/resources/limits").has("memory")
                            && container.at("/resources/requests").has("cpu"),
                    "has no limit of memory");
            for (String probe : List.of("livenessProbe", "readinessProbe")) {
                rule(found, container.has(probe), "has no " + probe);
            }
            for (JsonNode variable : container.at("/env")) {
                rule(
                        found,
                        !variable.get("name").asText().matches(".*(PASSWORD|TOKEN|SECRET).*")
                                || variable.has("valueFrom"),
                        "is told a secret");
            }
        }
        return found;
    }

    private static void rule(List<String> found, boolean held, String sentence) {
        if (!held) {
            found.add(sentence);
        }
    }

    private static void read(JsonNode manifest) throws IOException {
        assertThat(KINDS).as("kinds of manifests").containsKey(kindOf(manifest));
        KINDS.get(kindOf(manifest)).read(JsonParser.parseString(manifest.toString()));
    }

    private static ObjectNode container(JsonNode deployment) {
        return (ObjectNode) deployment.at("/spec/template/spec/containers/0");
    }

    private static String kindOf(JsonNode manifest) {
        return manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
    }

    private static String nameOf(JsonNode manifest) {
        return kindOf(manifest) + " " + manifest.at("/metadata/name").asText();
    }

    private static ObjectNode manifest(String name) throws IOException {
        return (ObjectNode) manifests().stream()
                .filter(manifest -> nameOf(manifest).equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("there is no " + name));
    }

    private static List<JsonNode> manifests() throws IOException {
        List<JsonNode> manifests = new ArrayList<>();
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                if (!file.endsWith("kustomization.yaml")) {
                    YAML.readerFor(JsonNode.class)
                            .<JsonNode>readValues(file.toFile())
                            .forEachRemaining(manifests::add);
                }
            }
        }
        return manifests;
    }
}
