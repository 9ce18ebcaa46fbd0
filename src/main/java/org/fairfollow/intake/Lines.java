package org.fairfollow.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream of bytes into lines in bounded memory; a line that is too long is passed over, not kept. */
final class Lines {
    static final int MAX_LINE = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[4_096];

    /**
     * One line.
     *
     * @param bytes shared with the next line; valid from 0 to {@code length}
     * @param tooLong it had more than {@link #MAX_LINE} bytes; then {@code bytes} holds its beginning
     */
    record Line(byte[] bytes, int length, boolean tooLong) {
        boolean isBlank() {
            for (int i = 0; i < length; i++) {
                if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null when there is none. */
    @Nullable
    Line next() throws IOException {
        int length = 0;
        boolean tooLong = false;
        boolean any = false;
        while (true) {
            if (position == limit) {
                position = 0;
                limit = in.read(buffer, 0, BUFFER);
                if (limit <= 0) {
                    limit = 0;
                    return any ? new Line(line, length, tooLong) : null;
                }
            }
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int part = end - position;
            if (tooLong || length + part > MAX_LINE) {
                tooLong = true;
            } else {
                if (length + part > line.length) {
                    line = Arrays.copyOf(line, Math.max(length + part, Math.min(MAX_LINE, line.length * 2)));
                }
                System.arraycopy(buffer, position, line, length, part);
                length += part;
            }
            position = end;
            if (end < limit) {
                position++;
                return new Line(line, length, tooLong);
            }
        }
    }
}
