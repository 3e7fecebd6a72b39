package lowrank4j.kernel.vector;

import lowrank4j.matrix.Matrix;

/**
 * Thin QR. Well-conditioned matrices take CholeskyQR2, which is all matrix products (Yamamoto, Nakatsukasa, Yanagisawa and Fukaya
 * 2015, Roundoff error analysis of the CholeskyQR2 algorithm); Householder reflections take over wherever the columns that come
 * out of its first step are not yet close to orthonormal, so that Q is orthonormal to working precision always.
 */
final class ThinQr {
    /** Largest ‖QᵀQ - I‖ after the first step from which the second one reaches working precision. */
    private static final double CLOSE = 0.1;

    private ThinQr() {}

    static void factor(Matrix a, Matrix q, Matrix r) {
        if (q != a) {
            q.copyFrom(a);
        }
        int k = q.columns();
        Matrix gram = Matrix.zeros(k, k);
        Products.gram(q, gram);
        if (!Cholesky.factor(gram)) {
            HouseholderQr.factor(q, q, r);
            return;
        }
        CholeskySolve.solveUpper(gram, q);
        Matrix first = upperTriangle(gram);
        Matrix second = Matrix.zeros(k, k);
        Products.gram(q, gram);
        if (isCloseToIdentity(gram) && Cholesky.factor(gram)) {
            CholeskySolve.solveUpper(gram, q);
            second.copyFrom(upperTriangle(gram));
        } else {
            HouseholderQr.factor(q, q, second);
        }
        Products.multiply(1, second, first, 0, r);
    }

    private static Matrix upperTriangle(Matrix factor) {
        Matrix upper = Matrix.zeros(factor.rows(), factor.rows());
        for (int i = 0; i < factor.rows(); i++) {
            for (int j = i; j < factor.rows(); j++) {
                upper.set(i, j, factor.get(i, j));
            }
        }
        return upper;
    }

    /** By the largest sum of a row, which bounds the spectral norm. */
    private static boolean isCloseToIdentity(Matrix gram) {
        for (int i = 0; i < gram.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < gram.rows(); j++) {
                sum += Math.abs(gram.get(i, j) - (i == j ? 1 : 0));
            }
            if (!(sum <= CLOSE)) {
                return false;
            }
        }
        return true;
    }
}
