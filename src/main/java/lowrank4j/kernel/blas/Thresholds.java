package lowrank4j.kernel.blas;

/** From which sizes on a call to OpenBLAS is the faster way. */
final class Thresholds {
    static final int CHOLESKY_ORDER = 128;

    /** At 96 the vector tier took 0.84 of LAPACK's time, at 128 1.10. */
    static final int EIGEN_ORDER = 112;

    /** At 64 the vector tier took 0.91 of LAPACK's time, at 100 1.28. */
    static final int SVD_ORDER = 80;

    private Thresholds() {}

    static boolean productIsLarge(int n, int terms, int m) {
        return Math.min(n, Math.min(terms, m)) >= 64;
    }

    static boolean gramIsLarge(int n, int r) {
        return Math.min(n, r) >= 64;
    }

    /** Tall ones are products in the vector tier: 0.90 of LAPACK's time at 128 × 64, 1.35 at 64 × 64. */
    static boolean qrIsLarge(int n, int k) {
        return k >= 16 && n < 2 * k;
    }
}
