package org.fairfollow.verdict.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Draws by lot, in bounded memory from however many: the order is that of SHA-256 over a seed and the account's number, so
 * that whoever has the seed draws the same again, and nobody who does not have it can say who will be drawn.
 */
final class Lots<T> {
    private record Lot<T>(long place, T thing) {}

    private final byte[] seed;
    private final int most;
    /** The worst place first, for it goes when a better one comes. */
    private final PriorityQueue<Lot<T>> best =
            new PriorityQueue<>(Comparator.<Lot<T>>comparingLong(Lot::place).reversed());

    Lots(byte[] seed, int most) {
        this.seed = seed.clone();
        this.most = most;
    }

    void offer(int account, T thing) {
        best.add(new Lot<>(place(seed, account), thing));
        if (best.size() > most) {
            best.poll();
        }
    }

    /** As many as there are, but no more than {@code wanted}. */
    List<T> draw(int wanted) {
        List<Lot<T>> inOrder = new ArrayList<>(best);
        inOrder.sort(best.comparator().reversed());
        return inOrder.stream().limit(wanted).map(Lot::thing).toList();
    }

    /**
     * Draws {@code wanted} so that with those drawn before each stratum has its share of all that is held, but for what
     * rounding takes; what one lacks others make up for. First comes whatever holds something and was never drawn from, so
     * that nothing goes unseen.
     *
     * @param held by stratum
     * @param drawnBefore by stratum
     */
    static <T> List<T> fill(int wanted, int[] held, int[] drawnBefore, List<Lots<T>> strata) {
        double n = wanted + Arrays.stream(drawnBefore).sum();
        double all = Arrays.stream(held).asLongStream().sum();
        List<Iterator<T>> inOrder =
                strata.stream().map(stratum -> stratum.draw(wanted).iterator()).toList();
        int[] taken = drawnBefore.clone();
        List<T> drawn = new ArrayList<>();
        while (drawn.size() < wanted) {
            int next = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < held.length; i++) {
                double owed = taken[i] == 0 ? Double.POSITIVE_INFINITY : n * held[i] / all - taken[i];
                if (inOrder.get(i).hasNext() && owed > most) {
                    next = i;
                    most = owed;
                }
            }
            if (next < 0) {
                break;
            }
            drawn.add(inOrder.get(next).next());
            taken[next]++;
        }
        return drawn;
    }

    private static long place(byte[] seed, int account) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(seed);
            return ByteBuffer.wrap(
                            sha256.digest(ByteBuffer.allocate(4).putInt(account).array()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
