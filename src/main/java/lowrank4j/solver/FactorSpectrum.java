package lowrank4j.solver;

import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * The singular value decomposition of {@code L Rᵀ} from thin QR of both factors and the SVD of an r×r core; n1×n2 is never formed.
 * Cost: O((n1+n2)r² + r³).
 */
public final class FactorSpectrum {
    private final Kernels kernels;
    private final Factors factors;
    private final Matrix leftBasis;
    private final Matrix rightBasis;
    private final Matrix coreLeft;
    private final Matrix coreRight;
    private final double[] values;

    /** Decomposes {@code factors}, which are kept as they are and must have at most min(n1, n2) columns. */
    public FactorSpectrum(Factors factors, Kernels kernels) {
        this.kernels = kernels;
        this.factors = factors;
        int r = factors.rank();
        Matrix triangle = Matrix.zeros(r, r);
        Matrix otherTriangle = triangle;
        this.leftBasis = Matrix.zeros(factors.rows(), r);
        kernels.thinQr(factors.left(), leftBasis, triangle);
        if (factors.isSymmetric()) {
            this.rightBasis = leftBasis;
        } else {
            this.rightBasis = Matrix.zeros(factors.columns(), r);
            otherTriangle = Matrix.zeros(r, r);
            kernels.thinQr(factors.right(), rightBasis, otherTriangle);
        }
        Matrix core = Matrix.zeros(r, r);
        kernels.multiplyTransposed(1, triangle, otherTriangle, 0, core);
        this.coreLeft = Matrix.zeros(r, r);
        this.coreRight = Matrix.zeros(r, r);
        this.values = new double[r];
        kernels.thinSvd(core, coreLeft, values, coreRight);
    }

    /** The singular values, descending. */
    public double[] values() {
        return values.clone();
    }

    /** How many singular values are above {@code threshold}. */
    public int count(double threshold) {
        int count = 0;
        while (count < values.length && values[count] > threshold) {
            count++;
        }
        return count;
    }

    /** Balanced factors {@code U Σ^½}, {@code V Σ^½} of the leading {@code rank} singular triples. */
    public Factors leading(int rank) {
        Matrix left = scaled(leftBasis, coreLeft, rank);
        return factors.isSymmetric() ? Factors.symmetric(left) : new Factors(left, scaled(rightBasis, coreRight, rank));
    }

    /** The left singular vectors, orthonormal in the columns. */
    public Matrix leftVectors() {
        return product(leftBasis, coreLeft);
    }

    /** The right singular vectors, orthonormal in the columns. */
    public Matrix rightVectors() {
        return product(rightBasis, coreRight);
    }

    private Matrix scaled(Matrix basis, Matrix core, int rank) {
        Matrix columns = core.columnRange(0, rank).copy();
        for (int k = 0; k < rank; k++) {
            for (int i = 0; i < columns.rows(); i++) {
                columns.set(i, k, columns.get(i, k) * Math.sqrt(values[k]));
            }
        }
        return product(basis, columns);
    }

    private Matrix product(Matrix basis, Matrix columns) {
        Matrix product = Matrix.zeros(basis.rows(), columns.columns());
        kernels.multiply(1, basis, columns, 0, product);
        return product;
    }
}
