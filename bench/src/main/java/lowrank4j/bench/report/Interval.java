package lowrank4j.bench.report;

import java.util.Arrays;

/**
 * A median and where it lies with 95 % confidence, whatever the distribution: between two of the ordered samples (Conover 1999).
 * Unlike a mean, it hardly moves when another program takes the processor for a while.
 */
record Interval(double median, double low, double high) {
    private static final double MOST_OUTSIDE = 0.025;

    static Interval of(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        if (n == 0) {
            throw new IllegalArgumentException("there are no samples");
        }
        int below = below(n);
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new Interval(median, sorted[below], sorted[n - 1 - below]);
    }

    /** How many samples lie outside at each end: the most for which fewer than 2.5 % of all draws have the median out there. */
    private static int below(int n) {
        double probability = Math.pow(0.5, n); // that exactly k of n samples lie below the median, k = 0
        double outside = probability;
        int k = 0;
        while (outside + probability * (n - k) / (k + 1) <= MOST_OUTSIDE) {
            probability *= (double) (n - k) / (k + 1);
            outside += probability;
            k++;
        }
        return k;
    }
}
