package lowrank4j.cli;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import lowrank4j.matrix.DenseRows;

/** Packs the symmetric parts of square matrices: the upper triangle of (A + Aᵀ)/2, row by row. */
final class SymmetricPacking {
    private SymmetricPacking() {}

    /**
     * Packs matrices from … to - 1.
     *
     * @param source rows of width n·n
     * @param target rows of width n(n+1)/2 and the same precision
     * @return the first matrix that holds NaN or an infinity, or the largest int
     */
    static int packDoubles(DenseRows source, DenseRows target, int n, int from, int to) {
        double[] matrix = new double[n * n];
        double[] packed = new double[target.width()];
        for (int m = from; m < to; m++) {
            MemorySegment.copy(
                    source.segment(), ValueLayout.JAVA_DOUBLE, source.byteOffset(m), matrix, 0, matrix.length);
            double probe = 0;
            for (int i = 0, k = 0; i < n; i++) {
                for (int j = i, above = i * n + i, below = above; j < n; j++, above++, below += n) {
                    // Halves first: the sum of two large numbers could overflow.
                    double value = 0.5 * matrix[above] + 0.5 * matrix[below];
                    packed[k++] = value;
                    probe += 0 * value;
                }
            }
            if (probe != 0) {
                return m;
            }
            MemorySegment.copy(
                    packed, 0, target.segment(), ValueLayout.JAVA_DOUBLE, target.byteOffset(m), packed.length);
        }
        return Integer.MAX_VALUE;
    }

    /** As {@link #packDoubles}, in single precision. */
    static int packFloats(DenseRows source, DenseRows target, int n, int from, int to) {
        float[] matrix = new float[n * n];
        float[] packed = new float[target.width()];
        for (int m = from; m < to; m++) {
            MemorySegment.copy(
                    source.segment(), ValueLayout.JAVA_FLOAT, source.byteOffset(m), matrix, 0, matrix.length);
            float probe = 0;
            for (int i = 0, k = 0; i < n; i++) {
                for (int j = i, above = i * n + i, below = above; j < n; j++, above++, below += n) {
                    float value = 0.5f * matrix[above] + 0.5f * matrix[below];
                    packed[k++] = value;
                    probe += 0 * value;
                }
            }
            if (probe != 0) {
                return m;
            }
            MemorySegment.copy(
                    packed, 0, target.segment(), ValueLayout.JAVA_FLOAT, target.byteOffset(m), packed.length);
        }
        return Integer.MAX_VALUE;
    }
}
