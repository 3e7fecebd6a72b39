package lowrank4j.kernel.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.matrix.Matrix;

/**
 * How a test matrix lies in its array. Everything around it and between its rows is a canary: a NaN that no arithmetic yields,
 * so that reading one spoils a result and overwriting one is seen. With nothing behind it, as most matrices are, a vector may not even
 * load what lies there.
 *
 * @param offset entries before the matrix
 * @param gap entries between two rows
 * @param behind entries after the last one
 */
record Layout(int offset, int gap, int behind) {
    private static final int BEHIND = 9;
    private static final long CANARY_BITS = 0x7ff8_dead_beef_cafeL;

    static final double CANARY = Double.longBitsToDouble(CANARY_BITS);

    /** As {@link Matrix#zeros}. */
    static final Layout DENSE = new Layout(0, 0, 0);

    /** Offsets 0, 1, 3 with strides n, n + 1, n + 7; and some that end with their array. */
    static final List<Layout> ALL = all();

    Layout(int offset, int gap) {
        this(offset, gap, BEHIND);
    }

    private static List<Layout> all() {
        List<Layout> all = new ArrayList<>(List.of(DENSE, new Layout(1, 1, 0), new Layout(3, 7, 0)));
        for (int offset : new int[] {0, 1, 3}) {
            for (int gap : new int[] {0, 1, 7}) {
                all.add(new Layout(offset, gap));
            }
        }
        return List.copyOf(all);
    }

    /** Any of them, the same for the same random numbers. */
    static Layout any(Random random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** A matrix of which every entry is {@code value}. */
    Matrix filled(int rows, int columns, double value) {
        int size = rows == 0 ? 0 : rows * (columns + gap) - gap;
        double[] data = new double[offset + size + behind];
        Arrays.fill(data, CANARY);
        Matrix matrix = Matrix.wrap(data, offset, rows, columns, columns + gap);
        matrix.fill(value);
        return matrix;
    }

    Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = filled(rows, columns, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, random.nextGaussian());
            }
        }
        return matrix;
    }

    Matrix copyOf(Matrix source) {
        Matrix matrix = filled(source.rows(), source.columns(), 0);
        matrix.copyFrom(source);
        return matrix;
    }

    /** An array whose entries 0 … length - 1 are {@code values} and the rest canaries. */
    static double[] guarded(double[] values) {
        double[] data = Arrays.copyOf(values, values.length + BEHIND);
        Arrays.fill(data, values.length, data.length, CANARY);
        return data;
    }

    static void requireCanaries(String what, Matrix... matrices) {
        for (Matrix matrix : matrices) {
            double[] data = matrix.data();
            for (int k = 0; k < data.length; k++) {
                int within = k - matrix.offset();
                boolean inside = within >= 0
                        && matrix.stride() > 0
                        && within / matrix.stride() < matrix.rows()
                        && within % matrix.stride() < matrix.columns();
                if (!inside) {
                    requireCanary(what, data, k);
                }
            }
        }
    }

    static void requireCanaries(String what, double[] data, int from) {
        requireCanaries(what, data, from, data.length);
    }

    static void requireCanaries(String what, double[] data, int from, int to) {
        for (int k = from; k < to; k++) {
            requireCanary(what, data, k);
        }
    }

    private static void requireCanary(String what, double[] data, int index) {
        if (Double.doubleToRawLongBits(data[index]) != CANARY_BITS) {
            throw new AssertionError(what + ": entry " + index
                    + " of the array, outside the output, was overwritten with " + data[index]);
        }
    }
}
