package org.fairfollow.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
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

    /** {@code [2001:db8::1]:443}, {@code [2001:db8::1]} or {@code 192.0.2.1:443}; anything else has no port. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([^\\[\\]]{0,100}+)](?::[0-9]{1,5})?|([0-9.]{1,100}+):[0-9]{1,5}");

    private final NamedAddresses trusted;

    ClientAddress(@ConfigProperty(name = "fairfollow.trusted-proxies") Optional<List<String>> trusted) {
        this.trusted = new NamedAddresses("FAIRFOLLOW_TRUSTED_PROXIES", trusted.orElse(List.of()));
    }

    /** Where the call comes from; an IPv4 address mapped into IPv6 is the IPv4 address. */
    public InetAddress of(HttpServerRequest request) {
        return of(peer(request), request.headers().getAll(FORWARDED_FOR));
    }

    /** Whether who called is a proxy that is believed. */
    boolean isByTrustedProxy(HttpServerRequest request) {
        return trusted.contain(of(peer(request), List.of()));
    }

    /** The connection's address, for the request's own follows forwarding headers when Quarkus is told to believe them. */
    private static @Nullable String peer(HttpServerRequest request) {
        return request.connection().remoteAddress().hostAddress();
    }

    /**
     * @param peer null on a Unix socket, the other end of which is on this machine
     * @param forwardedFor the header's lines, in order
     */
    InetAddress of(@Nullable String peer, List<String> forwardedFor) {
        InetAddress address = peer == null ? null : parse(peer);
        InetAddress client = address == null ? InetAddress.getLoopbackAddress() : address;
        String hops = String.join(",", forwardedFor);
        for (int end = hops.length(); end > 0 && trusted.contain(client); ) {
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

    /** The address, without port and zone; null if it is none. Names are never resolved. */
    private static @Nullable InetAddress parse(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        String host = text;
        if (withPort.matches()) {
            host = withPort.group(1) != null ? withPort.group(1) : withPort.group(2);
        }
        return NamedAddresses.parse(host);
    }
}
