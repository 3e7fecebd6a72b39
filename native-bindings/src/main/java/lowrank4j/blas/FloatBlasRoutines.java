package lowrank4j.blas;

import static lowrank4j.blas.CriticalCalls.handle;
import static lowrank4j.blas.CriticalCalls.unexpected;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import lowrank4j.blas.generated.Cblas;

/** The BLAS routines in single precision. Usable once the library is loaded. */
final class FloatBlasRoutines implements BlasRoutines {
    @Override
    public Precision precision() {
        return Precision.FLOAT;
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
            Cblas.cblas_sgemm(
                    ROW_MAJOR,
                    transposeA.blasCode(),
                    transposeB.blasCode(),
                    c.rows(),
                    c.columns(),
                    k,
                    (float) alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension(),
                    (float) beta,
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
                    (float) alpha,
                    a.data(),
                    a.leadingDimension(),
                    b.data(),
                    b.leadingDimension(),
                    (float) beta,
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
            Cblas.cblas_ssyrk(
                    ROW_MAJOR,
                    triangle.blasCode(),
                    transpose.blasCode(),
                    c.rows(),
                    k,
                    (float) alpha,
                    a.data(),
                    a.leadingDimension(),
                    (float) beta,
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
                    (float) alpha,
                    a.data(),
                    a.leadingDimension(),
                    (float) beta,
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
            Cblas.cblas_strsm(
                    ROW_MAJOR,
                    side.blasCode(),
                    triangle.blasCode(),
                    transpose.blasCode(),
                    diagonal.blasCode(),
                    b.rows(),
                    b.columns(),
                    (float) alpha,
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
                    (float) alpha,
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
                    (float) alpha,
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
            Cblas.cblas_sgemv(
                    ROW_MAJOR,
                    transpose.blasCode(),
                    a.rows(),
                    a.columns(),
                    (float) alpha,
                    a.data(),
                    a.leadingDimension(),
                    x,
                    1,
                    (float) beta,
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
                    (float) alpha,
                    a.data(),
                    a.leadingDimension(),
                    x,
                    1,
                    (float) beta,
                    y,
                    1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public double dot(boolean critical, int n, MemorySegment x, MemorySegment y) {
        if (!critical) {
            return Cblas.cblas_sdot(n, x, 1, y, 1);
        }
        try {
            return (float) Dot.CRITICAL.invokeExact(n, x, 1, y, 1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public void axpy(boolean critical, int n, double alpha, MemorySegment x, MemorySegment y) {
        if (!critical) {
            Cblas.cblas_saxpy(n, (float) alpha, x, 1, y, 1);
            return;
        }
        try {
            Axpy.CRITICAL.invokeExact(n, (float) alpha, x, 1, y, 1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    @Override
    public double nrm2(boolean critical, int n, MemorySegment x) {
        if (!critical) {
            return Cblas.cblas_snrm2(n, x, 1);
        }
        try {
            return (float) Nrm2.CRITICAL.invokeExact(n, x, 1);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    // A handle takes milliseconds to make: each waits in a class of its own for its first use.

    private static final class Gemm {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_sgemm$address(), Cblas.cblas_sgemm$descriptor());
    }

    private static final class Syrk {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_ssyrk$address(), Cblas.cblas_ssyrk$descriptor());
    }

    private static final class Trsm {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_strsm$address(), Cblas.cblas_strsm$descriptor());
    }

    private static final class Transposition {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_somatcopy$address(), Cblas.cblas_somatcopy$descriptor());
    }

    private static final class Gemv {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_sgemv$address(), Cblas.cblas_sgemv$descriptor());
    }

    private static final class Dot {
        private static final MethodHandle CRITICAL = handle(Cblas.cblas_sdot$address(), Cblas.cblas_sdot$descriptor());
    }

    private static final class Axpy {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_saxpy$address(), Cblas.cblas_saxpy$descriptor());
    }

    private static final class Nrm2 {
        private static final MethodHandle CRITICAL =
                handle(Cblas.cblas_snrm2$address(), Cblas.cblas_snrm2$descriptor());
    }
}
