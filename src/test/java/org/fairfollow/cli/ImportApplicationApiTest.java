package org.fairfollow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fairfollow.evidence.DueQueue;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.ListedAccount;
import org.fairfollow.testing.TestStore;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./run import}, from the files to what is published. */
@QuarkusTest
class ImportApplicationApiTest {
    @TempDir
    Path folder;

    @Inject
    ImportApplication application;

    @Inject
    TestStore tables;

    @Inject
    DueQueue queue;

    @BeforeEach
    void startAfresh() {
        tables.empty();
    }

    @Test
    void importsJudgesAndPublishesAndSaysWhatItDid() throws IOException {
        ListedAccount churner = new ListedAccount();
        Path events = Files.write(folder.resolve("events.jsonl.zst"), Zstd.compress(churner.lines.bytes()));
        Path more = Files.writeString(folder.resolve("more.jsonl"), "nonsense\n");
        String said = run(0, events, more);
        int lines = churner.lines.list().size();
        assertThat(said)
                .contains("%s: %,d lines in ".formatted(events, lines))
                .contains("line 1: not-json")
                .containsPattern("judged \\d+ accounts")
                .contains("published version");
        assertThat(queue.size()).isZero();
        Api.call()
                .get("/v1/accounts/bluesky/" + churner.did)
                .then()
                .statusCode(200)
                .body("verdicts[0].standing", Matchers.is("likely"));
        assertThat(run(0, events)).containsPattern("accepted +0\n");
    }

    @Test
    void aTornFileIsReadUpToTheTearAndEndsWithOne() throws IOException {
        byte[] whole = Zstd.compress(new ListedAccount().lines.bytes());
        Path torn = Files.write(folder.resolve("torn.zst"), Arrays.copyOf(whole, whole.length - 100));
        assertThat(run(1, torn)).contains("torn-input", "The file is torn");
    }

    private String run(int expectedCode, Path... files) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            int code = application.run(Arrays.stream(files).map(Path::toString).toArray(String[]::new));
            assertThat(code).isEqualTo(expectedCode);
        } finally {
            System.setOut(usual);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
