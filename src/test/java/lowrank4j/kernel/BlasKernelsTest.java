package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lowrank4j.kernel.KernelClock.Kind;
import lowrank4j.kernel.blas.BlasKernels;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenBLAS is called where it is the faster one, and nowhere else. */
final class BlasKernelsTest {
    private final RecordingKernels small = new RecordingKernels(true);
    private final BlasKernels kernels = beside(256);

    private BlasKernels beside(int vectorBits) {
        return BlasKernels.open(small.kernels(), vectorBits, new ArrayList<>()).orElseThrow();
    }

    static List<SampleCall> smallProblems() {
        List<SampleCall> calls = new ArrayList<>(SampleCall.ofEach());
        calls.removeIf(call -> call.operation().equals("pseudoInverse")); // is made of two others
        calls.add(gram(79, 80));
        calls.add(gram(80, 79));
        calls.add(product("multiply", 63, 200, 200));
        calls.add(product("multiply", 200, 63, 200));
        calls.add(product("multiply", 200, 200, 63));
        calls.add(product("multiply", 7, 8, 8));
        calls.add(product("multiplyTransposed", 63, 64, 64));
        calls.add(product("transposedMultiply", 200, 200, 64));
        calls.add(product("transposedMultiply", 7, 8, 8));
        calls.add(product("transposedMultiply", 100, 100, 3));
        calls.add(product("transposedMultiply", 15, 101, 15));
        calls.add(SampleCall.of("cholesky", Kind.SOLVES, Matrix.identity(319)));
        calls.add(SampleCall.of("choleskySolve", Kind.SOLVES, Matrix.identity(319), Matrix.zeros(9, 319)));
        calls.add(decomposition("thinQr", 15, 15));
        calls.add(decomposition("thinQr", 128, 64));
        calls.add(decomposition("thinQr", 1000, 223));
        calls.add(eigen(111));
        calls.add(svd(79, 79));
        calls.add(svd(320, 80));
        calls.add(svd(159, 1000));
        return calls;
    }

    @ParameterizedTest
    @MethodSource("smallProblems")
    void smallProblemsAreLeftToTheOthers(SampleCall call) throws ReflectiveOperationException {
        assertThat(call.on(kernels)).isEqualTo(small.answerOf(call.operation()));
        assertThat(small.operations()).containsExactly(call.operation());
        assertThat(small.arguments()).hasSameSizeAs(call.arguments());
    }

    static List<SampleCall> largeProblems() {
        return List.of(
                gram(80, 80),
                product("multiply", 64, 200, 200),
                product("multiplyTransposed", 64, 64, 64),
                product("transposedMultiply", 65, 200, 200),
                SampleCall.of("cholesky", Kind.SOLVES, Matrix.identity(320)),
                SampleCall.of("choleskySolve", Kind.SOLVES, Matrix.identity(320), Matrix.zeros(9, 320)),
                decomposition("thinQr", 16, 16),
                decomposition("thinQr", 127, 64),
                decomposition("thinQr", 1000, 224),
                eigen(112),
                svd(80, 80),
                svd(319, 80),
                svd(160, 1000));
    }

    @ParameterizedTest
    @MethodSource("largeProblems")
    void largeProblemsAreNot(SampleCall call) throws ReflectiveOperationException {
        call.on(kernels);
        assertThat(small.operations()).isEmpty();
    }

    static List<SampleCall> smallProducts() {
        return List.of(
                product("multiply", 8, 8, 8),
                product("multiply", 10_000, 10, 10),
                product("transposedMultiply", 16, 101, 4),
                product("transposedMultiply", 15, 100, 15),
                product("transposedMultiply", 10, 2500, 40));
    }

    /** Which of them depends on the processor. */
    @ParameterizedTest
    @MethodSource("smallProducts")
    void smallProductsAreNotWhereTheLibraryHasKernelsForThem(SampleCall call) throws ReflectiveOperationException {
        boolean has = kernels.library().matches(".* (SkylakeX|Cooperlake|SapphireRapids) .*");
        call.on(kernels);
        assertThat(small.operations()).isEqualTo(has ? List.of() : List.of(call.operation()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multiply", "multiplyTransposed"})
    void productsMustBeLargerBesideWideVectors(String operation) throws ReflectiveOperationException {
        product(operation, 2000, 639, 640).on(beside(512));
        assertThat(small.operations()).containsExactly(operation);
        product(operation, 640, 640, 640).on(beside(512));
        assertThat(small.operations()).hasSize(1);
    }

    @Test
    void sayWhichLibraryAnswers() {
        assertThat(kernels.library()).matches("OpenBLAS \\d+\\.\\d+\\S* \\S+ \\((bundled|system|path)\\)");
        assertThat(kernels.threads()).isPositive();
    }

    private static SampleCall gram(int n, int r) {
        return SampleCall.of("gram", Kind.PRODUCTS, Matrix.zeros(n, r), Matrix.zeros(r, r));
    }

    /** C n×m of k terms. */
    private static SampleCall product(String operation, int n, int k, int m) {
        Matrix a = operation.equals("transposedMultiply") ? Matrix.zeros(k, n) : Matrix.zeros(n, k);
        Matrix b = operation.equals("multiplyTransposed") ? Matrix.zeros(m, k) : Matrix.zeros(k, m);
        return SampleCall.of(operation, Kind.PRODUCTS, 2.0, a, b, 0.0, Matrix.zeros(n, m));
    }

    private static SampleCall decomposition(String operation, int n, int k) {
        return SampleCall.of(
                operation, Kind.DECOMPOSITIONS, Matrix.zeros(n, k), Matrix.zeros(n, k), Matrix.zeros(k, k));
    }

    private static SampleCall eigen(int order) {
        return SampleCall.of(
                "symmetricEigen",
                Kind.DECOMPOSITIONS,
                Matrix.identity(order),
                new double[order],
                Matrix.zeros(order, order));
    }

    private static SampleCall svd(int n, int m) {
        int k = Math.min(n, m);
        return SampleCall.of(
                "thinSvd",
                Kind.DECOMPOSITIONS,
                Matrix.zeros(n, m),
                Matrix.zeros(n, k),
                new double[k],
                Matrix.zeros(m, k));
    }
}
