package org.fairfollow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SECURITY.md} promises a test for each defence; they are there. */
class SecurityDocumentTest {
    private static final Pattern JAVA = Pattern.compile("`(\\w+Test)#(\\w+)`");
    /** A quotation mark within a title is escaped as in the code. */
    private static final Pattern EXTENSION =
            Pattern.compile("`([\\w/-]+\\.(?:test|spec)\\.ts)` \"((?:[^\"\\\\]|\\\\.)+)\"");

    @Test
    void everyTestItNamesIsThere() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String folder : List.of("src/test/java", "extension/test", "extension/e2e")) {
            try (Stream<Path> files = Files.walk(Project.folder().resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (file.toString().matches(".*\\.(java|ts)")) {
                        tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                    }
                }
            }
        }
        List<String> missing = new ArrayList<>();
        for (MatchResult named : named(JAVA)) {
            String source = tests.getOrDefault(named.group(1), "");
            // Tests are not private, whatever helps them is.
            if (!source.contains("\n    void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        for (MatchResult named : named(EXTENSION)) {
            String title = named.group(2).replace("\\\"", "\"");
            if (!tests.getOrDefault(named.group(1), "").contains(title)) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Nothing that looks like a test escapes the check above by the way it is written. */
    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(Project.read("SECURITY.md")
                        .lines()
                        .filter(line -> line.matches("\\| [STRIDE] \\|.*"))
                        .filter(line -> !JAVA.matcher(line).find()
                                && !EXTENSION.matcher(line).find()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other people's ids",
                "100 parallel identical reports",
                "a retry after a cut connection",
                "500 new reporters on one account in a minute",
                "one reporter on 1,000 accounts",
                "self-endorsement",
                "every moderator call with every verb as a reporter",
                "CSRF on every moderator form",
                "a moderator's session after password change",
                "profile-proof URLs",
                "revoked, truncated, query-string tokens",
                "timing on tokens",
                "mass assignment",
                "id walks",
                "rotating X-Forwarded-For",
                "Forwarded",
                "X-Real-IP",
                "IPv6 /64",
                "huge batches",
                "50 MB bodies",
                "10,000-deep JSON",
                "gzip bombs",
                "slow headers and bodies",
                "SQL metacharacters",
                "100 kB patterns",
                "markup, javascript:, bidi, zero-width",
                "formula cells",
                "homoglyph and punycode handles",
                "CR/LF",
                "null and foreign origins",
                "open redirects",
                "method override",
                "TRACE",
                "%2e, //",
                "request smuggling",
                "log injection"
            })
    void everyAttackCaseHasAProof(String attack) throws IOException {
        List<String> rows = Project.read("SECURITY.md")
                .lines()
                .filter(line -> line.startsWith("| " + attack + " |"))
                .toList();
        assertThat(rows).hasSize(1);
        assertThat(JAVA.matcher(rows.getFirst()).find()
                        || EXTENSION.matcher(rows.getFirst()).find())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Public reads",
                "Look-ups with a key",
                "Reporters",
                "Imports, and whatever else is the operator's",
                "Moderators' sign-in",
                "Moderators' desk and audits",
                "Owners' disputes",
                "Outbound",
                "Extension and page",
                "Extension and service",
                "Store",
                "Edge cache",
                "Logs",
                "What is built in"
            })
    void everyDoorHasItsThreats(String door) throws IOException {
        assertThat(Project.read("SECURITY.md")).contains("\n### " + door + "\n| |");
    }

    private static List<MatchResult> named(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Project.read("SECURITY.md"));
        return matcher.results().toList();
    }
}
