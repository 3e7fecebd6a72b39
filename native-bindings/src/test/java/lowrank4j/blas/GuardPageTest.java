package lowrank4j.blas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No routine touches a byte beyond the last entry of an operand: behind each one lies a page that kills the process if touched. */
@EnabledOnOs(OS.LINUX)
class GuardPageTest {
    private static final int[] SIZES = {1, 2, 3, 5, 8, 13, 17, 31, 67};
    private static final long PAGE = 64 << 10;

    private static final MethodHandle MMAP =
            handle("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MPROTECT =
            handle("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private final OpenBlas library = Library.open();

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    /** {@code count} ones, up to the very end of readable memory. */
    @SuppressWarnings("restricted")
    private static MemorySegment flush(MemoryLayout element, int count) {
        long bytes = element.byteSize() * count;
        long pages = Math.ceilDiv(bytes, PAGE) * PAGE;
        try {
            // readable and writable; private and anonymous
            MemorySegment start = (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, pages + PAGE, 3, 0x22, -1, 0L);
            MemorySegment memory = start.reinterpret(pages + PAGE);
            int failed = (int) MPROTECT.invokeExact(memory.asSlice(pages), PAGE, 0);
            assertThat(failed).isZero();
            MemorySegment end = memory.asSlice(pages - bytes, bytes);
            for (int i = 0; i < count; i++) {
                if (element.equals(JAVA_DOUBLE)) {
                    end.setAtIndex(JAVA_DOUBLE, i, 1);
                } else {
                    end.setAtIndex(JAVA_FLOAT, i, 1);
                }
            }
            return end;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }

    @Test
    void productsStayInside() {
        Blas blas = library.blas();
        FloatBlas floatBlas = library.floatBlas();
        for (int n : SIZES) {
            int k = 70 - n;
            MemorySegment a = flush(JAVA_DOUBLE, n * k);
            MemorySegment b = flush(JAVA_DOUBLE, k * n);
            MemorySegment c = flush(JAVA_DOUBLE, n * n);
            MemorySegment x = flush(JAVA_DOUBLE, k);
            MemorySegment y = flush(JAVA_DOUBLE, n);
            MemorySegment floatA = flush(JAVA_FLOAT, n * k);
            MemorySegment floatC = flush(JAVA_FLOAT, n * n);
            MemorySegment floatX = flush(JAVA_FLOAT, k);
            MemorySegment floatY = flush(JAVA_FLOAT, n);
            for (Transpose transA : Transpose.values()) {
                int lda = transA == Transpose.NONE ? k : n;
                for (Transpose transB : Transpose.values()) {
                    int ldb = transB == Transpose.NONE ? n : k;
                    blas.gemm(transA, transB, n, n, k, 1, a, lda, b, ldb, 0, c, n);
                    floatBlas.gemm(transA, transB, n, n, k, 1, floatA, lda, floatA, ldb, 0, floatC, n);
                    assertThat(c.getAtIndex(JAVA_DOUBLE, n * n - 1)).isEqualTo(k);
                    assertThat(floatC.getAtIndex(JAVA_FLOAT, n * n - 1)).isEqualTo(k);
                }
                blas.syrk(Triangle.LOWER, transA, n, k, 1, a, lda, 0, c, n);
                floatBlas.syrk(Triangle.UPPER, transA, n, k, 1, floatA, lda, 0, floatC, n);
            }
            blas.gemv(Transpose.NONE, n, k, 1, a, k, x, 0, y);
            blas.gemv(Transpose.TRANSPOSED, n, k, 0, a, k, y, 1, x);
            floatBlas.gemv(Transpose.NONE, n, k, 1, floatA, k, floatX, 0, floatY);
            floatBlas.gemv(Transpose.TRANSPOSED, n, k, 0, floatA, k, floatY, 1, floatX);
            assertThat(blas.dot(k, x, x)).isEqualTo(k);
            assertThat(floatBlas.dot(k, floatX, floatX)).isEqualTo(k);
            blas.axpy(n, 1, y, flush(JAVA_DOUBLE, n));
            assertThat(floatBlas.nrm2(n, floatY)).isPositive();
            MemorySegment triangle = flush(JAVA_DOUBLE, n * n);
            for (Side side : Side.values()) {
                blas.trsm(
                        side,
                        Triangle.LOWER,
                        Transpose.NONE,
                        Diagonal.STORED,
                        n,
                        n,
                        1,
                        triangle,
                        n,
                        flush(JAVA_DOUBLE, n * n),
                        n);
            }
        }
    }

    @Test
    void factorisationsStayInside() {
        Lapack lapack = library.lapack();
        for (int n : SIZES) {
            MemorySegment a = flush(JAVA_DOUBLE, n * n);
            for (int i = 0; i < n; i++) {
                a.setAtIndex(JAVA_DOUBLE, i * (n + 1L), n + 1);
            }
            MemorySegment values = flush(JAVA_DOUBLE, n);
            MemorySegment left = flush(JAVA_DOUBLE, n * n);
            MemorySegment right = flush(JAVA_DOUBLE, n * n);
            lapack.thinSvd(n, n, a, n, left, n, values, right, n);
            assertThat(values.getAtIndex(JAVA_DOUBLE, 0)).isCloseTo(2.0 * n, within(1e-10));
            lapack.symmetricEigen(Triangle.UPPER, n, a, n, values, right, n);
            lapack.thinQr(n, n, a, n, left, n, right, n);
            lapack.leastSquares(n, n, n, a, n, left, n, right, n);
            assertThat(lapack.cholesky(Triangle.LOWER, n, a, n)).isZero();
            lapack.choleskySolve(Side.RIGHT, Triangle.LOWER, n, n, a, n, left, n);
            lapack.choleskySolve(Side.LEFT, Triangle.LOWER, n, n, a, n, right, n);
        }
    }

    @Test
    void transpositionsStayInside() {
        for (int m : SIZES) {
            for (int n : SIZES) {
                int k = Math.min(m, n);
                MemorySegment q = flush(JAVA_DOUBLE, m * k);
                library.lapack().thinQr(m, n, flush(JAVA_DOUBLE, m * n), n, q, k, flush(JAVA_DOUBLE, k * n), n);
                assertThat(Math.abs(q.getAtIndex(JAVA_DOUBLE, 0))).isCloseTo(1 / Math.sqrt(m), within(1e-10));
                MemorySegment floatQ = flush(JAVA_FLOAT, m * k);
                library.floatLapack().thinQr(m, n, flush(JAVA_FLOAT, m * n), n, floatQ, k, flush(JAVA_FLOAT, k * n), n);
                assertThat(Math.abs(floatQ.getAtIndex(JAVA_FLOAT, 0)))
                        .isCloseTo((float) (1 / Math.sqrt(m)), within(1e-5f));
            }
        }
    }
}
