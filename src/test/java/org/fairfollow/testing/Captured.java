package org.fairfollow.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.Network;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observations;

/** A capture as lines to be sent in by the operator's door, for an account that nobody knows yet. */
public final class Captured {
    private static final long DAY = 86_400;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final JsonNode capture;
    private final String did = Names.did();
    private final byte[] lines;
    /** On Bluesky where a stream tells of it, else on X: its accounts may be older. */
    private AccountName account;

    public Captured(String practice, String name) throws Exception {
        capture = JSON.readTree(Project.read("src/test/resources/captures/%s/%s.json".formatted(practice, name)));
        account = Network.X.nativeId(
                String.valueOf(900_000_000_000L + ThreadLocalRandom.current().nextInt(1_000_000)));
        lines = bytes(lines(JSON.treeToValue(capture.get("dossier"), Dossier.class)));
    }

    public JsonNode finding() {
        return capture.get("finding");
    }

    public AccountName account() {
        return account;
    }

    public byte[] lines() {
        return lines;
    }

    /** Where the service tells of the account. */
    public String path() {
        String id = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(account.value().getBytes(StandardCharsets.UTF_8));
        return "/v1/accounts/" + account.network().id() + "/id:" + id;
    }

    public static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The evidence as its senders would send it, moved by whole days so that it ends today. */
    private List<String> lines(Dossier dossier) throws Exception {
        long moved = Math.floorDiv(Instant.now().getEpochSecond() - dossier.asOf(), DAY) * DAY;
        if (!dossier.arrivals().newest().isEmpty()
                && dossier.observations().followerSamples().isEmpty()) {
            account = Network.BLUESKY.nativeId(did);
        }
        List<String> lines = new ArrayList<>();
        Observations told = dossier.observations();
        Stream.of(told.profiles(), told.messages(), told.followerSamples(), told.postSamples(), told.statements())
                .flatMap(List::stream)
                .forEach(fact -> lines.add(moved(Told.line(account, fact), moved)));
        lines.addAll(streamed(dossier, moved));
        return lines;
    }

    private List<String> streamed(Dossier dossier, long moved) throws Exception {
        JetstreamLines lines = new JetstreamLines();
        List<Arrival> arrivals = dossier.arrivals().newest();
        if (arrivals.isEmpty()) {
            return List.of();
        }
        String watched = Names.did();
        long from = arrivals.stream()
                        .mapToLong(arrival -> arrival.span().from())
                        .min()
                        .orElseThrow()
                - 20 * DAY;
        for (long at = from; at <= dossier.asOf(); at += 3_600) {
            lines.activity(watched, at(at + moved));
        }
        Map<Integer, String> dids = new HashMap<>();
        for (Arrival arrival : arrivals) {
            String follower = dids.computeIfAbsent(arrival.follower(), number -> Names.did());
            lines.follow(follower, did, at(arrival.span().from() + moved));
            arrival.activeDays().forEach(day -> lines.activity(follower, at(day * DAY + moved)));
            if (arrival.counters() != null) {
                lines.add(Told.line(Network.BLUESKY.parse(follower), profile(arrival, moved)));
            }
        }
        for (FollowEpisode follow : dossier.follows()) {
            String target = dids.computeIfAbsent(follow.target(), number -> Names.did());
            lines.follow(did, target, at(follow.span().from() + moved));
        }
        return lines.list();
    }

    private static ProfileCounters profile(Arrival arrival, long moved) {
        Counters counters = arrival.counters();
        long at = arrival.span().from() + moved;
        return new ProfileCounters(
                at,
                "measuring",
                true,
                count(counters.followers()),
                count(counters.following()),
                count(counters.posts()),
                counters.createdAt() == null ? null : Long.valueOf(Math.min(at, counters.createdAt() + moved)),
                counters.hasAvatar(),
                counters.bioLength(),
                counters.lastPostAt() == null ? null : Long.valueOf(Math.min(at, counters.lastPostAt() + moved)));
    }

    private static Count count(Long value) {
        return value == null ? null : new Count(value, true);
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    /** Every time in the line, later by so many seconds. */
    private static String moved(String line, long seconds) {
        return Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)\"")
                .matcher(line)
                .replaceAll(time -> "\"" + Instant.parse(time.group(1)).plusSeconds(seconds) + "\"");
    }
}
