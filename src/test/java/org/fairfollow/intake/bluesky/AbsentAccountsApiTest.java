package org.fairfollow.intake.bluesky;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.JetstreamLines;
import org.fairfollow.testing.Names;
import org.fairfollow.testing.Pipeline;
import org.fairfollow.testing.TestStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to accounts is not what they do. The same follows vanish in the same way in each of these. */
@QuarkusTest
class AbsentAccountsApiTest {
    private static final long DAY = 86_400;

    @Inject
    Pipeline pipeline;

    @Inject
    TestStore tables;

    private final String did = Names.did();
    private final JetstreamLines lines = new JetstreamLines();
    private final long end = Instant.now().getEpochSecond();
    private final long start = end - 60 * DAY;

    @BeforeEach
    void startAfresh() {
        tables.empty();
    }

    @Test
    void whoLeavesThoseThatDoNotReturnAFollowIsListed() {
        followsVanish();
        standing().body("verdicts.find { it.practice == 'follow-churn' }.standing", is("likely"));
    }

    @Test
    void aSuspensionThatTakesTheFollowsAlongAndIsLiftedAccusesNobody() {
        lines.account(did, false, at(start + 21 * DAY));
        followsVanish();
        lines.account(did, true, at(end - 2 * DAY));
        assertNothingIsHeld();
    }

    @Test
    void aDeletionFollowedByTheRemovalOfRecordsAccusesNobody() {
        lines.account(did, false, at(start + 21 * DAY));
        followsVanish();
        assertNothingIsHeld();
    }

    /** 300 follows in 20 days, a third of them returned; the others end some three weeks after each was made. */
    private void followsVanish() {
        String watched = Names.did();
        for (long second = start - DAY; second <= end; second += 3_600) {
            lines.activity(watched, at(second));
        }
        for (int i = 0; i < 300; i++) {
            long second = start + i * 20 * DAY / 300;
            String target = Names.did();
            lines.activity(target, at(second + DAY));
            lines.activity(target, at(second + 4 * DAY));
            String key = lines.follow(did, target, at(second));
            if (i % 3 == 0) {
                lines.follow(target, did, at(second + 3_600));
            } else {
                lines.unfollow(did, key, at(second + 22 * DAY + i * 400L));
            }
        }
    }

    private void assertNothingIsHeld() {
        standing().body("verdicts.find { it.practice == 'follow-churn' }.standing", is(oneOf("unknown", "not-found")));
    }

    private ValidatableResponse standing() {
        pipeline.send(lines).statusCode(200);
        pipeline.judgeAndPublish();
        return Api.call().get("/v1/accounts/bluesky/" + did).then().statusCode(200);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
