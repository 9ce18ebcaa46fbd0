package org.fairfollow.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.fairfollow.http.Access;
import org.fairfollow.http.Page;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;

/** openapi.yaml and the code name the same calls. Pages for people are no part of it. */
class ContractTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch", "head", "options");

    @Test
    void everyCallIsInTheContractAndTheContractHasNoOther() throws IOException {
        assertThat(calls(contract())).isEqualTo(endpoints());
    }

    @Test
    void theContractSaysWhichCallsTakeAToken() throws IOException {
        JsonNode paths = contract().get("paths");
        Set<String> open = new TreeSet<>();
        for (String call : calls(contract())) {
            String[] parts = call.split(" ");
            if (!paths.get(parts[1]).get(parts[0]).has("security")) {
                open.add(call);
            }
        }
        Set<String> forAnyone = new TreeSet<>();
        for (JavaMethod method : endpointMethods()) {
            if (method.getAnnotationOfType(Access.class).value() == Access.Caller.ANYONE) {
                forAnyone.add(call(method));
            }
        }
        assertThat(open).isEqualTo(forAnyone);
    }

    private static JsonNode contract() throws IOException {
        return new YAMLMapper().readTree(Project.read("openapi.yaml"));
    }

    private static Set<String> calls(JsonNode contract) {
        Set<String> calls = new TreeSet<>();
        contract.get("paths").properties().forEach(path -> {
            for (Iterator<String> names = path.getValue().fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (METHODS.contains(name)) {
                    calls.add(name + " " + path.getKey());
                }
            }
        });
        return calls;
    }

    private static Set<String> endpoints() {
        Set<String> calls = new TreeSet<>();
        endpointMethods().stream().map(ContractTest::call).forEach(calls::add);
        return calls;
    }

    private static Set<JavaMethod> endpointMethods() {
        Set<JavaMethod> methods = new HashSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.fairfollow")) {
            if (resource.isAnnotatedWith(Path.class) && !isForPeople(resource)) {
                resource.getMethods().stream()
                        .filter(method -> method.getAnnotations().stream()
                                .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class)))
                        .forEach(methods::add);
            }
        }
        return methods;
    }

    private static boolean isForPeople(JavaClass resource) {
        return resource.getPackageName().contains(".pages")
                || resource.tryGetAnnotationOfType(Produces.class)
                        .filter(produces -> List.of(produces.value()).contains(Page.HTML))
                        .isPresent();
    }

    private static String call(JavaMethod method) {
        String verb = method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation.getRawType().getSimpleName().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElseThrow();
        String own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String whole = method.getOwner().getAnnotationOfType(Path.class).value() + "/" + own;
        return verb + " /" + whole.replaceAll("/+", "/").replaceAll("^/|/$", "");
    }
}
