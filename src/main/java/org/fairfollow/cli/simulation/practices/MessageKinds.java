package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;
import static org.fairfollow.cli.simulation.practices.Period.MINUTE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Observation.MessageKind;
import org.fairfollow.evidence.Observation.MessageTold;

/**
 * Accounts that write to whoever follows them. Only recipients who take part tell of it: {@link ObservedKinds}. Number
 * of templates and delays of auto-DMers, and the six hours of those who greet by hand, are of the literature; new
 * followers a day, the shares of prompt or missing delays and all wording are assumed.
 */
final class MessageKinds {
    static final List<Kind> ALL = List.of(
            kind("manual-greeter", Role.INNOCENT, MessageKinds::manualGreeter),
            kind("pasting-greeter", Role.INNOCENT, MessageKinds::pastingGreeter),
            kind("stock-phrase-sender", Role.INNOCENT, MessageKinds::stockPhraseSender),
            kind("seller-by-hand", Role.INNOCENT, MessageKinds::sellerByHand),
            kind("auto-dmer", Role.PRACTISES, MessageKinds::autoDmer));

    private static final double DELAY_NOT_KNOWN = .2;
    private static final double PROMPT_BY_HAND = .05; // online in that moment

    private static final List<String> STOCK_PHRASES = List.of(
            "Thanks for the follow!",
            "Thank you for following me!",
            "Thanks for following!",
            "Thank you so much for following me, have a great day!",
            "Gracias por seguirme",
            "Danke fürs Folgen!");

    private static final List<String> OPENINGS = List.of(
            "Hi @you, great to meet you here", "Hello and welcome", "Hey, so glad you found me", "Good to see you");
    private static final List<String> MIDDLES = List.of(
            "I write about gardens and old maps",
            "my new course on selling prints just opened",
            "I make small wooden boats and sell some of them",
            "we help small shops find their first thousand customers",
            "I paint birds and sometimes trains",
            "our weekly letter has everything about running shoes",
            "I am collecting recipes from every island",
            "you can get my free guide to better sleep");
    private static final List<String> CLOSINGS = List.of(
            "take a look at https://shop.example/start and tell me what you think",
            "what brought you to my page in the first place",
            "unfollow me and I will unfollow you the same day",
            "the first ten readers get half off at https://offer.example today",
            "feel free to say hello whenever you like",
            "please like my other page as well so that we stay in touch");
    private static final List<String> OWN_WORDS =
            List.of(("lovely saw your picture of the harbour yesterday and thought"
                            + " about my uncle who sails there every summer do you know where one gets good bread nearby we met at"
                            + " fair last week remember blue tent")
                    .split(" "));

    private MessageKinds() {}

    private static Kind kind(String id, Role role, Function<Dice, Story> drawing) {
        return Kind.of(id, Practice.AUTO_DM, role, drawing);
    }

    /** 1–5 texts in turn, 0–10 minutes after the follow; now and then the queue stands for hours. */
    private static Story autoDmer(Dice dice) {
        long start = Period.day(dice.between(0, 40));
        List<String> templates = templates(dice.count(1, 5), dice);
        boolean steady = dice.chance(.5);
        long usual = dice.second(0, 10 * MINUTE);
        double late = dice.between(0, .15);
        return story(
                false,
                dice.logUniform(10, 500),
                start,
                1,
                i -> templates.get(i % templates.size()),
                () -> {
                    if (dice.chance(late)) {
                        return dice.second(HOUR, 12 * HOUR);
                    }
                    return steady ? usual + dice.count(0, 20) : dice.second(0, 10 * MINUTE);
                },
                dice);
    }

    /** Greets by hand, mostly in words of the moment. */
    private static Story manualGreeter(Dice dice) {
        double greets = dice.between(.2, 1);
        return story(
                true,
                dice.logUniform(10, 100),
                Period.FROM,
                greets,
                i -> ownWords(dice),
                () -> byHand(6 * HOUR, dice),
                dice);
    }

    /** Greets by hand with one text kept for the purpose. */
    private static Story pastingGreeter(Dice dice) {
        List<String> text = templates(1, dice);
        double greets = dice.between(.5, 1);
        return story(
                true,
                dice.logUniform(10, 100),
                Period.FROM,
                greets,
                i -> text.getFirst(),
                () -> byHand(6 * HOUR, dice),
                dice);
    }

    /** Says thank you in the words everybody uses; half of them let a tool say it at once. */
    private static Story stockPhraseSender(Dice dice) {
        String phrase = dice.oneOf(STOCK_PHRASES);
        boolean atOnce = dice.chance(.5);
        return story(
                true,
                dice.logUniform(10, 500),
                Period.FROM,
                1,
                i -> phrase,
                () -> atOnce ? dice.second(0, 10 * MINUTE) : byHand(6 * HOUR, dice),
                dice);
    }

    /** Goes through yesterday's new followers each morning and pastes an offer. */
    private static Story sellerByHand(Dice dice) {
        List<String> offers = templates(dice.count(1, 3), dice);
        return story(
                true,
                dice.logUniform(10, 200),
                Period.FROM,
                dice.between(.7, 1),
                i -> dice.oneOf(offers),
                () -> dice.second(8 * HOUR, 32 * HOUR),
                dice);
    }

    /** Lognormal about its median (literature: six hours); 5 in 100 within ten minutes besides. */
    private static long byHand(long median, Dice dice) {
        return dice.chance(PROMPT_BY_HAND) ? dice.second(20, 10 * MINUTE) : 60 + (long) dice.logNormal(median, 1.5);
    }

    private interface Delay {
        long seconds();
    }

    private static Story story(
            boolean innocent,
            double followersPerDay,
            long start,
            double greeted,
            IntFunction<String> text,
            Delay delay,
            Dice dice) {
        Notebook notebook = new Notebook();
        double coverage = ObservedKinds.coverage(innocent, dice);
        double days = (double) (Period.TO - start) / DAY;
        int told = dice.poisson(followersPerDay * days * coverage * greeted);
        double mistaken = dice.between(.02, .10);
        int i = 0;
        for (long followed : dice.seconds(told, start, Period.TO)) {
            String observer = "observer-" + dice.hex(12);
            boolean wrong = dice.chance(mistaken);
            long waited = wrong ? dice.second(0, 3 * DAY) : delay.seconds();
            notebook.note(told(observer, followed, waited, wrong ? ownWords(dice) : text.apply(i++), dice));
            notebook.alsoTold(observer, others(dice));
        }
        return Story.of(start, notebook.observations());
    }

    private static MessageTold told(String observer, long followed, long waited, String text, Dice dice) {
        Text left = Text.of(text);
        boolean link = text.contains("https://");
        MessageKind kind = text.contains("unfollow me")
                ? MessageKind.THREAT
                : link || text.contains("like my") ? MessageKind.PROMOTION : MessageKind.GREETING;
        return new MessageTold(
                followed + waited,
                observer,
                false,
                left.fingerprint(),
                left.bands(),
                kind,
                dice.chance(DELAY_NOT_KNOWN) ? null : Long.valueOf(waited),
                link);
    }

    /** Whom else an observer tells of: some well-known accounts, which other observers tell of as well. */
    static List<Integer> others(Dice dice) {
        List<Integer> others = new ArrayList<>();
        for (int left = dice.poisson(dice.logUniform(.3, 10)); left > 0; left--) {
            others.add(1_000_000 + (int) dice.heavyTailed(1, 100_000, .5));
        }
        return others;
    }

    static List<String> templates(int many, Dice dice) {
        List<String> templates = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            templates.add(dice.oneOf(OPENINGS) + ", " + dice.oneOf(MIDDLES) + "; " + dice.oneOf(CLOSINGS));
        }
        return templates;
    }

    private static String ownWords(Dice dice) {
        StringBuilder text = new StringBuilder(dice.oneOf(OPENINGS));
        for (int left = dice.count(6, 25); left > 0; left--) {
            text.append(' ').append(dice.oneOf(OWN_WORDS));
        }
        return text.toString();
    }
}
