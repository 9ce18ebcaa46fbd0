package org.fairfollow.http;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses and networks that an operator named. */
final class NamedAddresses {
    private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?");

    private final List<Subnet> networks;

    /** @param length bits that an address must share with {@code prefix} */
    private record Subnet(InetAddress prefix, int length) {
        // Netty's own filter takes fe80:: and ff02:: for addresses of fc00::/7.
        boolean contains(InetAddress address) {
            byte[] own = prefix.getAddress();
            byte[] other = address.getAddress();
            int whole = length / Byte.SIZE;
            if (own.length != other.length || !Arrays.equals(own, 0, whole, other, 0, whole)) {
                return false;
            }
            int rest = length % Byte.SIZE;
            return rest == 0 || ((own[whole] ^ other[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
        }
    }

    /** @param variable where they were named, for whoever named something else */
    NamedAddresses(String variable, List<String> texts) {
        networks = texts.stream().map(text -> network(variable, text)).toList();
    }

    boolean contain(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The address without its zone, an IPv4 address mapped into IPv6 as IPv4; null if it is none. Names are never resolved. */
    static @Nullable InetAddress parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    private static Subnet network(String variable, String text) {
        Matcher parts = NETWORK.matcher(text.strip());
        InetAddress address = parts.matches() ? parse(parts.group(1)) : null;
        if (address != null) {
            int whole = address instanceof Inet4Address ? 32 : 128;
            int length = parts.group(2) == null ? whole : Integer.parseInt(parts.group(2));
            // A length of 0 would believe whatever anybody writes.
            if (length > 0 && length <= whole) {
                return new Subnet(address, length);
            }
        }
        throw new IllegalArgumentException(variable + ": \"" + text
                + "\" is neither an address (192.0.2.7, 2001:db8::7) nor a network (10.0.0.0/8, fd00::/8)");
    }
}
