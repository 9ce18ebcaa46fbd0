package org.fairfollow.cli.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a file.
 *
 * @param accounts those of which rows were kept
 * @param refused rows that were left out, by code
 * @param nothing why nothing in it can be measured; null when something can
 * @param failure why it could not be read, or not to its end; null when it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileFigures(
        String file,
        long rows,
        long accounts,
        SortedMap<String, Long> refused,
        List<String> notes,
        @Nullable String nothing,
        @Nullable String failure) {

    static FileFigures nothing(String file, String why) {
        return new FileFigures(file, 0, 0, new TreeMap<>(), List.of(), why, null);
    }

    static FileFigures failed(String file, String why) {
        return new FileFigures(file, 0, 0, new TreeMap<>(), List.of(), null, why);
    }
}
