package lowrank4j;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.QuantisedMatrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import lowrank4j.solver.Initialisation;

/**
 * A known matrix in few bits, as a product of two factors in low precision: {@code X ≈ Q(L)·Q'(W)}, where W is fitted to the quantised
 * left factor and so makes up for much of its rounding, {@code W = Q(L)⁺X} (Saha, Srivastava, Pilanci 2023, NeurIPS, arXiv 2310.11028).
 *
 * <p>The columns of L must have one scale, for one quantiser serves all of them: so L is a random mixture of the singular vectors
 * times their values or the roots of these, and never these themselves. Q and Q' are uniform, with the range of what they quantise,
 * or of one bit, with two means.
 */
public final class LowRankCompression {
    private LowRankCompression() {}

    /**
     * {@code X ≈ left·rightᵀ}.
     *
     * @param left n1×r
     * @param right n2×r
     * @param relativeError ‖X - left·rightᵀ‖/‖X‖, Frobenius; 0 for X = 0
     */
    public record Compressed(QuantisedMatrix left, QuantisedMatrix right, double relativeError) {
        /** The factors in full precision. */
        public Factors factors() {
            return new Factors(left.toMatrix(), right.toMatrix());
        }

        /** Bits of all codes, packed, for each entry of X. */
        public double bitsPerEntry() {
            return (left.totalBits() + right.totalBits()) / ((double) left.rows() * right.rows());
        }

        /** {@link #bitsPerEntry} over the 64 of a double. */
        public double compressionRatio() {
            return bitsPerEntry() / Double.SIZE;
        }
    }

    /**
     * How much is kept.
     *
     * @param rank columns of the factors, at least 1
     * @param leftBits of an entry of the left factor, 1 … 8
     * @param rightBits of an entry of the right factor, 1 … 8
     */
    public record Budget(int rank, int leftBits, int rightBits) {
        public Budget {
            if (rank < 1) {
                throw new InvalidArgumentException("rank is " + rank + ", but must be at least 1");
            }
            QuantisedMatrix.requireBits("leftBits", leftBits);
            QuantisedMatrix.requireBits("rightBits", rightBits);
        }

        /**
         * The largest rank within so many bits for each entry of an n1×n2 matrix.
         *
         * @param bitsPerEntry enough for a rank of 1, which is {@code leftBits/n2 + rightBits/n1}
         */
        public static Budget within(double bitsPerEntry, int leftBits, int rightBits, int n1, int n2) {
            double column = (double) leftBits / n2 + (double) rightBits / n1;
            if (!(bitsPerEntry >= column)) {
                throw new InvalidArgumentException("bits per entry are " + bitsPerEntry + ", but a rank of 1 takes "
                        + column + " for each entry of a " + n1 + "x" + n2 + " matrix");
            }
            return new Budget((int) Math.min(bitsPerEntry / column, Math.min(n1, n2)), leftBits, rightBits);
        }
    }

    /**
     * LPLR, algorithm 1 of the paper: L is the sketch {@code X S}, S n2×r with entries N(0, 1/r). Cost: {@code 6·n1·n2·r} flops and a
     * decomposition of an n1×r matrix; X is never decomposed. Power iterations would turn its columns into one direction, and lose
     * the others to rounding.
     *
     * @param x finite, at least 1×1
     * @param budget of rank 1 … min(n1, n2)
     */
    public static Compressed sketched(Matrix x, Budget budget, long seed, Engine engine) {
        LowRankApproximation.requireMatrix(x);
        requireRank(budget, x);
        int r = budget.rank();
        int n2 = x.columns();
        Matrix sketch = Matrix.zeros(x.rows(), r);
        map(x, engine).times(Initialisation.gaussian(n2, r, 1 / Math.sqrt(r), new Random(seed)), sketch);
        return fitted(x, sketch, budget, engine);
    }

    /**
     * LPLR from the r leading singular vectors and values: L is {@code U diag(σ)^½ O}, O r×r, orthogonal and random. The paper's LPLR-SVD is
     * {@code U diag(σ) G} with a Gaussian G, which is worse conditioned: on a photograph of 300×451, at 4 bits a code and one bit an entry, it
     * errs by 0.16, this by 0.08, the sketch by 0.15. Cost: that of {@link LowRankApproximation#ofRank}.
     *
     * @param x finite, at least 1×1
     * @param budget of rank 1 … min(n1, n2)
     */
    public static Compressed decomposed(Matrix x, Budget budget, long seed, Engine engine) {
        requireRank(budget, x);
        int r = budget.rank();
        Matrix root = LowRankApproximation.ofRank(x, r, engine).factors().left();
        Matrix mixing = Initialisation.gaussian(r, r, 1, new Random(seed));
        engine.kernels().thinQr(mixing, mixing, Matrix.zeros(r, r));
        Matrix left = Matrix.zeros(x.rows(), r);
        engine.kernels().multiply(1, root, mixing, 0, left);
        return fitted(x, left, budget, engine);
    }

    private static LinearMap map(Matrix x, Engine engine) {
        return EveryEntry.rectangular(x.rows(), x.columns(), engine).adjoint(x.toArray());
    }

    private static void requireRank(Budget budget, Matrix x) {
        RecoveryRun.requireRank(budget.rank(), Math.min(x.rows(), x.columns()));
    }

    /** {@code Q(L)} and {@code Q'(Xᵀ(Q(L)⁺)ᵀ)}. */
    private static Compressed fitted(Matrix x, Matrix exactLeft, Budget budget, Engine engine) {
        QuantisedMatrix left = quantised(exactLeft, budget.leftBits());
        Matrix exactRight = Matrix.zeros(x.columns(), budget.rank());
        map(x, engine).transposedTimes(pseudoInverseTransposed(left.toMatrix(), engine.kernels()), exactRight);
        QuantisedMatrix right = quantised(exactRight, budget.rightBits());
        return new Compressed(left, right, relativeError(x, new Factors(left.toMatrix(), right.toMatrix()), engine));
    }

    /** One bit would stand for the least and the largest entry, which next to no entry is near: an error beyond that of zero. */
    private static QuantisedMatrix quantised(Matrix factor, int bits) {
        return bits == 1 ? QuantisedMatrix.ofTwoMeans(factor) : QuantisedMatrix.of(factor, bits);
    }

    /** {@code (L⁺)ᵀ}, from a decomposition of L itself: its Gram matrix would lose half of the digits. */
    private static Matrix pseudoInverseTransposed(Matrix l, Kernels kernels) {
        int r = l.columns();
        Matrix u = Matrix.zeros(l.rows(), r);
        Matrix v = Matrix.zeros(r, r);
        double[] values = new double[r];
        kernels.thinSvd(l, u, values, v);
        double least = l.rows() * Math.ulp(1.0) * values[0];
        for (int k = 0; k < r; k++) {
            double inverse = values[k] > least ? 1 / values[k] : 0;
            for (int i = 0; i < r; i++) {
                v.set(i, k, inverse * v.get(i, k));
            }
        }
        Matrix inverse = Matrix.zeros(l.rows(), r);
        kernels.multiplyTransposed(1, u, v, 0, inverse);
        return inverse;
    }

    private static double relativeError(Matrix x, Factors found, Engine engine) {
        Matrix gap = Matrix.zeros(x.rows(), x.columns());
        EveryEntry.rectangular(x.rows(), x.columns(), engine).forward(found, gap.data());
        engine.kernels().axpy(-1, x, gap);
        double norm = Math.sqrt(engine.kernels().dot(x, x));
        return norm == 0 ? 0 : Math.sqrt(engine.kernels().dot(gap, gap)) / norm;
    }
}
