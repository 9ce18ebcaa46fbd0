package org.fairfollow.evidence.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What people say out of politeness, in several languages: an opening, alone or followed by a closing, with or without a
 * greeting by name. Two messages that are alike for it come from no template.
 */
public final class StockPhrases {
    private static final List<Bands> ALL = combined(Phrases.read("stock-phrases.txt"));

    private StockPhrases() {}

    /** How similar the most similar of them is, see {@link Bands#similarity}. */
    public static double similarity(Bands text) {
        return ALL.stream().mapToDouble(text::similarity).max().orElse(0);
    }

    static int count() {
        return ALL.size();
    }

    /** Lines {@code < greeting}, {@code > closing} and others (openings); a line {@code =} begins another language. */
    private static List<Bands> combined(List<String> lines) {
        Set<Bands> all = new LinkedHashSet<>();
        List<String> greetings = new ArrayList<>();
        List<String> openings = new ArrayList<>();
        List<String> closings = new ArrayList<>();
        for (String line : lines) {
            switch (line.charAt(0)) {
                case '=' -> {
                    combine(all, greetings, openings, closings);
                    List.of(greetings, openings, closings).forEach(List::clear);
                }
                case '<' -> greetings.add(line.substring(1));
                case '>' -> closings.add(line.substring(1));
                default -> openings.add(line);
            }
        }
        combine(all, greetings, openings, closings);
        return List.copyOf(all);
    }

    private static void combine(Set<Bands> all, List<String> greetings, List<String> openings, List<String> closings) {
        for (String greeting : with("", greetings)) {
            for (String opening : openings) {
                for (String closing : with("", closings)) {
                    Bands.of(NormalText.of(greeting + " " + opening + " " + closing))
                            .ifPresent(all::add);
                }
            }
        }
    }

    private static List<String> with(String none, List<String> some) {
        List<String> all = new ArrayList<>(some);
        all.add(none);
        return all;
    }
}
