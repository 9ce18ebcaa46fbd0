package org.fairfollow.reporter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one caller spent at one instance since that instance last told the others.
 *
 * @param id whom it is counted for: of an address a hash with the salt all instances share, of others a hash or a number
 * @param units at least 1
 * @param lacking what that instance holds to be missing to a full bucket, for those who never heard of the caller
 * @param most what a full bucket holds
 */
record Spent(Counted counted, long id, int units, int lacking, int most) {
    private static final int BYTES = Byte.BYTES + Long.BYTES + 3 * Integer.BYTES;

    /** Of the quota, so that callers with small ones and great ones compare. */
    double share() {
        return (double) units / most;
    }

    static byte[] encode(List<Spent> all) {
        ByteBuffer bytes = ByteBuffer.allocate(all.size() * BYTES);
        for (Spent spent : all) {
            bytes.put(spent.counted.code())
                    .putLong(spent.id)
                    .putInt(spent.units)
                    .putInt(spent.lacking)
                    .putInt(spent.most);
        }
        return bytes.array();
    }

    /** Leaves out what only another version of the service counts. */
    static List<Spent> decode(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        List<Spent> all = new ArrayList<>(bytes.length / BYTES);
        while (rest.remaining() >= BYTES) {
            Counted counted = Counted.of(rest.get());
            long id = rest.getLong();
            int units = rest.getInt();
            int lacking = rest.getInt();
            int most = rest.getInt();
            if (counted != null && units > 0 && lacking >= 0 && most > 0) {
                all.add(new Spent(counted, id, units, lacking, most));
            }
        }
        return all;
    }
}
