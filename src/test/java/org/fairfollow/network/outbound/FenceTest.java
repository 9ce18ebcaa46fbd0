package org.fairfollow.network.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nobody is called, whatever a stranger writes. */
class FenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://social.example",
                "HTTPS://Social.Example/users/a",
                "https://social.example:443/",
                "https://a.b.social.example/?q=1",
                "https://xn--scial-0ta.example/",
                "https://1.example/"
            })
    void namesOnTheOpenInternetAreCalled(String address) {
        assertThat(Fence.host(URI.create(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "file://social.example/etc/passwd",
                "http://social.example/",
                "ftp://social.example/",
                "gopher://social.example/",
                "jar:https://social.example/a.jar!/b",
                "data:text/plain,a",
                "javascript:alert(1)",
                "//social.example/",
                "social.example",
                "https:///path",
                "https:social.example"
            })
    void otherSchemesAreRefused(String address) {
        assertThat(Fence.host(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://0/",
                "https://0.0.0.0/",
                "https://2130706433/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0x7F.0.0.0x1/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2606:4700::1111]/",
                "https://8.8.8.8/",
                "https://169.254.169.254/latest/meta-data/"
            })
    void addressesInAnyNotationAreRefused(String address) {
        assertThat(Fence.host(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://intranet/",
                "https://printer.local/",
                "https://foo.localhost/",
                "https://metadata.google.internal/",
                "https://router.lan/",
                "https://1.0.0.127.in-addr.arpa/",
                "https://abcdefghijklmnop.onion/",
                "https://social.example./",
                "https://.example/",
                "https://social..example/",
                "https://-a.example/",
                "https://so_cial.example/",
                "https://social.example%00.other.example/",
                "https://sоcial.example/",
                "https://１２７.0.0.1/",
                "https://social。example/",
                "https://ⓛocalhost.example/"
            })
    void namesThatAreNotOfTheOpenInternetAreRefused(String address) {
        assertThat(Fence.host(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@social.example/",
                "https://user:pass@social.example/",
                "https://@social.example/",
                "https://social.example:80/",
                "https://social.example:8443/",
                "https://social.example:22/"
            })
    void userInfoAndOtherPortsAreRefused(String address) {
        assertThat(Fence.host(URI.create(address))).isEmpty();
    }

    @Test
    void aNameOf100KilobytesIsRefused() {
        assertThat(Fence.host(URI.create("https://" + "a.".repeat(50_000) + "example/")))
                .isEmpty();
        assertThat(Fence.host(URI.create("https://" + "a".repeat(100_000) + ".example/")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::ffff:a00:1",
                "::ffff:0:7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:7f00:1::",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:808:808::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressesThatNotEverybodyReachesAreRefused(String address) {
        assertThat(Fence.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "126.255.255.255",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "2001:200::1",
                "2003::1",
                "2606:4700::1111",
                "2a00::1",
                "3ffe::1"
            })
    void publicAddressesBesideThemAreCalled(String address) {
        assertThat(Fence.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void aMappedAddressThatJavaKeptAsIpv6IsRefused() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(Fence.isPublic(Inet6Address.getByAddress("mapped.example", mapped, 0)))
                .isFalse();
    }
}
