package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages say of their own is in every catalogue. */
class TranslationsTest {
    private static final Pattern SAID = Pattern.compile(
            "speech\\s*\\.(?:say|rich)\\(\\s*(\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*)");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern VALUE = Pattern.compile("\\{\\d}");

    @Test
    void everyLanguageHasAllThatTemplatesAndViewsSay() {
        Speech spanish = new Speech(Language.SPANISH, false, "/", "");
        List<String> missing = sources()
                .flatMap(source -> said(source).stream())
                .distinct()
                .filter(text -> !spanish.isKnown(text))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void translationsHaveTheSamePlaces() {
        assertThat(Speech.entries(Language.SPANISH))
                .isNotEmpty()
                .allSatisfy((english, translated) ->
                        assertThat(values(translated)).as(english).isEqualTo(values(english)));
    }

    @Test
    void whatSeveralFilesSayTheySayAlike() {
        Map<String, Map<String, String>> said = new TreeMap<>();
        for (String file : Speech.FILES) {
            Catalogue.of(Language.SPANISH, List.of(file))
                    .entries()
                    .forEach((english, translated) -> said.computeIfAbsent(english, key -> new TreeMap<>())
                            .put(file, translated));
        }

        assertThat(said.values())
                .filteredOn(byFile -> Set.copyOf(byFile.values()).size() > 1)
                .isEmpty();
    }

    private static TreeSet<String> values(String text) {
        TreeSet<String> values = new TreeSet<>();
        VALUE.matcher(text).results().forEach(match -> values.add(match.group()));
        return values;
    }

    private static Stream<String> sources() {
        List<String> sources = new ArrayList<>();
        for (String folder : List.of("src/main/jte", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile).forEach(file -> sources.add(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources.stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> said(String source) {
        List<String> said = new ArrayList<>();
        Matcher calls = SAID.matcher(source);
        while (calls.find()) {
            StringBuilder text = new StringBuilder();
            LITERAL.matcher(calls.group(1)).results().forEach(literal -> text.append(literal.group(1)));
            said.add(text.toString().translateEscapes());
        }
        return said;
    }
}
