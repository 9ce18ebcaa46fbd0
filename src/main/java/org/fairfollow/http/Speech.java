package org.fairfollow.http;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.escape.Escape;
import io.vertx.core.http.HttpServerRequest;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a page speaks to whoever reads it. Everything is written in English, in templates, views, findings and problems alike; here,
 * where it becomes a page, it is said in the reader's language. What no catalogue knows is shown in English, and marked so.
 */
public final class Speech {
    /** The files of each catalogue, one a room. */
    static final List<String> FILES =
            List.of("frame", "public", "account", "practices", "statements", "problems", "disputes", "desk");

    private static final Map<Language, Catalogue> CATALOGUES = catalogues();

    /** One sentence ends and another begins. Shortened months and "e.g." are followed by no capital here. */
    private static final Pattern BETWEEN_SENTENCES = Pattern.compile("(?<=[.?!]) (?=[\\p{Lu}\\d])");

    private static final Pattern DATE_OR_NUMBER = Pattern.compile(
            "(?<day>\\d{1,2}) (?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (?<year>\\d{4}))?"
                    + "|(?<number>\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,9})?|\\d{1,18}\\.\\d{1,9}|(?<![\\p{L}\\d.,])\\.\\d{1,9})"
                    + "(?![\\d/]|\\.\\d)");

    /** Two words in a row: no name, code, date or number, but something that would have to be said. */
    private static final Pattern WORDS = Pattern.compile("\\p{L},? \\p{L}");

    /** Between the parts of an enumeration. */
    private static final String ENUMERATED = "; ";

    /** Where a sentence of ours has a link, something to stress, or code. */
    private static final Pattern MARKED =
            Pattern.compile("\\[(?<label>[^\\[\\]]{1,200}+)\\]\\((?<address>[/#][^()]{0,200}+)\\)"
                    + "|\\*(?<stressed>[^*]{1,200}+)\\*|`(?<code>[^`]{1,200}+)`");

    private static final DateTimeFormatter ENGLISH_DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final Language language;
    private final boolean chosen;
    private final String path;
    private final String query;

    /**
     * @param chosen whether the reader chose the language on a page, rather than in the browser: links keep it then
     * @param path the page's own, as it was asked for
     * @param query the same; empty without
     */
    Speech(Language language, boolean chosen, String path, String query) {
        this.language = language;
        this.chosen = chosen;
        this.path = path;
        this.query = query;
    }

    /** As it is where nobody asked in a language. */
    public static Speech english() {
        return new Speech(Language.ENGLISH, false, "/", "");
    }

    /** In the language with this tag, for what is the same for everybody who asks for it so; English where there is none such. */
    public static Speech in(String tag) {
        for (Language language : Language.values()) {
            if (language.tag().equals(tag)) {
                return new Speech(language, true, "/", "");
            }
        }
        return english();
    }

    /** As whoever asks wants it: by {@code ?lang=} if they chose one on a page, else by what their browser asks for. */
    static Speech of(HttpServerRequest request) {
        String path = Objects.requireNonNullElse(request.path(), "/");
        String query = request.query() == null ? "" : request.query();
        String chosen = request.getParam("lang");
        for (Language language : Language.values()) {
            if (language.tag().equals(chosen)) {
                return new Speech(language, true, path, query);
            }
        }
        return new Speech(Language.of(request.getHeader("Accept-Language")), false, path, query);
    }

    public Language language() {
        return language;
    }

    /** Whether the reader chose the language on a page: forms that lead to other pages carry it on then. */
    public boolean chosen() {
        return chosen;
    }

    /** A sentence of the page's own, with values in the places of {@code {0}}, {@code {1}}…: plain text, also for attributes. */
    public String say(String english, Object... values) {
        List<String> said = Arrays.stream(values).map(this::value).toList();
        return catalogue()
                .flatMap(catalogue -> catalogue.say(english, said))
                .orElseGet(() -> Catalogue.fill(english, said));
    }

    /**
     * A sentence of the page's own with {@code [links](/path)}, {@code *what is stressed*} and {@code `code`}. Values are never read
     * as any of these.
     */
    public Content rich(String english, Object... values) {
        List<String> said = Arrays.stream(values).map(this::value).toList();
        String marked =
                catalogue().flatMap(catalogue -> catalogue.marked(english)).orElse(english);
        return output -> write(marked, said, output);
    }

    /** What was written elsewhere: sentence by sentence, as far as the catalogue knows them. */
    public Content told(String english) {
        Optional<String> translated = translated(english);
        return output -> {
            if (translated.isPresent()) {
                Escape.htmlContent(translated.get(), output);
            } else {
                output.writeContent("<span lang=\"en\">");
                Escape.htmlContent(english, output);
                output.writeContent("</span>");
            }
        };
    }

    /** The same for attributes and for what is taken apart further; English where the catalogue does not know it. */
    public String toldPlainly(String english) {
        return translated(english).orElse(english);
    }

    /** Whether what was written elsewhere can be said; else it is English and has to be marked so. */
    public boolean isKnown(String english) {
        return translated(english).isPresent();
    }

    /** A path on this site, which keeps the language if the reader chose it. */
    public String to(String path) {
        if (!chosen) {
            return path;
        }
        int hash = path.indexOf('#');
        String address = hash < 0 ? path : path.substring(0, hash);
        return address + (address.indexOf('?') < 0 ? "?" : "&") + "lang=" + language.tag()
                + (hash < 0 ? "" : path.substring(hash));
    }

    /** This page in another language. */
    public String toItselfIn(Language other) {
        String rest = Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty() && !part.equals("lang") && !part.startsWith("lang="))
                .map(part -> part + "&")
                .collect(Collectors.joining());
        // Two slashes at the beginning would name a host.
        return "/" + path.replaceFirst("^/+", "") + "?" + rest + "lang=" + other.tag();
    }

    /** A count, as the language writes it. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(language.locale()).format(number);
    }

    private String value(Object value) {
        return value instanceof Number number ? number(number.longValue()) : String.valueOf(value);
    }

    private Optional<String> translated(String english) {
        Optional<Catalogue> spoken = catalogue();
        if (spoken.isEmpty() || english.isBlank()) {
            return Optional.of(english);
        }
        Catalogue catalogue = spoken.get();
        Optional<String> whole = one(catalogue, english);
        return whole.isPresent() ? whole : each(BETWEEN_SENTENCES.split(english), " ", part -> one(catalogue, part));
    }

    /** One text as a whole: dates and numbers alone, or what the catalogue knows. */
    private Optional<String> one(Catalogue catalogue, String english) {
        return saysNothing(english)
                ? Optional.of(datesAndNumbers(english))
                : catalogue.told(english, value -> value(catalogue, value));
    }

    /** What stood in the place of a value: words the catalogue knows, one by one or each of many, or a name or number. */
    private Optional<String> value(Catalogue catalogue, String english) {
        if (BETWEEN_SENTENCES.matcher(english).find()) {
            return Optional.empty();
        }
        Optional<String> known = catalogue.told(english, this::name);
        if (known.isPresent() || !english.contains(ENUMERATED)) {
            return known.or(() -> name(english));
        }
        return each(english.split(ENUMERATED), ENUMERATED, part -> catalogue.told(part, this::name));
    }

    /** What is called the same everywhere. */
    private Optional<String> name(String english) {
        String said = datesAndNumbers(english);
        return WORDS.matcher(DATE_OR_NUMBER.matcher(english).replaceAll("0")).find()
                ? Optional.empty()
                : Optional.of(said);
    }

    private static Optional<String> each(
            String[] parts, String between, Function<String, Optional<String>> translation) {
        List<String> said =
                Arrays.stream(parts).map(translation).flatMap(Optional::stream).toList();
        return said.size() == parts.length ? Optional.of(String.join(between, said)) : Optional.empty();
    }

    /** Whether it is the same in every language, once dates and numbers are. */
    private static boolean saysNothing(String english) {
        if (english.codePoints().noneMatch(Character::isLetter)) {
            return true;
        }
        // What begins with a letter is no date.
        return !Character.isLetter(english.codePointAt(0))
                && DATE_OR_NUMBER
                        .matcher(english)
                        .replaceAll("")
                        .replace("UTC", "")
                        .codePoints()
                        .noneMatch(Character::isLetter);
    }

    private String datesAndNumbers(String english) {
        return DATE_OR_NUMBER.matcher(english).replaceAll(match -> Matcher.quoteReplacement(dateOrNumber(match)));
    }

    private String dateOrNumber(MatchResult match) {
        String number = match.group("number");
        if (number != null) {
            DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(language.locale());
            // "0.025" is written ".025" in English alone.
            StringBuilder written = new StringBuilder(number.startsWith(".") ? "0" : "");
            number.chars()
                    .forEach(c -> written.append(
                            c == ','
                                    ? symbols.getGroupingSeparator()
                                    : c == '.' ? symbols.getDecimalSeparator() : (char) c));
            return written.toString();
        }
        String year = match.group("year");
        try {
            LocalDate date = LocalDate.parse(
                    match.group("day") + " " + match.group("month") + " " + (year == null ? "2000" : year),
                    ENGLISH_DATE);
            return DateTimeFormatter.ofPattern(year == null ? "d MMM" : "d MMM uuuu", language.locale())
                    .format(date);
        } catch (DateTimeParseException e) {
            return match.group();
        }
    }

    private void write(String marked, List<String> values, TemplateOutput output) {
        int at = 0;
        Matcher matcher = MARKED.matcher(marked);
        while (matcher.find()) {
            plain(marked.substring(at, matcher.start()), values, output);
            String label = matcher.group("label");
            if (label != null) {
                output.writeContent("<a href=\"");
                Escape.htmlAttribute(to(matcher.group("address")), output);
                output.writeContent("\">");
                plain(label, values, output);
                output.writeContent("</a>");
            } else {
                String stressed = matcher.group("stressed");
                output.writeContent(stressed != null ? "<b>" : "<code>");
                plain(stressed != null ? stressed : matcher.group("code"), values, output);
                output.writeContent(stressed != null ? "</b>" : "</code>");
            }
            at = matcher.end();
        }
        plain(marked.substring(at), values, output);
    }

    private static void plain(String text, List<String> values, TemplateOutput output) {
        Escape.htmlContent(Catalogue.fill(text, values), output);
    }

    private Optional<Catalogue> catalogue() {
        return Optional.ofNullable(CATALOGUES.get(language));
    }

    /** All that a language's catalogue has, by its English. */
    static Map<String, String> entries(Language language) {
        return Objects.requireNonNull(CATALOGUES.get(language)).entries();
    }

    private static Map<Language, Catalogue> catalogues() {
        Map<Language, Catalogue> catalogues = new EnumMap<>(Language.class);
        catalogues.put(Language.SPANISH, Catalogue.of(Language.SPANISH, FILES));
        return catalogues;
    }
}
