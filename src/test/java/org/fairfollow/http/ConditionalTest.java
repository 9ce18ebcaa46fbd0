package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If-None-Match as RFC 9110 (8.8.3, 13.1.2) writes it. */
class ConditionalTest {
    private static final String ETAG = "\"0123abcd\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"0123abcd\"",
                " \"0123abcd\"\t",
                "W/\"0123abcd\"",
                "*",
                " * ",
                "\"x\", \"0123abcd\"",
                "\"x\",W/\"y\",\"0123abcd\",\"z\"",
                "\"a,b\", \"0123abcd\"",
                "\"a,\\\",\"0123abcd\"",
                "\"\", \"0123abcd\"",
                ",, \"0123abcd\" ,,",
                "\"\u00e9\", \"0123abcd\""
            })
    void whoHasTheBytesIsToldSo(String header) {
        assertThat(Conditional.isKnown(List.of(header), ETAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "\"x\"",
                "0123abcd",
                "\"0123ABCD\"",
                "\"0123abc\"",
                "\"0123abcde\"",
                "\"x,\"0123abcd\"",
                "\"x\" \"0123abcd\"",
                "\"0123abcd",
                "0123abcd\"",
                "w/\"0123abcd\"",
                "W/ \"0123abcd\"",
                "W/",
                "W",
                "*, \"x\"",
                "**",
                "\"*\"",
                "\"x\", *",
                "\"0123abcd\"x",
                "\"a\", \"b,0123abcd\"",
                "\"\"0123abcd\"\""
            })
    void whoHasOthersOrWritesNoListOfTagsGetsThem(String header) {
        assertThat(Conditional.isKnown(List.of(header), ETAG)).isFalse();
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(Conditional.isKnown(List.of("\"x\"", "\"y\", W/\"0123abcd\""), ETAG))
                .isTrue();
        assertThat(Conditional.isKnown(List.of("\"x\"", "\"y\""), ETAG)).isFalse();
        assertThat(Conditional.isKnown(List.of(), ETAG)).isFalse();
        assertThat(Conditional.isKnown(null, ETAG)).isFalse();
    }

    @Test
    void anyListThatHoldsTheTagHoldsItAndNoOtherDoes() {
        Random random = Seed.random("lists of entity tags");
        String within = "abc,;*/W\\ \u00e9";
        for (int i = 0; i < 2_000; i++) {
            List<String> tags = new ArrayList<>();
            for (int j = random.nextInt(5); j >= 0; j--) {
                StringBuilder tag = new StringBuilder();
                for (int k = random.nextInt(6); k > 0; k--) {
                    tag.append(within.charAt(random.nextInt(within.length())));
                }
                tags.add((random.nextBoolean() ? "W/" : "") + '"' + tag + '"');
            }
            String list = String.join(random.nextBoolean() ? "," : " ,\t", tags);
            assertThat(Conditional.isKnown(List.of(list), ETAG)).as(list).isFalse();
            tags.add(random.nextInt(tags.size() + 1), random.nextBoolean() ? ETAG : "W/" + ETAG);
            String with = String.join(random.nextBoolean() ? "," : " ,\t", tags);
            assertThat(Conditional.isKnown(List.of(with), ETAG)).as(with).isTrue();
        }
    }
}
