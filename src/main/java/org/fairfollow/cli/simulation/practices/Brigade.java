package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;
import static org.fairfollow.cli.simulation.practices.Period.MINUTE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.Question;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.Observation.SampledFollower;
import org.fairfollow.evidence.Observation.SampledPost;
import org.fairfollow.evidence.Span;

/**
 * Sybils who tell of an ordinary account what it never did. 20–500 of them in 1–5 clusters within 48 hours, with honest
 * but mistaken reports of 2–10 in 100 among theirs, are of the literature; what they invent is whatever would accuse most
 * (assumed): equal texts seconds after the follow, follows dropped within days, follow-backs within seconds, and samples
 * and counters like a buyer's, a promoter's or a shaming app's, none of which counts as measured.
 *
 * @param victim the same account if nobody attacked it
 * @param attacked the account with what was told
 * @param over when the last sybil had told
 */
record Brigade(Story victim, Story attacked, long over) {

    /** How a brigade goes about it. */
    enum Variety {
        /** The brigade of the literature: all within 48 hours. */
        BURST("within 48 hours"),
        /** Beyond the literature: one cluster, told over three to eight weeks, each sybil with decoys of its own. */
        PATIENT("over weeks"),
        /** Beyond the literature: the same, against two to ten accounts at once, no decoys. */
        PATIENT_ON_SEVERAL("over weeks, several targets"),
        /** Beyond the literature: the sybils also act where it is measured; they follow, leave, and ask unanswerably. */
        ACTING("within 48 hours, following and asking in public");

        private final String wording;

        Variety(String wording) {
            this.wording = wording;
        }

        String wording() {
            return wording;
        }

        private boolean patient() {
            return this == PATIENT || this == PATIENT_ON_SEVERAL;
        }
    }

    private static final double USES_A_WEAPON = .6;
    private static final int SAMPLES_TOLD = 20; // no more than the newest few are kept anyway

    static Brigade of(Variety variety, long seed, int number) {
        return new Attack(variety, seed, number).carriedOut();
    }

    private static final class Attack {
        private final Variety variety;
        private final long seed;
        private final int number;
        private final Dice dice;
        private final Notebook notebook = new Notebook();
        private final long from;
        private final long to;
        private final List<Integer> otherTargets = new ArrayList<>();

        Attack(Variety variety, long seed, int number) {
            this.variety = variety;
            this.seed = seed;
            this.number = number;
            this.dice = Dice.of(seed, variety.name(), number);
            this.from = Period.day(dice.between(5, variety.patient() ? 25 : 60));
            this.to = from + (variety.patient() ? (long) (DAY * dice.between(21, 56)) : 48 * HOUR);
            for (int left = variety == Variety.PATIENT_ON_SEVERAL ? dice.count(1, 9) : 0; left > 0; left--) {
                otherTargets.add(FollowerKinds.account(dice));
            }
        }

        Brigade carriedOut() {
            int sybils = (int) Math.round(dice.logUniform(20, 500));
            List<Long> times = times(sybils);
            boolean messages = dice.chance(USES_A_WEAPON);
            boolean relations = dice.chance(USES_A_WEAPON);
            boolean samples = dice.chance(USES_A_WEAPON) || !(messages || relations);
            List<String> templates = MessageKinds.templates(dice.count(1, 5), dice);
            for (int i = 0; i < sybils; i++) {
                String sybil = "observer-" + dice.hex(12);
                long at = times.get(i);
                if (messages) {
                    message(sybil, at, dice.oneOf(templates));
                }
                if (relations) {
                    relations(sybil, at, 30_000_000 + i);
                }
                if (samples && i < SAMPLES_TOLD) {
                    samples(sybil, at);
                }
                alsoTold(sybil);
            }
            honestMistakes(sybils);
            if (variety == Variety.ACTING) {
                ask(sybils);
            }
            Story attacked = victim(variety == Variety.ACTING ? followers -> follow(followers, sybils) : nobody -> {});
            return new Brigade(victim(nobody -> {}), attacked.with(notebook.and(attacked.told())), to);
        }

        /** The same ordinary account each time. */
        private Story victim(Consumer<Followers> sent) {
            Story followed = FollowerKinds.ordinary(Dice.of(seed, variety.name() + "-victim", number), sent);
            Story posts = PostKinds.chatty(Dice.of(seed, variety.name() + "-posts", number));
            return followed.with(Notebook.continuing(posts.told()).and(followed.told()));
        }

        /** Within the clusters' hours; a patient brigade keeps no hours. */
        private List<Long> times(int sybils) {
            boolean patient = variety.patient();
            int clusters = patient ? 1 : dice.count(1, 5);
            List<Span> hours = new ArrayList<>();
            for (int i = 0; i < clusters; i++) {
                long begins = patient ? from : dice.second(from, to - 13 * HOUR);
                hours.add(new Span(begins, patient ? to : begins + dice.second(HOUR, 12 * HOUR)));
            }
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < sybils; i++) {
                Span cluster = hours.get(i % clusters);
                times.add(dice.second(cluster.from(), cluster.to()));
            }
            return times;
        }

        private void alsoTold(String sybil) {
            if (variety == Variety.PATIENT) {
                List<Integer> decoys = new ArrayList<>();
                for (int left = dice.count(0, 8); left > 0; left--) {
                    decoys.add(FollowerKinds.account(dice));
                }
                notebook.alsoTold(sybil, decoys);
            } else {
                notebook.alsoTold(
                        sybil, otherTargets.isEmpty() && dice.chance(.5) ? MessageKinds.others(dice) : otherTargets);
            }
        }

        private void message(String sybil, long at, String template) {
            Text text = Text.of(template);
            notebook.note(new MessageTold(
                    at,
                    sybil,
                    false,
                    text.fingerprint(),
                    text.bands(),
                    dice.chance(.5) ? MessageKind.PROMOTION : MessageKind.THREAT,
                    dice.second(0, 5 * MINUTE),
                    template.contains("https://")));
        }

        /** It followed me, I did not answer, it left; or: I followed it, and it followed back within seconds. */
        private void relations(String sybil, long at, int number) {
            long before = Math.max(from, at - dice.second(DAY, 6 * DAY));
            notebook.note(new RelationTold(Math.min(before, at), sybil, false, true, number, true));
            notebook.note(new RelationTold(at, sybil, false, false, number, true));
            if (dice.chance(.5)) {
                long followed = Math.min(at, Math.max(from, at - dice.second(HOUR, DAY)));
                notebook.note(new RelationTold(followed, sybil, false, true, number, false));
                notebook.note(new RelationTold(followed + dice.count(1, 60), sybil, false, true, number, true));
            }
        }

        private void samples(String sybil, long at) {
            switch (dice.count(0, 2)) {
                case 0 -> notebook.note(new FollowerSample(at, sybil, false, 5_000L, bought(at)));
                case 1 -> notebook.note(new PostSample(at, sybil, false, promotion(at), ignored(at)));
                default -> {
                    for (int reading = 0; reading < 3; reading++) {
                        long count = reading == 1 ? 20_000 : 400;
                        notebook.note(new ProfileCounters(
                                at - (2 - reading) * DAY,
                                sybil,
                                false,
                                Measuring.count(count, true),
                                Measuring.count(reading == 0 ? 8_000 : 300, true),
                                null,
                                null,
                                null,
                                null,
                                null));
                    }
                }
            }
        }

        private List<SampledFollower> bought(long at) {
            List<SampledFollower> followers = new ArrayList<>();
            for (int rank = 1; rank <= dice.count(385, 500); rank++) {
                long created = at - (40 + rank / 100 * 200L) * DAY - dice.count(0, 3 * 86_400);
                Counters fake = Look.BOUGHT.counters(Network.X, created, at, dice);
                followers.add(new SampledFollower(rank, fake));
            }
            return followers;
        }

        private List<SampledPost> promotion(long at) {
            List<SampledPost> posts = new ArrayList<>();
            for (int hour = 480; hour > 0; hour--) {
                posts.add(new SampledPost(
                        at - hour * HOUR,
                        HexFormat.of().toHexDigits(hour % 4L),
                        PostKind.ORIGINAL,
                        true,
                        true,
                        hour % 24 == 0 ? List.of("unfollow-names-goodbye") : List.of()));
            }
            return posts;
        }

        private List<Question> ignored(long at) {
            List<Question> questions = new ArrayList<>();
            for (int asker = 200; asker > 0; asker--) {
                questions.add(new Question(at - 8 * DAY - asker * MINUTE, dice.hex(16), null));
            }
            return questions;
        }

        /** People who take the account for another, or a message by somebody else for its own. */
        private void honestMistakes(int sybils) {
            for (int left = dice.poisson(sybils * dice.between(.02, .10)); left > 0; left--) {
                String observer = "observer-" + dice.hex(12);
                long at = dice.second(Period.FROM, Period.TO);
                if (dice.chance(.5)) {
                    message(observer, at, MessageKinds.templates(1, dice).getFirst());
                } else {
                    relations(observer, at, FollowerKinds.account(dice));
                }
                notebook.alsoTold(observer, MessageKinds.others(dice));
            }
        }

        /** Each sybil follows in public, and most leave again within days. */
        private void follow(Followers followers, int sybils) {
            for (int i = 0; i < sybils; i++) {
                long at = dice.second(from, to);
                long left = at + dice.second(HOUR, 10 * DAY);
                long leaves = left < Period.TO && dice.chance(.7) ? left : Span.OPEN;
                followers.comes(at, leaves, from - dice.second(0, DAY), Look.BOUGHT);
            }
        }

        /** Each sybil asks a question or five; an operator looks when they are old enough to count. */
        private void ask(int sybils) {
            List<Question> asked = new ArrayList<>();
            for (int i = 0; i < sybils; i++) {
                for (int left = dice.count(1, 5); left > 0; left--) {
                    asked.add(new Question(dice.second(from, to), HexFormat.of().toHexDigits((long) i), null));
                }
            }
            asked.sort(Comparator.comparingLong(Question::at).thenComparing(Question::asker));
            long looked = to + dice.second(8 * DAY, 20 * DAY);
            List<Question> shown = asked.subList(Math.max(0, asked.size() - 1_000), asked.size());
            notebook.note(new PostSample(looked, Notebook.OPERATOR, true, ordinaryPosts(looked), shown));
        }

        private List<SampledPost> ordinaryPosts(long at) {
            return Arrays.stream(dice.seconds(dice.count(20, 400), at - 60 * DAY, at))
                    .mapToObj(
                            second -> new SampledPost(second, dice.hex(16), PostKind.ORIGINAL, false, false, List.of()))
                    .toList();
        }
    }
}
