package org.fairfollow.evidence.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Locality-sensitive hashes of a text: two texts share about the square of their Jaccard similarity (on shingles of three
 * words) of them. MinHash, Broder 1997; 64 permutations in 32 bands of two rows.
 */
public final class Bands {
    public static final int COUNT = 32;

    /** Texts this similar are of one template. */
    public static final double NEAR_DUPLICATE = .8;

    /** Code points of a normal text; shorter ones tell nothing apart. */
    public static final int SHORTEST_TEXT = 40;

    private static final int ROWS = 2;
    private static final int SHINGLE = 3;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8}");

    /** murmur3's finaliser of 1, 2, 3, …: one for each permutation. */
    private static final int[] SEEDS =
            IntStream.rangeClosed(1, COUNT * ROWS).map(Bands::mix).toArray();

    private final int[] bands;

    private Bands(int[] bands) {
        this.bands = bands;
    }

    /** Empty for a text too short to tell apart. */
    public static Optional<Bands> of(NormalText text) {
        List<String> words = text.words();
        if (text.value().codePointCount(0, text.value().length()) < SHORTEST_TEXT || words.size() < SHINGLE) {
            return Optional.empty();
        }
        int[] least = new int[SEEDS.length];
        Arrays.fill(least, -1);
        for (int shingle : shingles(words)) {
            for (int i = 0; i < least.length; i++) {
                int hash = mix(shingle ^ SEEDS[i]);
                if (Integer.compareUnsigned(hash, least[i]) < 0) {
                    least[i] = hash;
                }
            }
        }
        return Optional.of(new Bands(IntStream.range(0, COUNT)
                .map(band -> mix(mix(least[ROWS * band]) + least[ROWS * band + 1]))
                .toArray()));
    }

    /** As somebody tells them; empty unless they are 32 numbers of 8 lower-case hex digits. */
    public static Optional<Bands> parse(List<String> hex) {
        if (hex.size() != COUNT
                || !hex.stream().allMatch(band -> HEX.matcher(band).matches())) {
            return Optional.empty();
        }
        return Optional.of(
                new Bands(hex.stream().mapToInt(HexFormat::fromHexDigits).toArray()));
    }

    public List<String> hex() {
        return Arrays.stream(bands)
                .mapToObj(band -> HexFormat.of().toHexDigits(band))
                .toList();
    }

    /** Estimated Jaccard similarity of the texts; its standard error is about .05 at .8. */
    public double similarity(Bands other) {
        int same = 0;
        for (int i = 0; i < COUNT; i++) {
            if (bands[i] == other.bands[i]) {
                same++;
            }
        }
        return Math.sqrt((double) same / COUNT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bands that && Arrays.equals(bands, that.bands);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bands);
    }

    @Override
    public String toString() {
        return String.join(" ", hex());
    }

    private static Set<Integer> shingles(List<String> words) {
        Set<Integer> shingles = new HashSet<>();
        for (int at = 0; at + SHINGLE <= words.size(); at++) {
            shingles.add(fnv1a(String.join(" ", words.subList(at, at + SHINGLE))));
        }
        return shingles;
    }

    /** FNV-1a of 32 bits over UTF-8. */
    private static int fnv1a(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return hash;
    }

    /** The finaliser of murmur3, 32 bits. */
    private static int mix(int number) {
        int mixed = number;
        mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
