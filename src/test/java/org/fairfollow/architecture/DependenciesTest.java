package org.fairfollow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build looks at what is built in; this sees to it that it goes on doing so (docs/adr/0013-security.md). */
class DependenciesTest {
    @Test
    void whatIsBuiltInIsFixedAndLookedAt() throws IOException {
        String build = Project.read("pom.xml");
        assertThat(build)
                .contains("<banDynamicVersions/>", "<requireReleaseDeps/>", "<bannedDependencies>")
                .contains("<failOnBlacklist>true</failOnBlacklist>", "<failOnMissing>true</failOnMissing>")
                .doesNotContain("-SNAPSHOT", "<repository>", "<pluginRepository>");
        assertThat(Project.read("test")).contains("-Pcheck", "npm run --silent lint");
    }

    /** Packages of npm are those that were looked at, byte by byte, and run nothing when they are installed. */
    @ParameterizedTest
    @CsvSource({"extension/package-lock.json, run", "deploy/package-lock.json, deploy/check"})
    void packagesAreLockedAndRunNothing(String file, String script) {
        assertThat(Project.read(script)).contains("npm ci --silent --ignore-scripts");
        String lock = Project.read(file);
        assertThat(lock.lines()
                        .filter(line -> line.startsWith("    \"node_modules/"))
                        .count())
                .isPositive()
                .isEqualTo(lock.lines()
                        .filter(line -> line.contains("\"integrity\": \"sha512-"))
                        .count());
    }
}
