package org.fairfollow.lookup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** JSON put together from parts that are JSON already. */
final class JsonBytes {
    private final ByteArrayOutputStream out;

    JsonBytes(int expected) {
        out = new ByteArrayOutputStream(expected);
    }

    JsonBytes raw(String json) {
        return raw(json.getBytes(StandardCharsets.UTF_8));
    }

    JsonBytes raw(byte[] json) {
        out.write(json, 0, json.length);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
