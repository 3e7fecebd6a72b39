package lowrank4j.solver;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The median of magnitudes, which up to half of the values cannot move without bound. Of many values that of 65,536 spread evenly. */
public final class Median {
    private static final int LARGEST = 1 << 16;

    /** Standard deviations in a median magnitude of normal numbers, inverted. */
    private static final double NORMAL = 1.4826;

    private final double[] scratch;

    /** For up to so many values, without further allocation. */
    public Median(int largest) {
        this.scratch = new double[Math.min(largest, LARGEST)];
    }

    /** The median of {@code |values|}; 0 for none. */
    public static double ofMagnitudes(double[] values) {
        return new Median(values.length).magnitude(values);
    }

    /** The least of {@code |values|} that, with those below it, has half of the weight; 0 for none. Of as many as all others. */
    public static double ofMagnitudes(double[] values, double[] weights) {
        int count = Math.min(values.length, LARGEST);
        int[] at = IntStream.range(0, count)
                .map(k -> (int) ((long) values.length * k / count))
                .boxed()
                .sorted(Comparator.comparingDouble(k -> Math.abs(values[k])))
                .mapToInt(Integer::intValue)
                .toArray();
        double half = Arrays.stream(at).mapToDouble(k -> weights[k]).sum() / 2;
        double below = 0;
        for (int k : at) {
            below += weights[k];
            if (below >= half) {
                return Math.abs(values[k]);
            }
        }
        return count == 0 ? 0 : Math.abs(values[at[count - 1]]);
    }

    /** The standard deviation that normal numbers of mean 0 with this median magnitude have. */
    public double deviation(double[] values) {
        return NORMAL * magnitude(values);
    }

    private double magnitude(double[] values) {
        int count = Math.min(values.length, scratch.length);
        if (count == 0) {
            return 0;
        }
        for (int k = 0; k < count; k++) {
            scratch[k] = Math.abs(values[(int) ((long) values.length * k / count)]);
        }
        return select(count, count / 2);
    }

    /** The k-th smallest of the first {@code count} (Hoare 1961). */
    private double select(int count, int k) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            double pivot = scratch[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (scratch[i] < pivot) {
                    i++;
                }
                while (pivot < scratch[j]) {
                    j--;
                }
                if (i <= j) {
                    double swapped = scratch[i];
                    scratch[i++] = scratch[j];
                    scratch[j--] = swapped;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return scratch[k];
            }
        }
        return scratch[k];
    }
}
