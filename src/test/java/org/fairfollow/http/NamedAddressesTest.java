package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.fairfollow.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "fc00::/7, fc00::, true",
        "fc00::/7, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "fc00::/7, fbff::1, false",
        "fc00::/7, fe80::1, false",
        "fc00::/7, ff02::1, false",
        "fd00::/8, fc00::1, false",
        "8000::/1, 7fff::, false",
        "8000::/1, ff02::1, true",
        "2001:db8:ffff::/48, 2001:db8:ffff:ffff::1, true",
        "2001:db8:ffff::/48, 2001:db8:fffe::1, false",
        "2001:db8::7, 2001:db8::7, true",
        "2001:db8::7, 2001:db8::6, false",
        "2001:db8::6/127, 2001:db8::7, true",
        "2001:db8::6/127, 2001:db8::5, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.168.0.0/16, 192.169.0.1, false",
        "128.0.0.0/1, 127.255.255.255, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "10.9.8.7/8, 10.0.0.1, true",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, a00::1, false",
        "a00::/8, 10.0.0.1, false",
    })
    void aNetworkHoldsItsAddressesAndNoOthers(String network, String address, boolean holds) {
        assertThat(named(network).contain(NamedAddresses.parse(address))).isEqualTo(holds);
    }

    @Test
    void aNetworkEndsAtItsLastBit() throws UnknownHostException {
        Random random = Seed.random("networks");
        for (int i = 0; i < 2_000; i++) {
            byte[] prefix = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(prefix);
            // Not an IPv4 address in IPv6, which is IPv4.
            prefix[0] |= 1;
            int bits = prefix.length * 8;
            int length = 1 + random.nextInt(bits);
            String text = InetAddress.getByAddress(prefix).getHostAddress() + "/" + length;
            for (int bit = 0; bit < bits; bit++) {
                byte[] other = prefix.clone();
                other[bit / 8] ^= (byte) (0x80 >> bit % 8);
                assertThat(named(text).contain(InetAddress.getByAddress(other)))
                        .as("%s but for bit %d: %s", text, bit, new BigInteger(1, other).toString(16))
                        .isEqualTo(bit >= length);
            }
        }
    }

    private static NamedAddresses named(String network) {
        return new NamedAddresses("A_VARIABLE", List.of(network));
    }
}
