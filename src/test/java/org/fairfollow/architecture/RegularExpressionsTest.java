package org.fairfollow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.testing.Project;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No regular expression of the service can be made to stall, whatever it reads: looking at a text takes no more than so many
 * steps a character. They are found in the byte code, so that a new one is attacked too.
 */
class RegularExpressionsTest {
    private static final int LONG = 100_000;
    /** Long enough to tell square from straight. */
    private static final int MIDDLING = 3_000;

    private static final int STEPS_A_CHARACTER = 700;
    /** What must stand before a text gets deep into some of them. */
    private static final List<String> BEGINNINGS =
            List.of("", "did:web:", "did:plc:", "user@host.", "https://a.", "$1", "\"", "rt @a ", "[");

    private static final List<String> ENDS = List.of("", "!", "\n\u0000");
    private static final Set<String> SEEKING = Set.of("find", "lookingAt", "replaceAll", "replaceFirst", "results");
    /** {@code Token} compares it with whole words, beside others that it seeks. */
    private static final String WHOLE = ".*\\.(?:app|at|";

    private static final String COMMON = "aZ09 _.-@/:,'\"\n\t\u00e9\u200b#%";

    /**
     * An expression and where it stands.
     *
     * @param sought whether its room looks for it within texts; else it is compared with whole ones alone
     */
    record Expression(String where, Pattern pattern, boolean sought) {
        @Override
        public String toString() {
            String text = pattern.pattern();
            return where + " " + (text.length() <= 60 ? text : text.substring(0, 60) + "…");
        }
    }

    static List<Expression> expressions() {
        Map<String, Expression> found = new TreeMap<>();
        Set<String> seeking = new TreeSet<>();
        classes().stream().filter(RegularExpressionsTest::seeks).forEach(type -> seeking.add(room(type)));
        for (ClassModel type : classes()) {
            String name = type.thisClass().asInternalName().replace('/', '.');
            boolean sought = seeking.contains(room(type));
            boolean computed = false;
            for (Site site : sites(type)) {
                computed |= site.regex == null;
                if (site.regex != null) {
                    Expression one = new Expression(name, Pattern.compile(site.regex, site.flags), sought);
                    found.put(one.where + site.regex + site.flags, one);
                }
            }
            if (computed) {
                held(name)
                        .forEach(pattern -> found.put(
                                name + pattern.pattern() + pattern.flags(), new Expression(name, pattern, sought)));
            }
        }
        return List.copyOf(found.values());
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void aHundredKilobytesStallNoExpression(Expression expression) {
        attack(expression.pattern, expression.sought);
    }

    /** Without this the attack could be none. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "a*a*c", "(?:a|a)*b", "\\s+$", "(.*?,){5,}x", "([0-9]+-?)+x", "^(?:[a-z_.]+)+@"})
    void anExpressionThatCanStallIsCaught(String regex) {
        Throwable caught = null;
        try {
            attack(Pattern.compile(regex), true);
        } catch (Stalled | StackOverflowError e) {
            caught = e;
        }
        assertThat(caught).isNotNull();
    }

    /** An expression that is put together as the service runs must stand in a field, where it is found and attacked. */
    @Test
    void noExpressionIsMadeOfWhatCallersSend() {
        Set<String> unseen = new TreeSet<>();
        for (ClassModel type : classes()) {
            String name = type.thisClass().asInternalName().replace('/', '.');
            if (sites(type).stream().anyMatch(site -> site.regex == null)
                    && held(name).isEmpty()) {
                unseen.add(name);
            }
        }
        assertThat(unseen).isEmpty();
    }

    @Test
    void theExpressionsOfTheServiceAreFound() {
        assertThat(expressions())
                .extracting(Expression::where)
                .contains(
                        "org.fairfollow.account.MastodonNetwork",
                        "org.fairfollow.http.ClientAddress",
                        "org.fairfollow.evidence.text.SalesTalk",
                        "org.fairfollow.reporter.KeysResource");
    }

    private static void attack(Pattern pattern, boolean sought) {
        Random random = Seed.random("attacks on " + pattern.pattern());
        List<String> characters = new ArrayList<>((pattern.pattern() + COMMON)
                .codePoints()
                .mapToObj(Character::toString)
                .distinct()
                .toList());
        Collections.shuffle(characters, random);
        characters = new ArrayList<>(characters.subList(0, Math.min(16, characters.size())));
        // Always those that most expressions repeat.
        characters.addAll(List.of("a", "0", " ", "."));
        for (String character : characters) {
            look(pattern, sought, character.repeat(LONG));
            look(pattern, sought, character.repeat(LONG) + "!");
            String other = characters.get(random.nextInt(characters.size()));
            for (String beginning : BEGINNINGS) {
                for (String end : ENDS) {
                    look(pattern, sought, beginning + character.repeat(MIDDLING) + end);
                    look(pattern, sought, beginning + (character + other).repeat(MIDDLING / 2) + end);
                }
            }
        }
    }

    private static void look(Pattern pattern, boolean sought, String text) {
        pattern.matcher(new Counted(text)).matches();
        var matcher = pattern.matcher(new Counted(text));
        while (sought && !pattern.pattern().startsWith(WHOLE) && matcher.find()) {
            // On to the next.
        }
    }

    private static final class Stalled extends RuntimeException {
        Stalled(String text, long steps) {
            super("more than " + steps + " steps in " + text.length() + " characters, " + text.codePointAt(0) + "…");
        }
    }

    /** Counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long steps;

        Counted(String text) {
            this.text = text;
            most = (long) STEPS_A_CHARACTER * Math.max(100, text.length());
        }

        @Override
        public char charAt(int index) {
            if (++steps > most) {
                throw new Stalled(text, most);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static String room(ClassModel type) {
        String name = type.thisClass().asInternalName();
        return name.substring(0, name.lastIndexOf('/'));
    }

    /** Whether it does more with an expression than to compare it with whole texts. */
    private static boolean seeks(ClassModel type) {
        return type.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().equals("java/util/regex/Matcher")
                        && SEEKING.contains(call.name().stringValue()));
    }

    /** @param regex null where it is put together */
    private record Site(String regex, int flags) {}

    private static List<Site> sites(ClassModel type) {
        List<Site> sites = new ArrayList<>();
        for (MethodModel method : type.methods()) {
            method.code().ifPresent(code -> {
                List<Instruction> before = new ArrayList<>();
                code.forEach(element -> {
                    if (element instanceof InvokeInstruction call && takesExpression(call)) {
                        sites.add(site(call, before));
                    }
                    if (element instanceof Instruction instruction) {
                        before.add(instruction);
                    }
                });
            });
        }
        return sites;
    }

    private static boolean takesExpression(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        return owner.equals("java/util/regex/Pattern")
                        && Set.of("compile", "matches").contains(name)
                || owner.equals("java/lang/String")
                        && Set.of("matches", "replaceAll", "replaceFirst", "split", "splitWithDelimiters")
                                .contains(name);
    }

    private static Site site(InvokeInstruction call, List<Instruction> before) {
        int arguments = call.typeSymbol().parameterCount();
        Instruction first = before.get(before.size() - arguments);
        if (first instanceof ConstantInstruction constant && constant.constantValue() instanceof String regex) {
            boolean flagged = call.name().stringValue().equals("compile") && arguments == 2;
            int flags = flagged
                            && before.getLast() instanceof ConstantInstruction given
                            && given.constantValue() instanceof Integer number
                    ? number
                    : 0;
            return new Site(regex, flags);
        }
        return new Site(null, 0);
    }

    /** Those in the static fields of a class, however deep. */
    private static Set<Pattern> held(String name) {
        Set<Pattern> patterns = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            Class<?> type = Class.forName(name);
            for (Class<?> around = type; around != null; around = around.getDeclaringClass()) {
                collect(null, around, patterns, seen);
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new AssertionError(name, e);
        }
        return patterns;
    }

    private static void collect(Object of, Class<?> type, Set<Pattern> patterns, Set<Object> seen)
            throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) == (of == null)
                    && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                follow(field.get(of), patterns, seen);
            }
        }
    }

    private static void follow(Object value, Set<Pattern> patterns, Set<Object> seen) throws IllegalAccessException {
        if (value == null || !seen.add(value)) {
            return;
        }
        switch (value) {
            case Pattern pattern -> patterns.add(pattern);
            case Map<?, ?> map -> {
                follow(map.keySet(), patterns, seen);
                follow(map.values(), patterns, seen);
            }
            case Collection<?> all -> {
                for (Object one : all) {
                    follow(one, patterns, seen);
                }
            }
            default -> {
                if (value.getClass().getName().startsWith("org.fairfollow.")
                        && !value.getClass().isEnum()) {
                    collect(value, value.getClass(), patterns, seen);
                }
            }
        }
    }

    private static List<ClassModel> classes() {
        try (Stream<Path> files = Files.walk(Project.folder().resolve("target/classes/org/fairfollow"))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> {
                        try {
                            return ClassFile.of().parse(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
