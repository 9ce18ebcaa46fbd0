package org.fairfollow.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostReaderTest {
    private static SampledPost read(String text) {
        return PostReader.read(1_700_000_000, text, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '´',
            value = {
                "Good morning|ORIGINAL",
                "RT @ana: good morning|REPOST",
                "rt @ana good morning|REPOST",
                "@ana good morning|REPLY",
                ".@ana good morning, everybody|ORIGINAL",
                "yes! RT @ana: good morning|QUOTE",
                "MT @ana good morning|QUOTE",
                "\"@ana: good morning\" indeed|QUOTE",
                "“@ana@host.example: good morning”|QUOTE",
                "indeed //@ana: good morning|QUOTE",
                "good morning -- Ana Example (@ana)|QUOTE",
                "art @ana|ORIGINAL",
                "\"good morning\" she said|ORIGINAL",
                "via @ana|ORIGINAL"
            })
    void kindsAreInferred(String text, PostKind kind) {
        assertThat(read(text).kind()).isEqualTo(kind);
    }

    @Test
    void aKnownKindStands() {
        assertThat(PostReader.read(0, "RT @ana: good morning", PostKind.ORIGINAL, null)
                        .kind())
                .isEqualTo(PostKind.ORIGINAL);
    }

    @Test
    void postsFromOneTemplateAreAlikeAndOthersAreNot() {
        SampledPost one = read("@ana see 12 lamps at https://shop.example/a");
        assertThat(one.template())
                .matches("[0-9a-f]{16}")
                .isEqualTo(read("@ben see 9 lamps at https://shop.example/b").template());
        assertThat(one.template())
                .isNotEqualTo(
                        read("@ana see 12 chairs at https://shop.example/a").template());
        assertThat(one.at()).isEqualTo(1_700_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://news.example/a",
                "see http://t.co/x)",
                "all at lamps-and-more.com today",
                "bit.ly/abc is it",
                "Shop.Example.COM/sale"
            })
    void linksAreSeen(String text) {
        assertThat(read(text).hasLink()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana@lamps.com", "v1.2.3", "@ana.com hello", "finito.ne parliamo", "..."})
    void whatLooksLikeALinkIsNone(String text) {
        assertThat(read(text).hasLink()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Buy now: lamps https://shop.example/a",
                "Check out our new lamps https://shop.example/a",
                "GET MORE FOLLOWERS https://followers.example",
                "Join us today https://club.example",
                "Win a lamp! RT and follow https://shop.example",
                "Download the app https://app.example",
                "Earn money online https://work.example",
                "Lamps, only $9.99 https://shop.example",
                "A lamp https://shop.example/lamp?id=3&tag=ana-21",
                "Our lamp #ad https://shop.example/lamp",
                "Compra ahora tu lámpara https://tienda.example",
                "Scopri le offerte https://negozio.example",
                "Acquista subito https://negozio.example",
                "Baixe grátis https://loja.example",
                "Abonnez-vous https://boutique.example",
                "Jetzt kaufen: Lampen https://laden.example"
            })
    void askingWithALinkIsPromotion(String text) {
        assertThat(read(text).promotional()).isTrue();
        assertThat(read(text.replaceAll("https?://\\S+", "")).promotional()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Minister joins talks on fishing quotas https://news.example/1",
                "Lamp maker bought for $3bn https://news.example/2",
                "Man fined $500 for feeding gulls https://news.example/3",
                "Harbour town wins cup after extra time https://news.example/4",
                "Lamp sales fall for third month https://news.example/5",
                "Followers of the old church meet https://news.example/6",
                "Earnings up 3% at ferry company https://news.example/7",
                "El gobierno presenta el presupuesto https://noticias.example/1",
                "Il porto riapre dopo la tempesta https://notizie.example/1",
                "Le port rouvre après la tempête https://nouvelles.example/1",
                "Der Hafen öffnet wieder https://nachrichten.example/1",
                "I'm at Harbour Café https://places.example/1"
            })
    void aHeadlineIsNoPromotion(String text) {
        assertThat(read(text).hasLink()).isTrue();
        assertThat(read(text).promotional()).isFalse();
    }

    @Test
    void readsAnythingQuicklyEnoughToFinish() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("PostReaderTest -Dseed=" + seed);
        Random random = new Random(seed);
        String[] parts = {
            "@a",
            " ",
            "3 ",
            "people ",
            "unfollowed me ",
            "and ",
            "// ",
            "checked by ",
            "http://t.co/",
            "\uD83D",
            "\u200b",
            "a.",
            "RT ",
            "“",
            "x"
        };
        for (int trial = 0; trial < 300; trial++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(400);
            for (int i = 0; i < length; i++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(read(text.toString()).template()).hasSize(16);
        }
        for (String part : parts) {
            assertThat(read(part.repeat(20_000)).template()).hasSize(16);
        }
    }
}
