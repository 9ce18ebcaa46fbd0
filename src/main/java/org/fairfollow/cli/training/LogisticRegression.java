package org.fairfollow.cli.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Log odds linear in a few features.
 *
 * @param weights one a feature
 */
record LogisticRegression(double intercept, double[] weights) {
    private static final int MOST_STEPS = 100;
    private static final double CLOSE_ENOUGH = 1e-12;

    double logOdds(double[] features) {
        double sum = intercept;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * features[i];
        }
        return sum;
    }

    /**
     * Fits by Newton's method, with a penalty of half {@code l2} times the square of each weight per standard deviation
     * of its feature. No weight is negative: a feature that would get one is left out.
     */
    static LogisticRegression fit(List<double[]> features, boolean[] labels, double l2) {
        int columns = features.getFirst().length;
        double[] mean = new double[columns];
        double[] deviation = new double[columns];
        for (int j = 0; j < columns; j++) {
            int column = j;
            mean[j] = features.stream().mapToDouble(row -> row[column]).sum() / features.size();
            double centre = mean[j];
            double squares = features.stream()
                    .mapToDouble(row -> (row[column] - centre) * (row[column] - centre))
                    .sum();
            deviation[j] = squares == 0 ? 1 : StrictMath.sqrt(squares / features.size());
        }
        List<Integer> kept = new ArrayList<>(IntStream.range(0, columns).boxed().toList());
        while (true) {
            double[] coefficients = newton(standardised(features, kept, mean, deviation), labels, l2);
            int worst = 0;
            for (int i = 1; i < coefficients.length; i++) {
                if (coefficients[i] < 0 && (worst == 0 || coefficients[i] < coefficients[worst])) {
                    worst = i;
                }
            }
            if (worst == 0) {
                return unstandardised(coefficients, kept, mean, deviation);
            }
            kept.remove(worst - 1);
        }
    }

    private static double[][] standardised(
            List<double[]> features, List<Integer> kept, double[] mean, double[] deviation) {
        double[][] rows = new double[features.size()][kept.size() + 1];
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = 1;
            for (int k = 0; k < kept.size(); k++) {
                int column = kept.get(k);
                rows[i][k + 1] = (features.get(i)[column] - mean[column]) / deviation[column];
            }
        }
        return rows;
    }

    private static LogisticRegression unstandardised(
            double[] coefficients, List<Integer> kept, double[] mean, double[] deviation) {
        double[] weights = new double[mean.length];
        double intercept = coefficients[0];
        for (int k = 0; k < kept.size(); k++) {
            int column = kept.get(k);
            weights[column] = coefficients[k + 1] / deviation[column];
            intercept -= weights[column] * mean[column];
        }
        return new LogisticRegression(intercept, weights);
    }

    /** The first column is the intercept's, which is not penalised. */
    private static double[] newton(double[][] rows, boolean[] labels, double l2) {
        int size = rows[0].length;
        double[] coefficients = new double[size];
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[size];
            double[][] curvature = new double[size][size];
            for (int j = 1; j < size; j++) {
                gradient[j] = -l2 * coefficients[j];
                curvature[j][j] = l2;
            }
            for (int i = 0; i < rows.length; i++) {
                double sum = 0;
                for (int j = 0; j < size; j++) {
                    sum += coefficients[j] * rows[i][j];
                }
                double p = 1 / (1 + StrictMath.exp(-sum));
                for (int j = 0; j < size; j++) {
                    gradient[j] += ((labels[i] ? 1 : 0) - p) * rows[i][j];
                    for (int k = 0; k < size; k++) {
                        curvature[j][k] += p * (1 - p) * rows[i][j] * rows[i][k];
                    }
                }
            }
            double[] move = solved(curvature, gradient);
            double largest = 0;
            for (int j = 0; j < size; j++) {
                coefficients[j] += move[j];
                largest = Math.max(largest, Math.abs(move[j]));
            }
            if (largest < CLOSE_ENOUGH) {
                break;
            }
        }
        return coefficients;
    }

    /** Solves a symmetric positive definite system by elimination; both arguments are used up. */
    private static double[] solved(double[][] matrix, double[] right) {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double factor = matrix[j][i] / matrix[i][i];
                for (int k = i; k < size; k++) {
                    matrix[j][k] -= factor * matrix[i][k];
                }
                right[j] -= factor * right[i];
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                right[i] -= matrix[i][k] * right[k];
            }
            right[i] /= matrix[i][i];
        }
        return right;
    }
}
