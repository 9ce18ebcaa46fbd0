package org.fairfollow.cli.simulation;

/** The sortable base 32 of the AT Protocol. */
final class Base32 {
    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";

    private Base32() {}

    /** The lowest 5 · length bits, most significant first. */
    static String of(long bits, int length) {
        char[] text = new char[length];
        for (int i = length - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (bits & 31));
            bits >>>= 5;
        }
        return new String(text);
    }
}
