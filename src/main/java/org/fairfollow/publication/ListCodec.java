package org.fairfollow.publication;

import java.nio.ByteBuffer;

/**
 * The published list as bytes: distinct unsigned 32-bit values in rising order, their gaps Rice coded. The format is
 * written down in docs/list-format.md; the extension reads it too.
 */
public final class ListCodec {
    private static final Frame FRAME = new Frame("list", "FFL", 1, 20);

    private ListCodec() {}

    /**
     * @param version of the list
     * @param values distinct, rising as unsigned numbers
     */
    public static byte[] encode(long version, int[] values) {
        if (!GapCode.isRising(values)) {
            throw new IllegalArgumentException("the values must be distinct and rising");
        }
        int parameter = GapCode.bestParameter(values);
        ByteBuffer out = FRAME.begin(GapCode.bits(values, parameter))
                .put((byte) parameter)
                .put(new byte[3])
                .putLong(version)
                .putInt(values.length);
        GapCode.Writer payload = new GapCode.Writer(out);
        payload.write(values, parameter);
        payload.finish();
        return Frame.seal(out);
    }

    /**
     * The values of an encoded list.
     *
     * @throws IllegalArgumentException when the bytes are not exactly such a list
     */
    public static int[] decode(byte[] list) {
        ByteBuffer in = FRAME.open(list);
        byte parameterByte = in.get();
        FRAME.require(in.get() == 0 && in.getShort() == 0, "reserved bytes are not zero");
        in.getLong();
        long count = Integer.toUnsignedLong(in.getInt());
        GapCode.Reader payload = FRAME.payload(list);
        int parameter = payload.parameter(parameterByte, count);
        FRAME.require(payload.hasRoomFor(count, parameter, 0, 0), "more values than bits");
        int[] values = payload.read((int) count, parameter);
        payload.finish();
        return values;
    }
}
