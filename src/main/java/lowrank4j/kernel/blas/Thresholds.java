package lowrank4j.kernel.blas;

/** From which sizes on a call to OpenBLAS is the faster way. */
final class Thresholds {
    static final int CHOLESKY_ORDER = 128;

    /** At 96 the vector tier took 0.84 of LAPACK's time, at 128 1.10. */
    static final int EIGEN_ORDER = 112;

    /** At 64 the vector tier took 0.91 of LAPACK's time, at 100 1.28. */
    static final int SVD_ORDER = 80;

    /**
     * With vectors of 512 bits. Where all of n, terms and m are 512 the vector tier took 0.97 to 1.02 of OpenBLAS's time, from 768 on
     * 1.08 to 1.12, and where one of them is 64 and others 1000 to 3000, 0.38 to 0.86.
     */
    private static final int WIDE_PRODUCT = 640;

    /** With narrower ones: at 256 bits the vector tier took 1.5 times as long at 128, on a processor whose OpenBLAS has 512. */
    private static final int PRODUCT = 64;

    private Thresholds() {}

    static boolean productIsLarge(int vectorBits, int n, int terms, int m) {
        return Math.min(n, Math.min(terms, m)) >= (vectorBits >= 512 ? WIDE_PRODUCT : PRODUCT);
    }

    /** AᵀB: 0.65 to 0.96 of OpenBLAS's time in the vector tier where one of them is 64 and the others 1000, 1.2 times at 128 and 300. */
    static boolean transposedProductIsLarge(int n, int terms, int m) {
        return Math.min(n, Math.min(terms, m)) > 64;
    }

    static boolean gramIsLarge(int n, int r) {
        return Math.min(n, r) >= 64;
    }

    /** Tall ones are products in the vector tier: 0.90 of LAPACK's time at 128 × 64, 1.35 at 64 × 64. */
    static boolean qrIsLarge(int n, int k) {
        return k >= 16 && n < 2 * k;
    }
}
