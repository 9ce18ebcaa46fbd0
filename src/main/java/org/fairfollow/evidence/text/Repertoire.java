package org.fairfollow.evidence.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The characters that count, spelled out instead of taken from the platform's tables, so that service and browsers of
 * different Unicode versions read every text alike. See {@code docs/message-fingerprints.md}.
 */
final class Repertoire {
    /** Letters, marks and digits beyond ASCII, and what NFKC makes such; code points in hex. */
    private static final String WORD_CHARACTERS = """
            AA B2-B3 B5 B9-BA BC-BE C0-D6 D8-F6 F8-2B8 300-36F 370-373 376-377 37B-37D 37F 386 388-38A 38C 38E-3A1
            3A3-3F5 3F7-481 483-52F 531-556 561-587 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 5D0-5EA 610-61A 620-669 66E-6D3
            6D5-6DC 6DF-6E8 6EA-6FC 7C0-7F5 900-963 966-96F 971-DF3 E01-E3A E40-E4E E50-E59 E81-EDF F20-F29 F40-FBC
            1000-1049 1050-109D 10A0-10FF 1100-11FF 1200-135F 1380-138F 13A0-13FD 1780-17D3 17E0-17E9 1820-1878
            1C90-1CBF 1D00-1DBF 1E00-1FFC 2071 2074-2079 207F-2089 2090-209C 2100-214E 2160-2188 2460-24FF 2D30-2D67
            3005-3007 3041-3096 3099-309A 309D-309F 30A1-30FA 30FC-30FF 3105-312F 3131-318E 31F0-31FF 3400-4DBF
            4E00-9FFF A722-A787 A960-A97C AB70-ABBF AC00-D7A3 F900-FAD9 FB00-FB06 FB13-FB17 FB1D-FBB1 FBD3-FD3D
            FD50-FDC7 FDF0-FDFB FE70-FEFC FF01-FFDC 1D400-1D7FF 1E900-1E959 1F110-1F149 20000-2A6DF 2A700-323AF
            """;

    /** Left out without a trace: apostrophes, fillers and what has no width. */
    private static final String SILENT = """
            27 60 AD B4 2BC 34F 61C 640 115F-1160 17B4-17B5 180B-180F 200B-200F 2018-2019 202A-202E 2060-206F 20E3
            3164 FE00-FE0F FEFF FFA0 1F3FB-1F3FF E0000-E0FFF
            """;

    /** Scripts written without spaces between words: each character stands for a word. */
    private static final String UNSPACED =
            "E00-EFF 1000-109F 1780-17FF 3005-3007 3041-30FF 31F0-31FF 3400-4DBF 4E00-9FFF F900-FAD9 20000-323AF";

    private static final BitSet WORD = set(WORD_CHARACTERS);
    private static final BitSet DROPPED = set(SILENT);
    private static final BitSet ALONE = set(UNSPACED);

    private Repertoire() {}

    /** Compatibility forms and cases folded; what is neither ASCII nor a word character has become a space. */
    static String fold(String text) {
        String composed = Normalizer.normalize(filter(text), Normalizer.Form.NFKC);
        StringBuilder lower = new StringBuilder(composed.length());
        composed.codePoints().map(Repertoire::lowerCase).forEach(lower::appendCodePoint);
        // Again: folding may bring up what is not of the repertoire, and what is left may compose.
        return Normalizer.normalize(filter(lower.toString()), Normalizer.Form.NFKC);
    }

    /** Whether it is a word of its own, though no space parts it from the next. */
    static boolean isUnspaced(int codePoint) {
        return ALONE.get(codePoint);
    }

    private static String filter(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !DROPPED.get(c)).forEach(c -> kept.appendCodePoint(isKept(c) ? c : ' '));
        return kept.toString();
    }

    private static boolean isKept(int codePoint) {
        return (0x21 <= codePoint && codePoint <= 0x7e) || WORD.get(codePoint);
    }

    /** Of one character, whatever stands around it: final sigma is sigma, and the dotted capital I is i. */
    private static int lowerCase(int codePoint) {
        return switch (codePoint) {
            case 'ς' -> 'σ';
            case 'İ' -> 'i';
            default -> Character.toLowerCase(codePoint);
        };
    }

    private static BitSet set(String ranges) {
        BitSet set = new BitSet();
        Arrays.stream(ranges.strip().split("\\s+"))
                .map(range -> range.split("-"))
                .forEach(range -> {
                    int from = Integer.parseInt(range[0], 16);
                    set.set(from, 1 + (range.length == 1 ? from : Integer.parseInt(range[1], 16)));
                });
        return set;
    }
}
