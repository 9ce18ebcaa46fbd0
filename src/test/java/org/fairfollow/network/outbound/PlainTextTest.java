package org.fairfollow.network.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.fairfollow.testing.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a profile in HTML says. */
class PlainTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "<p>one two</p>|one two",
                "a<br>b|'a\nb'",
                "a<br />b|'a\nb'",
                "<p>a</p><p>b</p>|'a\nb'",
                "<a href=\"https://a.example\"><span class=\"invisible\">https://</span>a.example</a>|https://a.example",
                "&lt;b&gt; &amp;amp; &quot;&#39;&apos;&#x41;&#65;|<b> &amp; \"''AA",
                "a & b &; &nosuch; &#; &#x110000; &#99999999999;|a & b &; &nosuch; &#; &#x110000; &#99999999999;",
                "a <b|a",
                "&|&"
            })
    void ofHtml(String html, String text) {
        assertThat(PlainText.ofHtml(html)).isEqualTo(text);
    }

    @Test
    void invisibleCharactersAreDropped() {
        assertThat(PlainText.ofHtml("fair\u200b\u202efol\u0000low\u00ad&#x200d; a\tb\r\nc\ud800"))
                .isEqualTo("fairfollow ab\nc");
    }

    @Test
    void aMebibyteOfWhatCouldBeginSomethingIsReadOnce() {
        assertThat(PlainText.ofHtml("&".repeat(1 << 20))).hasSize(1 << 20);
        assertThat(PlainText.ofHtml("<".repeat(1 << 20))).isEmpty();
        assertThat(PlainText.ofHtml("<>".repeat(1 << 19))).isEmpty();
        assertThat(PlainText.ofHtml("&#1;".repeat(1 << 18))).isEmpty();
    }

    @FuzzTest
    void anyBytes(byte[] html) {
        Fuzz.around(html, bytes -> assertThat(PlainText.ofHtml(new String(bytes, StandardCharsets.UTF_8)))
                .doesNotContain("\u202e", "\u0000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see <a href=\"https://a.example/?x=1&amp;y=2\" rel=\"nofollow\"><span>a.example</span></a>!|see https://a.example/?x=1&y=2!",
                "<a class='mention u-url' href='https://a.example/@b'>@b</a>|@b",
                "<a href=\"https://a.example/tags/c\" rel=\"tag ugc\">#c</a>|#c",
                "<a href=\"javascript:alert(1)\">here</a>|here",
                "<a href=\"https://a.example/\">never closed|https://a.example/",
                "<abbr href=\"https://a.example/\">x</abbr>|x",
                "<a name=\"x\">x</a>|x"
            })
    void linksInPostsAreWrittenOut(String html, String text) {
        assertThat(PlainText.ofPost(html)).isEqualTo(text);
    }

    @Test
    void manyLinksAreReadInOneGo() {
        assertThat(PlainText.ofPost("<a ".repeat(200_000))).isEmpty();
        assertThat(PlainText.ofPost("<a href=\"https://a.example\">".repeat(20_000)))
                .isEqualTo("https://a.example");
    }

    @Test
    void anyHtmlIsSomeText() {
        String html = "<p>x &amp; <a href=\"https://a.example/?a=&#38;\" class=\"c\">y</a><br/></p>";
        Fuzz.around(html.getBytes(StandardCharsets.UTF_8), bytes -> assertThat(
                        PlainText.ofPost(new String(bytes, StandardCharsets.UTF_8)))
                .doesNotContain("\u0000"));
    }
}
