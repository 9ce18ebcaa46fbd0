package org.fairfollow.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts again, straight from the lines of an event file and as naively as can be, what a statement on follow-churn says.
 * Shares no code with the service. Takes files without gaps, blocks and absences only.
 */
final class Recount {
    private static final long DAY = 86_400;

    final int follows;
    final int again;
    final int drops;
    final LocalDate first;
    final LocalDate last;
    /** Share of unreturned follows that is dropped within 28 days, Nelson–Aalen. */
    final double dropped;
    /** Drop rate of unreturned against returned follows at equal age, Mantel–Haenszel. */
    final double ratio;

    private record Follow(long at, long age, boolean dropped, long returnedAge) {}

    /**
     * @param seenUntil when the stream ended, Unix epoch seconds
     */
    Recount(List<String> lines, String did, long seenUntil) throws IOException {
        Map<String, String> targetOf = new HashMap<>();
        Map<String, Long> madeAt = new HashMap<>();
        Map<String, Long> endedAt = new HashMap<>();
        Map<String, Long> followedBackAt = new HashMap<>();
        Map<String, List<Long>> activeAt = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : lines) {
            JsonNode event = json.readTree(line);
            JsonNode commit = event.path("commit");
            String who = event.path("did").asText();
            long at = event.path("time_us").asLong() / 1_000_000;
            if (!commit.path("collection").asText().equals("app.bsky.graph.follow")) {
                if (commit.path("operation").asText().equals("create")) {
                    activeAt.computeIfAbsent(who, w -> new ArrayList<>()).add(at);
                }
                continue;
            }
            String key = commit.path("rkey").asText();
            String subject = commit.path("record").path("subject").asText();
            if (who.equals(did) && commit.path("operation").asText().equals("create")) {
                targetOf.put(key, subject);
                madeAt.put(key, at);
            } else if (who.equals(did)) {
                endedAt.put(key, at);
            } else if (subject.equals(did)) {
                followedBackAt.merge(who, at, Math::min);
            }
        }
        List<Follow> counted = new ArrayList<>();
        Set<String> known = new HashSet<>();
        int repeated = 0;
        long firstAt = Long.MAX_VALUE;
        long lastAt = 0;
        List<String> keys = new ArrayList<>(madeAt.keySet());
        keys.sort((a, b) -> Long.compare(madeAt.get(a), madeAt.get(b)));
        for (String key : keys) {
            String target = targetOf.get(key);
            long at = madeAt.get(key);
            boolean before = !known.add(target);
            boolean live = activeAt.getOrDefault(target, List.of()).stream()
                    .anyMatch(active -> Math.abs(active / DAY - at / DAY) <= 28);
            long returned = followedBackAt.getOrDefault(target, Long.MAX_VALUE);
            if (!live || returned <= at) {
                continue;
            }
            long sight = Math.min(28 * DAY, seenUntil - at);
            long ended = endedAt.containsKey(key) ? endedAt.get(key) - at : Long.MAX_VALUE;
            boolean dropped = ended < sight;
            long age = Math.min(ended, sight);
            counted.add(new Follow(at, age, dropped, returned == Long.MAX_VALUE ? returned : returned - at));
            repeated += before ? 1 : 0;
            firstAt = Math.min(firstAt, at);
            lastAt = Math.max(lastAt, dropped ? at + age : at);
        }
        follows = counted.size();
        again = repeated;
        first = Instant.ofEpochSecond(firstAt).atZone(ZoneOffset.UTC).toLocalDate();
        last = Instant.ofEpochSecond(lastAt).atZone(ZoneOffset.UTC).toLocalDate();

        double hazard = 0;
        double a = 0;
        double b = 0;
        int unreturnedDrops = 0;
        TreeSet<Long> ages = new TreeSet<>();
        counted.stream().filter(Follow::dropped).forEach(follow -> ages.add(follow.age));
        for (long age : ages) {
            double n0 = 0;
            double n1 = 0;
            double d0 = 0;
            double d1 = 0;
            for (Follow follow : counted) {
                if (follow.age < age) {
                    continue;
                }
                boolean returned = follow.returnedAge <= age;
                boolean dropsNow = follow.dropped && follow.age == age;
                n0 += returned ? 0 : 1;
                n1 += returned ? 1 : 0;
                d0 += dropsNow && !returned ? 1 : 0;
                d1 += dropsNow && returned ? 1 : 0;
            }
            hazard += d0 == 0 ? 0 : d0 / n0;
            a += d0 * n1 / (n0 + n1);
            b += d1 * n0 / (n0 + n1);
            unreturnedDrops += (int) d0;
        }
        drops = unreturnedDrops;
        dropped = 1 - Math.exp(-hazard);
        ratio = (a + .5) / (b + .5);
    }
}
