package org.fairfollow.testing;

import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.fairfollow.reporter.Moderators;
import org.fairfollow.reporter.SignIn;

/** People who sign in, with an authenticator of their own. */
@ApplicationScoped
public class Moderation {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Moderators moderators;
    private final SignIn signIn;
    private final Clock clock;

    Moderation(Moderators moderators, SignIn signIn, Clock clock) {
        this.moderators = moderators;
        this.signIn = signIn;
        this.clock = clock;
    }

    /** @param key the authenticator's, as the service told it */
    public record Person(String name, String password, String key, String token) {
        public RequestSpecification call() {
            return Api.call().header("Authorization", "Bearer " + token);
        }

        public RequestSpecification wrongCall() {
            return Api.wrongCall().header("Authorization", "Bearer " + token);
        }
    }

    /** Somebody new of that role who just signed in. */
    public Person person(String role) {
        String name = randomName();
        String password = "a long one of " + hex(8);
        String invitation = moderators.add(name, role, null).code();
        String key = signIn.begin(invitation, address()).key();
        String token = signIn.accept(invitation, password, code(key), address()).secretToken();
        return new Person(name, password, key, token);
    }

    /** What the authenticator shows now. */
    public String code(String key) {
        return code(key, 0);
    }

    /** What it shows so many steps later. */
    public String code(String key, int later) {
        return code(key, Math.floorDiv(clock.instant().getEpochSecond(), 30) + later);
    }

    public static String randomName() {
        return "mod-" + hex(8);
    }

    /** Nobody else tries from there. */
    public static InetAddress address() {
        byte[] bytes = new byte[16];
        Random random = ThreadLocalRandom.current();
        random.nextBytes(bytes);
        bytes[0] = 0x20;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String code(String key, long step) {
        ByteBuffer secret = ByteBuffer.allocate(key.length() * 5 / 8);
        long bits = 0;
        for (int i = 0; i < key.length(); i++) {
            bits = bits << 5 | BASE_32.indexOf(key.charAt(i));
            if (i % 8 == 7) {
                for (int shift = 32; shift >= 0; shift -= 8) {
                    secret.put((byte) (bits >> shift));
                }
                bits = 0;
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.array(), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
