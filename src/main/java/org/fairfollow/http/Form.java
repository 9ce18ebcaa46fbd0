package org.fairfollow.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a page's form sends: small, each field once, and no field the form does not have. */
public final class Form {
    public static final String TYPE = "application/x-www-form-urlencoded";
    private static final int MAX_BYTES = 64 << 10;

    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    /** @param names of the fields the form may have */
    public static Form read(InputStream body, String... names) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw Problem.INVALID_BODY.with("The form broke off; send it again.");
        }
        if (bytes.length > MAX_BYTES) {
            throw Problem.TOO_LARGE.with("Write less: a form has at most " + MAX_BYTES + " bytes.");
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (pair.isEmpty()) {
                continue;
            }
            if (!List.of(names).contains(name)) {
                throw Problem.UNKNOWN_FIELD.with("Send the form as the page has it.");
            }
            if (fields.put(name, decoded(equals < 0 ? "" : pair.substring(equals + 1))) != null) {
                throw Problem.INVALID_BODY.with("Send each field of the form once.");
            }
        }
        return new Form(fields);
    }

    /** What stands in the field; null if the form came without it. */
    public @Nullable String get(String name) {
        return fields.get(name);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_BODY.with("Send the form as a browser does.");
        }
    }
}
