package lowrank4j.kernel.vector;

import java.util.stream.IntStream;
import lowrank4j.matrix.Matrix;

/** Powers of two that bring a matrix to entries of about 1, so that no square overflows or vanishes. */
final class Scaling {
    private Scaling() {}

    /** The binary exponent of the largest entry; 0 for a matrix of zeros. */
    static int exponent(Matrix a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            largest = Math.max(largest, Updates.largest(a.data(), a.rowOffset(i), a.columns()));
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    /** {@code A ← 2^exponent·A}, also where that power of two is out of range. */
    static void scale(Matrix a, int exponent) {
        int half = exponent / 2;
        for (int i = 0; i < a.rows(); i++) {
            Updates.scale(Math.scalb(1.0, half), a.data(), a.rowOffset(i), a.data(), a.rowOffset(i), a.columns());
            Updates.scale(
                    Math.scalb(1.0, exponent - half), a.data(), a.rowOffset(i), a.data(), a.rowOffset(i), a.columns());
        }
    }

    /** The positions of {@code values} from the largest to the smallest. */
    static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted((i, j) -> Double.compare(values[j], values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
