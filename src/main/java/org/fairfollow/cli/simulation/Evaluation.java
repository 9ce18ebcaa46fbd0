package org.fairfollow.cli.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.followchurn.FollowChurnDetector;
import org.fairfollow.detection.followchurn.PlainRule;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Span;

/**
 * Judges freshly drawn populations with the detector that ships. Every account is drawn and judged for itself, so the
 * outcome depends on the seeds alone, not on threads.
 *
 * @param accounts judged accounts of each seed, nine of ten innocent, evenly of each kind
 */
public record Evaluation(int accounts, List<Long> seeds) {
    /** Three innocents and one churner of each kind. */
    public static final int FEWEST_ACCOUNTS = 30;

    private static final int DAYS = 90;
    /** Fixed, so that results depend on the seeds alone; midnight, because activity is known by the day. */
    private static final Instant END = Instant.parse("2026-07-01T00:00:00Z");

    private static final long LOOK_EVERY = 7 * Visits.DAY;

    /** @param progress gets a line now and then */
    public EvaluationReport run(Consumer<String> progress) {
        Detector detector = new FollowChurnDetector();
        Map<Long, List<Trial>> trials = new LinkedHashMap<>();
        for (long seed : seeds) {
            trials.put(seed, trials(population(seed), detector, progress));
        }
        return EvaluationReport.of(detector.version(), DAYS, trials);
    }

    private Population population(long seed) {
        int churning = Agent.churning().size();
        int innocent = Agent.values().length - churning;
        Span period = new Span(END.getEpochSecond() - DAYS * Visits.DAY, END.getEpochSecond());
        return Population.even(accounts * 9 / 10 / innocent, accounts / 10 / churning, period, seed);
    }

    private static List<Trial> trials(Population population, Detector detector, Consumer<String> progress) {
        int all = population.judged();
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, all)
                .parallel()
                .mapToObj(account -> {
                    Trial trial = trial(population, account, detector);
                    int judged = done.incrementAndGet();
                    if (judged % 1_000 == 0 || judged == all) {
                        progress.accept("seed %d: %,d of %,d accounts".formatted(population.seed(), judged, all));
                    }
                    return trial;
                })
                .toList();
    }

    private static Trial trial(Population population, int account, Detector detector) {
        Dossier dossier = population.history(account).dossier(population::life);
        Finding finding = detector.judge(dossier);
        Random loss = new Random(Chance.bits(population.seed(), account, Question.LOSS));
        return new Trial(
                population.agent(account),
                finding.opinion(),
                finding.strict(),
                PlainRule.accuses(dossier),
                foundAfterDays(dossier, finding, detector),
                detector.placebo(dossier)
                        .filter(placebo -> listed(detector, placebo))
                        .isPresent(),
                detector.judge(DossierVariants.withLoss(dossier, Trial.LITTLE_LOSS, loss))
                        .opinion(),
                detector.judge(DossierVariants.withLoss(dossier, Trial.MUCH_LOSS, loss))
                        .opinion());
    }

    /** Looks every week, counted back from the end, as the service does. */
    private static int foundAfterDays(Dossier dossier, Finding atTheEnd, Detector detector) {
        if (dossier.follows().isEmpty()) {
            return Trial.NEVER;
        }
        long first = dossier.follows().getFirst().span().from();
        long weeks = (dossier.asOf() - first) / LOOK_EVERY;
        for (long weeksLeft = weeks; weeksLeft >= 0; weeksLeft--) {
            long asOf = dossier.asOf() - weeksLeft * LOOK_EVERY;
            boolean listed = weeksLeft == 0
                    ? atTheEnd.opinion() == Opinion.PRESENT
                    : listed(detector, DossierVariants.asOf(dossier, asOf));
            if (listed) {
                return Math.toIntExact((asOf - first) / Visits.DAY);
            }
        }
        return Trial.NEVER;
    }

    private static boolean listed(Detector detector, Dossier dossier) {
        return detector.judge(dossier).opinion() == Opinion.PRESENT;
    }
}
