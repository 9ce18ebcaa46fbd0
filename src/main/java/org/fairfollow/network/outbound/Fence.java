package org.fairfollow.network.outbound;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a host that a stranger named may lie: on the open internet, under a name, behind https. Names are checked before they are
 * looked up, and the addresses they stand for before anybody is called.
 */
final class Fence {
    static final int HTTPS = 443;

    /**
     * A name in the domain name system, in ASCII and lower case. The last label begins with a letter, so that no notation of an
     * address is one (2130706433, 0x7f.1, 127.1), and there are two labels at least: a single one is of the local network.
     */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** Last labels that never are of the open internet: reserved for other uses, or given out by local resolvers. */
    private static final List<String> LOCAL =
            List.of("local", "localhost", "localdomain", "internal", "lan", "home", "corp", "arpa", "onion", "alt");

    /** Of the IANA IPv4 special-purpose address registry whatever is not reachable everywhere, and multicast. */
    private static final List<Block> NOT_PUBLIC_V4 = List.of(
            Block.of("0.0.0.0/8"),
            Block.of("10.0.0.0/8"),
            Block.of("100.64.0.0/10"),
            Block.of("127.0.0.0/8"),
            Block.of("169.254.0.0/16"),
            Block.of("172.16.0.0/12"),
            Block.of("192.0.0.0/24"),
            Block.of("192.0.2.0/24"),
            Block.of("192.88.99.0/24"),
            Block.of("192.168.0.0/16"),
            Block.of("198.18.0.0/15"),
            Block.of("198.51.100.0/24"),
            Block.of("203.0.113.0/24"),
            Block.of("224.0.0.0/4"),
            Block.of("240.0.0.0/4"));

    /**
     * All that was ever given out to be reached from everywhere. Outside lie loopback, mapped and compatible IPv4, NAT64
     * (64:ff9b::), discard, unique local, link local, site local and multicast.
     */
    private static final Block GLOBAL_V6 = Block.of("2000::/3");

    /** Within it: protocol assignments with Teredo, documentation, and 6to4, which is IPv4 in other words. */
    private static final List<Block> NOT_PUBLIC_V6 =
            List.of(Block.of("2001::/23"), Block.of("2001:db8::/32"), Block.of("2002::/16"), Block.of("3fff::/20"));

    private Fence() {}

    /** The name of the host that may be looked up for this address; empty when it is not to be called. */
    static Optional<String> host(URI address) {
        if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            return Optional.empty();
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        if (address.getRawUserInfo() != null
                || (address.getPort() != -1 && address.getPort() != HTTPS)
                || !NAME.matcher(host).matches()
                || LOCAL.contains(host.substring(host.lastIndexOf('.') + 1))) {
            return Optional.empty();
        }
        return Optional.of(host);
    }

    /** Whether it is an address of one machine that everybody can reach. */
    static boolean isPublic(InetAddress address) {
        // Java makes of a mapped address (::ffff:7f00:1) the IPv4 address that it means.
        return address instanceof Inet6Address
                ? GLOBAL_V6.contains(address) && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(address))
                : NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(address));
    }

    /**
     * The addresses that share their first bits.
     *
     * @param bits how many
     */
    private record Block(InetAddress first, int bits) {
        static Block of(String cidr) {
            int slash = cidr.indexOf('/');
            return new Block(
                    InetAddress.ofLiteral(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
        }

        /** @param address of the same family */
        boolean contains(InetAddress address) {
            return prefix(address).equals(prefix(first));
        }

        private BigInteger prefix(InetAddress address) {
            byte[] bytes = address.getAddress();
            return new BigInteger(1, bytes).shiftRight(8 * bytes.length - bits);
        }
    }
}
