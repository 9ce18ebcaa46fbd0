package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static final String PROXY = "10.0.0.1";

    private final ClientAddress nobodyTrusted = new ClientAddress(Optional.empty());
    private final ClientAddress behindProxies =
            new ClientAddress(Optional.of(List.of("10.0.0.0/8", " 2001:db8:ffff::/48", "192.0.2.7")));

    @Test
    void whoeverIsNotTrustedIsNotBelieved() {
        assertThat(of(nobodyTrusted, "203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(of(nobodyTrusted, PROXY, "198.51.100.1")).isEqualTo(PROXY);
        assertThat(of(behindProxies, "203.0.113.9", "198.51.100.1", "10.0.0.5")).isEqualTo("203.0.113.9");
        assertThat(of(behindProxies, "192.0.2.8", "198.51.100.1")).isEqualTo("192.0.2.8");
    }

    @Test
    void ofATrustedProxyTheRightmostAddressThatIsNoProxyCounts() {
        assertThat(of(behindProxies, PROXY, "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(of(behindProxies, "192.0.2.7", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(of(behindProxies, "2001:db8:ffff::1", "2001:db8::5")).isEqualTo("2001:db8:0:0:0:0:0:5");
        assertThat(of(behindProxies, PROXY, "1.1.1.1, 2.2.2.2, 198.51.100.1, 10.9.9.9"))
                .as("what a client wrote itself stands on the left")
                .isEqualTo("198.51.100.1");
    }

    @Test
    void severalLinesAreOneListInTheirOrder() {
        assertThat(of(behindProxies, PROXY, "1.1.1.1", "198.51.100.1, 10.1.1.1", "10.2.2.2"))
                .isEqualTo("198.51.100.1");
        assertThat(of(behindProxies, PROXY, "198.51.100.1", "", " , ,", "10.2.2.2"))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void withNothingButProxiesTheFarthestOneCounts() {
        assertThat(of(behindProxies, PROXY)).isEqualTo(PROXY);
        assertThat(of(behindProxies, PROXY, "")).isEqualTo(PROXY);
        assertThat(of(behindProxies, PROXY, "10.3.3.3,10.2.2.2")).isEqualTo("10.3.3.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4:port",
                "1.2.3.4:123456",
                "0x7f.1.1.1",
                "2001:db8::g",
                "[2001:db8::1",
                "[[2001:db8::1]]",
                "2001:db8::1]",
                "[]",
                "]",
                ":",
                "%eth0",
                "1.2.3.4;5.6.7.8",
                "\"1.2.3.4\"",
                "for=1.2.3.4",
                "\u0661.2.3.4",
                "1.2.3.4\u0000",
            })
    void atNonsenseTheLastGoodOneCounts(String nonsense) {
        assertThat(of(behindProxies, PROXY, "198.51.100.1, " + nonsense)).isEqualTo(PROXY);
        assertThat(of(behindProxies, PROXY, "198.51.100.1, " + nonsense + ", 10.2.2.2"))
                .isEqualTo("10.2.2.2");
        assertThat(of(behindProxies, PROXY, nonsense + ", 198.51.100.2")).isEqualTo("198.51.100.2");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1:4711, 198.51.100.1",
        "[2001:db8::5], 2001:db8:0:0:0:0:0:5",
        "[2001:db8::5]:443, 2001:db8:0:0:0:0:0:5",
        "2001:DB8::5, 2001:db8:0:0:0:0:0:5",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "[fe80::1%eth0]:443, fe80:0:0:0:0:0:0:1",
        "::ffff:198.51.100.1, 198.51.100.1",
        "[::ffff:c633:6401]:80, 198.51.100.1",
    })
    void anAddressMayHaveBracketsPortAndZone(String written, String address) {
        assertThat(of(behindProxies, PROXY, written)).isEqualTo(address);
    }

    @Test
    void aMappedProxyIsTheProxy() {
        assertThat(of(behindProxies, "::ffff:10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(of(behindProxies, "::ffff:203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
    }

    @Test
    void theOtherEndOfAUnixSocketIsThisMachine() {
        assertThat(of(nobodyTrusted, null, "198.51.100.1")).isEqualTo("127.0.0.1");
        ClientAddress behindLocal = new ClientAddress(Optional.of(List.of("127.0.0.1")));
        assertThat(of(behindLocal, null, "198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @Test
    void aHeaderOfAnySizeIsReadFromItsRight() {
        assertThat(of(behindProxies, PROXY, "1.1.1.1," + "10.2.2.2,".repeat(1_100) + "198.51.100.1"))
                .isEqualTo("198.51.100.1");
        assertThat(of(behindProxies, PROXY, "198.51.100.1," + "10.2.2.2,".repeat(1_100)))
                .isEqualTo("198.51.100.1");
        assertThat(of(behindProxies, PROXY, ",".repeat(10_000))).isEqualTo(PROXY);
        assertThat(of(behindProxies, PROXY, "198.51.100.1," + "9".repeat(10_000)))
                .isEqualTo(PROXY);
    }

    @Test
    void whateverIsWrittenTheresAnAddressAndNoExceptions() {
        Random random = Seed.random("forwarded-for headers");
        String[] pieces = {"10.0.0.1", "1.2.3.4", "::", "[", "]", ":", ",", "%", " ", "ffff", "\u00e9", "\t", "/8"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                header.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThatCode(() -> of(behindProxies, PROXY, header.toString()))
                    .as(header.toString())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/0",
                "::/0",
                "fd00::/129",
                "10.0.0.0/",
                "/8",
                "10.0.0",
                ""
            })
    void whatIsNoNetworkIsRefusedAtTheStart(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientAddress(Optional.of(List.of(network))))
                .withMessageContaining("FAIRFOLLOW_TRUSTED_PROXIES");
    }

    private static String of(ClientAddress addresses, String peer, String... forwardedFor) {
        return addresses.of(peer, Stream.of(forwardedFor).toList()).getHostAddress();
    }
}
