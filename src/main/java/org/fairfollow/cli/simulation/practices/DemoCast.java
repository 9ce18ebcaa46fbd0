package org.fairfollow.cli.simulation.practices;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fairfollow.account.Network;
import org.fairfollow.cli.simulation.Simulation;
import org.fairfollow.cli.simulation.Strangers;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.jspecify.annotations.Nullable;

/**
 * For each practice some who practise it and some who look alike, to be met in the demo beside the population: the stream of
 * their followers, and what observers told and measured of them. The same world gives the same bytes.
 */
public final class DemoCast {
    /** What is drawn: which of the invented accounts of a kind. */
    private record Part(String kind, int account) {}

    /** Chosen so that every standing is there, and for each practice somebody innocent who looks alike. */
    private static final List<List<Part>> MEMBERS = List.of(
            // Much is known of this one: what each of the charts shows of somebody.
            List.of(new Part("buyer", 10), new Part("auto-dmer", 1), new Part("promoter", 0)),
            List.of(new Part("buyer", 12)),
            List.of(new Part("starter-pack-listed", 6)),
            List.of(new Part("viral", 0)),
            List.of(new Part("auto-dmer", 0)),
            List.of(new Part("pasting-greeter", 6)),
            List.of(new Part("manual-greeter", 0)),
            List.of(new Part("auto-follow-backer", 1)),
            List.of(new Part("batch-follow-backer", 2)),
            List.of(new Part("batch-follow-backer", 4)),
            List.of(new Part("social-butterfly", 1)),
            List.of(new Part("shaming-app-user", 1)),
            List.of(new Part("shaming-app-user", 3)),
            List.of(new Part("sharer-of-app-posts", 0)),
            List.of(new Part("promoter", 1)),
            List.of(new Part("shop-by-hand", 0)),
            List.of(new Part("broadcaster", 2)),
            List.of(new Part("broadcaster", 1)),
            List.of(new Part("chatty-person", 0)));

    /** Somebody of the cast, by what is the first thing to be known of them. */
    public record Member(String did, String kind) {}

    private static final JsonMapper JSON = new JsonMapper();

    private final Strangers strangers;
    /** From the simulated 90 days to those that end with the world. */
    private final long shift;

    private final StringWriter observations = new StringWriter();
    private int met = MEMBERS.size();

    private DemoCast(Simulation world) {
        this.strangers = new Strangers(world);
        this.shift = world.end().getEpochSecond() - Period.TO;
    }

    /** Writes what is known of them, one JSON a line. */
    public static void write(Simulation world, Path file) throws IOException {
        DemoCast cast = new DemoCast(world);
        for (int member = 0; member < MEMBERS.size(); member++) {
            cast.strangers.lives(member);
            for (Part part : MEMBERS.get(member)) {
                cast.tell(member, story(world, part));
            }
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            cast.strangers.write(out);
            out.append(cast.observations.getBuffer());
        }
    }

    /** Who they are in this world, in a fixed order. */
    public static List<Member> members(Simulation world) {
        Strangers strangers = new Strangers(world);
        return IntStream.range(0, MEMBERS.size())
                .mapToObj(member -> new Member(
                        strangers.did(member), MEMBERS.get(member).getFirst().kind()))
                .toList();
    }

    private static Story story(Simulation world, Part part) {
        return Kinds.ALL.stream()
                .filter(kind -> kind.id().equals(part.kind()))
                .findFirst()
                .orElseThrow()
                .draw(world.seed(), part.account());
    }

    private void tell(int member, Story story) throws IOException {
        if (story.followers() != null) {
            tellFollows(member, story, story.followers());
        }
        tellObservations(member, story.told());
    }

    private void tellFollows(int member, Story story, Followers followers) throws IOException {
        Map<Integer, Integer> known = new HashMap<>();
        for (Followers.Follower one : followers.inOrder()) {
            int follower = met++;
            known.put(one.number(), follower);
            strangers.follows(follower, member, shifted(new Span(one.from(), one.left())));
        }
        for (Arrival arrival : followers.arrivals(Period.TO).newest()) {
            Counters seen = arrival.counters();
            if (seen != null) {
                int follower = Objects.requireNonNull(known.get(arrival.follower()));
                line(
                        follower,
                        "profile-counters",
                        Notebook.OPERATOR,
                        arrival.span().from(),
                        counters(seen));
            }
        }
        for (FollowEpisode follow : story.follows()) {
            Integer follower = known.get(follow.target());
            int target = follower == null ? met++ : follower;
            strangers.follows(member, target, shifted(follow.span()));
            if (follower == null) {
                known.put(follow.target(), target);
                Objects.requireNonNull(story.targets().get(follow.target()))
                        .followedBack()
                        .forEach(back -> strangers.follows(target, member, shifted(back)));
            }
        }
    }

    private void tellObservations(int member, Observations told) throws IOException {
        for (ProfileCounters profile : told.profiles()) {
            ObjectNode line = bare(profile.counters());
            count(line, "followers", profile.followers());
            count(line, "following", profile.following());
            count(line, "posts", profile.posts());
            line(member, "profile-counters", profile, line);
        }
        for (MessageTold message : told.messages()) {
            ObjectNode line = JSON.createObjectNode();
            ObjectNode marks = line.putObject("message");
            marks.put("fingerprint", message.fingerprint());
            message.bands().forEach(marks.withArray("bands")::add);
            marks.put("kind", id(message.kind()));
            marks.put("delaySeconds", message.delaySeconds());
            marks.put("hasLink", message.hasLink());
            line(member, "message", message, line);
        }
        for (FollowerSample sample : told.followerSamples()) {
            ObjectNode line = JSON.createObjectNode().put("total", sample.total());
            sample.followers().forEach(follower -> line.withArray("followers")
                    .add(bare(follower.counters()).put("rank", follower.rank())));
            line(member, "follower-sample", sample, line);
        }
        for (PostSample sample : told.postSamples()) {
            line(member, "post-sample", sample, posts(sample));
        }
        for (OwnerStatement statement : told.statements()) {
            line(member, "owner-statement", statement, JSON.createObjectNode().put("claim", id(statement.claim())));
        }
    }

    private ObjectNode posts(PostSample sample) {
        ObjectNode line = JSON.createObjectNode();
        line.putArray("posts");
        for (Observation.SampledPost post : sample.posts()) {
            ObjectNode one = line.withArray("posts").addObject();
            one.put("time", time(post.at()));
            one.put("template", post.template());
            one.put("kind", id(post.kind()));
            one.put("hasLink", post.hasLink());
            one.put("promotional", post.promotional());
            one.putArray("hits");
            post.hits().forEach(one.withArray("hits")::add);
        }
        List<Observation.Question> questions = sample.questions();
        if (questions != null) {
            line.putArray("questions");
            for (Observation.Question question : questions) {
                ObjectNode one = line.withArray("questions").addObject();
                one.put("time", time(question.at()));
                one.put("asker", question.asker());
                one.put("answeredAt", timeOrNull(question.answeredAt()));
            }
        }
        return line;
    }

    private void line(int account, String kind, Observation fact, ObjectNode rest) throws IOException {
        if (isTold(fact.at())) {
            line(account, kind, fact.observer(), fact.at(), rest);
        }
    }

    private void line(int account, String kind, String observer, long at, ObjectNode rest) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("kind", kind);
        line.putObject("account").put("network", Network.BLUESKY.id()).put("name", strangers.did(account));
        line.put("time", time(at)).put("observer", observer).setAll(rest);
        observations.append(JSON.writeValueAsString(line)).append('\n');
    }

    /** What happens after the end of the world nobody knows. */
    private static boolean isTold(long at) {
        return at < Period.TO;
    }

    /** As a profile's own page shows them. */
    private ObjectNode counters(Counters seen) {
        ObjectNode line = bare(seen);
        count(line, "followers", exact(seen.followers()));
        count(line, "following", exact(seen.following()));
        count(line, "posts", exact(seen.posts()));
        return line;
    }

    /** As a list of followers shows them. */
    private ObjectNode bare(Counters seen) {
        return JSON.createObjectNode()
                .put("followers", seen.followers())
                .put("following", seen.following())
                .put("posts", seen.posts())
                .put("createdAt", timeOrNull(seen.createdAt()))
                .put("hasAvatar", seen.hasAvatar())
                .put("bioLength", seen.bioLength())
                .put("lastPostAt", timeOrNull(seen.lastPostAt()));
    }

    private static @Nullable Count exact(@Nullable Long count) {
        return count == null ? null : new Count(count, true);
    }

    private static void count(ObjectNode line, String field, @Nullable Count count) {
        line.remove(field);
        if (count != null) {
            line.putObject(field).put("count", count.count()).put("exact", count.exact());
        }
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Span shifted(Span span) {
        return new Span(span.from() + shift, span.to() == Span.OPEN ? Span.OPEN : span.to() + shift);
    }

    private @Nullable String timeOrNull(@Nullable Long second) {
        return second == null ? null : time(second);
    }

    /** Nothing is older than the network. */
    private String time(long second) {
        return Instant.ofEpochSecond(Math.max(Network.BLUESKY.since(), second + shift))
                .toString();
    }
}
