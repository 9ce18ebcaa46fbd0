package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.fairfollow.testing.Api;
import org.fairfollow.testing.Deployed;
import org.fairfollow.testing.TraceReceiver;
import org.junit.jupiter.api.Test;

/** What leaves the service by way of traces, also where libraries were told to trace. */
@QuarkusTest
@TestProfile(Deployed.class)
class TracingApiTest {
    TraceReceiver.Received received;

    @Test
    void aTraceHasTheRouteAndNeitherWhoWasAskedForNorWhoAsked() throws InterruptedException {
        Api.unknownCall()
                .header("User-Agent", "secret-agent")
                .header("X-Forwarded-For", "203.0.113.77")
                .header("traceparent", "00-5ec7e75ec7e75ec7e75ec7e75ec7e75e-5ec7e75ec7e75ec7-01")
                .header("tracestate", "secret=secret-state")
                .get("/v1/accounts/bluesky/secret.example?why=secret-query");
        Api.unknownCall().get("/secret-path");
        Api.unknownCall().get("/broken/EXCEPTION/secret-failure");
        Api.unknownCall().request("OPTIONS", "/v1/accounts/bluesky/secret-preflight.example");
        Api.call().get("/v1/practices");

        String traced = received.until("/v1/practices");

        assertThat(traced)
                .contains("GET /v1/accounts/{network}/{name}", "GET /broken/{way}/{name}", "GET other", "fairfollow")
                .doesNotContain("secret", "203.0.113.77", "127.0.0.1", "Exception");
        // The trace id of the caller, in the bytes it would have on the wire.
        assertThat(traced).doesNotContain(new String(new char[] {0x5e, 0xc7, 0xe7, 0x5e, 0xc7, 0xe7}));
    }
}
