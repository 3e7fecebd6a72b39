package lowrank4j;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;

/**
 * A weight an entry, in units of their mean: only their ratios count, so that a ridge and the damping of offsets weigh as they do without.
 *
 * @param relative by position, of mean 1 over all entries of the matrix; none where all are equal, or where none were given
 * @param unit the weight of 1 here as it was given; 0 where none were given
 */
record EntryWeights(double[] relative, double unit) {
    static EntryWeights none() {
        return new EntryWeights(new double[0], 0);
    }

    /** @param given by position, above 0 and finite */
    static EntryWeights of(double[] given) {
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (double weight : given) {
            if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
                throw new InvalidArgumentException("a weight is " + weight + ", but must be above 0 and finite");
            }
            least = Math.min(least, weight);
            largest = Math.max(largest, weight);
        }
        if (least == largest) {
            return new EntryWeights(new double[0], largest);
        }
        if (largest / MatrixCompletion.LARGEST_WEIGHT_RATIO > least) {
            throw new InvalidArgumentException("weights are from " + least + " to " + largest
                    + ", but may differ by a factor of "
                    + MatrixCompletion.LARGEST_WEIGHT_RATIO
                    + " at the most: beyond it the smallest are lost in rounding");
        }
        double mean = 0;
        for (double weight : given) {
            mean += weight / given.length;
        }
        return new EntryWeights(in(mean, given), mean);
    }

    /** Weights as they were given, in units of another fit's; none in units of none. */
    static double[] inUnits(double unit, double[] given) {
        if ((unit > 0) != (given.length > 0)) {
            throw new InvalidArgumentException(
                    unit > 0
                            ? "the model was fitted with weights, so each entry needs one"
                            : "the model was fitted without weights, so its entries have none");
        }
        for (double weight : given) {
            double relative = weight / unit;
            if (!(relative > 0) || relative == Double.POSITIVE_INFINITY) {
                throw new InvalidArgumentException("a weight is " + weight
                        + ", but must be above 0 and finite, also in units of the fit's, " + unit);
            }
        }
        return in(unit, given);
    }

    private static double[] in(double unit, double[] given) {
        return Arrays.stream(given).map(weight -> weight / unit).toArray();
    }

    boolean areGiven() {
        return unit > 0;
    }

    double at(int position) {
        return relative.length == 0 ? 1 : relative[position];
    }

    /** The sum of so many weights, all there are. */
    double sum(int count) {
        return relative.length == 0 ? count : Arrays.stream(relative).sum();
    }

    /** The weighted sum of the squares of all values. */
    double squaredNorm(double[] values) {
        double sum = 0;
        for (int e = 0; e < values.length; e++) {
            sum += at(e) * values[e] * values[e];
        }
        return sum;
    }
}
