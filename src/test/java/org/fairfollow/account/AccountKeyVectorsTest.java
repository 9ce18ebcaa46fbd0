package org.fairfollow.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.fairfollow.testing.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of docs/account-keys.md, which another implementation computed; the extension is held to them too. */
class AccountKeyVectorsTest {
    record Vector(String network, String handle, String nativeId, String key, String hash) {}

    static List<Vector> vectors() throws IOException {
        return new ObjectMapper()
                .readValue(Project.read("docs/vectors/account-keys.json"), new TypeReference<List<Vector>>() {});
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void keyAndHash(Vector vector) throws InvalidAccountException {
        Network network = Network.of(vector.network).orElseThrow();
        AccountName name = vector.handle != null
                ? network.parse(vector.handle)
                : network.nativeId(String.valueOf(vector.nativeId));
        assertThat(name.value()).isEqualTo(vector.handle != null ? vector.handle : vector.nativeId);
        assertThat(name.key()).isEqualTo(vector.key);
        assertThat(name.hash().hex()).isEqualTo(vector.hash);
        assertThat(AccountHash.of(name.hash().bytes())).isEqualTo(name.hash());
        assertThat(Integer.toHexString(name.hash().listEntry()))
                .isEqualTo(vector.hash.substring(0, 8).replaceFirst("^0+", ""));
    }

    @Test
    void handlesAndIdsOfEveryNetworkAreThere() throws IOException {
        assertThat(vectors().stream()
                        .map(vector -> vector.network + (vector.handle != null ? " handle" : " id"))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "x handle", "x id", "bluesky handle", "bluesky id", "mastodon handle", "mastodon id");
    }
}
