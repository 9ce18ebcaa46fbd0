package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;
import static org.fairfollow.cli.simulation.practices.Period.MINUTE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fairfollow.cli.simulation.Chance;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.SampledPost;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that post, and answer or do not. Of the literature: that 85 in 100 posts that were replied to stop at one
 * level, hence how often people answer; the celebrity's 5,000 questions and 3 in 100. Everything else is assumed.
 */
final class PostKinds {
    private static final String COUNTS_UNFOLLOWERS = "unfollow-count-daily-stats";
    private static final String NAMES_UNFOLLOWERS = "unfollow-names-goodbye";

    private static final Map<Practice, Role> INNOCENT_OF_ALL = Map.of(
            Practice.AUTOMATED_PROMOTION, Role.INNOCENT,
            Practice.UNFOLLOW_SHAMING, Role.INNOCENT,
            Practice.NEVER_REPLIES, Role.INNOCENT);
    private static final Map<Practice, Role> INNOCENT_OF_POSTS =
            Map.of(Practice.AUTOMATED_PROMOTION, Role.INNOCENT, Practice.UNFOLLOW_SHAMING, Role.INNOCENT);

    static final List<Kind> ALL = List.of(
            new Kind("chatty-person", INNOCENT_OF_ALL, PostKinds::chatty),
            new Kind("blogger", INNOCENT_OF_ALL, PostKinds::blogger),
            new Kind("shop-by-hand", INNOCENT_OF_ALL, PostKinds::shop),
            new Kind("news-feed", INNOCENT_OF_POSTS, PostKinds::newsFeed),
            new Kind("celebrity-asked-much", INNOCENT_OF_ALL, PostKinds::celebrity),
            Kind.of("one-time-app-trial", Practice.UNFOLLOW_SHAMING, Role.INNOCENT, PostKinds::appTrial),
            Kind.of("sharer-of-app-posts", Practice.UNFOLLOW_SHAMING, Role.INNOCENT, PostKinds::sharer),
            new Kind(
                    "promoter",
                    Map.of(Practice.AUTOMATED_PROMOTION, Role.PRACTISES, Practice.UNFOLLOW_SHAMING, Role.INNOCENT),
                    PostKinds::promoter),
            new Kind(
                    "shaming-app-user",
                    Map.of(Practice.UNFOLLOW_SHAMING, Role.PRACTISES, Practice.AUTOMATED_PROMOTION, Role.INNOCENT),
                    PostKinds::appUser),
            new Kind(
                    "broadcaster",
                    Map.of(Practice.NEVER_REPLIES, Role.PRACTISES, Practice.UNFOLLOW_SHAMING, Role.INNOCENT),
                    PostKinds::broadcaster));

    private static final double FEWEST_ANSWERS = .06; // who answers fewer does what never-replies says, or nearly
    private static final double SAMPLED_DAYS = 30;

    private PostKinds() {}

    /** Posts and questions of one account over the period, in any order. */
    private static final class Writing {
        final Dice dice;
        final long salt;
        final List<SampledPost> posts = new ArrayList<>();
        final List<Question> questions = new ArrayList<>();

        Writing(Dice dice) {
            this.dice = dice;
            this.salt = Chance.bits(dice.second(0, Long.MAX_VALUE), 0, 0);
        }

        /** @param text a name for it: posts of the same name have the same text */
        void post(long at, String text, PostKind kind, boolean link, boolean promotional, String... hits) {
            String template = HexFormat.of().toHexDigits(Chance.bits(salt, text.hashCode(), 0));
            posts.add(new SampledPost(at, template, kind, link, promotional, List.of(hits)));
        }

        /** Something never said before. */
        void unique(long at, PostKind kind, boolean link, boolean promotional) {
            String template = HexFormat.of().toHexDigits(Chance.bits(salt, posts.size(), 1));
            posts.add(new SampledPost(at, template, kind, link, promotional, List.of()));
        }

        /** So many direct questions a day by so many people, answered at this rate within hours. */
        void asked(double perDay, int askers, double answered) {
            for (int left = dice.poisson(perDay * Period.DAYS); left > 0; left--) {
                long at = dice.second(Period.FROM, Period.TO);
                long answer = at + MINUTE + (long) dice.logNormal(3 * HOUR, 1.5);
                questions.add(new Question(
                        at, Integer.toString(dice.count(1, askers)), dice.chance(answered) ? answer : null));
            }
        }

        Story story(long begins) {
            posts.sort(Comparator.comparingLong(SampledPost::at).thenComparing(SampledPost::template));
            questions.sort(Comparator.comparingLong(Question::at).thenComparing(Question::asker));
            Notebook notebook = new Notebook();
            int most = dice.count(200, 1_000);
            for (long at = Period.day(dice.between(5, 20)); at < Period.TO; at += (long) (DAY * dice.between(10, 28))) {
                List<SampledPost> shown = newest(posts, at, most);
                List<Question> asked = asked(at);
                if (!shown.isEmpty() || !asked.isEmpty()) {
                    notebook.note(
                            new PostSample(at, Notebook.OPERATOR, true, shown, questions.isEmpty() ? null : asked));
                }
            }
            return Story.of(begins, notebook.observations());
        }

        private static List<SampledPost> newest(List<SampledPost> posts, long at, int most) {
            List<SampledPost> until =
                    posts.stream().filter(post -> post.at() < at).toList();
            return until.subList(Math.max(0, until.size() - most), until.size());
        }

        /** Up to 1,000 of those of the last 30 days; who asked is hashed with the sample's own salt. */
        private List<Question> asked(long at) {
            List<Question> recent = new ArrayList<>(questions.stream()
                    .filter(question -> question.at() < at && question.at() >= at - SAMPLED_DAYS * DAY)
                    .toList());
            dice.shuffle(recent);
            return recent.stream()
                    .limit(1_000)
                    .map(question -> new Question(
                            question.at(),
                            HexFormat.of().toHexDigits(Chance.bits(at, Long.parseLong(question.asker()), salt)),
                            answeredBy(question, at)))
                    .sorted(Comparator.comparingLong(Question::at).thenComparing(Question::asker))
                    .toList();
        }

        private static @Nullable Long answeredBy(Question question, long at) {
            Long answered = question.answeredAt();
            return answered != null && answered < at ? answered : null;
        }

        /** At so many moments a day on average, in waking hours and in batches, as people post. */
        void byHand(double perDay, Consumer<Long> post) {
            long wakes = dice.second(0, DAY);
            for (int day = 0; day < Period.DAYS; day++) {
                for (int left = dice.overdispersed(perDay, .6); left > 0; left--) {
                    long at = Period.day(day) + Math.floorMod(wakes + dice.second(0, 16 * HOUR), DAY);
                    post.accept(at);
                }
            }
        }

        /** Whenever the clock strikes, so many seconds late at most. */
        void onTimer(long every, long jitter, double skipped, Consumer<Long> post) {
            long offset = dice.second(0, every);
            for (long at = Period.FROM + offset; at + jitter < Period.TO; at += every) {
                if (!dice.chance(skipped)) {
                    post.accept(at + dice.second(0, jitter + 1));
                }
            }
        }

        /** By hand or, as half of those with something to show do, with a scheduler on the quarter hour. */
        void planned(double perDay, boolean scheduled, Consumer<Long> post) {
            byHand(perDay, at -> post.accept(scheduled ? at - Math.floorMod(at, 15 * MINUTE) + dice.count(0, 40) : at));
        }
    }

    /** How often somebody answers: 15 in 100 on average, but never under 6. */
    private static double answers(Dice dice) {
        double some = -Math.log(dice.between(1e-9, 1)) * .1;
        return Math.min(.9, FEWEST_ANSWERS + some);
    }

    private static void chats(Writing writing, double perDay) {
        Dice dice = writing.dice;
        double greetings = dice.between(.02, .15);
        double shares = dice.between(0, .4);
        double links = dice.between(.02, .15);
        writing.byHand(perDay, at -> {
            if (dice.chance(shares)) {
                writing.unique(at, PostKind.REPOST, dice.chance(.3), dice.chance(.1));
            } else if (dice.chance(greetings)) {
                writing.post(
                        at,
                        dice.oneOf(List.of("good morning", "lol", "good night", "so true", "thank you")),
                        PostKind.REPLY,
                        false,
                        false);
            } else {
                boolean link = dice.chance(links);
                writing.unique(
                        at, dice.chance(.6) ? PostKind.REPLY : PostKind.ORIGINAL, link, link && dice.chance(.15));
            }
        });
    }

    /** Talks all day, mostly with others, and answers some. */
    static Story chatty(Dice dice) {
        Writing writing = new Writing(dice);
        chats(writing, dice.logUniform(2, 60));
        writing.asked(dice.logUniform(.1, 20), dice.count(20, 400), answers(dice));
        return writing.story(Period.FROM);
    }

    /** Announces each article of its own one to three times, often with a scheduler, and asks to read it. */
    private static Story blogger(Dice dice) {
        Writing writing = new Writing(dice);
        double asksToRead = dice.between(.3, .9);
        double again = dice.between(.2, .6);
        int[] articles = {0};
        writing.planned(dice.logUniform(1, 6), dice.chance(.5), at -> {
            boolean repeats = articles[0] > 3 && dice.chance(again);
            int article = repeats ? articles[0] - dice.count(0, 3) : ++articles[0];
            boolean asks = Chance.unit(writing.salt, article, 2) < asksToRead;
            writing.post(at, "article " + article, PostKind.ORIGINAL, true, asks);
        });
        chats(writing, dice.logUniform(.3, 5));
        writing.asked(dice.logUniform(.1, 5), dice.count(20, 200), answers(dice));
        return writing.story(Period.FROM);
    }

    /** Offers its wares many times in words of the day, some of them in the same ones; a third use a scheduler. */
    private static Story shop(Dice dice) {
        Writing writing = new Writing(dice);
        double promotional = dice.between(.4, .9);
        double same = dice.between(.1, .5);
        writing.planned(dice.logUniform(2, 12), dice.chance(.33), at -> {
            boolean offer = dice.chance(promotional);
            if (offer && dice.chance(same)) {
                writing.post(at, "offer " + dice.count(1, 20), PostKind.ORIGINAL, true, true);
            } else {
                writing.unique(at, PostKind.ORIGINAL, offer || dice.chance(.3), offer);
            }
        });
        writing.asked(dice.logUniform(.2, 10), dice.count(20, 200), dice.between(.3, .95));
        return writing.story(Period.FROM);
    }

    /** Headlines with links, fetched every few minutes by a machine; few repeat, few promote anything. */
    private static Story newsFeed(Dice dice) {
        Writing writing = new Writing(dice);
        double updates = dice.between(0, .15);
        double promotional = dice.between(0, .1);
        long every = MINUTE * dice.oneOf(List.of(5, 10, 15, 30, 60));
        writing.onTimer(every, dice.second(1, 40), dice.between(.2, .9), at -> {
            boolean offer = dice.chance(promotional);
            if (dice.chance(updates)) {
                writing.post(at, "update " + writing.posts.size() / 3, PostKind.ORIGINAL, true, offer);
            } else {
                writing.unique(at, PostKind.ORIGINAL, true, offer);
            }
        });
        return writing.story(Period.FROM);
    }

    /** 3–30 texts in turn on a timer, nearly all of them offers; a fifth hides the timer behind minutes of jitter. */
    private static Story promoter(Dice dice) {
        Writing writing = new Writing(dice);
        double promotional = dice.between(.8, 1);
        int texts = dice.count(3, 30);
        long every = MINUTE * dice.oneOf(List.of(15, 20, 30, 60, 120));
        long jitter = dice.chance(.2) ? every / 2 : dice.count(1, 60);
        writing.onTimer(every, jitter, dice.between(0, .1), at -> {
            boolean offer = dice.chance(promotional);
            writing.post(at, (offer ? "offer " : "saying ") + dice.count(1, texts), PostKind.ORIGINAL, offer, offer);
        });
        return writing.story(Period.FROM);
    }

    /** A person whose app posts on its own how many unfollowed, or who, daily to every other week. */
    private static Story appUser(Dice dice) {
        Writing writing = new Writing(dice);
        chats(writing, dice.logUniform(.5, 30));
        long start = Period.day(dice.between(0, 30));
        long every = (long) (DAY * dice.oneOf(List.of(1.0, 1.0, 7.0, 14.0)));
        String hit = dice.chance(.7) ? COUNTS_UNFOLLOWERS : NAMES_UNFOLLOWERS;
        for (long at = start; at < Period.TO; at += every + dice.count(0, 600)) {
            writing.post(at, "app " + hit, PostKind.ORIGINAL, dice.chance(.9), false, hit);
        }
        return writing.story(start);
    }

    /** Tried such an app once, saw it post, and removed it within hours; perhaps after midnight. */
    private static Story appTrial(Dice dice) {
        Writing writing = new Writing(dice);
        chats(writing, dice.logUniform(.5, 30));
        long tried = dice.second(Period.FROM, Period.TO - 6 * HOUR);
        for (int left = dice.count(1, 3); left > 0; left--) {
            writing.post(
                    dice.second(tried, tried + 6 * HOUR), "app", PostKind.ORIGINAL, true, false, COUNTS_UNFOLLOWERS);
        }
        return writing.story(Period.FROM);
    }

    /** Shares and quotes what such apps posted for others, to laugh or to warn. */
    private static Story sharer(Dice dice) {
        Writing writing = new Writing(dice);
        chats(writing, dice.logUniform(.5, 30));
        for (int left = dice.count(2, 20); left > 0; left--) {
            PostKind kind = dice.oneOf(List.of(PostKind.QUOTE, PostKind.REPOST, PostKind.REPLY));
            String hit = dice.chance(.5) ? COUNTS_UNFOLLOWERS : NAMES_UNFOLLOWERS;
            writing.post(dice.second(Period.FROM, Period.TO), "app", kind, true, false, hit);
        }
        return writing.story(Period.FROM);
    }

    /** Posts, is asked 1–50 times a day, and answers one in a hundred at most. */
    private static Story broadcaster(Dice dice) {
        Writing writing = new Writing(dice);
        writing.planned(
                dice.logUniform(2, 40), dice.chance(.5), at -> writing.unique(at, PostKind.ORIGINAL, true, false));
        writing.asked(dice.logUniform(1, 50), dice.count(60, 2_000), dice.between(0, .01));
        return writing.story(Period.FROM);
    }

    /** Is asked 5,000 times a day and answers 3 in 100: more in a day than others in a year. */
    private static Story celebrity(Dice dice) {
        Writing writing = new Writing(dice);
        writing.planned(
                dice.logUniform(1, 12),
                dice.chance(.3),
                at -> writing.unique(at, PostKind.ORIGINAL, dice.chance(.3), false));
        // As many as samples can show, which hold 1,000; the other questions nobody writes down.
        writing.asked(150, 100_000, .03);
        return writing.story(Period.FROM);
    }
}
