package lowrank4j.blas;

import static java.lang.foreign.MemorySegment.ofArray;
import static lowrank4j.blas.BlasRoutines.ROW_MAJOR;
import static lowrank4j.blas.Transpose.NONE;

/**
 * Products of whole arrays that one critical call takes in: straight to the library, without the views of operands by which
 * {@link Products} cuts longer ones. Once this is compiled, most processes allocate nothing, and a product of 8×8 matrices takes 0.6 of the
 * time. An operand that begins inside its array needs a further view, which the compiler removes less often.
 */
final class ShortProducts {
    private ShortProducts() {}

    /** Whether it is one, and has operands as {@link Blas#gemm} asks for them; of others {@link CheckedProducts} says what is wrong. */
    static boolean accept(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            double[] a,
            int aOffset,
            int lda,
            double[] b,
            int bOffset,
            int ldb,
            double[] c,
            int cOffset,
            int ldc) {
        return m > 0
                && n > 0
                && k > 0
                && 2.0 * m * n * k <= Products.CRITICAL_FLOPS
                && (aOffset | bOffset | cOffset) == 0
                && holds(a, transA == NONE ? m : k, transA == NONE ? k : m, lda)
                && holds(b, transB == NONE ? k : n, transB == NONE ? n : k, ldb)
                && holds(c, m, n, ldc);
    }

    private static boolean holds(double[] data, int rows, int columns, int stride) {
        return stride >= columns && (rows - 1L) * stride + columns <= data.length;
    }

    static void gemm(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int lda,
            double[] b,
            int ldb,
            double beta,
            double[] c,
            int ldc) {
        try {
            DoubleBlasRoutines.Gemm.CRITICAL.invokeExact(
                    ROW_MAJOR,
                    transA.blasCode(),
                    transB.blasCode(),
                    m,
                    n,
                    k,
                    alpha,
                    ofArray(a),
                    lda,
                    ofArray(b),
                    ldb,
                    beta,
                    ofArray(c),
                    ldc);
        } catch (Throwable thrown) {
            throw CriticalCalls.unexpected(thrown);
        }
    }
}
