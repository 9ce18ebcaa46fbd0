package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fairfollow.detection.Practice;
import org.fairfollow.reporter.Reporters;
import org.fairfollow.reporter.Reports;
import org.fairfollow.reporter.Reports.Reported;
import org.fairfollow.store.Store;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.HeldVerdicts;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.Reporting;
import org.fairfollow.testing.Seed;
import org.fairfollow.testing.Telling;
import org.fairfollow.testing.TestClock;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Crowds that report whom they want to be rid of, through the calls anybody has. */
@QuarkusTest
class BrigadeApiTest {
    private static final int HOURS = 48;
    /** What one new reporter's word weighs. */
    private static final double ONE_WORD = .3001;

    @Inject
    TestStore tables;

    @Inject
    TestClock clock;

    @Inject
    HeldVerdicts accounts;

    @Inject
    Pipeline pipeline;

    @Inject
    Reports reports;

    @Inject
    Reporters reporters;

    @Inject
    Store store;

    @BeforeEach
    void begin() {
        tables.empty();
    }

    @AfterEach
    void putTheClockBack() {
        // Else a challenge that was solved in the future would stay used.
        clock.advance(Duration.ofDays(2));
        reporters.forget();
        clock.reset();
    }

    @Test
    void fiveHundredNewReportersOnOneAccountInAMinuteAreOneClusterAndPublishNothing() {
        String did = Names.did();
        int account = accounts.account(did);
        for (int i = 0; i < 500; i++) {
            Reporting.sent(Telling.token(), Reporting.of("bluesky", did, "follow-churn"));
        }
        assertNothingIsPublished(List.of(did));
        Reported reported = against(List.of(account)).get(account).getFirst();
        assertThat(reported.reports()).isEqualTo(500);
        assertThat(reported.clusters()).isEqualTo(1);
        assertThat(reported.weight()).isLessThanOrEqualTo(ONE_WORD);
        assertThat(tables.count("SELECT COUNT(*) FROM measurement")).isEqualTo(1);
    }

    /** 20 to 120 sybils in one to five groups, each with victims of its own, within two days, among honest people's mistakes. */
    @Test
    void brigadesOfAnySizePublishNothingAndWeighNoMoreThanOneWord() {
        Random random = Seed.random("brigades");
        Map<String, Integer> victims = new HashMap<>();
        List<String> mistaken = new ArrayList<>();
        List<List<String>> targets = new ArrayList<>();
        for (int group = 0; group < 5; group++) {
            List<String> theirs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                theirs.add(victim(victims));
            }
            targets.add(theirs);
        }
        for (int i = 0; i < 20; i++) {
            mistaken.add(victim(victims));
        }
        int[] sybils = {20, 40, 60, 80, 120};
        List<Runnable> calls = new ArrayList<>();
        for (int group = 0; group < sybils.length; group++) {
            for (int i = 0; i < sybils[group]; i++) {
                String token = Telling.token();
                for (String did : targets.get(group)) {
                    calls.add(() -> Reporting.sent(token, Reporting.of("bluesky", did, practice(random))));
                }
            }
        }
        for (String did : mistaken) {
            String token = Telling.token();
            calls.add(() -> Reporting.sent(token, Reporting.of("bluesky", did, "never-replies")));
        }
        Collections.shuffle(calls, random);
        int anHour = calls.size() / (HOURS - 1) + 1;
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).run();
            if (i % anHour == anHour - 1) {
                clock.advance(Duration.ofHours(1));
            }
        }
        assertNothingIsPublished(victims.keySet());
        while (reports.weigh() > 0) {
            // Until none waits.
        }
        Map<Integer, List<Reported>> against = against(List.copyOf(victims.values()));
        assertThat(against).hasSameSizeAs(victims);
        assertThat(against.values()).allSatisfy(cases -> assertThat(cases)
                .allSatisfy(one -> assertThat(one.weight()).isLessThanOrEqualTo(ONE_WORD)));
        // Patient brigades are bounded as well.
        String patient = targets.getFirst().getFirst();
        for (int i = 0; i < 15; i++) {
            clock.advance(Duration.ofHours(HOURS + 1));
            Reporting.sent(Telling.token(), Reporting.of("bluesky", patient, "follow-churn"));
        }
        assertThat(against(List.of(victims.get(patient))).get(victims.get(patient)))
                .allSatisfy(one -> assertThat(one.weight()).isLessThanOrEqualTo(3));
        assertNothingIsPublished(victims.keySet());
    }

    private String victim(Map<String, Integer> victims) {
        String did = Names.did();
        victims.put(did, accounts.account(did));
        return did;
    }

    private static String practice(Random random) {
        return Practice.values()[random.nextInt(2)].id();
    }

    /** Nor is anything held of them that a look-up would show. */
    private void assertNothingIsPublished(Iterable<String> dids) {
        pipeline.judgeAndPublish();
        assertThat(Api.call().get("/v1/list").jsonPath().getInt("entries")).isZero();
        for (String did : dids) {
            Api.call()
                    .get("/v1/accounts/bluesky/" + did)
                    .then()
                    .statusCode(200)
                    .body("verdicts.findAll { it.standing != 'unknown' && it.standing != 'not-found' }", empty());
        }
    }

    private Map<Integer, List<Reported>> against(List<Integer> some) {
        return store.inTransaction(connection -> reports.against(connection, some));
    }
}
