package lowrank4j.kernel;

import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/**
 * Every hot operation of the library, declared once. Implementations are the tiers; {@link Tiers} hands one out behind a door
 * that checks the shapes, so an implementation may take them for granted.
 *
 * <p>All operations run on the calling thread, and may run on several threads at once as long as their outputs do not overlap.
 * An output never overlaps an input unless said. With β = 0 the old contents of an output are not read (NaN there does not
 * survive). Sums of doubles may be taken in another order than the formula's, so results agree between tiers within
 * {@code c·k·eps·Σ|terms|} for sums of k terms, not to the bit; one tier gives the same bits each time. Symbols: n, m, k, r are
 * counts; eps is 2⁻⁵³.
 */
public interface Kernels {
    Tier tier();

    /** {@code Σ xᵢⱼ yᵢⱼ}, both n×m. Cost: 2nm flops. */
    double dot(Matrix x, Matrix y);

    /** {@code Y ← Y + αX}, both n×m. Cost: 2nm flops. */
    void axpy(double alpha, Matrix x, Matrix y);

    /** {@code Y ← αX}, both n×m. */
    void scaledCopy(double alpha, Matrix x, Matrix y);

    /** {@code G ← XᵀX}, X n×r, G r×r, both triangles. Cost: nr² flops or twice that. */
    void gram(Matrix x, Matrix g);

    /** {@code C ← αAB + βC}, A n×k, B k×m, C n×m; fast too where A is tall or m small. Cost: 2nkm flops. */
    void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c);

    /** {@code C ← αABᵀ + βC}, A n×k, B m×k, C n×m. Cost: 2nkm flops. */
    void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c);

    /** {@code C ← αAᵀB + βC}, A k×n, B k×m, C n×m. Cost: 2nkm flops. */
    void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c);

    /** {@code outᵢ ← <aᵢ, x>} for the rows aᵢ, from ≤ i &lt; to. {@code x} has the rows' width d. Cost: 2d flops a row. */
    void sensingForward(DenseRows rows, int from, int to, double[] x, double[] out);

    /** {@code g ← g + Σ zᵢ aᵢ} over from ≤ i &lt; to; {@code z} is indexed by row. Cost: 2d flops a row. */
    void sensingAdjoint(DenseRows rows, int from, int to, double[] z, double[] g);

    /**
     * Residual and gradient in one pass over the rows: {@code residualᵢ ← <aᵢ, x> - yᵢ} and {@code g ← g + Σ residualᵢ aᵢ} over
     * from ≤ i &lt; to. Cost: 4d flops a row, and each row comes from memory once.
     *
     * @param x width d
     * @param y observed, indexed by row
     * @param residual written, indexed by row
     * @param g width d, added to
     * @return {@code Σ residualᵢ²}
     */
    double sensingGradient(DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g);

    /**
     * {@link #sensingGradient} of several x at once, which may share one read of the rows: {@code residual[p]}, {@code g[p]} and
     * {@code loss[p]} as from {@code x[p]} and {@code y[p]}. No two outputs are one array. Cost: 4d flops a row and x; eight x
     * take the vector tier less than three times as long as one.
     *
     * @param x any number of them, each of width d
     * @param y as many, which may be one array
     * @param loss written, {@code Σ residual[p]ᵢ²}
     */
    default void sensingGradients(
            DenseRows rows,
            int from,
            int to,
            double[][] x,
            double[][] y,
            double[][] residual,
            double[][] g,
            double[] loss) {
        for (int p = 0; p < x.length; p++) {
            loss[p] = sensingGradient(rows, from, to, x[p], y[p], residual[p], g[p]);
        }
    }

    /** {@code outᵢ ← <aᵢ, x>} for rows aᵢ of signs, from ≤ i &lt; to. {@code x} has the rows' width d. Cost: d additions and d/8 bytes a row. */
    void signForward(SignRows rows, int from, int to, double[] x, double[] out);

    /** {@code g ← g + Σ zᵢ aᵢ} over rows aᵢ of signs, from ≤ i &lt; to; {@code z} is indexed by row. Cost: d additions and d/8 bytes a row. */
    void signAdjoint(SignRows rows, int from, int to, double[] z, double[] g);

    /**
     * Residual and gradient in one pass over rows of signs, as {@link #sensingGradient}. Cost: 2d additions and d/8 bytes a row.
     *
     * @param x width d
     * @param y observed, indexed by row
     * @param residual written, indexed by row
     * @param g width d, added to
     * @return {@code Σ residualᵢ²}
     */
    double signGradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g);

    /**
     * Makes numbers of rows that are nowhere stored: {@code outᵢⱼ ← rows.get(from + i, first + j)} for from + i &lt; to and every j of
     * {@code out}; other rows of {@code out} are left alone. The same bits on every tier. Cost: about 2 cycles a normal number,
     * and half a one a sign, with vectors of 512 bits.
     *
     * @param first a multiple of {@link lowrank4j.matrix.Ensemble#HALVES}, as is the width of {@code out}; together at most
     *     {@link SeededRows#paddedWidth()}
     * @param out float32, at least to - from rows
     */
    default void seededNumbers(SeededRows rows, int from, int to, int first, DenseRows out) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < out.width(); j++) {
                out.set(i - from, j, rows.get(i, first + j));
            }
        }
    }

    /**
     * The Fourier transform of complex numbers in place, in the order of {@link FourierTransform#frequency}. Cost: 5N·log₂(N) flops;
     * error: about eps·log₂(N)·‖X‖.
     *
     * @param count of the numbers, up to N; those after them are not read and count as zeros
     * @param x 2×N, the real parts in its first row and the imaginary ones in its second
     */
    default void fourierForward(FourierTransform transform, int count, Matrix x) {
        transform.forward(count, x);
    }

    /**
     * N times the inverse of {@link #fourierForward}.
     *
     * @param count of the numbers that are asked for, up to N; what X holds after them is not said
     * @param x 2×N
     */
    default void fourierInverse(FourierTransform transform, int count, Matrix x) {
        transform.inverse(x);
    }

    /** {@code s_j ← s_j + x_j·y_j}, complex numbers: all 2×n, real parts over imaginary ones. X may be Y. Cost: 8n flops. */
    default void complexProducts(Matrix x, Matrix y, Matrix sums) {
        for (int j = 0; j < sums.columns(); j++) {
            sums.set(0, j, sums.get(0, j) + (x.get(0, j) * y.get(0, j) - x.get(1, j) * y.get(1, j)));
            sums.set(1, j, sums.get(1, j) + (x.get(0, j) * y.get(1, j) + x.get(1, j) * y.get(0, j)));
        }
    }

    /** {@code x_j ← c_j·conj(x_j)}, complex numbers: both 2×n, real parts over imaginary ones. Cost: 6n flops. */
    default void conjugateProducts(Matrix c, Matrix x) {
        for (int j = 0; j < x.columns(); j++) {
            double real = c.get(0, j) * x.get(0, j) + c.get(1, j) * x.get(1, j);
            x.set(1, j, c.get(1, j) * x.get(0, j) - c.get(0, j) * x.get(1, j));
            x.set(0, j, real);
        }
    }

    /** {@code out_e ← <l_i, r_j>} for each observed entry e = (i, j) of rows fromRow ≤ i &lt; toRow. Cost: 2r flops an entry. */
    void completionForward(SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out);

    /**
     * Residual and both factor gradients in one pass over the observed entries e = (i, j), fromRow ≤ i &lt; toRow:
     * {@code residual_e ← <l_i, r_j> - y_e}, {@code gradLeft_i += residual_e r_j}, {@code gradRight_j += residual_e l_i}.
     * Cost: 6r flops an entry.
     *
     * @param left n1×r
     * @param right n2×r
     * @param y observed, by position in the pattern
     * @param residual written, by position in the pattern
     * @param gradLeft n1×r, added to in rows fromRow … toRow - 1 only
     * @param gradRight n2×r, added to; must not share storage with gradLeft
     * @return {@code Σ residual_e²}
     */
    double completionGradient(
            SparsePattern pattern,
            int fromRow,
            int toRow,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight);

    /**
     * A product of the sparse matrix of the observed entries: {@code out_i ← Σ_e z_e x_j} over the entries e = (i, j) of each row
     * fromRow ≤ i &lt; toRow; zero for a row without entries. Cost: 2k flops an entry.
     *
     * @param z by position in the pattern
     * @param x n2×k
     * @param out n1×k, written in rows fromRow … toRow - 1 only
     */
    void completionProduct(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out);

    /**
     * The normal equations of rows, {@code G_i ← Σ_e z_e z_eᵀ} over the observed entries e = (i, j) of each row
     * fromRow ≤ i &lt; toRow, with {@code z_e = (x_j, y_e)}: of an order above X's columns, zero for a row without entries. Cost:
     * (r + 1)² flops an entry.
     *
     * @param x n2×r
     * @param y by position in the pattern
     * @param grams (toRow - fromRow)(r + 1) × (r + 1): the lower triangle of each G_i is written, what is above it left alone
     */
    void completionGrams(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams);

    /**
     * Factors the symmetric positive definite S = CCᵀ in place. Reads the lower triangle; writes C to the lower triangle and Cᵀ
     * to the upper one. Cost: r³/3 flops.
     *
     * @return false, leaving S in an unspecified state, where a pivot is not above r·eps times the largest diagonal entry (or is
     *     NaN): S is then numerically singular or indefinite
     */
    boolean cholesky(Matrix s);

    /** {@code X ← X (CCᵀ)⁻¹} in place, X n×r, from the result of {@link #cholesky}. Cost: 2nr² flops. */
    void choleskySolve(Matrix factor, Matrix x);

    /**
     * {@code x_b ← x_b S_b⁻¹} for the rows x_b of X, n×r, and as many small systems: S_b is rows b·r … b·r + r - 1 of {@code systems},
     * nr×r, symmetric positive definite; its lower triangle is read, and it is destroyed. A row whose system {@link #cholesky}
     * refuses becomes zero. Cost: n(r³/3 + 2r²) flops.
     *
     * @return how many were refused
     */
    default int choleskySolveEach(Matrix systems, Matrix x) {
        int r = x.columns();
        int refused = 0;
        for (int b = 0; b < x.rows(); b++) {
            Matrix system = systems.rowRange(b * r, b * r + r);
            Matrix row = x.rowRange(b, b + 1);
            if (cholesky(system)) {
                choleskySolve(system, row);
            } else {
                row.fill(0);
                refused++;
            }
        }
        return refused;
    }

    /** Thin QR: {@code A = QR}, A n×k with n ≥ k; Q n×k with orthonormal columns, R k×k upper triangular. Q may be A itself. */
    void thinQr(Matrix a, Matrix q, Matrix r);

    /**
     * {@code S = V diag(values) Vᵀ} of a symmetric r×r S, eigenvalues descending, eigenvectors in the columns of V. Reads the
     * lower triangle; destroys S.
     */
    void symmetricEigen(Matrix s, double[] values, Matrix vectors);

    /**
     * {@code P ← S⁺}, the pseudo-inverse of a symmetric positive semidefinite r×r S: what its eigenvalues above 2·r·eps times the
     * largest invert, and zero on the rest. Reads the lower triangle; destroys S. P must not overlap it.
     */
    default void pseudoInverse(Matrix s, Matrix inverse) {
        int r = s.rows();
        double[] values = new double[r];
        Matrix vectors = Matrix.zeros(r, r);
        symmetricEigen(s, values, vectors);
        int rank = 0;
        while (rank < r && values[rank] > r * 0x1p-52 * values[0]) {
            for (int i = 0; i < r; i++) {
                vectors.set(i, rank, vectors.get(i, rank) / Math.sqrt(values[rank]));
            }
            rank++;
        }
        Matrix carrying = vectors.columnRange(0, rank);
        multiplyTransposed(1, carrying, carrying, 0, inverse);
    }

    /**
     * {@code A = U diag(values) Vᵀ}, A n×m, k = min(n, m): U n×k, V m×k with orthonormal columns, values descending. A is kept.
     */
    void thinSvd(Matrix a, Matrix u, double[] values, Matrix v);
}
