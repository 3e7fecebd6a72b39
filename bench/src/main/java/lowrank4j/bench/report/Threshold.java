package lowrank4j.bench.report;

/** From which order on the native tier calls OpenBLAS, as {@code lowrank4j.kernel.blas.Thresholds} has it; a test compares them. */
enum Threshold {
    PRODUCT("Product of r × r matrices, beside vectors of 512 bits", 640),
    TIMES("Product of 1000 × r by r × r, beside vectors of 512 bits", 640),
    GRAM("XᵀX of 1000 × r", 80),
    CHOLESKY("Cholesky of r × r, 1000 right-hand sides", 320),
    EIGEN("Symmetric eigendecomposition of r × r", 112),
    SVD("Singular value decomposition of r × r", 80),
    TALL_SVD("Singular value decomposition of 1000 × r", 160),
    QR("QR decomposition of 1000 × r", 224);

    /** Multiply-adds of the products that it calls OpenBLAS for where that has kernels for small ones: from so many, to so many. */
    static final int SMALLEST_PRODUCT = 512;

    static final int SMALL_PRODUCT = 1_000_000;

    private final String title;
    private final int order;

    Threshold(String title, int order) {
        this.title = title;
        this.order = order;
    }

    String title() {
        return title;
    }

    /** The least r at which the native tier calls OpenBLAS. */
    int order() {
        return order;
    }
}
