package org.fairfollow.evidence.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts drawn by a generator that both languages have; see {@code extension/test/drawnTexts.ts}. */
final class DrawnTexts {
    private static final List<String> PIECES = List.of(
            "Thanks for the follow",
            " ",
            " ",
            ".",
            "@",
            "#",
            "@anna.example",
            "https://",
            "www.",
            "shop.example/path?x=1#y",
            "Anna",
            "1,234.5",
            "unfollow me and I",
            "\u0130",
            "\u03a3",
            "\u1e9e",
            "\u200b",
            "\u0301",
            "\u0323",
            "\ufe0f",
            "\uff0e",
            "\uff20",
            "\ud83d",
            "\ude00",
            "\u1100\u1161",
            "\u0345");

    private DrawnTexts() {}

    static List<String> drawn(int seed, int count) {
        IntUnaryOperator below = mulberry32(seed);
        return IntStream.range(0, count)
                .mapToObj(text -> IntStream.range(0, below.applyAsInt(40))
                        .mapToObj(piece -> piece(below))
                        .collect(Collectors.joining()))
                .toList();
    }

    /** Every code point of the ranges where characters differ in more than their number, 64 a text. */
    static List<String> everyCodePoint() {
        return Stream.of(blocks(0, 0x20000), blocks(0x2f800, 0x2fa40), blocks(0xe0000, 0xe1000))
                .flatMapToInt(Function.identity())
                .mapToObj(first -> IntStream.range(first, first + 64)
                        .mapToObj(Character::toString)
                        .map(c -> c + "a" + c + "\u0301 ")
                        .collect(Collectors.joining()))
                .toList();
    }

    private static IntStream blocks(int from, int to) {
        return IntStream.range(from / 64, to / 64).map(block -> 64 * block);
    }

    private static String piece(IntUnaryOperator below) {
        return switch (below.applyAsInt(6)) {
            case 0 -> Character.toString(0x20 + below.applyAsInt(0x5f));
            case 1 -> Character.toString(below.applyAsInt(0x3000));
            case 2 -> Character.toString(below.applyAsInt(0x110000));
            default -> PIECES.get(below.applyAsInt(PIECES.size()));
        };
    }

    private static IntUnaryOperator mulberry32(int seed) {
        int[] state = {seed};
        return bound -> {
            state[0] += 0x6d2b79f5;
            int mixed = (state[0] ^ state[0] >>> 15) * (state[0] | 1);
            mixed ^= mixed + (mixed ^ mixed >>> 7) * (mixed | 61);
            return Integer.remainderUnsigned(mixed ^ mixed >>> 14, bound);
        };
    }
}
