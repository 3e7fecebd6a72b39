package lowrank4j.blas;

import static lowrank4j.blas.Diagonal.STORED;
import static lowrank4j.blas.Side.LEFT;
import static lowrank4j.blas.Side.RIGHT;
import static lowrank4j.blas.Transpose.NONE;
import static lowrank4j.blas.Transpose.TRANSPOSED;
import static lowrank4j.blas.Triangle.LOWER;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong arguments never reach native code, and the message names the argument, its value and what is allowed. */
class ArgumentsTest {
    private static final Blas BLAS = Library.open().blas();
    private static final FloatBlas FLOAT_BLAS = Library.open().floatBlas();
    private static final Lapack LAPACK = Library.open().lapack();
    private static final FloatLapack FLOAT_LAPACK = Library.open().floatLapack();

    /** Twelve entries: just enough for 3x4 and 4x3. */
    private static double[] d() {
        return new double[12];
    }

    private static float[] f() {
        return new float[12];
    }

    private static Arguments refused(String message, Runnable call) {
        return arguments(message, call);
    }

    static Stream<Arguments> products() {
        return Stream.of(
                refused(
                        "m = -1: must be 0 or more",
                        () -> BLAS.gemm(NONE, NONE, -1, 3, 4, 1, d(), 0, 4, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "n = -2: must be 0 or more",
                        () -> BLAS.gemm(NONE, NONE, 3, -2, 4, 1, d(), 0, 4, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "k = -3: must be 0 or more",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, -3, 1, d(), 0, 4, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "lda = 3: must be at least 4, the columns of a as it is stored",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 3, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "lda = 2: must be at least 3, the columns of a as it is stored",
                        () -> BLAS.gemm(TRANSPOSED, NONE, 3, 3, 4, 1, d(), 0, 2, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "ldb = 2: must be at least 3, the columns of b as it is stored",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 4, d(), 0, 2, 0, d(), 0, 3)),
                refused(
                        "ldc = -3: must be at least 3, the columns of c as it is stored",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 4, d(), 0, 3, 0, d(), 0, -3)),
                refused(
                        "aOffset = -1: must be 0 or more",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), -1, 4, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "a holds 12 entries: must hold at least 13, for 3x4 with lda = 4 from aOffset = 1",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 1, 4, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "a holds 11 entries: must hold at least 12, for 3x4 with lda = 4",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, new double[11], 0, 4, d(), 0, 3, 0, d(), 0, 3)),
                refused(
                        "b holds 11 entries: must hold at least 12, for 4x3 with ldb = 3",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 4, new double[11], 0, 3, 0, d(), 0, 3)),
                refused(
                        "c holds 8 entries: must hold at least 9, for 3x3 with ldc = 3",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 4, d(), 0, 3, 0, new double[8], 0, 3)),
                refused(
                        "b holds 12 entries: must hold at least 15, for 4x3 with ldb = 4",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 4, d(), 0, 4, 0, d(), 0, 3)),
                refused(
                        "c holds 12 entries: must hold at least 4294967293, for 3x3 with ldc = 2147483645",
                        () -> BLAS.gemm(
                                NONE, NONE, 3, 3, 4, 1, d(), 0, 4, d(), 0, 3, 0, d(), 0, Integer.MAX_VALUE - 2)),
                refused(
                        "c holds 12 entries: must hold at least 2147483656, for 3x3 with ldc = 3 from cOffset = 2147483647",
                        () -> BLAS.gemm(NONE, NONE, 3, 3, 4, 1, d(), 0, 4, d(), 0, 3, 0, d(), Integer.MAX_VALUE, 3)),
                refused(
                        "a holds 12 entries: must hold at least 13, for 3x4 with lda = 4 from aOffset = 1",
                        () -> FLOAT_BLAS.gemm(NONE, NONE, 3, 3, 4, 1, f(), 1, 4, f(), 0, 3, 0, f(), 0, 3)),
                refused("k = -1: must be 0 or more", () -> BLAS.syrk(LOWER, NONE, 3, -1, 1, d(), 0, 4, 0, d(), 0, 3)),
                refused(
                        "a holds 12 entries: must hold at least 15, for 4x3 with lda = 4",
                        () -> BLAS.syrk(LOWER, TRANSPOSED, 3, 4, 1, d(), 0, 4, 0, d(), 0, 3)),
                refused(
                        "c holds 12 entries: must hold at least 16, for 4x4 with ldc = 4",
                        () -> BLAS.syrk(LOWER, NONE, 4, 3, 1, d(), 0, 3, 0, d(), 0, 4)),
                refused(
                        "n = -1: must be 0 or more",
                        () -> BLAS.trsm(LEFT, LOWER, NONE, STORED, 3, -1, 1, d(), 0, 3, d(), 0, 4)),
                refused(
                        "a holds 12 entries: must hold at least 16, for 4x4 with lda = 4",
                        () -> BLAS.trsm(RIGHT, LOWER, NONE, STORED, 3, 4, 1, d(), 0, 4, d(), 0, 4)),
                refused(
                        "ldb = 3: must be at least 4, the columns of b as it is stored",
                        () -> BLAS.trsm(LEFT, LOWER, NONE, STORED, 3, 4, 1, d(), 0, 3, d(), 0, 3)),
                refused(
                        "x holds 12 entries: must hold at least 13, for 4 in a row from xOffset = 9",
                        () -> BLAS.gemv(NONE, 3, 4, 1, d(), 0, 4, d(), 9, 0, d(), 0)),
                refused(
                        "y holds 12 entries: must hold at least 13, for 4 in a row from yOffset = 9",
                        () -> BLAS.gemv(TRANSPOSED, 3, 4, 1, d(), 0, 4, d(), 9, 0, d(), 9)),
                refused(
                        "yOffset = -4: must be 0 or more",
                        () -> BLAS.gemv(NONE, 3, 4, 1, d(), 0, 4, d(), 0, 0, d(), -4)),
                refused("n = -1: must be 0 or more", () -> BLAS.nrm2(-1, d(), 0)),
                refused(
                        "x holds 12 entries: must hold at least 13, for 13 in a row",
                        () -> BLAS.dot(13, d(), 0, new double[13], 0)),
                refused(
                        "y holds 12 entries: must hold at least 13, for 13 in a row",
                        () -> BLAS.axpy(13, 1, new double[13], 0, d(), 0)));
    }

    static Stream<Arguments> factorisations() {
        return Stream.of(
                refused("n = -1: must be 0 or more", () -> LAPACK.cholesky(LOWER, -1, d(), 0, 3)),
                refused(
                        "a holds 12 entries: must hold at least 16, for 4x4 with lda = 4",
                        () -> LAPACK.cholesky(LOWER, 4, d(), 0, 4)),
                refused(
                        "count = -1: must be 0 or more",
                        () -> LAPACK.choleskySolve(LEFT, LOWER, 3, -1, d(), 0, 3, d(), 0, 4)),
                refused(
                        "b holds 12 entries: must hold at least 15, for 5x3 with ldb = 3",
                        () -> LAPACK.choleskySolve(RIGHT, LOWER, 3, 5, d(), 0, 3, d(), 0, 3)),
                refused(
                        "ldq = 2: must be at least 3, the columns of q as it is stored",
                        () -> LAPACK.thinQr(4, 3, d(), 0, 3, d(), 0, 2, d(), 0, 3)),
                refused(
                        "r holds 12 entries: must hold at least 13, for 3x3 with ldr = 5",
                        () -> LAPACK.thinQr(4, 3, d(), 0, 3, d(), 0, 3, d(), 0, 5)),
                refused(
                        "m = -7: must be 0 or more",
                        () -> LAPACK.thinSvd(-7, 3, d(), 0, 3, d(), 0, 3, d(), 0, d(), 0, 3)),
                refused(
                        "values holds 12 entries: must hold at least 13, for 3 in a row from valuesOffset = 10",
                        () -> LAPACK.thinSvd(4, 3, d(), 0, 3, d(), 0, 3, d(), 10, d(), 0, 3)),
                refused(
                        "ldv = 2: must be at least 3, the columns of v as it is stored",
                        () -> LAPACK.thinSvd(4, 3, d(), 0, 3, d(), 0, 3, d(), 0, d(), 0, 2)),
                refused(
                        "u holds 12 entries: must hold at least 13, for 4x3 with ldu = 3 from uOffset = 1",
                        () -> FLOAT_LAPACK.thinSvd(4, 3, f(), 0, 3, f(), 1, 3, f(), 0, f(), 0, 3)),
                refused(
                        "v holds 12 entries: must hold at least 13, for 3x3 with ldv = 5",
                        () -> LAPACK.symmetricEigen(LOWER, 3, d(), 0, 3, d(), 0, d(), 0, 5)),
                refused(
                        "x holds 12 entries: must hold at least 15, for 3x5 with ldx = 5",
                        () -> LAPACK.leastSquares(2, 3, 5, d(), 0, 3, d(), 0, 5, d(), 0, 5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"products", "factorisations"})
    void isRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void segmentsAreMeasuredInEntries() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment short_ = arena.allocate(95);
            MemorySegment y = arena.allocate(96);
            assertThatThrownBy(() -> BLAS.dot(12, short_, y))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("x holds 11 entries: must hold at least 12, for 12 in a row");
            assertThatThrownBy(() -> FLOAT_BLAS.dot(25, y, short_))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("x holds 24 entries: must hold at least 25, for 25 in a row");
        }
    }

    @Test
    void resultsAreNotWrittenToReadOnlySegments() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = arena.allocate(72, 8);
            MemorySegment readOnly = arena.allocate(72, 8).asReadOnly();
            String message = " is read-only: must be writable, it receives the result";
            assertRefused("c" + message, () -> BLAS.gemm(NONE, NONE, 3, 3, 3, 1, a, 3, a, 3, 0, readOnly, 3));
            assertRefused("b" + message, () -> BLAS.trsm(LEFT, LOWER, NONE, STORED, 3, 3, 1, a, 3, readOnly, 3));
            assertRefused("y" + message, () -> BLAS.axpy(9, 1, a, readOnly));
            assertRefused("a" + message, () -> LAPACK.cholesky(LOWER, 3, readOnly, 3));
            assertRefused("v" + message, () -> LAPACK.symmetricEigen(LOWER, 3, readOnly, 3, a, readOnly, 3));
            // An input may be read-only.
            BLAS.gemm(NONE, NONE, 3, 3, 3, 1, readOnly, 3, readOnly, 3, 0, a, 3);
        }
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aClosedSegmentIsRefused() {
        Arena arena = Arena.ofConfined();
        MemorySegment closed = arena.allocate(72, 8);
        arena.close();
        assertThatThrownBy(() -> BLAS.nrm2(9, closed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void emptyOperandsNeedNoStorage() {
        double[] none = {};
        assertThatCode(() -> {
                    BLAS.gemm(NONE, NONE, 0, 3, 0, 1, none, 0, 0, none, 7, 3, 0, none, 0, 3);
                    BLAS.syrk(LOWER, NONE, 0, 3, 1, none, 0, 3, 0, none, 0, 0);
                    BLAS.trsm(LEFT, LOWER, NONE, STORED, 0, 3, 1, none, 0, 0, none, 0, 3);
                    BLAS.axpy(0, 1, none, 5, none, 5);
                    LAPACK.thinSvd(0, 3, none, 0, 3, none, 0, 0, none, 0, none, 0, 0);
                })
                .doesNotThrowAnyException();
    }
}
