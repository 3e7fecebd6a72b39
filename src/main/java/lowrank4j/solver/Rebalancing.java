package lowrank4j.solver;

import java.util.OptionalDouble;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Changes of a left and a right factor, in place, that leave {@code L Rᵀ} as it is. Cost of each: O((n1+n2)r²) and memory for a copy. */
final class Rebalancing {
    private Rebalancing() {}

    /** {@code LᵀL = RᵀR}. */
    static void balance(Factors factors, Kernels kernels) {
        Factors balanced = new FactorSpectrum(factors, kernels).leading(factors.rank());
        factors.left().copyFrom(balanced.left());
        factors.right().copyFrom(balanced.right());
    }

    /** {@code basis = Q T ← Q}, {@code other ← other·Tᵀ}: orthonormal columns on one side. */
    static void orthonormalise(Matrix basis, Matrix other, Kernels kernels) {
        Matrix triangle = Matrix.zeros(basis.columns(), basis.columns());
        kernels.thinQr(basis, basis, triangle);
        kernels.multiplyTransposed(1, other.copy(), triangle, 0, other);
    }

    /**
     * All singular values of L of one size β: {@code L = P S Qᵀ ← L Q S⁻¹β}, {@code R ← R Q S/β}.
     *
     * @param size β; empty for √σ₁ of {@code L Rᵀ}
     * @return whether it was done: not where a singular value of L is zero to rounding
     */
    static boolean equalise(Factors factors, OptionalDouble size, Kernels kernels) {
        int rank = factors.rank();
        Matrix gram = Matrix.zeros(rank, rank);
        double[] squares = new double[rank];
        Matrix q = Matrix.zeros(rank, rank);
        kernels.gram(factors.left(), gram);
        kernels.symmetricEigen(gram, squares, q);
        if (!(squares[rank - 1] > rank * 0x1p-52 * squares[0])) {
            return false;
        }
        double beta = size.orElseGet(() -> Math.sqrt(new FactorSpectrum(factors, kernels).values()[0]));
        Matrix inverse = q.copy();
        for (int k = 0; k < rank; k++) {
            double ratio = Math.sqrt(squares[k]) / beta;
            for (int i = 0; i < rank; i++) {
                inverse.set(i, k, q.get(i, k) / ratio);
                q.set(i, k, q.get(i, k) * ratio);
            }
        }
        kernels.multiply(1, factors.left().copy(), inverse, 0, factors.left());
        kernels.multiply(1, factors.right().copy(), q, 0, factors.right());
        return true;
    }
}
