package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Directory;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Detectors;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Dossiers;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observations;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.Told;
import org.junit.jupiter.api.Test;

/** What observers send comes back as it was sent, on every network. */
@QuarkusTest
class ObservationsImportApiTest {
    @Inject
    Pipeline pipeline;

    @Inject
    Dossiers dossiers;

    @Inject
    Directory directory;

    @Inject
    Store store;

    @Inject
    TestClock clock;

    private final Random random = Seed.random("sent observations");
    private final Told told = new Told(random);

    @Test
    void whatIsSentIsLoadedBackAndEveryDetectorJudgesIt() {
        long now = clock.instant().getEpochSecond();
        List<AccountName> accounts = List.of(
                handle(Network.X, "u" + random.nextInt(1 << 30)),
                new AccountName(Network.X, AccountName.Kind.NATIVE_ID, "1" + random.nextInt(1 << 30)),
                handle(Network.MASTODON, "u" + random.nextInt(1 << 30) + "@social.example"),
                handle(Network.BLUESKY, Names.handle("told")),
                new AccountName(Network.BLUESKY, AccountName.Kind.NATIVE_ID, Names.did()));
        Map<AccountName, List<Observation>> sent = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            AccountName account = accounts.get(random.nextInt(accounts.size()));
            // Each at a time of its own, and of no kind more than a dossier holds.
            Observation fact = told.any(now - 86_400 + i, "observer");
            List<Observation> ofKind = sent.computeIfAbsent(account, a -> new ArrayList<>());
            if (ofKind.stream().filter(one -> one.getClass() == fact.getClass()).count() < 5) {
                ofKind.add(fact);
                lines.add(Told.line(account, fact));
            }
        }
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        pipeline.send(body).statusCode(200).body("accepted", equalTo(lines.size()), "rejectedTotal", equalTo(0));
        pipeline.send(body).statusCode(200).body("duplicates", equalTo(lines.size()));
        sent.forEach((account, facts) -> {
            Dossier dossier = dossier(account, now);
            Observations known = dossier.observations();
            List<Observation> all = new ArrayList<>();
            all.addAll(known.profiles());
            all.addAll(known.messages());
            all.addAll(known.followerSamples());
            all.addAll(known.postSamples());
            all.addAll(known.statements());
            assertThat(all).containsExactlyInAnyOrderElementsOf(facts);
            Detectors.all()
                    .forEach(detector -> assertThat(detector.judge(dossier)).isNotNull());
        });
        pipeline.judgeAndPublish();
    }

    @Test
    void manySamplesOfAThousandPassInOneImport() {
        long now = clock.instant().getEpochSecond();
        AccountName account = handle(Network.X, "big" + random.nextInt(1 << 30));
        List<Observation.FollowerSample> samples = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            samples.add(told.followers(now - 60 + i, "crawler", 1_000));
            lines.add(Told.line(account, samples.getLast()));
        }
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        assertThat(body.length).as("more than one batch").isGreaterThan(8 << 20);
        pipeline.send(body).statusCode(200).body("accepted", equalTo(60), "rejectedTotal", equalTo(0));
        assertThat(dossier(account, now).observations().followerSamples()).isEqualTo(samples.subList(55, 60));
    }

    private static AccountName handle(Network network, String value) {
        return new AccountName(network, AccountName.Kind.HANDLE, value);
    }

    private Dossier dossier(AccountName account, long asOf) {
        return store.read(connection -> {
            int id = directory.find(connection, account).orElseThrow().id();
            return dossiers.load(connection, List.of(id), asOf).get(id);
        });
    }
}
