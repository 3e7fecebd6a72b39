package lowrank4j.solver;

import java.util.OptionalDouble;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Changes of a left and a right factor, in place, that leave {@code L Rᵀ} as it is, with the scratch memory for factors of one shape. Cost of
 * each: O((n1+n2)r²).
 */
final class Rebalancing {
    private final Kernels kernels;
    private final Matrix triangle;
    private final Matrix otherTriangle;
    private final Matrix core;
    private final Matrix coreLeft;
    private final Matrix coreRight;
    private final double[] values;
    private final Factors spare;

    /** For factors shaped like these, which are not kept. */
    Rebalancing(Factors factors, Kernels kernels) {
        int rank = factors.rank();
        this.kernels = kernels;
        this.triangle = Matrix.zeros(rank, rank);
        this.otherTriangle = Matrix.zeros(rank, rank);
        this.core = Matrix.zeros(rank, rank);
        this.coreLeft = Matrix.zeros(rank, rank);
        this.coreRight = Matrix.zeros(rank, rank);
        this.values = new double[rank];
        this.spare = new Factors(Matrix.zeros(factors.rows(), rank), Matrix.zeros(factors.columns(), rank));
    }

    /** {@code LᵀL = RᵀR}: {@code U Σ^½} and {@code V Σ^½} of the singular value decomposition of {@code L Rᵀ}. */
    void balance(Factors factors) {
        kernels.thinQr(factors.left(), spare.left(), triangle);
        kernels.thinQr(factors.right(), spare.right(), otherTriangle);
        kernels.multiplyTransposed(1, triangle, otherTriangle, 0, core);
        kernels.thinSvd(core, coreLeft, values, coreRight);
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.sqrt(values[k]);
        }
        scaleColumns(coreLeft);
        scaleColumns(coreRight);
        kernels.multiply(1, spare.left(), coreLeft, 0, factors.left());
        kernels.multiply(1, spare.right(), coreRight, 0, factors.right());
    }

    /** Column k times {@code values[k]}. */
    private void scaleColumns(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int k = 0; k < values.length; k++) {
                matrix.set(i, k, values[k] * matrix.get(i, k));
            }
        }
    }

    /** {@code L = Q T ← Q}, {@code R ← R Tᵀ}: orthonormal columns on the left. */
    void orthonormaliseLeft(Factors factors) {
        orthonormalise(factors.left(), factors.right(), spare.right());
    }

    /** {@code R = Q T ← Q}, {@code L ← L Tᵀ}: orthonormal columns on the right. */
    void orthonormaliseRight(Factors factors) {
        orthonormalise(factors.right(), factors.left(), spare.left());
    }

    private void orthonormalise(Matrix basis, Matrix other, Matrix copy) {
        kernels.thinQr(basis, basis, triangle);
        copy.copyFrom(other);
        kernels.multiplyTransposed(1, copy, triangle, 0, other);
    }

    /**
     * All singular values of L of one size β: {@code L = P S Qᵀ ← L Q S⁻¹β}, {@code R ← R Q S/β}.
     *
     * @param size β; empty for √σ₁ of {@code L Rᵀ}
     * @return whether it was done: not where a singular value of L is zero to rounding
     */
    boolean equalise(Factors factors, OptionalDouble size) {
        int rank = factors.rank();
        kernels.gram(factors.left(), core);
        kernels.symmetricEigen(core, values, coreRight);
        if (!(values[rank - 1] > rank * 0x1p-52 * values[0])) {
            return false;
        }
        double beta = size.orElseGet(() -> Math.sqrt(new FactorSpectrum(factors, kernels).values()[0]));
        coreLeft.copyFrom(coreRight);
        for (int k = 0; k < rank; k++) {
            double ratio = Math.sqrt(values[k]) / beta;
            for (int i = 0; i < rank; i++) {
                coreLeft.set(i, k, coreLeft.get(i, k) / ratio);
                coreRight.set(i, k, coreRight.get(i, k) * ratio);
            }
        }
        spare.copyFrom(factors);
        kernels.multiply(1, spare.left(), coreLeft, 0, factors.left());
        kernels.multiply(1, spare.right(), coreRight, 0, factors.right());
        return true;
    }
}
