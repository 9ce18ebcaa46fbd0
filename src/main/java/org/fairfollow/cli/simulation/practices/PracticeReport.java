package org.fairfollow.cli.simulation.practices;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fairfollow.cli.simulation.EvaluationReport.Precision;
import org.fairfollow.cli.simulation.EvaluationReport.Rate;
import org.fairfollow.cli.simulation.practices.Brigade.Variety;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * How the practices' detectors fared on invented accounts, and brigades with them, as it is written to JSON.
 *
 * @param days length of the simulated period
 * @param practices in the order of {@link Practice}
 */
public record PracticeReport(
        int days, List<Long> seeds, List<PracticeFigures> practices, List<BrigadeFigures> brigades) {
    private static final double CONFIDENCE = .95;
    private static final double[] PREVALENCES = {.001, .01, .05};

    /**
     * One practice.
     *
     * @param detector version of the rule; null: there is none yet, and nothing else is told
     * @param innocents listed at any look, of all innocent kinds together
     * @param worstInnocents the kind whose error is known least well or is largest
     * @param precision as in {@link EvaluationReport}; a victim of others' purchases counts on neither side
     * @param placebo accounts listed at the end with the accusing labels shuffled; null: the rule has none
     */
    public record PracticeFigures(
            Practice practice,
            @Nullable String detector,
            List<KindFigures> kinds,
            @Nullable Rate innocents,
            @Nullable String worstInnocents,
            List<Precision> precision,
            @Nullable Rate placebo) {}

    /**
     * One kind over all seeds.
     *
     * @param role innocent, practises, framed, or objects
     * @param likelyBySeed listed at the end, in the order of the seeds
     * @param likely listed at the end
     * @param everLikely listed at any weekly look
     * @param everSigns showed signs, or more, at any weekly look
     * @param signs opinions at the end, and so on
     * @param listedAfterObjection listed at any look after the owner objected; null where nobody objects
     * @param medianDaysToFind from its beginning; null when fewer than half were found
     * @param ninthDecileDaysToFind null when fewer than nine tenths were found
     */
    public record KindFigures(
            String kind,
            String role,
            List<Long> likelyBySeed,
            Rate likely,
            Rate everLikely,
            long everSigns,
            long strict,
            long signs,
            long notFound,
            long unknown,
            @Nullable Rate listedAfterObjection,
            @Nullable Integer medianDaysToFind,
            @Nullable Integer ninthDecileDaysToFind) {}

    /**
     * What one variety of brigade achieved.
     *
     * @param beyondTheAim an attack that reports alone cannot be told from; counted, not promised
     * @param published brigades that got an account listed for anything that would not have been without them
     * @param publishedAnyway whose account was listed at the same look without them
     * @param signs brigades that got signs shown and nothing more
     * @param publishedByPractice by the practice's id, where any
     * @param signsByPractice likewise
     */
    public record BrigadeFigures(
            String brigade,
            boolean beyondTheAim,
            Rate published,
            long publishedAnyway,
            long signs,
            Map<String, Long> publishedByPractice,
            Map<String, Long> signsByPractice) {}

    static PracticeReport of(
            int days, List<Detector> detectors, Map<Long, List<Trial>> trialsBySeed, List<BrigadeTrial> brigades) {
        List<PracticeFigures> practices = Arrays.stream(Practice.values())
                .map(practice -> detectors.stream()
                        .filter(detector -> detector.practice() == practice)
                        .findFirst()
                        .map(detector -> figures(detector, trialsBySeed))
                        .orElse(new PracticeFigures(practice, null, List.of(), null, null, List.of(), null)))
                .toList();
        List<BrigadeFigures> attacks = Arrays.stream(Variety.values())
                .map(variety -> figures(
                        variety,
                        brigades.stream()
                                .filter(brigade -> brigade.variety() == variety)
                                .toList()))
                .toList();
        return new PracticeReport(days, List.copyOf(trialsBySeed.keySet()), practices, attacks);
    }

    private static PracticeFigures figures(Detector detector, Map<Long, List<Trial>> trialsBySeed) {
        List<List<Trial>> bySeed = trialsBySeed.values().stream()
                .map(trials -> of(trials, trial -> trial.practice() == detector.practice()))
                .toList();
        List<Trial> all = bySeed.stream().flatMap(Collection::stream).toList();
        List<KindFigures> kinds = all.stream()
                .map(Trial::kind)
                .distinct()
                .map(kind -> kind(bySeed.stream()
                        .map(trials -> of(trials, trial -> trial.kind().equals(kind)))
                        .toList()))
                .toList();
        List<Trial> innocents = of(all, trial -> trial.role() == Role.INNOCENT);
        Rate pooled = rate(innocents, Trial::everLikely);
        Optional<KindFigures> worst = kinds.stream()
                .filter(kind -> kind.role().equals(word(Role.INNOCENT)))
                .max(Comparator.comparingDouble(kind -> kind.everLikely().atMost()));
        List<Trial> practising = of(all, trial -> trial.role() == Role.PRACTISES);
        List<Trial> shuffled = of(all, trial -> trial.placebo() != null);
        return new PracticeFigures(
                detector.practice(),
                detector.version(),
                kinds,
                pooled,
                worst.map(KindFigures::kind).orElse(null),
                worst.map(kind -> precision(rate(practising, Trial::likely), kind.everLikely(), pooled))
                        .orElse(List.of()),
                shuffled.isEmpty() ? null : rate(shuffled, trial -> Boolean.TRUE.equals(trial.placebo())));
    }

    private static KindFigures kind(List<List<Trial>> bySeed) {
        List<Trial> trials = bySeed.stream().flatMap(Collection::stream).toList();
        Trial first = trials.getFirst();
        return new KindFigures(
                first.kind(),
                word(first.role()),
                bySeed.stream().map(seed -> count(seed, Trial::likely)).toList(),
                rate(trials, Trial::likely),
                rate(trials, Trial::everLikely),
                count(trials, Trial::everSigns),
                count(trials, Trial::strict),
                count(trials, trial -> trial.opinion() == Opinion.SIGNS),
                count(trials, trial -> trial.opinion() == Opinion.ABSENT),
                count(trials, trial -> trial.opinion() == Opinion.TOO_LITTLE_EVIDENCE),
                first.role() == Role.OBJECTS ? rate(trials, Trial::listedAfterObjection) : null,
                daysToFind(trials, .5),
                daysToFind(trials, .9));
    }

    private static BrigadeFigures figures(Variety variety, List<BrigadeTrial> trials) {
        return new BrigadeFigures(
                variety.wording(),
                variety != Variety.BURST,
                rate(trials, trial -> !trial.published().isEmpty()),
                count(trials, trial -> !trial.publishedAnyway().isEmpty()),
                count(
                        trials,
                        trial -> trial.published().isEmpty() && !trial.signs().isEmpty()),
                byPractice(trials, BrigadeTrial::published),
                byPractice(trials, BrigadeTrial::signs));
    }

    private static Map<String, Long> byPractice(
            List<BrigadeTrial> trials, Function<BrigadeTrial, Collection<Practice>> which) {
        return trials.stream()
                .flatMap(trial -> which.apply(trial).stream())
                .collect(Collectors.groupingBy(Practice::id, TreeMap::new, Collectors.counting()));
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static List<Precision> precision(Rate found, Rate worst, Rate pooled) {
        List<Precision> precision = new ArrayList<>();
        for (double prevalence : PREVALENCES) {
            precision.add(new Precision(
                    prevalence,
                    precision(prevalence, found, share(worst)),
                    precision(prevalence, found, worst.atMost()),
                    precision(prevalence, found, pooled.atMost())));
        }
        return precision;
    }

    private static double precision(double prevalence, Rate found, double falsePositiveRate) {
        double right = prevalence * share(found);
        double wrong = (1 - prevalence) * falsePositiveRate;
        return right + wrong == 0 ? 0 : right / (right + wrong);
    }

    static double share(Rate rate) {
        return rate.n() == 0 ? 0 : (double) rate.flagged() / rate.n();
    }

    private static <T> Rate rate(List<T> trials, Predicate<T> which) {
        long count = count(trials, which);
        return new Rate(count, trials.size(), Statistics.clopperPearsonUpper(count, trials.size(), CONFIDENCE));
    }

    /** Nearest rank; those never found count as found last. */
    private static @Nullable Integer daysToFind(List<Trial> trials, double quantile) {
        int[] days = trials.stream().mapToInt(Trial::foundAfterDays).sorted().toArray();
        int rank = (int) Math.ceil(quantile * days.length);
        return rank == 0 || days[rank - 1] == Trial.NEVER ? null : days[rank - 1];
    }

    private static List<Trial> of(List<Trial> trials, Predicate<Trial> which) {
        return trials.stream().filter(which).toList();
    }

    private static <T> long count(List<T> trials, Predicate<T> which) {
        return trials.stream().filter(which).count();
    }
}
