package org.fairfollow.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.fairfollow.testing.Told;
import org.junit.jupiter.api.Test;

/** Accounts with many large samples are judged in parts that fit into memory. */
@QuarkusTest
class SlicesApiTest {
    private static final int ACCOUNTS = 70;
    private static final int SAMPLES = 3;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    @Inject
    Store store;

    @Inject
    Dossiers dossiers;

    @Test
    void noPartHoldsMoreSamplesThanFitAndEverybodyIsJudged() throws Exception {
        tables.empty();
        long now = Instant.now().getEpochSecond();
        Told told = new Told(new Random(7));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountName account = Network.X.parse("measured_" + i);
            for (int sample = 0; sample < SAMPLES; sample++) {
                lines.add(Told.line(account, told.followers(now - 60 - sample, "measuring", 3)));
            }
        }
        byte[] body = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        pipeline.send(body).statusCode(200).body("accepted", is(ACCOUNTS * SAMPLES));

        Set<Integer> due = store.read(connection -> {
            Set<Integer> accounts = new TreeSet<>();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT account_id FROM due")) {
                while (rows.next()) {
                    accounts.add(rows.getInt(1));
                }
            }
            return accounts;
        });
        List<Set<Integer>> slices = store.read(connection -> dossiers.slices(connection, due));
        assertThat(slices).hasSizeGreaterThan(2).allSatisfy(slice -> assertThat(slice.size() * SAMPLES)
                .isLessThanOrEqualTo(Dossiers.SAMPLES_A_SLICE));
        assertThat(slices.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(due);

        pipeline.judgeAndPublish();
        for (int i = 0; i < ACCOUNTS; i++) {
            Api.call().get("/v1/accounts/x/measured_" + i).then().body("status", is("assessed"));
        }
    }
}
