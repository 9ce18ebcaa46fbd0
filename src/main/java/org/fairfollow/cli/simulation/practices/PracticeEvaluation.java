package org.fairfollow.cli.simulation.practices;

import static org.fairfollow.cli.simulation.practices.Period.DAY;
import static org.fairfollow.cli.simulation.practices.Period.HOUR;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.fairfollow.cli.simulation.practices.Brigade.Variety;
import org.fairfollow.cli.simulation.practices.Kind.Role;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Detectors;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Practice;
import org.fairfollow.evidence.Dossier;

/**
 * Judges invented accounts with the detectors that ship, week by week, and innocent ones that a brigade attacks. Each is
 * drawn and judged for itself, so the outcome depends on the seeds alone and little is in memory at a time.
 *
 * @param accounts sets the sizes: of each seed a 13th of it of each kind that is innocent of something, a 44th of each
 *     other kind, and three brigades for four accounts; at 4,400 and three seeds more than 1,000 of each innocent kind and
 *     10,000 brigades
 */
public record PracticeEvaluation(int accounts, List<Long> seeds, List<Detector> detectors) {
    private static final int BRIGADES_OF_OTHER_VARIETIES = 10; // one in so many

    public PracticeEvaluation(int accounts, List<Long> seeds) {
        this(accounts, seeds, Detectors.all());
    }

    /** @param progress gets a line now and then */
    public PracticeReport run(Consumer<String> progress) {
        Map<Long, List<Trial>> trials = new LinkedHashMap<>();
        List<BrigadeTrial> brigades = new ArrayList<>();
        for (long seed : seeds) {
            trials.put(seed, trials(seed, progress));
            for (Variety variety : Variety.values()) {
                brigades.addAll(brigades(variety, seed, progress));
            }
        }
        return PracticeReport.of(Period.DAYS, detectors, trials, brigades);
    }

    private record Drawn(Kind kind, int account) {}

    private List<Trial> trials(long seed, Consumer<String> progress) {
        List<Drawn> drawn = Kinds.ALL.stream()
                .filter(kind ->
                        detectors.stream().anyMatch(detector -> kind.roles().containsKey(detector.practice())))
                .flatMap(kind -> IntStream.range(0, size(kind)).mapToObj(account -> new Drawn(kind, account)))
                .toList();
        return inParallel(drawn.size(), "seed %d: %%,d of %%,d accounts".formatted(seed), progress, i -> {
                    Drawn one = drawn.get(i);
                    return trials(one.kind(), one.kind().draw(seed, one.account()));
                })
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private int size(Kind kind) {
        return Math.max(1, accounts / (kind.roles().containsValue(Role.INNOCENT) ? 13 : 44));
    }

    private List<Trial> trials(Kind kind, Story story) {
        List<Course> courses = new ArrayList<>();
        for (Detector detector : detectors) {
            Role role = kind.roles().get(detector.practice());
            if (role != null) {
                courses.add(new Course(detector, kind, role, story));
            }
        }
        for (long at : Period.LOOKS) {
            Dossier dossier = story.asOf(at);
            courses.forEach(course -> course.look(dossier));
        }
        return courses.stream().map(Course::trial).toList();
    }

    /** What weekly looks at one account for one practice found. */
    private static final class Course {
        private final Detector detector;
        private final Kind kind;
        private final Role role;
        private final Story story;
        private Dossier last = Dossier.empty(Period.FROM);
        private Opinion opinion = Opinion.TOO_LITTLE_EVIDENCE;
        private boolean strict;
        private int foundAfterDays = Trial.NEVER;
        private boolean everSigns;
        private boolean listedAfterObjection;

        Course(Detector detector, Kind kind, Role role, Story story) {
            this.detector = detector;
            this.kind = kind;
            this.role = role;
            this.story = story;
        }

        void look(Dossier dossier) {
            Finding finding = detector.judge(dossier);
            last = dossier;
            opinion = finding.opinion();
            strict = finding.strict();
            everSigns |= opinion == Opinion.SIGNS || opinion == Opinion.PRESENT;
            if (opinion == Opinion.PRESENT) {
                listedAfterObjection |= dossier.asOf() > story.objects();
                long days = Math.max(0, (dossier.asOf() - story.begins()) / DAY);
                foundAfterDays = Math.min(foundAfterDays, (int) days);
            }
        }

        Trial trial() {
            Boolean placebo = detector.placebo(last)
                    .map(shuffled -> detector.judge(shuffled).opinion() == Opinion.PRESENT)
                    .orElse(null);
            return new Trial(
                    kind.id(),
                    detector.practice(),
                    role,
                    opinion,
                    strict,
                    foundAfterDays,
                    everSigns,
                    listedAfterObjection,
                    placebo);
        }
    }

    private List<BrigadeTrial> brigades(Variety variety, long seed, Consumer<String> progress) {
        int many = (int) Math.ceil(accounts * 10_000.0 / 13_200);
        int of = variety == Variety.BURST ? many : Math.max(1, many / BRIGADES_OF_OTHER_VARIETIES);
        String line = "seed %d: %%,d of %%,d brigades %s".formatted(seed, variety.wording());
        return inParallel(of, line, progress, number -> trial(variety, Brigade.of(variety, seed, number)));
    }

    /** Looks an hour after the attack, when what was asked in it has become old enough to count, and at the end. */
    private BrigadeTrial trial(Variety variety, Brigade brigade) {
        Set<Practice> published = EnumSet.noneOf(Practice.class);
        Set<Practice> publishedAnyway = EnumSet.noneOf(Practice.class);
        Set<Practice> signs = EnumSet.noneOf(Practice.class);
        for (long look : List.of(brigade.over() + HOUR, Math.min(Period.TO, brigade.over() + 21 * DAY), Period.TO)) {
            Dossier attacked = brigade.attacked().asOf(look);
            for (Detector detector : detectors) {
                Opinion opinion = detector.judge(attacked).opinion();
                if (opinion == Opinion.PRESENT || opinion == Opinion.SIGNS) {
                    Opinion without =
                            detector.judge(brigade.victim().asOf(look)).opinion();
                    if (opinion == Opinion.PRESENT) {
                        (without == Opinion.PRESENT ? publishedAnyway : published).add(detector.practice());
                    } else if (without != Opinion.SIGNS && without != Opinion.PRESENT) {
                        signs.add(detector.practice());
                    }
                }
            }
        }
        signs.removeAll(published);
        return new BrigadeTrial(variety, published, publishedAnyway, signs);
    }

    private static <T> List<T> inParallel(int all, String line, Consumer<String> progress, IntFunction<T> work) {
        AtomicInteger done = new AtomicInteger();
        return IntStream.range(0, all)
                .parallel()
                .mapToObj(i -> {
                    T result = work.apply(i);
                    int worked = done.incrementAndGet();
                    if (worked % 1_000 == 0 || worked == all) {
                        progress.accept(line.formatted(worked, all));
                    }
                    return result;
                })
                .toList();
    }
}
