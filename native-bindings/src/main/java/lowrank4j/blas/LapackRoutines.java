package lowrank4j.blas;

import java.lang.foreign.MemorySegment;

/**
 * The LAPACK routines of one precision, on column-major operands off the heap. A row-major block is the column-major form of its
 * transpose. Each returns LAPACK's {@code info}; an {@code lwork} of -1 asks how much work space is best, given in {@code work[0]}.
 */
interface LapackRoutines {
    /** {@code matrix_layout} for columns that lie contiguous. */
    int COLUMN_MAJOR = 102;

    Precision precision();

    /** Its name in LAPACK, for messages. */
    String name(String routine);

    /** Cholesky factor of the n×n {@code a}, in place. */
    int potrf(Triangle triangle, int n, MemorySegment a, int lda);

    /** Solves for the columns of {@code b} with the factor {@code a}, in place. */
    int potrs(Triangle triangle, int n, int count, MemorySegment a, int lda, MemorySegment b, int ldb);

    /** QR factors of the m×n {@code a}, in place, with the scales of the reflectors in {@code tau}. */
    int geqrf(int m, int n, MemorySegment a, int lda, MemorySegment tau, MemorySegment work, int lwork);

    /** The first n columns of the orthogonal matrix that k reflectors in the m×n {@code a} stand for, in place. */
    int orgqr(int m, int n, int k, MemorySegment a, int lda, MemorySegment tau, MemorySegment work, int lwork);

    /** Thin singular value decomposition of the m×n {@code a}, which is destroyed. */
    int gesdd(
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
            MemorySegment iwork);

    /** Eigenvalues of a symmetric n×n {@code a}, which becomes its eigenvectors. */
    int syevd(
            Triangle triangle,
            int n,
            MemorySegment a,
            int lda,
            MemorySegment values,
            MemorySegment work,
            int lwork,
            MemorySegment iwork,
            int liwork);

    /** Least squares solution of {@code op(A) X = B}, A m×n, in place of {@code b}; {@code a} is destroyed. */
    int gels(
            Transpose transpose,
            int m,
            int n,
            int count,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb,
            MemorySegment work,
            int lwork);
}
