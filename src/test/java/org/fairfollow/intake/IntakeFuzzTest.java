package org.fairfollow.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.Detectors;
import org.fairfollow.evidence.Arrivals;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Evidence;
import org.fairfollow.evidence.Observation;
import org.fairfollow.http.Body;
import org.fairfollow.intake.bluesky.JetstreamEvents;
import org.fairfollow.reporter.Hearsay;
import org.fairfollow.testing.Fuzz;

/**
 * Bytes from outside: whatever they are, a line becomes evidence, nothing, or a refusal. {@code ./test} runs the seeds below
 * src/test/resources and some thousand mutations of each; {@code JAZZER_FUZZ=1 mvn test -Dtest=IntakeFuzzTest#…} searches on.
 */
class IntakeFuzzTest {
    private static final long NOW = 1_795_000_000;

    @FuzzTest
    void jetstream(byte[] line) {
        Fuzz.around(line, IntakeFuzzTest::readEvent);
    }

    @FuzzTest
    void observations(byte[] line) {
        Fuzz.around(line, IntakeFuzzTest::readObservation);
    }

    @FuzzTest
    void told(byte[] body) {
        Fuzz.around(body, IntakeFuzzTest::readTold);
    }

    @FuzzTest
    void lines(byte[] stream) {
        Fuzz.around(stream, IntakeFuzzTest::splitLines);
    }

    private static void readEvent(byte[] line) {
        try {
            Evidence evidence = JetstreamEvents.read(line, line.length).toEvidence(NOW);
            assertThat(evidence == null || evidence.seenAt() <= NOW + 300).isTrue();
        } catch (Refused e) {
            assertIsCode(e);
        }
    }

    private static void readObservation(byte[] line) {
        try {
            Evidence evidence = Observations.read(line, line.length, NOW);
            assertThat(evidence).isNotNull();
            if (evidence instanceof Evidence.Observed observed) {
                Dossier dossier = dossier(observed.fact());
                Detectors.all()
                        .forEach(detector -> assertThat(detector.judge(dossier)).isNotNull());
            }
        } catch (Refused e) {
            assertIsCode(e);
        }
    }

    private static void readTold(byte[] body) {
        List<JsonNode> items;
        try {
            items = Body.read(new ByteArrayInputStream(body), ObservationsResource.Told.class)
                    .observations();
        } catch (HttpProblem e) {
            assertThat(e.getStatusCode()).isEqualTo(400);
            return;
        }
        for (JsonNode item : items == null ? List.<JsonNode>of() : items) {
            try {
                Hearsay.Fact fact = ToldObservations.read(item, NOW);
                assertThat(fact.toldAt()).isBetween(NOW - 48 * 3_600, NOW + 300);
                assertThat(fact.account().key()).hasSizeLessThan(2_100);
                assertThat(fact.counters() == null || !fact.counters().measured())
                        .isTrue();
            } catch (Refused e) {
                assertIsCode(e);
            }
        }
    }

    /** Of this fact alone, as if it had been loaded. */
    private static Dossier dossier(Observation fact) {
        return new Dossier(
                NOW,
                List.of(),
                Map.of(),
                new Coverage(List.of(), 0, 0, 0, 0),
                Arrivals.NONE,
                new org.fairfollow.evidence.Observations(
                        only(fact, Observation.ProfileCounters.class),
                        List.of(),
                        only(fact, Observation.MessageTold.class),
                        only(fact, Observation.FollowerSample.class),
                        only(fact, Observation.PostSample.class),
                        only(fact, Observation.OwnerStatement.class),
                        Map.of()));
    }

    private static <T> List<T> only(Observation fact, Class<T> kind) {
        return kind.isInstance(fact) ? List.of(kind.cast(fact)) : List.of();
    }

    private static void splitLines(byte[] stream) {
        try {
            Lines lines = new Lines(new ByteArrayInputStream(stream));
            int total = 0;
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                byte[] content = Arrays.copyOf(line.bytes(), line.length());
                assertThat(content).doesNotContain('\n');
                total += line.length() + 1;
            }
            assertThat(total).as("no byte is lost").isBetween(stream.length, stream.length + 1);
        } catch (IOException e) {
            throw new AssertionError("an array does not fail", e);
        }
    }

    private static void assertIsCode(Refused e) {
        assertThat(e.code()).matches("[a-z]+(-[a-z]+)*");
    }
}
