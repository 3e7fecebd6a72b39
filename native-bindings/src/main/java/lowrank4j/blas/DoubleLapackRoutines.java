package lowrank4j.blas;

import java.lang.foreign.MemorySegment;
import lowrank4j.blas.generated.Lapacke;

/** The LAPACK routines in double precision. Usable once the library is loaded. */
final class DoubleLapackRoutines implements LapackRoutines {
    /** {@code jobz} for the first columns of U and rows of Vᵀ. */
    private static final byte THIN = 'S';

    /** {@code jobz} for eigenvalues and vectors. */
    private static final byte VECTORS = 'V';

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public String name(String routine) {
        return "d" + routine;
    }

    @Override
    public int potrf(Triangle triangle, int n, MemorySegment a, int lda) {
        return Lapacke.LAPACKE_dpotrf_work(COLUMN_MAJOR, triangle.lapackCode(), n, a, lda);
    }

    @Override
    public int potrs(Triangle triangle, int n, int count, MemorySegment a, int lda, MemorySegment b, int ldb) {
        return Lapacke.LAPACKE_dpotrs_work(COLUMN_MAJOR, triangle.lapackCode(), n, count, a, lda, b, ldb);
    }

    @Override
    public int geqrf(int m, int n, MemorySegment a, int lda, MemorySegment tau, MemorySegment work, int lwork) {
        return Lapacke.LAPACKE_dgeqrf_work(COLUMN_MAJOR, m, n, a, lda, tau, work, lwork);
    }

    @Override
    public int orgqr(int m, int n, int k, MemorySegment a, int lda, MemorySegment tau, MemorySegment work, int lwork) {
        return Lapacke.LAPACKE_dorgqr_work(COLUMN_MAJOR, m, n, k, a, lda, tau, work, lwork);
    }

    @Override
    public int gesdd(
            int m,
            int n,
            MemorySegment a,
            int lda,
            MemorySegment s,
            MemorySegment u,
            int ldu,
            MemorySegment vt,
            int ldvt,
            MemorySegment work,
            int lwork,
            MemorySegment iwork) {
        return Lapacke.LAPACKE_dgesdd_work(COLUMN_MAJOR, THIN, m, n, a, lda, s, u, ldu, vt, ldvt, work, lwork, iwork);
    }

    @Override
    public int syevd(
            Triangle triangle,
            int n,
            MemorySegment a,
            int lda,
            MemorySegment values,
            MemorySegment work,
            int lwork,
            MemorySegment iwork,
            int liwork) {
        return Lapacke.LAPACKE_dsyevd_work(
                COLUMN_MAJOR, VECTORS, triangle.lapackCode(), n, a, lda, values, work, lwork, iwork, liwork);
    }

    @Override
    public int gels(
            Transpose transpose,
            int m,
            int n,
            int count,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb,
            MemorySegment work,
            int lwork) {
        return Lapacke.LAPACKE_dgels_work(
                COLUMN_MAJOR, transpose.lapackCode(), m, n, count, a, lda, b, ldb, work, lwork);
    }
}
