package lowrank4j.solver;

import java.util.Arrays;
import lowrank4j.matrix.SparsePattern;

/**
 * How many singular values carry a matrix of which some entries are known, before anything is fitted: {@code ‖X‖_F⁴ / ‖X Xᵀ‖_F²}, which is r
 * for r equal singular values and less where they differ.
 *
 * <p>The mean of {@code x_ij x_kj x_kl x_il} over the pairs of rows i, k that share two columns j, l estimates {@code ‖X Xᵀ‖_F² / (n1 n2)²}
 * without bias (Khetan, Oh 2017, "Spectrum estimation from a few entries", arXiv 1703.06327, with cycles of length four), the mean square
 * {@code ‖X‖_F² / (n1 n2)}. Noise that is independent from entry to entry cancels in the first mean and only swells the second: the
 * estimate is (1 + noise/signal)² times too large, noise and signal in squares, and pure noise has no finite one.
 */
public final class CycleRank {
    private CycleRank() {}

    /**
     * The estimate, at least 1 where singular values differ but entries are alike in size; infinite where the entries show no low rank, as
     * noise, or close no cycle of four. Its relative error is about r over the root of the number of cycles. Cost: the
     * square of the shorter side, and the squares of the numbers of entries of the lines along it, summed.
     *
     * @param values by position in the pattern
     */
    public static double of(SparsePattern pattern, double[] values) {
        // Fourth powers overflow, or vanish, where the entries do not.
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        double[] scaled = Arrays.stream(values).map(value -> value / largest).toArray();
        SparsePattern.Entries byColumn = pattern.transposed(scaled);
        return pattern.rows() <= pattern.columns()
                ? estimate(pattern, scaled, byColumn)
                : estimate(byColumn.pattern(), byColumn.values(), new SparsePattern.Entries(pattern, scaled));
    }

    private static double estimate(SparsePattern pattern, double[] values, SparsePattern.Entries byColumn) {
        int rows = pattern.rows();
        double[] products = new double[rows];
        double[] squares = new double[rows];
        int[] shared = new int[rows];
        double cycles = 0;
        double fourths = 0;
        double total = 0;
        for (int i = 0; i < rows; i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                total += values[e] * values[e];
                for (int f = byColumn.pattern().rowStart()[j];
                        byColumn.pattern().columnIndex()[f] < i;
                        f++) {
                    int k = byColumn.pattern().columnIndex()[f];
                    double product = values[e] * byColumn.values()[f];
                    products[k] += product;
                    squares[k] += product * product;
                    shared[k]++;
                }
            }
            for (int k = 0; k < i; k++) {
                fourths += products[k] * products[k] - squares[k];
                cycles += (double) shared[k] * (shared[k] - 1);
                products[k] = 0;
                squares[k] = 0;
                shared[k] = 0;
            }
        }
        double meanSquare = total / values.length;
        return cycles > 0 && fourths > 0 ? meanSquare * meanSquare / (fourths / cycles) : Double.POSITIVE_INFINITY;
    }
}
