package lowrank4j.kernel.blas;

/** From which sizes on a call to OpenBLAS is the faster way. */
final class Thresholds {
    static final int CHOLESKY_ORDER = 128;
    static final int EIGEN_ORDER = 24;
    static final int SVD_ORDER = 24;

    private Thresholds() {}

    static boolean productIsLarge(int n, int terms, int m) {
        return Math.min(n, Math.min(terms, m)) >= 64;
    }

    static boolean gramIsLarge(int n, int r) {
        return Math.min(n, r) >= 64;
    }

    static boolean qrIsLarge(int n, int k) {
        return k >= 16;
    }
}
