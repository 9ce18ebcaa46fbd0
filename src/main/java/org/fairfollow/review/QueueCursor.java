package org.fairfollow.review;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far somebody has read the queue; clients take it as they get it. A case that moves meanwhile may come twice, or not.
 *
 * @param at {@link Place#at} of the last case read
 * @param caseId its id, for those that stand at the same place
 */
record QueueCursor(long at, String caseId) {
    static final QueueCursor BEGINNING = new QueueCursor(Long.MIN_VALUE, "AAAAAAAAAAAAAAAA");

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{11}\\.[A-Za-z0-9_-]{16}");

    String text() {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(at).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "." + caseId;
    }

    /** Empty when the text is no cursor. */
    static Optional<QueueCursor> of(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        int point = text.indexOf('.');
        byte[] bytes = Base64.getUrlDecoder().decode(text.substring(0, point));
        return Optional.of(new QueueCursor(ByteBuffer.wrap(bytes).getLong(), text.substring(point + 1)));
    }
}
