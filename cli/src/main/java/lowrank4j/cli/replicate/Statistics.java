package lowrank4j.cli.replicate;

import java.util.Arrays;
import java.util.Collection;

/** Sums up measured values. */
final class Statistics {
    private Statistics() {}

    /** The middle value, or the mean of the two in the middle; NaN if there are none, or if one is NaN. */
    static double median(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
            return Double.NaN;
        }
        double low = sorted[(sorted.length - 1) / 2];
        double high = sorted[sorted.length / 2];
        return low == high ? low : (low + high) / 2;
    }

    /** The mean; NaN if there are none. */
    static double mean(Collection<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    /** The slope of the line that fits the points best (least squares); at least two different x are needed. */
    static double slope(double[] x, double[] y) {
        if (x.length != y.length || x.length < 2) {
            throw new IllegalArgumentException(
                    "a line needs as many x as y, at least 2, not " + x.length + " and " + y.length);
        }
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        return products / squares;
    }

    /** The largest vertical distance of a point from the line of this slope through the mean. */
    static double deviation(double[] x, double[] y, double slope) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(y[i] - meanY - slope * (x[i] - meanX)));
        }
        return largest;
    }

    /** The slope in logarithmic axes: the p of y ~ xᵖ. */
    static double power(double[] x, double[] y) {
        return slope(
                Arrays.stream(x).map(Math::log10).toArray(),
                Arrays.stream(y).map(Math::log10).toArray());
    }

    /** The largest value over the least, of positive ones. */
    static double ratio(double... values) {
        return Arrays.stream(values).max().orElseThrow()
                / Arrays.stream(values).min().orElseThrow();
    }
}
