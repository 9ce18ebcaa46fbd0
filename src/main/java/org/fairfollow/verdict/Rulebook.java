package org.fairfollow.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Practice;

/**
 * All that decides a verdict beside the evidence, in bytes that are always the same for the same rules: what a release
 * commits to by their hash. Code is committed to by the detectors' versions, see {@code docs/recompute.md}.
 */
public final class Rulebook {
    public static final String FORMAT = "fairfollow-rulebook/1";

    /**
     * Files that rules read, and those by which evidence is made of texts before they see it. A file that is missing here
     * could change verdicts unseen, so a test holds this list to the folders.
     */
    private static final List<String> FILES = List.of(
            "org/fairfollow/detection/followers/authenticity.json",
            "org/fairfollow/evidence/text/greetings.txt",
            "org/fairfollow/evidence/text/promotions.txt",
            "org/fairfollow/evidence/text/stock-phrases.txt",
            "org/fairfollow/evidence/text/threats.txt",
            "org/fairfollow/evidence/text/unfollow-patterns.csv");

    private static final JsonMapper JSON = new JsonMapper();

    private static final byte[] BYTES = bytes(Detectors.all(), Rulebook::resource);
    private static final String SHA256 = sha256(BYTES);

    private Rulebook() {}

    /** The rules of this build as JSON in UTF-8; a copy. */
    public static byte[] bytes() {
        return BYTES.clone();
    }

    /** SHA-256 of {@link #bytes()}: 64 hex digits, lower case. */
    public static String sha256() {
        return SHA256;
    }

    /** Of any bytes, in the same form. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private record Content(String format, PolicyRules policy, List<Rule> detectors, Map<String, String> files) {}

    private record Rule(Practice practice, String detector, boolean seenByRecipientsAlone, Record thresholds) {}

    /**
     * What the policy makes of each opinion.
     *
     * @param measured where something was measured
     * @param told where people told all of it
     * @param seenByRecipientsAlone where people told all of it, of what nobody else can see
     */
    private record PolicyRules(
            long lapseSeconds,
            Map<Opinion, Standing> measured,
            Map<Opinion, Standing> told,
            Map<Opinion, Standing> seenByRecipientsAlone) {

        /** Asked of the policy itself, so that it cannot say other than what is done. */
        static PolicyRules asked() {
            return new PolicyRules(
                    Ledger.LAPSE_SECONDS,
                    standings(Practice.FOLLOW_CHURN, new Sources(1, 0)),
                    standings(Practice.FOLLOW_CHURN, new Sources(0, 1)),
                    standings(Practice.AUTO_DM, new Sources(0, 1)));
        }

        private static Map<Opinion, Standing> standings(Practice practice, Sources sources) {
            Map<Opinion, Standing> standings = new EnumMap<>(Opinion.class);
            for (Opinion opinion : Opinion.values()) {
                Finding finding = new Finding(
                        practice, "", opinion, false, "", List.of(), List.of(), null, List.of(), List.of(), sources,
                        List.of(), 0, 0);
                standings.put(opinion, Policy.standing(finding));
            }
            return standings;
        }
    }

    static byte[] bytes(List<Detector> detectors, Function<String, byte[]> resource) {
        List<Rule> rules = detectors.stream()
                .map(detector -> new Rule(
                        detector.practice(),
                        detector.version(),
                        detector.practice().isSeenByRecipientsAlone(),
                        detector.thresholds()))
                .toList();
        Map<String, String> files = new TreeMap<>();
        FILES.forEach(file -> files.put(file, sha256(resource.apply(file))));
        try {
            return JSON.writeValueAsBytes(new Content(FORMAT, PolicyRules.asked(), rules, files));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> files() {
        return FILES;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Rulebook.class.getResourceAsStream("/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
