package org.fairfollow.cli.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.fairfollow.detection.Rounded;
import org.fairfollow.detection.followers.AuthenticityModel;
import org.fairfollow.detection.followers.AuthenticityModel.ByFollows;
import org.fairfollow.detection.followers.AuthenticityModel.ByFollowsAndPosts;
import org.fairfollow.detection.followers.AuthenticityModel.Calibration;
import org.fairfollow.detection.followers.AuthenticityModel.Validation;
import org.fairfollow.evidence.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Fits the parameters that tell fake followers from others, and says how far they can be trusted: every account is judged
 * in ten repetitions by a model that was fitted without it and nine tenths of the others.
 */
public final class AuthenticityTraining {
    private static final int FOLDS = 10;
    private static final int REPETITIONS = 10;

    /**
     * One: the weights of a few hundred accounts shrink by about a twentieth. It was not chosen by results, which hardly
     * differ up to five.
     */
    private static final double L2 = 1;

    /**
     * The threshold is the highest that finds so many of the fakes. What a share among many is off by depends on the sum
     * of both rates, which is nearly as large there as anywhere; see {@code docs/adr/0005-follower-authenticity.md}.
     */
    private static final double FAKES_TO_FIND = .80;

    private final List<LabelledAccount> accounts;
    private final long seed;

    public AuthenticityTraining(List<LabelledAccount> accounts, long seed) {
        List<LabelledAccount> usable = accounts.stream()
                .filter(account -> account.counters().followers() != null
                        && account.counters().following() != null
                        && account.counters().posts() != null)
                .toList();
        long fakes = usable.stream().filter(LabelledAccount::fake).count();
        if (fakes < FOLDS || usable.size() - fakes < FOLDS) {
            throw new IllegalArgumentException("at least " + FOLDS + " fake and " + FOLDS + " genuine accounts with"
                    + " followers, following and posts are needed; there are " + fakes + " and "
                    + (usable.size() - fakes));
        }
        this.accounts = usable;
        this.seed = seed;
    }

    /** The parameters, and what cross-validation says of them. */
    public static final class Trained {
        private final AuthenticityModel model;
        private final TrainingReport report;

        private Trained(AuthenticityModel model, TrainingReport report) {
            this.model = model;
            this.report = report;
        }

        public AuthenticityModel model() {
            return model;
        }

        /** The figures, a line each. */
        public String text() {
            return report.text();
        }
    }

    /** @param trainedOn SHA-256 of the file, in hex */
    public Trained run(String attribution, String licence, String trainedOn) {
        Opinions fitted = fit(accounts);
        List<double[]> unseen =
                IntStream.range(0, REPETITIONS).mapToObj(this::unseenOpinions).toList();
        Calibration calibration = calibration(unseen);
        double[] fakeness = unseen.stream()
                .flatMapToDouble(Arrays::stream)
                .map(opinion -> probability(calibration, opinion))
                .toArray();
        double threshold = threshold(fakeness);
        AuthenticityModel model = new AuthenticityModel(
                attribution,
                licence,
                trainedOn,
                seed,
                fitted.byFollows,
                fitted.byFollowsAndPosts,
                calibration,
                threshold,
                validation(fakeness, threshold));
        return new Trained(model, TrainingReport.of(fakeness, labels(), threshold));
    }

    /** Both opinions, without calibration. */
    private record Opinions(ByFollows byFollows, ByFollowsAndPosts byFollowsAndPosts) {
        double of(Counters counters) {
            AuthenticityModel uncalibrated = new AuthenticityModel(
                    "", "", "", 0, byFollows, byFollowsAndPosts, new Calibration(0, 1), 1, new Validation(0, 0, 0, 0));
            return uncalibrated.opinion(counters);
        }
    }

    private static Opinions fit(List<LabelledAccount> accounts) {
        boolean[] labels = new boolean[accounts.size()];
        List<double[]> follows = new ArrayList<>();
        List<double[]> followsAndPosts = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = accounts.get(i).fake();
            Counters counters = accounts.get(i).counters();
            long following = known(counters.following());
            double perFollower = AuthenticityModel.followingPerFollower(known(counters.followers()), following);
            double perPost = AuthenticityModel.followingPerPost(following, known(counters.posts()));
            follows.add(new double[] {perFollower});
            followsAndPosts.add(new double[] {perFollower, perPost});
        }
        LogisticRegression one = LogisticRegression.fit(follows, labels, L2);
        LogisticRegression other = LogisticRegression.fit(followsAndPosts, labels, L2);
        return new Opinions(
                new ByFollows(parameter(one.intercept()), parameter(one.weights()[0])),
                new ByFollowsAndPosts(
                        parameter(other.intercept()), parameter(other.weights()[0]), parameter(other.weights()[1])));
    }

    private static long known(@Nullable Long count) {
        return Objects.requireNonNull(count); // the others were sorted out
    }

    private static double parameter(double value) {
        return Rounded.nearest(value, 6);
    }

    /** What models think of the accounts that they were not fitted to, in the order of the accounts. */
    private double[] unseenOpinions(int repetition) {
        int[] folds = folds(new Random(seed + repetition));
        double[] opinions = new double[accounts.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int left = fold;
            Opinions fitted = fit(IntStream.range(0, folds.length)
                    .filter(i -> folds[i] != left)
                    .mapToObj(accounts::get)
                    .toList());
            for (int i = 0; i < folds.length; i++) {
                if (folds[i] == fold) {
                    opinions[i] = fitted.of(accounts.get(i).counters());
                }
            }
        }
        return opinions;
    }

    /** A fold for each account; fakes are dealt evenly, and so are the others. */
    private int[] folds(Random random) {
        int[] folds = new int[accounts.size()];
        for (boolean fake : new boolean[] {true, false}) {
            List<Integer> kind = new ArrayList<>(IntStream.range(0, folds.length)
                    .filter(i -> accounts.get(i).fake() == fake)
                    .boxed()
                    .toList());
            Collections.shuffle(kind, random);
            for (int i = 0; i < kind.size(); i++) {
                folds[kind.get(i)] = i % FOLDS;
            }
        }
        return folds;
    }

    private Calibration calibration(List<double[]> opinions) {
        List<double[]> rows = opinions.stream()
                .flatMapToDouble(Arrays::stream)
                .mapToObj(opinion -> new double[] {opinion})
                .toList();
        LogisticRegression scaled = LogisticRegression.fit(rows, labels(), 0);
        return new Calibration(parameter(scaled.intercept()), parameter(scaled.weights()[0]));
    }

    private static double probability(Calibration calibration, double opinion) {
        return 1 / (1 + StrictMath.exp(-(calibration.intercept() + calibration.slope() * opinion)));
    }

    /** The labels of all repetitions, one after the other. */
    private boolean[] labels() {
        boolean[] labels = new boolean[accounts.size() * REPETITIONS];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = accounts.get(i % accounts.size()).fake();
        }
        return labels;
    }

    private double threshold(double[] fakeness) {
        boolean[] labels = labels();
        double[] fakes = IntStream.range(0, fakeness.length)
                .filter(i -> labels[i])
                .mapToDouble(i -> fakeness[i])
                .sorted()
                .toArray();
        int missed = (int) Math.floor(fakes.length * (1 - FAKES_TO_FIND) + 1e-9);
        return Rounded.down(fakes[missed], 4);
    }

    private Validation validation(double[] fakeness, double threshold) {
        boolean[] labels = labels();
        int[] count = new int[2];
        int[] right = new int[2];
        for (int i = 0; i < labels.length; i++) {
            int kind = labels[i] ? 1 : 0;
            count[kind]++;
            right[kind] += (fakeness[i] >= threshold) == labels[i] ? 1 : 0;
        }
        return new Validation(count[1] / REPETITIONS, mean(right[1]), count[0] / REPETITIONS, mean(right[0]));
    }

    private static int mean(int sum) {
        return (int) Math.round((double) sum / REPETITIONS);
    }
}
