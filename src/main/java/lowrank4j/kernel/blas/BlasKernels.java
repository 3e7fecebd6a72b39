package lowrank4j.kernel.blas;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lowrank4j.blas.Blas;
import lowrank4j.blas.Lapack;
import lowrank4j.blas.LoadReport;
import lowrank4j.blas.OpenBlas;
import lowrank4j.blas.Side;
import lowrank4j.blas.Transpose;
import lowrank4j.blas.Triangle;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** The native tier: OpenBLAS where it is the faster way, other kernels for everything else. */
public final class BlasKernels implements Kernels {
    private static final AtomicBoolean LOADING = new AtomicBoolean();

    private final Kernels small;
    private final int vectorBits;
    private final boolean hasSmallProducts;
    private final OpenBlas library;
    private final Blas blas;
    private final Lapack lapack;

    private BlasKernels(Kernels small, int vectorBits, OpenBlas library) {
        this.small = small;
        this.vectorBits = vectorBits;
        this.library = library;
        this.hasSmallProducts = Thresholds.hasSmallProducts(library.coreName());
        this.blas = library.blas();
        this.lapack = library.lapack();
    }

    /** Begins to load OpenBLAS, for {@link #open} to find: in a new process both this and the vector tier take a quarter of a second. */
    public static void loadMeanwhile() {
        if (!LOADING.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("lowrank4j-load").start(OpenBlas::load);
        }
    }

    /**
     * OpenBLAS with {@code small} for what is not large, or empty; why not, and what was tried first, goes to {@code refusals}.
     *
     * @param vectorBits width of the vectors of {@code small}
     */
    public static Optional<BlasKernels> open(Kernels small, int vectorBits, List<String> refusals) {
        LoadReport report = OpenBlas.load();
        refusals.addAll(report.refusals());
        return switch (report) {
            case LoadReport.Loaded loaded -> Optional.of(new BlasKernels(small, vectorBits, loaded.library()));
            case LoadReport.Unavailable unavailable -> Optional.empty();
        };
    }

    /** Version, kernels and origin of the library, such as "OpenBLAS 0.3.31 Zen (bundled)". */
    public String library() {
        String origin = library.source().name().toLowerCase(Locale.ROOT);
        return "OpenBLAS " + library.version() + " " + library.coreName() + " (" + origin + ")";
    }

    /** Threads that one call of the library uses. */
    public int threads() {
        return library.threads();
    }

    @Override
    public Tier tier() {
        return Tier.NATIVE;
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return small.dot(x, y);
    }

    @Override
    public void axpy(double alpha, Matrix x, Matrix y) {
        small.axpy(alpha, x, y);
    }

    @Override
    public void scaledCopy(double alpha, Matrix x, Matrix y) {
        small.scaledCopy(alpha, x, y);
    }

    @Override
    public void gram(Matrix x, Matrix g) {
        int r = x.columns();
        if (Thresholds.gramIsLarge(x.rows(), r)) {
            blas.syrk(
                    Triangle.LOWER,
                    Transpose.TRANSPOSED,
                    r,
                    x.rows(),
                    1,
                    x.data(),
                    x.offset(),
                    x.stride(),
                    0,
                    g.data(),
                    g.offset(),
                    g.stride());
            mirrorLower(g);
        } else {
            small.gram(x, g);
        }
    }

    @Override
    public void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        if (Thresholds.productIsLarge(vectorBits, c.rows(), a.columns(), c.columns())
                || (hasSmallProducts && Thresholds.productIsSmall(c.rows(), a.columns(), c.columns()))) {
            gemm(Transpose.NONE, Transpose.NONE, a.columns(), alpha, a, b, beta, c);
        } else {
            small.multiply(alpha, a, b, beta, c);
        }
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        if (Thresholds.productIsLarge(vectorBits, c.rows(), a.columns(), c.columns())) {
            gemm(Transpose.NONE, Transpose.TRANSPOSED, a.columns(), alpha, a, b, beta, c);
        } else {
            small.multiplyTransposed(alpha, a, b, beta, c);
        }
    }

    @Override
    public void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        if (Thresholds.transposedProductIsLarge(c.rows(), a.rows(), c.columns())
                || (hasSmallProducts && Thresholds.transposedProductIsSmall(c.rows(), a.rows(), c.columns()))) {
            gemm(Transpose.TRANSPOSED, Transpose.NONE, a.rows(), alpha, a, b, beta, c);
        } else {
            small.transposedMultiply(alpha, a, b, beta, c);
        }
    }

    private void gemm(
            Transpose ofA, Transpose ofB, int terms, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        blas.gemm(
                ofA,
                ofB,
                c.rows(),
                c.columns(),
                terms,
                alpha,
                a.data(),
                a.offset(),
                a.stride(),
                b.data(),
                b.offset(),
                b.stride(),
                beta,
                c.data(),
                c.offset(),
                c.stride());
    }

    @Override
    public void sensingForward(DenseRows rows, int from, int to, double[] x, double[] out) {
        small.sensingForward(rows, from, to, x, out);
    }

    @Override
    public void sensingAdjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        small.sensingAdjoint(rows, from, to, z, g);
    }

    @Override
    public double sensingGradient(
            DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return small.sensingGradient(rows, from, to, x, y, residual, g);
    }

    @Override
    public void sensingGradients(
            DenseRows rows,
            int from,
            int to,
            double[][] x,
            double[][] y,
            double[][] residual,
            double[][] g,
            double[] loss) {
        small.sensingGradients(rows, from, to, x, y, residual, g, loss);
    }

    @Override
    public void signForward(SignRows rows, int from, int to, double[] x, double[] out) {
        small.signForward(rows, from, to, x, out);
    }

    @Override
    public void signAdjoint(SignRows rows, int from, int to, double[] z, double[] g) {
        small.signAdjoint(rows, from, to, z, g);
    }

    @Override
    public double signGradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return small.signGradient(rows, from, to, x, y, residual, g);
    }

    @Override
    public void seededNumbers(SeededRows rows, int from, int to, int first, DenseRows out) {
        small.seededNumbers(rows, from, to, first, out);
    }

    @Override
    public void fourierForward(FourierTransform transform, int count, Matrix x) {
        small.fourierForward(transform, count, x);
    }

    @Override
    public void fourierInverse(FourierTransform transform, int count, Matrix x) {
        small.fourierInverse(transform, count, x);
    }

    @Override
    public void complexProducts(Matrix x, Matrix y, Matrix sums) {
        small.complexProducts(x, y, sums);
    }

    @Override
    public void conjugateProducts(Matrix c, Matrix x) {
        small.conjugateProducts(c, x);
    }

    @Override
    public void completionForward(
            SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        small.completionForward(pattern, fromRow, toRow, left, right, out);
    }

    @Override
    public double completionGradient(
            SparsePattern pattern,
            int fromRow,
            int toRow,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        return small.completionGradient(pattern, fromRow, toRow, left, right, y, residual, gradLeft, gradRight);
    }

    @Override
    public void completionProduct(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out) {
        small.completionProduct(pattern, fromRow, toRow, z, x, out);
    }

    @Override
    public void completionGrams(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        small.completionGrams(pattern, fromRow, toRow, x, y, grams);
    }

    @Override
    public boolean cholesky(Matrix s) {
        int r = s.rows();
        if (r < Thresholds.CHOLESKY_ORDER) {
            return small.cholesky(s);
        }
        double largest = 0;
        for (int i = 0; i < r; i++) {
            largest = Math.max(largest, s.get(i, i));
        }
        if (lapack.cholesky(Triangle.LOWER, r, s.data(), s.offset(), s.stride()) != 0) {
            return false;
        }
        for (int i = 0; i < r; i++) {
            double pivot = s.get(i, i) * s.get(i, i);
            if (!(pivot > r * EPS * largest)) { // so written, NaN fails
                return false;
            }
        }
        mirrorLower(s);
        return true;
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix x) {
        int r = factor.rows();
        if (r < Thresholds.CHOLESKY_ORDER) {
            small.choleskySolve(factor, x);
        } else {
            lapack.choleskySolve(
                    Side.RIGHT,
                    Triangle.LOWER,
                    r,
                    x.rows(),
                    factor.data(),
                    factor.offset(),
                    factor.stride(),
                    x.data(),
                    x.offset(),
                    x.stride());
        }
    }

    @Override
    public int choleskySolveEach(Matrix systems, Matrix x) {
        return small.choleskySolveEach(systems, x);
    }

    @Override
    public void thinQr(Matrix a, Matrix q, Matrix r) {
        if (Thresholds.qrIsLarge(a.rows(), a.columns())) {
            lapack.thinQr(
                    a.rows(),
                    a.columns(),
                    a.data(),
                    a.offset(),
                    a.stride(),
                    q.data(),
                    q.offset(),
                    q.stride(),
                    r.data(),
                    r.offset(),
                    r.stride());
        } else {
            small.thinQr(a, q, r);
        }
    }

    @Override
    public void symmetricEigen(Matrix s, double[] values, Matrix vectors) {
        int r = s.rows();
        if (r < Thresholds.EIGEN_ORDER) {
            small.symmetricEigen(s, values, vectors);
        } else {
            lapack.symmetricEigen(
                    Triangle.LOWER,
                    r,
                    s.data(),
                    s.offset(),
                    s.stride(),
                    values,
                    0,
                    vectors.data(),
                    vectors.offset(),
                    vectors.stride());
        }
    }

    @Override
    public void thinSvd(Matrix a, Matrix u, double[] values, Matrix v) {
        if (!Thresholds.svdIsLarge(a.rows(), a.columns())) {
            small.thinSvd(a, u, values, v);
        } else {
            lapack.thinSvd(
                    a.rows(),
                    a.columns(),
                    a.data(),
                    a.offset(),
                    a.stride(),
                    u.data(),
                    u.offset(),
                    u.stride(),
                    values,
                    0,
                    v.data(),
                    v.offset(),
                    v.stride());
        }
    }

    private static final double EPS = 0x1p-53;

    /** Copies the lower triangle to the upper one. */
    private static void mirrorLower(Matrix s) {
        double[] data = s.data();
        for (int i = 0; i < s.rows(); i++) {
            int row = s.rowOffset(i);
            for (int j = 0; j < i; j++) {
                data[s.rowOffset(j) + i] = data[row + j];
            }
        }
    }
}
