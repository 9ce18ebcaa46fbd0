package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.regex.Pattern;
import org.fairfollow.network.outbound.Answer.Heard;
import org.jspecify.annotations.Nullable;

/** Answers of which their hosts may say the next time that nothing changed, which costs them less than to tell it all again. */
final class KeptAnswers {
    private static final Duration FOR = Duration.ofDays(1);
    private static final int MOST_BYTES = 16 << 20;
    /** A full page of followers has about 200 kB. */
    private static final int LARGEST = 512 << 10;
    /** RFC 9110, 8.8.3, in ASCII and no longer than anybody needs: it is sent back. */
    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e]{1,200}\"");

    private final Cache<String, Kept> byAddress;

    KeptAnswers(Ticker ticker) {
        byAddress = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((String address, Kept kept) ->
                        address.length() + kept.answer().body().length)
                .expireAfterWrite(FOR)
                .ticker(ticker)
                .build();
    }

    record Kept(String entityTag, Heard answer) {}

    @Nullable
    Kept of(String address) {
        return byAddress.getIfPresent(address);
    }

    void put(String address, @Nullable String entityTag, Heard answer) {
        if (entityTag != null && ENTITY_TAG.matcher(entityTag).matches() && answer.body().length <= LARGEST) {
            byAddress.put(address, new Kept(entityTag, answer));
        } else {
            byAddress.invalidate(address);
        }
    }
}
