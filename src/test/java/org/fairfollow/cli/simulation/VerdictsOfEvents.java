package org.fairfollow.cli.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Reason;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.followchurn.FollowChurnDetector;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Span;
import org.fairfollow.verdict.Outcome;
import org.fairfollow.verdict.Standing;

/**
 * Compares what a service holds of a simulated population, whose events it was given, with what {@code evaluate --simulate} makes of
 * the same population in memory, without events, door or database: follow-churn, account by account.
 *
 * <pre>VerdictsOfEvents URL ACCOUNTS DAYS SEED END</pre>
 *
 * <p>Ends with 1 when one of them lists somebody whom the other does not.
 */
final class VerdictsOfEvents {
    private static final String PRACTICE = Practice.FOLLOW_CHURN.id();
    private static final int ACCOUNTS_A_CALL = 100;
    private static final int DIFFERENCES_SHOWN = 20;
    /** The service learns what was lost from the unfollows of everybody, the evaluation from those of the account alone. */
    private static final String OF_EVERYBODY = "coverage";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Population population;
    private final Detector detector = new FollowChurnDetector();

    VerdictsOfEvents(Population population) {
        this.population = population;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        URI lookups = URI.create(arguments[0] + "/v1/lookups");
        long end = Instant.parse(arguments[4]).getEpochSecond();
        Span period = new Span(end - Integer.parseInt(arguments[2]) * Visits.DAY, end);
        long seed = Long.parseLong(arguments[3]);
        Population population = Population.mixed(Integer.parseInt(arguments[1]), period, seed);
        Names names = new Names(population.size(), seed);
        VerdictsOfEvents comparison = new VerdictsOfEvents(population);
        List<Compared> compared = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int from = 0; from < population.judged(); from += ACCOUNTS_A_CALL) {
                int first = from;
                int to = Math.min(population.judged(), from + ACCOUNTS_A_CALL);
                List<JsonNode> results = lookUp(
                        http,
                        lookups,
                        IntStream.range(first, to).mapToObj(names::did).toList());
                compared.addAll(IntStream.range(first, to)
                        .parallel()
                        .mapToObj(account -> comparison.compare(account, results.get(account - first)))
                        .toList());
            }
        }
        System.out.print(table(compared));
        List<Compared> different =
                compared.stream().filter(one -> !one.isSame()).toList();
        different.stream().limit(DIFFERENCES_SHOWN).forEach(System.out::println);
        long listings = compared.stream().filter(Compared::isListedByOneAlone).count();
        long standings =
                compared.stream().filter(one -> one.events != one.memory).count();
        System.out.printf(
                "%,d accounts: %,d listed by one alone, %,d of another standing, %,d of other numbers%n",
                compared.size(), listings, standings, different.size() - standings);
        System.exit(listings == 0 ? 0 : 1);
    }

    private static List<JsonNode> lookUp(HttpClient http, URI lookups, List<String> dids)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode accounts = body.putArray("accounts");
        dids.forEach(did -> accounts.addObject().put("network", "bluesky").put("name", did));
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(lookups)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("look-ups were answered with " + answer.statusCode());
        }
        return List.copyOf(
                StreamSupport.stream(JSON.readTree(answer.body()).get("results").spliterator(), false)
                        .toList());
    }

    /**
     * One account.
     *
     * @param memory what the evaluation makes of it, as of the second of which the service judged it
     * @param numbers the numbers that differ, by reason; of the events first
     */
    record Compared(int account, Agent agent, Standing events, Standing memory, Map<String, String> numbers) {
        boolean isSame() {
            return events == memory && numbers.isEmpty();
        }

        boolean isListedByOneAlone() {
            return events.isListed() != memory.isListed();
        }
    }

    /** @param result of a look-up of the account */
    Compared compare(int account, JsonNode result) {
        JsonNode verdict = StreamSupport.stream(result.path("verdicts").spliterator(), false)
                .filter(one -> one.path("practice").asText().equals(PRACTICE))
                .findFirst()
                .orElse(JSON.createObjectNode());
        Standing events = standing(verdict.path("standing").asText(Standing.UNKNOWN.id()));
        long asOf = verdict.has("asOf")
                ? Instant.parse(verdict.get("asOf").asText()).getEpochSecond()
                : population.period().to();
        Outcome outcome = Outcome.of(detector, dossier(account, asOf));
        return new Compared(
                account, population.agent(account), events, outcome.standing(), numbers(verdict, outcome.finding()));
    }

    private static Standing standing(String id) {
        return Arrays.stream(Standing.values())
                .filter(standing -> standing.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Dossier dossier(int account, long asOf) {
        Dossier atTheEnd = population.history(account).dossier(population::life);
        return new Dossier(asOf, atTheEnd.follows(), atTheEnd.targets(), atTheEnd.coverage());
    }

    private static Map<String, String> numbers(JsonNode verdict, Finding finding) {
        Map<String, String> told = new TreeMap<>();
        verdict.path("reasons")
                .forEach(reason -> told.put(
                        reason.get("code").asText(),
                        "%s of %d"
                                .formatted(
                                        reason.get("value").asDouble(),
                                        reason.get("n").asLong())));
        Map<String, String> own = finding.reasons().stream()
                .collect(Collectors.toMap(Reason::code, reason -> "%s of %d".formatted(reason.value(), reason.n())));
        Map<String, String> different = new TreeMap<>();
        own.forEach((code, number) -> {
            if (!code.equals(OF_EVERYBODY) && !number.equals(told.get(code))) {
                different.put(code, told.get(code) + ", not " + number);
            }
        });
        return different;
    }

    private static String table(List<Compared> compared) {
        StringBuilder text = new StringBuilder("In each cell: from the events, in memory.\n\n");
        List<Standing> standings = List.of(Standing.LIKELY, Standing.SIGNS, Standing.NOT_FOUND, Standing.UNKNOWN);
        Cells.row(text, "agent", "of", "likely", "signs", "not found", "unknown");
        Cells.row(text, "---", "---:", "---:", "---:", "---:", "---:");
        for (Agent agent : Agent.values()) {
            List<Compared> of =
                    compared.stream().filter(one -> one.agent == agent).toList();
            List<String> cells = new ArrayList<>(List.of(agent.id(), Cells.count(of.size())));
            for (Standing standing : standings) {
                cells.add(Cells.joined(List.of(
                        of.stream().filter(one -> one.events == standing).count(),
                        of.stream().filter(one -> one.memory == standing).count())));
            }
            Cells.row(text, cells.toArray(String[]::new));
        }
        return text.append('\n').toString();
    }
}
