package org.fairfollow.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What pages say, in another language: entries of gettext's PO format, keyed by the English. {@code {0}}, {@code {1}}… stand for
 * values. The same entry serves for a text that was put together elsewhere, such as a verdict's statement: its English is
 * taken apart by the entry and put together again.
 */
final class Catalogue {
    /** Longer texts are nobody's sentences. */
    private static final int LONGEST = 1_000;

    /** A part of a text: words, or the place of a value. */
    private record Part(String words, int value) {}

    /** @param values how many it has places for */
    private record Entry(List<Part> english, String text, List<Part> translated, int values) {
        /** The words before the first value; empty where it begins with one. */
        String beginning() {
            return english.getFirst().words;
        }

        String ending() {
            return english.getLast().words;
        }
    }

    /** Texts whose first or last characters are the same are compared whole; few are. */
    private static final int ALIKE = 8;

    private final Map<String, Entry> byText = new HashMap<>();
    /** Those with values, by how a text has to begin. What has more words comes first: it says more of the text. */
    private final Map<String, List<Entry>> byBeginning;
    /** Those that begin with a value, by how a text has to end. */
    private final Map<String, List<Entry>> byEnding;

    private final List<Entry> others;

    /** @param texts the files' contents */
    Catalogue(List<String> texts) {
        texts.forEach(this::read);
        List<Entry> patterns = byText.values().stream()
                .filter(entry -> entry.values > 0)
                .sorted(Comparator.comparingInt(Catalogue::words).reversed())
                .toList();
        byBeginning = patterns.stream()
                .filter(entry -> entry.beginning().length() >= ALIKE)
                .collect(Collectors.groupingBy(entry -> beginning(entry.beginning())));
        byEnding = patterns.stream()
                .filter(entry ->
                        entry.beginning().length() < ALIKE && entry.ending().length() >= ALIKE)
                .collect(Collectors.groupingBy(entry -> ending(entry.ending())));
        others = patterns.stream()
                .filter(entry ->
                        entry.beginning().length() < ALIKE && entry.ending().length() < ALIKE)
                .toList();
    }

    /** The catalogue of a language: all of its files beside this class. */
    static Catalogue of(Language language, List<String> files) {
        return new Catalogue(files.stream()
                .map(file -> load(language.tag() + "/" + file + ".po"))
                .toList());
    }

    private static String load(String file) {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.readAllAsString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a text of one's own is said, with its values in place. Empty if the catalogue does not have it. */
    Optional<String> say(String english, List<String> values) {
        Entry entry = byText.get(english);
        return entry == null ? Optional.empty() : Optional.of(fill(entry.translated, values));
    }

    Map<String, String> entries() {
        return byText.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text));
    }

    /** A text of one's own with its places still empty. */
    Optional<String> marked(String english) {
        return Optional.ofNullable(byText.get(english)).map(entry -> entry.text);
    }

    /**
     * How a text that was put together elsewhere is said. Empty if no entry fits.
     *
     * @param value how what stands in the place of a value is said; empty if it is none, and the entry does not fit
     */
    Optional<String> told(String text, Function<String, Optional<String>> value) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Entry whole = byText.get(text);
        if (whole != null && whole.values == 0) {
            return Optional.of(whole.text);
        }
        return told(text, byBeginning.getOrDefault(beginning(text), List.of()), value)
                .or(() -> told(text, byEnding.getOrDefault(ending(text), List.of()), value))
                .or(() -> told(text, others, value));
    }

    private static Optional<String> told(String text, List<Entry> patterns, Function<String, Optional<String>> value) {
        for (Entry entry : patterns) {
            List<String> values = takeApart(text, entry);
            if (values != null) {
                List<String> said =
                        values.stream().map(value).flatMap(Optional::stream).toList();
                if (said.size() == values.size()) {
                    return Optional.of(fill(entry.translated, said));
                }
            }
        }
        return Optional.empty();
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), ALIKE));
    }

    private static String ending(String text) {
        return text.substring(Math.max(0, text.length() - ALIKE));
    }

    static String fill(String text, List<String> values) {
        return fill(parts(text), values);
    }

    private static String fill(List<Part> parts, List<String> values) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(part.value < 0 ? part.words : part.value < values.size() ? values.get(part.value) : "");
        }
        return filled.toString();
    }

    /** The values in the order of their numbers; null if the sentence is another one. */
    private static @Nullable List<String> takeApart(String sentence, Entry entry) {
        if (!sentence.endsWith(entry.ending())) {
            return null;
        }
        String[] values = new String[entry.values];
        int at = 0;
        for (int i = 0; i < entry.english.size(); i++) {
            Part part = entry.english.get(i);
            if (part.value < 0) {
                if (!sentence.startsWith(part.words, at)) {
                    return null;
                }
                at += part.words.length();
                continue;
            }
            boolean last = i + 1 == entry.english.size();
            boolean beforeLast = i + 2 == entry.english.size();
            int end;
            if (last) {
                end = sentence.length();
            } else {
                String next = entry.english.get(i + 1).words;
                end = beforeLast ? sentence.length() - next.length() : sentence.indexOf(next, at + 1);
                if (end <= at || !sentence.startsWith(next, end)) {
                    return null;
                }
            }
            values[part.value] = sentence.substring(at, end);
            at = end;
        }
        return at == sentence.length() ? List.of(values) : null;
    }

    private static int words(Entry entry) {
        return entry.english.stream().mapToInt(part -> part.words.length()).sum();
    }

    // PO

    private void read(String text) {
        StringBuilder english = new StringBuilder();
        StringBuilder translated = new StringBuilder();
        StringBuilder current = english;
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (line.startsWith("msgid ")) {
                add(english, translated);
                current = english;
                current.append(unquoted(line.substring("msgid ".length())));
            } else if (line.startsWith("msgstr ")) {
                current = translated;
                current.append(unquoted(line.substring("msgstr ".length())));
            } else if (line.startsWith("\"")) {
                current.append(unquoted(line));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("no line of a catalogue: " + line);
            }
        }
        add(english, translated);
    }

    /** Adds what was read so far and begins anew. The entry with no English is the file's head. */
    private void add(StringBuilder english, StringBuilder translated) {
        String key = english.toString();
        if (!key.isEmpty() && !translated.isEmpty()) {
            List<Part> parts = parts(key);
            int values = (int) parts.stream()
                    .mapToInt(Part::value)
                    .filter(value -> value >= 0)
                    .distinct()
                    .count();
            Entry entry = new Entry(parts, translated.toString(), parts(translated.toString()), values);
            // Two files may need the same words; a test holds that they say them alike.
            byText.putIfAbsent(key, entry);
        }
        english.setLength(0);
        translated.setLength(0);
    }

    private static String unquoted(String quoted) {
        String text = quoted.strip();
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            throw new IllegalArgumentException("no text of a catalogue: " + quoted);
        }
        return text.substring(1, text.length() - 1)
                .replace("\\\"", "\"")
                .replace("\\n", "\n")
                .replace("\\\\", "\\");
    }

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int i = 0; i + 2 < text.length(); i++) {
            if (text.charAt(i) == '{' && Character.isDigit(text.charAt(i + 1)) && text.charAt(i + 2) == '}') {
                if (i > at) {
                    parts.add(new Part(text.substring(at, i), -1));
                }
                parts.add(new Part("", text.charAt(i + 1) - '0'));
                at = i + 3;
                i += 2;
            }
        }
        if (at < text.length()) {
            parts.add(new Part(text.substring(at), -1));
        }
        return List.copyOf(parts);
    }
}
