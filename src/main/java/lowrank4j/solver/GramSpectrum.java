package lowrank4j.solver;

import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * The singular value decomposition of {@code L Rᵀ} from the Gram matrices of both factors: singular values down to 1e-7 of the first,
 * where {@link FactorSpectrum} has all digits, in plain loops that are quick from their first run on. Cost: 2(n1+n2)r² flops, and two
 * eigendecompositions of order r.
 */
public final class GramSpectrum {
    /** Part of the largest eigenvalue of a Gram matrix below which there is only rounding. */
    private static final double ROUNDING = 1e-15;

    private final Factors factors;
    private final double[] values;
    private final Matrix toLeft;
    private final Matrix toRight;

    /** Decomposes {@code factors}, which are kept as they are. */
    public GramSpectrum(Factors factors, Kernels kernels) {
        this.factors = factors;
        int r = factors.rank();
        // RᵀR = S Sᵀ; the eigenvalues of Sᵀ(LᵀL)S = W Σ² Wᵀ are those of (L Rᵀ)(L Rᵀ)ᵀ.
        double[] square = new double[r];
        Matrix vectors = Matrix.zeros(r, r);
        kernels.symmetricEigen(gram(factors.right()), square, vectors);
        Matrix root = Matrix.zeros(r, r);
        Matrix inverse = Matrix.zeros(r, r); // of Sᵀ, where it has one
        for (int k = 0; k < r && square[k] > ROUNDING * square[0]; k++) {
            double deviation = Math.sqrt(square[k]);
            for (int i = 0; i < r; i++) {
                root.set(i, k, vectors.get(i, k) * deviation);
                inverse.set(i, k, vectors.get(i, k) / deviation);
            }
        }
        Matrix core = product(root.transposed(), product(gram(factors.left()), root));
        kernels.symmetricEigen(core, square, vectors);
        this.values = new double[r];
        Matrix lefts = Matrix.zeros(r, r);
        Matrix rights = Matrix.zeros(r, r);
        for (int k = 0; k < r && square[k] > ROUNDING * square[0]; k++) {
            values[k] = Math.sqrt(square[k]);
            double balance = Math.sqrt(values[k]);
            for (int i = 0; i < r; i++) {
                lefts.set(i, k, vectors.get(i, k) / balance);
                rights.set(i, k, vectors.get(i, k) * balance);
            }
        }
        this.toLeft = product(root, lefts);
        this.toRight = product(inverse, rights);
    }

    /** The singular values, descending; zero where there is only rounding. */
    public double[] values() {
        return values.clone();
    }

    /** Balanced factors {@code U Σ^½}, {@code V Σ^½}, of as many columns as there were. */
    public Factors balanced() {
        return new Factors(product(factors.left(), toLeft), product(factors.right(), toRight));
    }

    private static Matrix gram(Matrix x) {
        int r = x.columns();
        Matrix gram = Matrix.zeros(r, r);
        double[] sum = gram.data();
        double[] data = x.data();
        for (int i = 0; i < x.rows(); i++) {
            int row = x.rowOffset(i);
            for (int k = 0; k < r; k++) {
                for (int l = 0; l < r; l++) {
                    sum[k * r + l] += data[row + k] * data[row + l];
                }
            }
        }
        return gram;
    }

    private static Matrix product(Matrix a, Matrix b) {
        Matrix product = Matrix.zeros(a.rows(), b.columns());
        double[] sum = product.data();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = 0; k < a.columns(); k++) {
                double factor = a.data()[a.rowOffset(i) + k];
                int from = b.rowOffset(k);
                int to = product.rowOffset(i);
                for (int l = 0; l < b.columns(); l++) {
                    sum[to + l] += factor * b.data()[from + l];
                }
            }
        }
        return product;
    }
}
