package org.fairfollow.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "gwen, gwen",
        "@gwen, gwen",
        "GWEN_2, gwen_2",
        "'  @Gwen  ', gwen",
        "123456789012345, 123456789012345",
        "https://x.com/Gwen, gwen",
        "http://x.com/gwen/, gwen",
        "HTTPS://X.COM/gwen, gwen",
        "https://www.x.com/gwen/status/20?s=21, gwen",
        "https://mobile.twitter.com/gwen, gwen",
        "https://twitter.com/@gwen#top, gwen",
    })
    void handlesOnX(String input, String handle) throws InvalidAccountException {
        assertIsHandle(Network.X, input, handle, "x:@" + handle, "https://x.com/" + handle);
    }

    @ParameterizedTest
    @CsvSource({
        "growth.example, growth.example",
        "@growth.example, growth.example",
        "Growth.Example, growth.example",
        "8.a-b.example, 8.a-b.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "https://bsky.app/profile/Growth.example, growth.example",
        "https://bsky.app/profile/growth.example/post/3k, growth.example",
        "https://www.bsky.app/profile/growth.example?x, growth.example",
    })
    void handlesOnBluesky(String input, String handle) throws InvalidAccountException {
        assertIsHandle(Network.BLUESKY, input, handle, "bluesky:@" + handle, "https://bsky.app/profile/" + handle);
    }

    @ParameterizedTest
    @CsvSource({
        "growth@social.example, growth@social.example, https://social.example/@growth",
        "@growth@social.example, growth@social.example, https://social.example/@growth",
        "@Growth@Social.Example, growth@social.example, https://social.example/@growth",
        "a.b-c_d@social.example, a.b-c_d@social.example, https://social.example/@a.b-c_d",
        "a@bücher.example, a@xn--bcher-kva.example, https://xn--bcher-kva.example/@a",
        "a@BÜCHER.example, a@xn--bcher-kva.example, https://xn--bcher-kva.example/@a",
        "a@xn--bcher-kva.example, a@xn--bcher-kva.example, https://xn--bcher-kva.example/@a",
        "https://social.example/@Growth, growth@social.example, https://social.example/@growth",
        "https://social.example/@growth/115, growth@social.example, https://social.example/@growth",
        "https://home.example/@growth@social.example, growth@social.example, https://social.example/@growth",
    })
    void handlesOnMastodon(String input, String handle, String profile) throws InvalidAccountException {
        assertIsHandle(Network.MASTODON, input, handle, "mastodon:@" + handle, profile);
    }

    static Stream<Arguments> nativeIds() {
        return Stream.of(
                arguments(Network.X, "783214", "x:#783214", "https://x.com/i/user/783214"),
                arguments(
                        Network.BLUESKY,
                        "did:plc:abc234",
                        "bluesky:did:plc:abc234",
                        "https://bsky.app/profile/did:plc:abc234"),
                arguments(
                        Network.BLUESKY,
                        "did:web:Growth.example%3A3000",
                        "bluesky:did:web:Growth.example%3A3000",
                        "https://bsky.app/profile/did:web:Growth.example%3A3000"),
                arguments(
                        Network.MASTODON,
                        "https://social.example/users/Growth",
                        "mastodon:#https://social.example/users/Growth",
                        "https://social.example/users/Growth"));
    }

    @ParameterizedTest
    @MethodSource("nativeIds")
    void nativeIdsAsTheyAreAndInBase64Url(Network network, String id, String key, String profile)
            throws InvalidAccountException {
        AccountName name = network.nativeId(id);
        assertThat(name.isHandle()).isFalse();
        assertThat(name.value()).isEqualTo(id);
        assertThat(name.key()).isEqualTo(key);
        assertThat(network.profileUrl(null, id)).isEqualTo(profile);
        assertThat(network.parse("id:" + base64Url(id))).isEqualTo(name);
        assertThat(network.parse(
                        "id:" + base64Url(id) + "=".repeat((4 - base64Url(id).length() % 4) % 4)))
                .isEqualTo(name);
    }

    @Test
    void aDidMayStandBare() throws InvalidAccountException {
        AccountName name = new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, "did:plc:abc234");
        assertThat(Network.BLUESKY.parse("did:plc:abc234")).isEqualTo(name);
        assertThat(Network.BLUESKY.parse("https://bsky.app/profile/did:plc:abc234"))
                .isEqualTo(name);
    }

    @Test
    void onlyTheHostOfAnActorUriIsCaseInsensitive() throws InvalidAccountException {
        assertThat(Network.MASTODON
                        .nativeId("HTTPS://Social.Example/users/Growth")
                        .value())
                .isEqualTo("https://social.example/users/Growth");
        assertThat(Network.MASTODON.parse("https://social.example/users/Growth").isHandle())
                .isFalse();
    }

    @Test
    void aHandleOfDigitsIsNotTheUserIdOfThoseDigits() throws InvalidAccountException {
        assertThat(Network.X.parse("783214")).isNotEqualTo(Network.X.nativeId("783214"));
        assertThat(Network.X.parse("783214").hash())
                .isNotEqualTo(Network.X.nativeId("783214").hash());
    }

    static final List<String> refusedOnX = List.of(
            "sixteen_letters_",
            "a-b",
            "a.b",
            "a b",
            "@@gwen",
            "jаck", // Cyrillic а
            "ｊack", // full width
            "\u212aim", // Kelvin sign
            "ja\u200bck",
            "\u202ejack",
            "\u2066gwen\u2069",
            "gwen\u0000",
            "https://x.com/",
            "https://x.com",
            "https://x.com/i/flow/login",
            "https://x.com/home",
            "https://x.com.evil.example/gwen",
            "https://evil.example/x.com/gwen",
            "https://twitter.com@evil.example/gwen",
            "https://x.com/gwen smith",
            "ftp://x.com/gwen",
            "javascript:alert(1)",
            "id:",
            "id:!!!",
            "id:" + base64Url("gwen"),
            "id:" + base64Url("0"),
            "id:" + base64Url("-1"),
            "id:" + base64Url("99999999999999999999"),
            "id:gICA"); // not UTF-8

    @ParameterizedTest
    @FieldSource("refusedOnX")
    void refusedOnX(String input) {
        assertRefused(Network.X, input);
    }

    static final List<String> refusedOnBluesky = List.of(
            "growth",
            "growth.example.",
            ".growth.example",
            "growth..example",
            "-growth.example",
            "growth-.example",
            "growth.example-",
            "growth.1",
            "gr_owth.example",
            "a".repeat(64) + ".example",
            "a.".repeat(124) + "example",
            "bücher.example",
            "grоwth.example", // Cyrillic о
            "\u212aim.example", // Kelvin sign, whose lower case is k
            "K\u0307im.example",
            "growth\u3002example", // ideographic full stop
            "gro\u200bwth.example",
            "\u202egrowth.example",
            "@@growth.example",
            "https://bsky.app/profile/",
            "https://bsky.app/growth.example",
            "https://bsky.app.evil.example/profile/growth.example",
            "did:",
            "did:plc:",
            "did:plc:ABC",
            "DID:plc:abc234",
            "did:key:zabc",
            "did:plc:" + "a".repeat(65),
            "did:web:growth.example/../x",
            "did:plc:a\nbc",
            "id:" + base64Url("growth.example"));

    @ParameterizedTest
    @FieldSource("refusedOnBluesky")
    void refusedOnBluesky(String input) {
        assertRefused(Network.BLUESKY, input);
    }

    static final List<String> refusedOnMastodon = List.of(
            "growth",
            "@growth",
            "growth@",
            "@social.example",
            "growth@social",
            "growth@social.example@other.example",
            "gr owth@social.example",
            ".growth@social.example",
            "growth.@social.example",
            "grоwth@social.example", // Cyrillic о
            "growth@social.example:3000",
            "growth@-social.example",
            "growth@soci_al.example",
            "growth@127.0.0.1/x",
            "growth@so\u200bcial.example",
            "growth@straße.example", // IDNA 2003 makes another host of it
            "growth@\u212aim.example", // Kelvin sign, whose lower case is k
            "growth@social\u3002example",
            "\u212aim@social.example",
            "https://social.example",
            "https://social.example/",
            "http://social.example/users/growth",
            "https://user:pass@social.example/users/growth",
            "https://social.example:8443/users/growth",
            "https://social.example/users/growth#main-key",
            "https:///users/growth",
            "https://[::1]/users/growth",
            "https://social.example/@gr owth",
            "https://social.example/users/growth?\u202ex",
            "https://social.example/users/growth?" + "x".repeat(1_500),
            "id:" + base64Url("growth@social.example"),
            "id:" + base64Url("https://social.example"),
            "id:" + base64Url("javascript:alert(1)"));

    @ParameterizedTest
    @FieldSource("refusedOnMastodon")
    void refusedOnMastodon(String input) {
        assertRefused(Network.MASTODON, input);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n", "@", "id:", "%", "\u0000", "\u2003"})
    void nothingIsNoName(String input) {
        Network.all().forEach(network -> assertRefused(network, input));
    }

    @Test
    void endlessInputIsRefusedOnEveryNetwork() {
        for (String input : new String[] {
            "a".repeat(100_000),
            "@".repeat(100_000),
            "a.".repeat(50_000) + "example",
            "https://x.com/" + "a".repeat(100_000),
            "https://bsky.app/profile/" + "a.".repeat(50_000) + "example",
            "did:plc:" + "a".repeat(100_000),
            "id:" + "YWFh".repeat(25_000),
            "a".repeat(50_000) + "@" + "b".repeat(50_000) + ".example"
        }) {
            Network.all().forEach(network -> assertRefused(network, input));
        }
    }

    @Test
    void networksAreKnownByTheirExactId() {
        assertThat(Network.all()).extracting(Network::id).containsExactly("x", "bluesky", "mastodon");
        assertThat(Network.of("X")).isEmpty();
        assertThat(Network.of("")).isEmpty();
        Network.all()
                .forEach(network -> assertThat(Network.ofCode(network.code())).isSameAs(network));
    }

    private static void assertIsHandle(Network network, String input, String handle, String key, String profile)
            throws InvalidAccountException {
        AccountName name = network.parse(input);
        assertThat(name).isEqualTo(new AccountName(network, AccountName.Kind.HANDLE, handle));
        assertThat(name.key()).isEqualTo(key);
        assertThat(network.parse(name.value()))
                .as("canonical names stay as they are")
                .isEqualTo(name);
        assertThat(network.profileUrl(name.value(), null)).isEqualTo(profile);
        assertThat(network.parse(profile))
                .as("the profile's address is the account")
                .isEqualTo(name);
    }

    /** Refused with a sentence that says what to write instead. */
    private static void assertRefused(Network network, String input) {
        assertThatExceptionOfType(InvalidAccountException.class)
                .isThrownBy(() -> network.parse(input))
                .withMessageMatching("(?s).+rite a handle .+\\.")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
