package org.fairfollow.cli.simulation.practices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fairfollow.evidence.Arrivals.Arrival;
import org.fairfollow.evidence.Arrivals.Day;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observation.SampledPost;
import org.fairfollow.evidence.Observations;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Invented accounts hold together whatever their kind, and do what is said of their kind. */
class KindsTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final long DAY = 86_400;

    @BeforeAll
    static void printSeed() {
        System.out.println("seed " + SEED);
    }

    static Stream<Kind> kinds() {
        return Kinds.ALL.stream();
    }

    @Test
    void everyKindHasItsOwnName() {
        assertThat(Kinds.ALL).extracting(Kind::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSeedDecides(Kind kind) {
        List<Dossier> some = drawn(kind, SEED);
        assertThat(drawn(kind, SEED).equals(some)).isTrue();
        assertThat(drawn(kind, SEED + 1).equals(some)).isFalse();
        assertThat(new HashSet<>(some)).as("one differs from another").hasSizeGreaterThan(1);
    }

    private static List<Dossier> drawn(Kind kind, long seed) {
        return IntStream.range(0, 6)
                .mapToObj(account -> kind.draw(seed, account).asOf(Period.TO))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsLaterThanTheLook(Kind kind) {
        for (int account = 0; account < 2; account++) {
            Story story = kind.draw(SEED, account);
            for (long look : Period.LOOKS) {
                assertNothingAfter(look, story.asOf(look));
            }
        }
    }

    @Test
    void neitherIsWhatBrigadesTell() {
        for (Brigade.Variety variety : Brigade.Variety.values()) {
            for (int number = 0; number < 5; number++) {
                Brigade brigade = Brigade.of(variety, SEED, number);
                for (long look : List.of(brigade.over() + 3_600, Period.TO)) {
                    assertNothingAfter(look, brigade.attacked().asOf(look));
                }
            }
        }
    }

    private static void assertNothingAfter(long look, Dossier dossier) {
        assertThat(dossier.asOf()).isEqualTo(look);
        Observations told = dossier.observations();
        Stream.of(
                        told.profiles(),
                        told.relations(),
                        told.messages(),
                        told.followerSamples(),
                        told.postSamples(),
                        told.statements())
                .flatMap(List::stream)
                .forEach(fact -> assertThat(fact.at()).isLessThan(look));
        assertThat(told.profiles()).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
        assertThat(told.messages()).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
        told.followerSamples().forEach(KindsTest::assertSound);
        told.postSamples().forEach(KindsTest::assertSound);
        Map<Integer, Span> arrived = new HashMap<>();
        for (Arrival arrival : dossier.arrivals().newest()) {
            assertThat(arrival.span().from()).isBetween(Period.FROM, look - 1);
            assertNotAfter(look, arrival.span());
            assertSound(arrival.counters(), arrival.span().from());
            assertThat(arrival.activeDays()).isSorted().allMatch(day -> day * DAY < look);
            assertThat(arrived.put(arrival.follower(), arrival.span())).isNull();
        }
        assertThat(dossier.arrivals().newest())
                .isSortedAccordingTo(
                        (a, b) -> Long.compare(a.span().from(), b.span().from()));
        assertThat(dossier.arrivals().days())
                .allMatch(day -> day.day() * DAY < look && day.followed() + day.unfollowed() > 0);
        assertThat(dossier.arrivals().days().stream().mapToInt(Day::followed).sum())
                .isGreaterThanOrEqualTo(dossier.arrivals().newest().size());
        for (FollowEpisode follow : dossier.follows()) {
            assertThat(follow.span().from()).isLessThan(look);
            assertNotAfter(look, follow.span());
            Target target = dossier.targets().get(follow.target());
            target.followedBack().forEach(back -> assertNotAfter(look, back));
            Span arrival = arrived.get(follow.target());
            if (arrival != null) {
                assertThat(target.followedBack()).containsExactly(arrival);
            }
        }
        dossier.coverage().spans().forEach(span -> assertThat(span.to()).isLessThanOrEqualTo(look));
    }

    private static void assertNotAfter(long look, Span span) {
        assertThat(span.to() == Span.OPEN || span.to() < look).isTrue();
    }

    private static void assertSound(FollowerSample sample) {
        assertThat(sample.followers())
                .extracting(SampledFollower::rank)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(sample.followers().getFirst().rank()).isPositive();
        assertThat((long) sample.followers().getLast().rank()).isLessThanOrEqualTo(sample.total());
        sample.followers().forEach(follower -> assertSound(follower.counters(), sample.at()));
    }

    private static void assertSound(Counters counters, long at) {
        if (counters != null) {
            assertThat(counters.createdAt()).isLessThan(at);
            assertThat(counters.following()).isPositive();
            assertThat(counters.lastPostAt() == null
                            || (counters.createdAt() <= counters.lastPostAt() && counters.lastPostAt() <= at))
                    .isTrue();
        }
    }

    private static void assertSound(PostSample sample) {
        assertThat(sample.posts()).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
        assertThat(sample.posts())
                .allMatch(post -> post.at() <= sample.at() && post.template().length() == 16);
        assertThat(sample.posts()).hasSizeLessThanOrEqualTo(1_000);
        if (sample.questions() != null) {
            assertThat(sample.questions())
                    .hasSizeLessThanOrEqualTo(1_000)
                    .isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()))
                    .allMatch(question -> question.asker().length() == 16
                            && question.at() < sample.at()
                            && (question.answeredAt() == null
                                    || (question.at() < question.answeredAt() && question.answeredAt() < sample.at())));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasKnownOnceStaysKnown(Kind kind) {
        Story story = kind.draw(SEED, 9);
        Observations then = story.asOf(Period.LOOKS.get(4)).observations();
        Observations later = story.asOf(Period.LOOKS.get(9)).observations();
        assertThat(later.profiles().subList(0, then.profiles().size())).isEqualTo(then.profiles());
        assertThat(later.messages().subList(0, then.messages().size())).isEqualTo(then.messages());
        assertThat(later.relations().subList(0, then.relations().size())).isEqualTo(then.relations());
    }

    @Test
    void boughtFollowersComeInHoursAndInBatchesAndLeave() {
        double[] left = new double[40];
        for (int account = 0; account < left.length; account++) {
            Story story = kind("buyer").draw(SEED, account);
            FollowerSample last = story.told().followerSamples().getLast();
            assertThat(last.followers().size()).isLessThanOrEqualTo(1_000);
            if (story.followers() != null) {
                List<Followers.Follower> bought = bought(story);
                assertThat(bought).hasSizeBetween(1_000, 10_000);
                assertThat(bought.getLast().from() - bought.getFirst().from()).isLessThanOrEqualTo(72 * 3_600);
                left[account] =
                        bought.stream().filter(one -> one.left() != Span.OPEN).count() / (double) bought.size();
                assertThat(left[account]).isBetween(.04, .65);
                // Batches: the accounts of half of the order were made within few days of their neighbours'.
                List<Long> made = bought.stream()
                        .map(Followers.Follower::created)
                        .sorted()
                        .toList();
                long close = IntStream.range(1, made.size())
                        .filter(i -> made.get(i) - made.get(i - 1) < DAY / 4)
                        .count();
                assertThat((double) close / made.size()).isGreaterThan(.9);
                assertThat(story.asOf(Period.TO).arrivals().companions()).isNotEmpty();
            }
        }
        assertThat(Arrays.stream(left).max().orElseThrow()).isGreaterThan(.2);
    }

    private static List<Followers.Follower> bought(Story story) {
        return story.followers().inOrder().stream()
                .filter(one -> one.look() == Look.BOUGHT || one.look() == Look.BOUGHT_FURNISHED)
                .toList();
    }

    @Test
    void drippedFollowersComeAtFiftyToTwoHundredADay() {
        for (int account = 0; account < 20; account++) {
            Story story = kind("drip-buyer").draw(SEED, account);
            if (story.followers() != null) {
                List<Followers.Follower> bought = bought(story);
                double days = (bought.getLast().from() - bought.getFirst().from()) / (double) DAY;
                assertThat(bought.size() / days).isBetween(48.0, 206.0);
            }
        }
    }

    @Test
    void innocentsHaveTwoToTwelveInAHundredWhomClassifiersMistake() {
        double mistaken = IntStream.range(0, 40)
                .mapToObj(account -> kind("celebrity").draw(SEED, account))
                .flatMap(story -> story.told().followerSamples().stream())
                .flatMap(sample -> sample.followers().stream())
                .mapToInt(
                        one -> one.counters().followers() < 30 && one.counters().following() > 200 ? 1 : 0)
                .average()
                .orElseThrow();
        assertThat(mistaken).isBetween(.02, .15);
    }

    @Test
    void listedPeopleComeTogetherWithTheOthersListed() {
        Dossier dossier = kind("starter-pack-listed").draw(SEED, 3).asOf(Period.TO);
        assertThat(dossier.arrivals().companions()).hasSizeBetween(20, 50).allMatch(other -> other.shared() >= 100);
    }

    @Test
    void ownersObjectAfterTheDelivery() {
        for (int account = 0; account < 10; account++) {
            Story story = kind("framed-victim-who-objects").draw(SEED, account);
            assertThat(story.objects()).isGreaterThan(story.begins());
            assertThat(story.asOf(story.objects()).observations().statements()).isEmpty();
            assertThat(story.asOf(story.objects() + 1).observations().statements())
                    .hasSize(1);
        }
    }

    @Test
    void delaysOfMessagesAreThoseOfTheirSenders() {
        assertThat(promptShare("auto-dmer")).isGreaterThan(.8);
        assertThat(promptShare("seller-by-hand")).isLessThan(.08);
        assertThat(promptShare("manual-greeter")).isLessThan(.12);
        List<Long> byHand = delays("manual-greeter");
        assertThat(byHand.get(byHand.size() / 2)).isBetween(4L * 3_600, 8L * 3_600);
    }

    private static double promptShare(String kind) {
        List<Long> delays = delays(kind);
        return delays.stream().filter(delay -> delay <= 600).count() / (double) delays.size();
    }

    private static List<Long> delays(String kind) {
        return messages(kind)
                .filter(message -> message.delaySeconds() != null)
                .map(MessageTold::delaySeconds)
                .sorted()
                .toList();
    }

    private static Stream<MessageTold> messages(String kind) {
        return IntStream.range(0, 150)
                .mapToObj(account -> kind(kind).draw(SEED, account))
                .flatMap(story -> story.told().messages().stream());
    }

    @Test
    void templatesAreEqualAndOwnWordsAreNot() {
        for (int account = 0; account < 30; account++) {
            List<MessageTold> automatic =
                    kind("auto-dmer").draw(SEED, account).told().messages();
            if (automatic.size() >= 30) {
                Map<String, Long> texts = automatic.stream()
                        .collect(Collectors.groupingBy(MessageTold::fingerprint, Collectors.counting()));
                assertThat(texts.values().stream().filter(count -> count > 1).count())
                        .isBetween(1L, 5L);
            }
            List<MessageTold> byHand =
                    kind("manual-greeter").draw(SEED, account).told().messages();
            assertThat(byHand).extracting(MessageTold::fingerprint).doesNotHaveDuplicates();
        }
        assertThat(messages("stock-phrase-sender")
                        .filter(message -> message.bands().isEmpty()))
                .as("most thanks are too short for bands")
                .isNotEmpty();
    }

    @Test
    void variantsShareSomeBands() {
        Text one = Text.of(
                "Hello and welcome, I paint birds and sometimes trains; feel free to say hello whenever you like");
        Text same = Text.of(
                "Hello and welcome, I paint birds and sometimes  trains; feel free to say hello whenever you LIKE");
        Text variant = Text.of("Hello and welcome, I paint birds and sometimes trains; what brought you to my page");
        Text other = Text.of("lovely tent at the fair yesterday, do you remember my uncle who sails every summer");
        assertThat(one.bands()).hasSize(32).allMatch(band -> band.matches("[0-9a-f]{8}"));
        assertThat(same).isEqualTo(one);
        assertThat(equalBands(one, variant)).isBetween(1, 25);
        assertThat(equalBands(one, other)).isZero();
        assertThat(Text.of("Thanks for the follow!").bands()).isEmpty();
    }

    private static int equalBands(Text one, Text other) {
        return (int) IntStream.range(0, 32)
                .filter(band -> one.bands().get(band).equals(other.bands().get(band)))
                .count();
    }

    @Test
    void followBackersFollowBackAsTheyAreSaidTo() {
        FollowBacks automatic = followBacks("auto-follow-backer");
        assertThat(automatic.share()).isGreaterThan(.93);
        assertThat(automatic.throwawayShare()).isGreaterThan(.93);
        assertThat(automatic.medianSeconds()).isLessThanOrEqualTo(600);
        FollowBacks batches = followBacks("batch-follow-backer");
        assertThat(batches.share()).isGreaterThan(.85);
        FollowBacks mutual = followBacks("mutual-aid-member");
        assertThat(mutual.share()).isBetween(.45, .90);
        assertThat(mutual.throwawayShare()).isLessThan(mutual.share() - .2);
        assertThat(mutual.medianSeconds()).isBetween(3L * 3_600, 36L * 3_600);
        FollowBacks butterfly = followBacks("social-butterfly");
        assertThat(butterfly.share()).isBetween(.70, .98);
        assertThat(butterfly.medianSeconds()).isBetween(3_600L, DAY);
    }

    private record FollowBacks(double share, double throwawayShare, long medianSeconds) {}

    private static FollowBacks followBacks(String kind) {
        int came = 0;
        int throwaways = 0;
        int throwawaysAnswered = 0;
        List<Long> latencies = new ArrayList<>();
        for (int account = 0; account < 25; account++) {
            Story story = kind(kind).draw(SEED, account);
            Map<Integer, Long> answered = story.follows().stream()
                    .collect(Collectors.toMap(
                            FollowEpisode::target, follow -> follow.span().from()));
            for (Followers.Follower one : story.followers().inOrder()) {
                if (one.from() > Period.TO - 4 * DAY || one.left() != Span.OPEN) {
                    continue;
                }
                Long at = answered.get(one.number());
                came++;
                if (at != null) {
                    latencies.add(at - one.from());
                }
                if (one.look() == Look.BOUGHT || one.look() == Look.LURKER) {
                    throwaways++;
                    throwawaysAnswered += at == null ? 0 : 1;
                }
            }
        }
        latencies.sort(null);
        return new FollowBacks(
                latencies.size() / (double) came,
                throwawaysAnswered / (double) throwaways,
                latencies.get(latencies.size() / 2));
    }

    @Test
    void postsRepeatPromoteAndAnswerAsTheyAreSaidTo() {
        assertThat(duplication("promoter")).isGreaterThan(.8);
        assertThat(promotional("promoter")).isGreaterThan(.75);
        assertThat(duplication("news-feed")).isLessThan(.3);
        assertThat(promotional("news-feed")).isLessThan(.15);
        assertThat(duplication("chatty-person")).isLessThan(.3);
        assertThat(answered("celebrity-asked-much")).isBetween(.02, .04);
        assertThat(answered("broadcaster")).isLessThan(.012);
        assertThat(answered("chatty-person")).isGreaterThan(.06);
    }

    private static double duplication(String kind) {
        return samples(kind)
                .filter(sample -> sample.posts().size() >= 100)
                .mapToDouble(sample -> 1
                        - sample.posts().stream()
                                        .map(SampledPost::template)
                                        .distinct()
                                        .count()
                                / (double) sample.posts().size())
                .average()
                .orElseThrow();
    }

    private static double promotional(String kind) {
        return samples(kind)
                .map(PostSample::posts)
                .flatMap(Collection::stream)
                .mapToInt(post -> post.promotional() ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double answered(String kind) {
        return samples(kind)
                .flatMap(sample -> sample.questions().stream()
                        .filter(question -> question.at() < sample.at() - 7 * DAY)
                        .map(Question::answeredAt)
                        .map(answer -> answer == null ? 0 : 1))
                .mapToInt(Integer::intValue)
                .average()
                .orElseThrow();
    }

    private static Stream<PostSample> samples(String kind) {
        return IntStream.range(0, 20)
                .mapToObj(account -> kind(kind).draw(SEED, account))
                .flatMap(story -> story.told().postSamples().stream());
    }

    @Test
    void appsPostOnManyDaysOrOnOne() {
        for (int account = 0; account < 20; account++) {
            assertThat(daysWithHits("shaming-app-user", account)).isGreaterThanOrEqualTo(2);
            assertThat(daysWithHits("one-time-app-trial", account)).isLessThanOrEqualTo(2); // over midnight
            assertThat(daysWithHits("sharer-of-app-posts", account)).isZero();
        }
    }

    private static long daysWithHits(String kind, int account) {
        return kind(kind).draw(SEED, account).told().postSamples().stream()
                .flatMap(sample -> sample.posts().stream())
                .filter(post -> post.kind() == Observation.PostKind.ORIGINAL
                        && !post.hits().isEmpty())
                .map(post -> post.at() / DAY)
                .distinct()
                .count();
    }

    @Test
    void observersTellTheTruthButForSuspensions() {
        double told = IntStream.range(0, 60)
                .mapToObj(account ->
                        kind("observed-churner").draw(SEED, account).told().relations())
                .mapToLong(relations -> relations.stream()
                        .map(Observation.RelationTold::observer)
                        .distinct()
                        .count())
                .average()
                .orElseThrow();
        assertThat(told).isBetween(20.0, 200.0);
        assertThat(leftShare("observed-churner")).isGreaterThan(.45);
        assertThat(leftShare("observed-pruner")).isBetween(.05, .30);
        assertThat(leftShare("observed-organic")).isLessThan(.25);
    }

    private static double leftShare(String kind) {
        List<Observation.RelationTold> outward = IntStream.range(0, 100)
                .mapToObj(account -> kind(kind).draw(SEED, account).told().relations())
                .flatMap(List::stream)
                .filter(Observation.RelationTold::outward)
                .toList();
        double follows =
                outward.stream().filter(Observation.RelationTold::follows).count();
        return (outward.size() - follows) / follows;
    }

    @Test
    void brigadesAreOfTheSizeAndHasteTheyAreSaidToBe() {
        for (int number = 0; number < 30; number++) {
            Brigade brigade = Brigade.of(Brigade.Variety.BURST, SEED, number);
            long began = brigade.over() - 48 * 3_600;
            Set<String> sybils = told(brigade.attacked().told())
                    .filter(fact -> fact.at() >= began && fact.at() < brigade.over() && !fact.measured())
                    .map(Observation::observer)
                    .collect(Collectors.toSet());
            assertThat(sybils).hasSizeBetween(20, 520);
            assertThat(told(brigade.attacked().told()).filter(fact -> !fact.measured()))
                    .as("all but honest mistakes come within 48 hours")
                    .filteredOn(fact -> fact.at() < began - 3 * DAY || fact.at() > brigade.over())
                    .hasSizeLessThan(250);
            assertThat(told(brigade.victim().told())).allMatch(Observation::measured);
            assertThat(brigade.attacked().asOf(began).arrivals())
                    .isEqualTo(brigade.victim().asOf(began).arrivals());
        }
    }

    private static Stream<? extends Observation> told(Observations told) {
        return Stream.of(
                        told.profiles(),
                        told.relations(),
                        told.messages(),
                        told.followerSamples(),
                        told.postSamples(),
                        told.statements())
                .flatMap(List::stream);
    }

    @Test
    void actingBrigadesFollowInPublic() {
        for (int number = 0; number < 20; number++) {
            Brigade brigade = Brigade.of(Brigade.Variety.ACTING, SEED, number);
            Dossier attacked = brigade.attacked().asOf(Period.TO);
            Dossier victim = brigade.victim().asOf(Period.TO);
            if (brigade.victim().followers() != null) {
                assertThat(followed(attacked) - followed(victim)).isBetween(20, 500);
            }
            assertThat(attacked.observations().postSamples())
                    .anyMatch(sample -> sample.measured() && sample.questions() != null);
        }
    }

    private static int followed(Dossier dossier) {
        return dossier.arrivals().days().stream().mapToInt(Day::followed).sum();
    }

    private static Kind kind(String id) {
        return Kinds.ALL.stream()
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
