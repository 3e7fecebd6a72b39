package lowrank4j.kernel.blas;

import java.util.Set;

/** From which sizes on a call to OpenBLAS is the faster way, as {@code bench/run thresholds} measures it. */
final class Thresholds {
    /** With 1000 right-hand sides the vector tier took 0.77 of LAPACK's time at 256, 1.01 at 320. */
    static final int CHOLESKY_ORDER = 320;

    /** At 96 the vector tier took 0.90 of LAPACK's time, at 128 1.13. */
    static final int EIGEN_ORDER = 112;

    /**
     * With vectors of 512 bits. Where all of n, terms and m are 512 or 640 the vector tier took 0.98 of OpenBLAS's time, at 768 1.01, at 1000
     * 1.06; where one of them is 64 and others 1000 to 3000, 0.38 to 0.86.
     */
    private static final int WIDE_PRODUCT = 640;

    /** With narrower ones: at 256 bits the vector tier took 1.5 times as long at 128, on a processor whose OpenBLAS has 512. */
    private static final int PRODUCT = 64;

    /** For these OpenBLAS has kernels for small products, which pack nothing. */
    private static final Set<String> SMALL_PRODUCT_CORES = Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

    /** Most multiply-adds of a product that they take. */
    private static final int SMALL_PRODUCT = 1_000_000;

    /** Multiply-adds from which on they are the faster way: at 64 the vector tier took 0.9 of their time, at 216 and 512 1.2. */
    private static final int SMALLEST_PRODUCT = 512;

    private Thresholds() {}

    static boolean hasSmallProducts(String core) {
        return SMALL_PRODUCT_CORES.contains(core);
    }

    static boolean productIsLarge(int vectorBits, int n, int terms, int m) {
        return Math.min(n, Math.min(terms, m)) >= (vectorBits >= 512 ? WIDE_PRODUCT : PRODUCT);
    }

    /** AB, where there are kernels for it: the vector tier took 1.0 to 2.3 times as long, with two columns up to 4 times. */
    static boolean productIsSmall(int n, int terms, int m) {
        long adds = (long) n * terms * m;
        return adds >= SMALLEST_PRODUCT && adds <= SMALL_PRODUCT;
    }

    /**
     * AᵀB, where there are kernels for it: the vector tier took 1.1 to 2.8 times as long; but 0.85 to 0.9 with two columns of B and 200 of A,
     * and 0.8 to 1.0 where both have 10 to 15 and 1000 rows.
     */
    static boolean transposedProductIsSmall(int n, int terms, int m) {
        return productIsSmall(n, terms, m) && m >= 4 && (Math.max(n, m) >= 16 || terms <= 100);
    }

    /** AᵀB: 0.65 to 0.96 of OpenBLAS's time in the vector tier where one of them is 64 and the others 1000, 1.2 times at 128 and 300. */
    static boolean transposedProductIsLarge(int n, int terms, int m) {
        return Math.min(n, Math.min(terms, m)) > 64;
    }

    /** With 1000 rows the vector tier took 0.79 of OpenBLAS's time at 64 columns, 1.57 at 96. */
    static boolean gramIsLarge(int n, int r) {
        return Math.min(n, r) >= 80;
    }

    /** Tall ones are products in the vector tier: 0.90 of LAPACK's time at 128 × 64 and 0.95 at 1000 × 192, 1.35 at 64 × 64 and 1.50 at 1000 × 256. */
    static boolean qrIsLarge(int n, int k) {
        return k >= 224 || (k >= 16 && n < 2 * k);
    }

    /** At 64 × 64 the vector tier took 0.94 of LAPACK's time, at 96 × 96 1.18; but 0.78 at 1000 × 128, and 1.04 at 1000 × 192. */
    static boolean svdIsLarge(int n, int m) {
        int k = Math.min(n, m);
        return k >= 160 || (k >= 80 && Math.max(n, m) < 4 * k);
    }
}
