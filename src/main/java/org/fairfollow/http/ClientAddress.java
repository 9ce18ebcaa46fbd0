package org.fairfollow.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tells which address a call comes from: the socket's other end, unless that is a trusted proxy, which tells of another.
 *
 * <p>Proxies append to {@code X-Forwarded-For} whom they took the call from, so it is read from its right end, as far as
 * those who wrote are trusted; what stands further left anybody can write. {@code Forwarded} (RFC 7239) is not read:
 * common proxies write it only when told to, and pass on what a client wrote into it.
 */
@ApplicationScoped
public class ClientAddress {
    static final String FORWARDED_FOR = "X-Forwarded-For";

    private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?");
    /** {@code [2001:db8::1]:443}, {@code [2001:db8::1]} or {@code 192.0.2.1:443}; anything else has no port. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\[\\]]*)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}");

    private final List<IpSubnetFilterRule> trusted;

    ClientAddress(@ConfigProperty(name = "fairfollow.trusted-proxies") Optional<List<String>> trusted) {
        this.trusted =
                trusted.orElse(List.of()).stream().map(ClientAddress::network).toList();
    }

    /** Where the call comes from; an IPv4 address mapped into IPv6 is the IPv4 address. */
    public InetAddress of(HttpServerRequest request) {
        // The connection's address, for the request's own follows forwarding headers when Quarkus is told to believe
        // them.
        String peer = request.connection().remoteAddress().hostAddress();
        return of(peer, request.headers().getAll(FORWARDED_FOR));
    }

    /**
     * @param peer null on a Unix socket, the other end of which is on this machine
     * @param forwardedFor the header's lines, in order
     */
    InetAddress of(@Nullable String peer, List<String> forwardedFor) {
        InetAddress address = peer == null ? null : parse(peer);
        InetAddress client = address == null ? InetAddress.getLoopbackAddress() : address;
        String hops = String.join(",", forwardedFor);
        for (int end = hops.length(); end > 0 && isTrusted(client); ) {
            int comma = hops.lastIndexOf(',', end - 1);
            String hop = hops.substring(comma + 1, end).strip();
            end = comma;
            if (hop.isEmpty()) {
                continue;
            }
            InetAddress told = parse(hop);
            if (told == null) {
                // What stands left of it was there before a trusted proxy wrote nonsense, or before nobody knows who.
                break;
            }
            client = told;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        InetSocketAddress any = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(network -> network.matches(any));
    }

    /** The address, without port and zone; null if it is none. Names are never resolved. */
    private static @Nullable InetAddress parse(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        String host = text;
        if (withPort.matches()) {
            host = withPort.group(1) != null ? withPort.group(1) : withPort.group(2);
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    private static IpSubnetFilterRule network(String text) {
        Matcher parts = NETWORK.matcher(text.strip());
        InetAddress address = parts.matches() ? parse(parts.group(1)) : null;
        if (address != null) {
            int whole = address instanceof Inet4Address ? 32 : 128;
            int length = parts.group(2) == null ? whole : Integer.parseInt(parts.group(2));
            // A length of 0 would believe whatever anybody writes.
            if (length > 0 && length <= whole) {
                return new IpSubnetFilterRule(address, length, IpFilterRuleType.ACCEPT);
            }
        }
        throw new IllegalArgumentException("FAIRFOLLOW_TRUSTED_PROXIES: \"" + text
                + "\" is neither an address (192.0.2.7, 2001:db8::7) nor a network (10.0.0.0/8, fd00::/8)");
    }
}
