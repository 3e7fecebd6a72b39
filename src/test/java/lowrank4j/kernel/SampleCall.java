package lowrank4j.kernel;

import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import lowrank4j.kernel.KernelClock.Kind;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation on a tiny problem of zeros, or of a larger one.
 *
 * @param kind where its time is counted
 */
record SampleCall(String operation, Kind kind, List<Object> arguments) {
    static final DenseRows ROWS = DenseRows.allocate(Arena.ofAuto(), 4, 3, Precision.FLOAT64);
    static final SignRows SIGNS = SignRows.allocate(Arena.ofAuto(), 4, 3);
    static final SeededRows SEEDED = new SeededRows(new Ensemble.Gaussian(), 1, 4, 40);
    static final DenseRows TILE = DenseRows.allocate(Arena.ofAuto(), 4, 64, Precision.FLOAT32);
    static final FourierTransform TRANSFORM = new FourierTransform(4);
    static final SparsePattern PATTERN = new SparsePattern(3, 4, new int[] {0, 2, 2, 5}, new int[] {0, 3, 0, 1, 2});

    static SampleCall of(String operation, Kind kind, Object... arguments) {
        return new SampleCall(operation, kind, List.of(arguments));
    }

    /** A tiny one of each operation. */
    static List<SampleCall> ofEach() {
        return List.of(
                of("dot", Kind.UPDATES, zeros(2, 3), zeros(2, 3)),
                of("axpy", Kind.UPDATES, 2.0, zeros(2, 3), zeros(2, 3)),
                of("scaledCopy", Kind.UPDATES, 2.0, zeros(2, 3), zeros(2, 3)),
                of("gram", Kind.PRODUCTS, zeros(2, 3), zeros(3, 3)),
                of("multiply", Kind.PRODUCTS, 2.0, zeros(2, 3), zeros(3, 4), 0.5, zeros(2, 4)),
                of("multiplyTransposed", Kind.PRODUCTS, 2.0, zeros(2, 3), zeros(4, 3), 0.5, zeros(2, 4)),
                of("transposedMultiply", Kind.PRODUCTS, 2.0, zeros(3, 2), zeros(3, 4), 0.5, zeros(2, 4)),
                of("sensingForward", Kind.SENSING, ROWS, 0, 4, new double[3], new double[4]),
                of("sensingAdjoint", Kind.SENSING, ROWS, 0, 4, new double[4], new double[3]),
                of(
                        "sensingGradient",
                        Kind.SENSING,
                        ROWS,
                        0,
                        4,
                        new double[3],
                        new double[4],
                        new double[4],
                        new double[3]),
                of(
                        "sensingGradients",
                        Kind.SENSING,
                        ROWS,
                        0,
                        4,
                        new double[2][3],
                        new double[2][4],
                        new double[2][4],
                        new double[2][3],
                        new double[2]),
                of("signForward", Kind.SENSING, SIGNS, 0, 4, new double[3], new double[4]),
                of("signAdjoint", Kind.SENSING, SIGNS, 0, 4, new double[4], new double[3]),
                of(
                        "signGradient",
                        Kind.SENSING,
                        SIGNS,
                        0,
                        4,
                        new double[3],
                        new double[4],
                        new double[4],
                        new double[3]),
                of("seededNumbers", Kind.SENSING, SEEDED, 0, 4, 0, TILE),
                of("fourierForward", Kind.SENSING, TRANSFORM, 2, zeros(2, 4)),
                of("fourierInverse", Kind.SENSING, TRANSFORM, 2, zeros(2, 4)),
                of("complexProducts", Kind.SENSING, zeros(2, 3), zeros(2, 3), zeros(2, 3)),
                of("conjugateProducts", Kind.SENSING, zeros(2, 3), zeros(2, 3)),
                of("completionForward", Kind.COMPLETION, PATTERN, 0, 3, zeros(3, 2), zeros(4, 2), new double[5]),
                of(
                        "completionGradient",
                        Kind.COMPLETION,
                        PATTERN,
                        0,
                        3,
                        zeros(3, 2),
                        zeros(4, 2),
                        new double[5],
                        new double[5],
                        zeros(3, 2),
                        zeros(4, 2)),
                of("completionProduct", Kind.COMPLETION, PATTERN, 0, 3, new double[5], zeros(4, 2), zeros(3, 2)),
                of("completionGrams", Kind.COMPLETION, PATTERN, 1, 3, zeros(4, 2), new double[5], zeros(6, 3)),
                of("cholesky", Kind.SOLVES, zeros(3, 3)),
                of("choleskySolve", Kind.SOLVES, zeros(3, 3), zeros(2, 3)),
                of("choleskySolveEach", Kind.SOLVES, zeros(6, 3), zeros(2, 3)),
                of("thinQr", Kind.DECOMPOSITIONS, zeros(3, 2), zeros(3, 2), zeros(2, 2)),
                of("symmetricEigen", Kind.DECOMPOSITIONS, zeros(2, 2), new double[2], zeros(2, 2)),
                of("pseudoInverse", Kind.DECOMPOSITIONS, zeros(2, 2), zeros(2, 2)),
                of("thinSvd", Kind.DECOMPOSITIONS, zeros(3, 2), zeros(3, 2), new double[2], zeros(2, 2)));
    }

    private static Matrix zeros(int rows, int columns) {
        return Matrix.zeros(rows, columns);
    }

    /** Makes the call, and returns what it returns. */
    @Nullable
    Object on(Kernels kernels) throws ReflectiveOperationException {
        return method(operation).invoke(kernels, arguments.toArray());
    }

    static Method method(String operation) {
        return Arrays.stream(Kernels.class.getMethods())
                .filter(method -> method.getName().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return operation;
    }
}
