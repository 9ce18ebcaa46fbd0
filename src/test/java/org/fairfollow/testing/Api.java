package org.fairfollow.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;

/** Calls of the service, each held to openapi.yaml. */
public final class Api {
    public static final String OPERATOR_TOKEN = "ffo_the-operators-token-in-tests";
    public static final String NDJSON = "application/x-ndjson";

    private static final OpenApiValidationFilter BOTH = filter(ValidationReport.Level.ERROR);
    private static final OpenApiValidationFilter ANSWER = filter(ValidationReport.Level.IGNORE);

    private Api() {}

    /** A call as a client would make it: request and answer must be what the contract says. */
    public static RequestSpecification call() {
        return plain().filter(BOTH);
    }

    /** A call that is wrong on purpose: only the answer must be what the contract says. */
    public static RequestSpecification wrongCall() {
        return plain().filter(ANSWER);
    }

    /** A call no contract knows: paths and methods that do not exist. */
    public static RequestSpecification unknownCall() {
        return plain();
    }

    public static RequestSpecification asOperator() {
        return call().header("Authorization", "Bearer " + OPERATOR_TOKEN);
    }

    private static RequestSpecification plain() {
        EncoderConfig asGiven = EncoderConfig.encoderConfig()
                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                .encodeContentTypeAs(NDJSON, io.restassured.http.ContentType.TEXT);
        return RestAssured.given().config(RestAssuredConfig.config().encoderConfig(asGiven));
    }

    private static OpenApiValidationFilter filter(ValidationReport.Level requests) {
        LevelResolver levels =
                LevelResolver.create().withLevel("validation.request", requests).build();
        return new OpenApiValidationFilter(OpenApiInteractionValidator.createFor(
                        Project.folder().resolve("openapi.yaml").toUri().toString())
                .withLevelResolver(levels)
                .build());
    }
}
