package lowrank4j.blas;

import static lowrank4j.blas.CriticalCalls.handle;
import static lowrank4j.blas.CriticalCalls.unexpected;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import lowrank4j.blas.generated.Cblas;

/** The BLAS routines in double precision. Usable once the library is loaded. */
final class DoubleBlasRoutines implements BlasRoutines {
    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public void gemm(
            boolean critical,
            Transpose transposeA,
            Transpose transposeB,
            int k,
            double alpha,
            Block a,
            Block b,
            double beta,
            Block c) {
        if (!critical) {
            Cblas.cblas_dgemm(
                    ROW_MAJOR,
                    transposeA.blasCode(),
                    transposeB.blasCode(),
                    c.rows(),
                    c.columns(),
                    k,
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension(),
                    beta,
                    c.data(),
                    c.leadingDimension());
            return;
        }
        try {
            Gemm.CRITICAL.invokeExact(
                    ROW_MAJOR,
                    transposeA.blasCode(),
                    transposeB.blasCode(),
                    c.rows(),
                    c.columns(),
                    k,
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension(),
                    beta,
                    c.data(),
                    c.leadingDimension());
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public void syrk(
            boolean critical,
            Triangle triangle,
            Transpose transpose,
            int k,
            double alpha,
            Block a,
            double beta,
            Block c) {
        if (!critical) {
            Cblas.cblas_dsyrk(
                    ROW_MAJOR,
                    triangle.blasCode(),
                    transpose.blasCode(),
                    c.rows(),
                    k,
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    beta,
                    c.data(),
                    c.leadingDimension());
            return;
        }
        try {
            Syrk.CRITICAL.invokeExact(
                    ROW_MAJOR,
                    triangle.blasCode(),
                    transpose.blasCode(),
                    c.rows(),
                    k,
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    beta,
                    c.data(),
                    c.leadingDimension());
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public void trsm(
            boolean critical,
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            double alpha,
            Block a,
            Block b) {
        if (!critical) {
            Cblas.cblas_dtrsm(
                    ROW_MAJOR,
                    side.blasCode(),
                    triangle.blasCode(),
                    transpose.blasCode(),
                    diagonal.blasCode(),
                    b.rows(),
                    b.columns(),
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension());
            return;
        }
        try {
            Trsm.CRITICAL.invokeExact(
                    ROW_MAJOR,
                    side.blasCode(),
                    triangle.blasCode(),
                    transpose.blasCode(),
                    diagonal.blasCode(),
                    b.rows(),
                    b.columns(),
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension());
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public void transpose(double alpha, Block a, Block b) {
        try {
            Transposition.CRITICAL.invokeExact(
                    ROW_MAJOR,
                    Transpose.TRANSPOSED.blasCode(),
                    a.rows(),
                    a.columns(),
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension());
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public void gemv(
            boolean critical,
            Transpose transpose,
            double alpha,
            Block a,
            MemorySegment x,
            double beta,
            MemorySegment y) {
        if (!critical) {
            Cblas.cblas_dgemv(
                    ROW_MAJOR,
                    transpose.blasCode(),
                    a.rows(),
                    a.columns(),
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    x,
                    1,
                    beta,
                    y,
                    1);
            return;
        }
        try {
            Gemv.CRITICAL.invokeExact(
                    ROW_MAJOR,
                    transpose.blasCode(),
                    a.rows(),
                    a.columns(),
                    alpha,
                    a.data(),
                    a.leadingDimension(),
                    x,
                    1,
                    beta,
                    y,
                    1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public double dot(boolean critical, int n, MemorySegment x, MemorySegment y) {
        if (!critical) {
            return Cblas.cblas_ddot(n, x, 1, y, 1);
        }
        try {
            return (double) Dot.CRITICAL.invokeExact(n, x, 1, y, 1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public void axpy(boolean critical, int n, double alpha, MemorySegment x, MemorySegment y) {
        if (!critical) {
            Cblas.cblas_daxpy(n, alpha, x, 1, y, 1);
            return;
        }
        try {
            Axpy.CRITICAL.invokeExact(n, alpha, x, 1, y, 1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public double nrm2(boolean critical, int n, MemorySegment x) {
        if (!critical) {
            return Cblas.cblas_dnrm2(n, x, 1);
        }
        try {
            return (double) Nrm2.CRITICAL.invokeExact(n, x, 1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    // A handle takes milliseconds to make: each waits in a class of its own for its first use.

    static final class Gemm {
        static final MethodHandle CRITICAL = handle(Cblas.cblas_dgemm$address(), Cblas.cblas_dgemm$descriptor());
    }

    private static final class Syrk {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_dsyrk$address(), Cblas.cblas_dsyrk$descriptor());
    }

    private static final class Trsm {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_dtrsm$address(), Cblas.cblas_dtrsm$descriptor());
    }

    private static final class Transposition {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_domatcopy$address(), Cblas.cblas_domatcopy$descriptor());
    }

    private static final class Gemv {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_dgemv$address(), Cblas.cblas_dgemv$descriptor());
    }

    private static final class Dot {
        private static final MethodHandle CRITICAL = handle(Cblas.cblas_ddot$address(), Cblas.cblas_ddot$descriptor());
    }

    private static final class Axpy {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_daxpy$address(), Cblas.cblas_daxpy$descriptor());
    }

    private static final class Nrm2 {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_dnrm2$address(), Cblas.cblas_dnrm2$descriptor());
    }
}
