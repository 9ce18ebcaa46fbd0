package org.fairfollow.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Tries bytes and what lies near them. */
public final class Fuzz {
    private static final int MUTATIONS = 2_000;
    private static final byte[][] SPICES = {
        "null".getBytes(),
        "-1".getBytes(),
        "1e999".getBytes(),
        "99999999999999999999".getBytes(),
        "{}".getBytes(),
        "[[".getBytes(),
        "\"\"".getBytes(),
        "\\ud800".getBytes(),
        "did:".getBytes(),
        {(byte) 0xff, (byte) 0xfe},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {0},
        {'\n'},
    };

    private Fuzz() {}

    /** The bytes themselves and some thousand mutations of them; always the same ones. While Jazzer searches, only them. */
    public static void around(byte[] seed, Consumer<byte[]> target) {
        target.accept(seed);
        if ("1".equals(System.getenv("JAZZER_FUZZ"))) {
            return;
        }
        Random random = new Random(Arrays.hashCode(seed));
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutate(seed, random);
            try {
                target.accept(mutated);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("fails on the bytes " + Arrays.toString(mutated), e);
            }
        }
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length + 1);
            bytes = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> splice(bytes, at, at, SPICES[random.nextInt(SPICES.length)]);
                case 2 -> splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(12)), new byte[0]);
                case 3 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, 0, at));
                default -> {
                    if (bytes.length > 0) {
                        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    yield bytes;
                }
            };
        }
        return bytes.length <= 1 << 16 ? bytes : Arrays.copyOf(bytes, 1 << 16);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] out = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(middle, 0, out, from, middle.length);
        System.arraycopy(bytes, to, out, from + middle.length, bytes.length - to);
        return out;
    }
}
