package org.fairfollow.cli.recompute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.fairfollow.cli.recompute.Rejudged.Result;
import org.fairfollow.testing.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody vouches for: each is judged, or refused in a sentence. */
class HostileExportTest {
    @TempDir
    Path folder;

    @Test
    void aCaptureIsFoundAgain() throws Exception {
        assertThat(recompute(export())).containsExactly(Result.SAME);
    }

    @Test
    void anyBytesAreJudgedOrRefused() throws Exception {
        Fuzz.around(export().toString().getBytes(StandardCharsets.UTF_8), bytes -> {
            try {
                assertThat(Recomputation.of(ExportFile.read(bytes), null)).isNotEmpty();
            } catch (UnfitExportException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500).matches("[ -~]+");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "{\"format\":\"fairfollow-dossier/2\"}",
                "{\"format\":\"fairfollow-dossier/1\",\"rules\":\"\u001b[2J\"}",
                "{\"format\":\"a\",\"format\":\"b\"}",
            })
    void whatIsNoExportIsRefused(String text) {
        assertRefused(text);
    }

    @Test
    void depthIsBounded() {
        assertRefused("{\"x\":" + "[".repeat(100_000));
    }

    @Test
    void whatIsLackingIsRefusedOrCannotBeCompared() throws Exception {
        for (String field : List.of("standing", "detector", "asOf", "finding")) {
            assertRefused(changed(verdict -> verdict.remove(field)).toString());
            assertRefused(changed(verdict -> verdict.putNull(field)).toString());
        }
        for (String field : List.of("follows", "targets", "coverage", "arrivals", "postSamples")) {
            assertRefused(changed(verdict -> ((ObjectNode) verdict.get("dossier")).remove(field))
                    .toString());
        }
        assertRefused(changed(verdict -> ((ObjectNode) verdict.get("dossier"))
                        .putArray("follows")
                        .addNull())
                .toString());
        assertThat(recompute(changed(verdict -> ((ObjectNode) verdict.at("/dossier/postSamples/0")).putNull("posts"))))
                .containsExactly(Result.NOT_COMPARED);
        assertThat(recompute(changed(verdict -> verdict.remove("dossier")))).containsExactly(Result.NOT_COMPARED);
        assertThat(recompute(changed(verdict -> verdict.put("detector", "never-replies/999"))))
                .containsExactly(Result.NOT_COMPARED);
        for (String field : List.of("opinion", "statement", "reasons", "alibis", "caveats", "tables")) {
            assertRefused(changed(verdict -> ((ObjectNode) verdict.get("finding")).remove(field))
                    .toString());
        }
    }

    @Test
    void fieldsThatAreNotKnownAreLeftAlone() throws Exception {
        ObjectNode export = export();
        export.put("more", 1);
        ((ObjectNode) export.at("/practices/never-replies/dossier")).put("more", 1);
        assertThat(recompute(export)).containsExactly(Result.SAME);
    }

    @Test
    void anUnknownPracticeIsRefused() throws Exception {
        ObjectNode export = export();
        ObjectNode practices = (ObjectNode) export.get("practices");
        practices.set("\u001b[31mred", practices.remove("never-replies"));
        assertThatThrownBy(() -> ExportFile.read(bytes(export)))
                .isInstanceOf(UnfitExportException.class)
                .hasMessage("this build knows no practice ?[31mred");
    }

    @Test
    void namesCannotSteerTheTerminal() throws Exception {
        ObjectNode export = export();
        ((ObjectNode) export.get("account")).put("handle", "a\u001b]0;x\u0007\u202eb" + "c".repeat(500));
        assertThat(ExportFile.read(bytes(export)).account())
                .startsWith("bluesky a?]0;x??bccc")
                .hasSizeLessThan(250);
    }

    @Test
    void moreThanIsExpectedIsNotRead() throws Exception {
        Path large = Files.write(folder.resolve("large.json"), new byte[1_001]);
        assertThat(Source.read(large.toString(), 1_001)).hasSize(1_001);
        assertThatThrownBy(() -> Source.read(large.toString(), 1_000))
                .isInstanceOf(UnfitExportException.class)
                .hasMessageContaining("larger than 1000 bytes");
        assertThatThrownBy(() -> Source.read(folder.resolve("none").toString(), 1))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Source.read("\0", 1)).isInstanceOf(UnfitExportException.class);
        assertThatThrownBy(() -> Source.read("http://", 1)).isInstanceOf(UnfitExportException.class);
    }

    @Test
    void anAddressThatAnswersOtherwiseSaysSo() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            server.createContext("/", exchange -> {
                byte[] body = "{\"code\":\"busy\u001b\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(503, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            assertThatThrownBy(() -> Source.read(address, 1_000)).hasMessageContaining("answers 503");
        } finally {
            server.stop(0);
        }
    }

    private static ObjectNode export() throws IOException {
        return InventedExport.of("never-replies", "present", "likely");
    }

    private static ObjectNode changed(Consumer<ObjectNode> change) throws IOException {
        ObjectNode export = export();
        change.accept((ObjectNode) export.at("/practices/never-replies"));
        return export;
    }

    private static List<Result> recompute(ObjectNode export) throws UnfitExportException {
        return Recomputation.of(ExportFile.read(bytes(export)), null).stream()
                .map(Rejudged::result)
                .toList();
    }

    private static byte[] bytes(ObjectNode export) {
        return export.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> ExportFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .as(text.substring(0, Math.min(80, text.length())))
                .isInstanceOf(UnfitExportException.class);
    }
}
