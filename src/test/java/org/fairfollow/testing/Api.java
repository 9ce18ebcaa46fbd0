package org.fairfollow.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.ObjectMapperConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.params.HttpParams;

/** Calls of the service, each held to openapi.yaml. */
public final class Api {
    public static final String OPERATOR_TOKEN = "ffo_the-operators-token-in-tests";
    public static final String NDJSON = "application/x-ndjson";

    private static final ObjectMapper JSON = new ObjectMapper();
    // A client and a mapper made from nothing each look through the whole class path.
    private static final HttpParams CLIENT = new DefaultHttpClient().getParams();
    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs(NDJSON, ContentType.TEXT))
            .httpClient(
                    HttpClientConfig.httpClientConfig().httpClientFactory(() -> new DefaultHttpClient(CLIENT.copy())))
            .objectMapperConfig(
                    ObjectMapperConfig.objectMapperConfig().jackson2ObjectMapperFactory((type, charset) -> JSON));
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

    /** The answer's body. REST Assured's own paths compile a script each time: too slow for what is read a thousand times. */
    public static JsonNode json(Response answer) {
        try {
            return JSON.readTree(answer.asByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestSpecification plain() {
        return RestAssured.given().config(CONFIG);
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
