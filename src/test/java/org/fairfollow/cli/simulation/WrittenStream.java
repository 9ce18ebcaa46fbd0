package org.fairfollow.cli.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;

/** Reads a stream of events back, knowing nothing of the simulation but which DID has which number. */
final class WrittenStream {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> numbers;
    private final Map<String, Edge> openEdges = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Integer, Set<Integer>> activeDays = new HashMap<>();
    private final Map<Integer, List<Span>> gone = new HashMap<>();

    private record Edge(String collection, int actor, int subject, Span span) {}

    WrittenStream(Map<String, Integer> numbers) {
        this.numbers = numbers;
    }

    static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    void read(JsonNode event) {
        long second = event.get("time_us").asLong() / 1_000_000;
        int actor = numbers.get(event.get("did").asText());
        switch (event.get("kind").asText()) {
            case "commit" -> readCommit(event.get("commit"), actor, second);
            case "account" -> readAccount(event.get("account"), actor, second);
            default -> {}
        }
    }

    private void readCommit(JsonNode commit, int actor, long second) {
        String collection = commit.get("collection").asText();
        if (collection.startsWith("app.bsky.feed.")) {
            activeDays.computeIfAbsent(actor, unknown -> new TreeSet<>()).add(Math.toIntExact(second / 86_400));
            return;
        }
        String key = actor + " " + collection + " " + commit.get("rkey").asText();
        if (commit.get("operation").asText().equals("create")) {
            int subject = numbers.get(commit.at("/record/subject").asText());
            openEdges.put(key, new Edge(collection, actor, subject, new Span(second, Span.OPEN)));
        } else {
            Edge edge = openEdges.remove(key);
            if (edge != null) {
                edges.add(new Edge(collection, actor, edge.subject, new Span(edge.span.from(), second)));
            }
        }
    }

    private void readAccount(JsonNode account, int actor, long second) {
        List<Span> absences = gone.computeIfAbsent(actor, unknown -> new ArrayList<>());
        if (!account.get("active").asBoolean()) {
            absences.add(new Span(second, Span.OPEN));
        } else if (!absences.isEmpty()) {
            absences.add(new Span(absences.removeLast().from(), second));
        }
    }

    List<FollowEpisode> follows(int account) {
        return all().filter(edge -> edge.actor == account && edge.collection.endsWith("follow"))
                .map(edge -> new FollowEpisode(edge.subject, edge.span))
                .sorted(Comparator.<FollowEpisode>comparingLong(
                                follow -> follow.span().from())
                        .thenComparingInt(FollowEpisode::target))
                .toList();
    }

    Map<Integer, Target> targets(int account) {
        Map<Integer, List<Span>> followedBack = new HashMap<>();
        Map<Integer, List<Span>> blocked = new HashMap<>();
        all().filter(edge -> edge.actor == account || edge.subject == account).forEach(edge -> {
            boolean follow = edge.collection.endsWith("follow");
            if (!follow || edge.subject == account) {
                int other = edge.actor == account ? edge.subject : edge.actor;
                (follow ? followedBack : blocked)
                        .computeIfAbsent(other, unknown -> new ArrayList<>())
                        .add(edge.span);
            }
        });
        Map<Integer, Target> targets = new HashMap<>();
        for (FollowEpisode follow : follows(account)) {
            int target = follow.target();
            targets.put(
                    target,
                    new Target(
                            sorted(followedBack.getOrDefault(target, List.of())),
                            List.copyOf(activeDays.getOrDefault(target, new TreeSet<>())),
                            gone.getOrDefault(target, List.of()),
                            sorted(blocked.getOrDefault(target, List.of()))));
        }
        return targets;
    }

    private Stream<Edge> all() {
        return Stream.concat(edges.stream(), openEdges.values().stream());
    }

    private static List<Span> sorted(List<Span> spans) {
        return spans.stream().sorted(Comparator.comparingLong(Span::from)).toList();
    }
}
