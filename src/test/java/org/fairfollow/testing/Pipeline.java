package org.fairfollow.testing;

import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.fairfollow.publication.Publisher;
import org.fairfollow.verdict.Assessor;

/** From lines to what is published, as the schedules would do it. */
@ApplicationScoped
public class Pipeline {
    private final Assessor assessor;
    private final Publisher publisher;

    Pipeline(Assessor assessor, Publisher publisher) {
        this.assessor = assessor;
        this.publisher = publisher;
    }

    /** Sends the lines to the operator's door. */
    public ValidatableResponse send(JetstreamLines lines) {
        return send(lines.bytes());
    }

    public ValidatableResponse send(byte[] body) {
        return Api.asOperator()
                .contentType(Api.NDJSON)
                .body(body)
                .post("/v1/imports")
                .then();
    }

    public void judgeAndPublish() {
        while (assessor.judgeDue(Duration.ZERO) > 0) {
            // Until nobody is due.
        }
        publisher.publish();
    }
}
