package lowrank4j.solver;

import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;

/**
 * The eigenvalues of a Hermitian X = U U* in factored form, and factors of its leading part, from the eigendecomposition of the r×r Hermitian {@code U*U};
 * n×n is never formed.
 *
 * <p>This is the rank over the complex numbers. The columns of U may depend on each other there although those of the real stack {@code [Re U; Im U]} do not,
 * u and i·u for one: a solver that sees the stack then counts one direction twice. Cost: O(nr² + r³).
 */
public final class HermitianSpectrum {
    private final HermitianFactors factors;
    private final Kernels kernels;
    private final double[] values;
    /** The eigenvectors of U*U, orthonormal in the columns. */
    private final HermitianFactors vectors;

    /** Decomposes {@code factors}, which are kept as they are. */
    public HermitianSpectrum(HermitianFactors factors, Kernels kernels) {
        this.factors = factors;
        this.kernels = kernels;
        int r = factors.rank();
        // V diag(values) V* of H stands in [[Re H, -Im H], [Im H, Re H]] twice, as [Re v; Im v] and [-Im v; Re v].
        Matrix embedded = Matrix.zeros(2 * r, 2 * r);
        Matrix real = embedded.rowRange(0, r).columnRange(0, r);
        Matrix imaginary = embedded.rowRange(r, 2 * r).columnRange(0, r);
        kernels.transposedMultiply(1, factors.real(), factors.real(), 0, real);
        kernels.transposedMultiply(1, factors.imaginary(), factors.imaginary(), 1, real);
        kernels.transposedMultiply(1, factors.real(), factors.imaginary(), 0, imaginary);
        kernels.transposedMultiply(-1, factors.imaginary(), factors.real(), 1, imaginary);
        embedded.rowRange(r, 2 * r).columnRange(r, 2 * r).copyFrom(real);
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                embedded.set(i, r + j, -imaginary.get(i, j));
            }
        }
        double[] doubled = new double[2 * r];
        Matrix candidates = Matrix.zeros(2 * r, 2 * r);
        kernels.symmetricEigen(embedded, doubled, candidates);
        this.values = new double[r];
        for (int k = 0; k < r; k++) {
            values[k] = Math.max(0, doubled[2 * k]);
        }
        this.vectors = HermitianFactors.ofStacked(oneOfEachPair(candidates));
    }

    /**
     * Of eigenvectors that come in pairs v and i·v, in any mixture, as many as are independent over the complex numbers. Of the first 2(k + 1) at least one
     * lies by 1/√(k + 1) of its length outside the span of k chosen ones, so that the farthest is taken. What is chosen is taken off the others.
     */
    private static Matrix oneOfEachPair(Matrix candidates) {
        int r = candidates.rows() / 2;
        Matrix chosen = Matrix.zeros(2 * r, r);
        for (int k = 0; k < r; k++) {
            int farthest = 0;
            for (int c = 1; c < 2 * (k + 1); c++) {
                farthest = length(candidates, c) > length(candidates, farthest) ? c : farthest;
            }
            chosen.columnRange(k, k + 1).copyFrom(candidates.columnRange(farthest, farthest + 1));
            // Once more: a short rest has lost digits.
            for (int j = 0; j < k; j++) {
                takeOff(chosen, j, chosen, k);
            }
            double length = length(chosen, k);
            for (int i = 0; i < 2 * r; i++) {
                chosen.set(i, k, chosen.get(i, k) / length);
            }
            for (int c = 0; c < 2 * r; c++) {
                takeOff(chosen, k, candidates, c);
            }
        }
        return chosen;
    }

    private static double length(Matrix stacked, int column) {
        double square = 0;
        for (int i = 0; i < stacked.rows(); i++) {
            square += stacked.get(i, column) * stacked.get(i, column);
        }
        return Math.sqrt(square);
    }

    /** {@code target ← target - v (v* target)}, v and target complex columns of stacks. */
    private static void takeOff(Matrix vectors, int v, Matrix targets, int target) {
        int r = vectors.rows() / 2;
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < r; i++) {
            real += vectors.get(i, v) * targets.get(i, target) + vectors.get(r + i, v) * targets.get(r + i, target);
            imaginary +=
                    vectors.get(i, v) * targets.get(r + i, target) - vectors.get(r + i, v) * targets.get(i, target);
        }
        for (int i = 0; i < r; i++) {
            double p = vectors.get(i, v);
            double q = vectors.get(r + i, v);
            targets.set(i, target, targets.get(i, target) - real * p + imaginary * q);
            targets.set(r + i, target, targets.get(r + i, target) - real * q - imaginary * p);
        }
    }

    /** The eigenvalues of X that may differ from zero, r of them, descending. */
    public double[] values() {
        return values.clone();
    }

    /** How many eigenvalues are above {@code threshold}. */
    public int count(double threshold) {
        int count = 0;
        while (count < values.length && values[count] > threshold) {
            count++;
        }
        return count;
    }

    /** {@code U V} of the leading eigenvectors: orthogonal columns, each of its eigenvalue's root in norm. */
    public HermitianFactors leading(int rank) {
        Matrix p = vectors.real().columnRange(0, rank);
        Matrix q = vectors.imaginary().columnRange(0, rank);
        Matrix real = Matrix.zeros(factors.order(), rank);
        Matrix imaginary = Matrix.zeros(factors.order(), rank);
        kernels.multiply(1, factors.real(), p, 0, real);
        kernels.multiply(-1, factors.imaginary(), q, 1, real);
        kernels.multiply(1, factors.real(), q, 0, imaginary);
        kernels.multiply(1, factors.imaginary(), p, 1, imaginary);
        return new HermitianFactors(real, imaginary);
    }
}
