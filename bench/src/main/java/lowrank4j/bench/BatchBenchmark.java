package lowrank4j.bench;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import lowrank4j.blas.Lapack;
import lowrank4j.blas.Side;
import lowrank4j.blas.Triangle;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.openjdk.jmh.annotations.Param;

/** Many r×r systems with one right-hand side each, as in a sweep of alternating least squares. Each call starts from copies. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class BatchBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "OPENBLAS", "EJML"})
    private Contender by;

    @Param({"2", "4", "8", "16", "32", "64"})
    private int r;

    /** Systems in a batch: so few that they stay in the caches. */
    @Param("64")
    private int n;

    private Matrix systems;
    private Matrix right;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        systems = Matrix.zeros(n * r, r);
        for (int b = 0; b < n; b++) {
            systems.rowRange(b * r, b * r + r).copyFrom(Numbers.positiveDefinite(random, r));
        }
        right = Numbers.matrix(random, n, r);
        return switch (by) {
            case VECTOR, NATIVE, REFERENCE -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1).lapack());
            case EJML -> ofEjml();
            default -> throw absent(by);
        };
    }

    private Call ours(Kernels kernels) {
        Matrix copy = systems.copy();
        Matrix x = right.copy();
        Call call = () -> {
            copy.copyFrom(systems);
            x.copyFrom(right);
            return kernels.choleskySolveEach(copy, x);
        };
        call.run();
        requireSolutions(x);
        return call;
    }

    private Call ofOpenBlas(Lapack lapack) {
        MemorySegment factor = Numbers.offHeap(arena, systems);
        MemorySegment x = Numbers.offHeap(arena, right);
        MemorySegment[] factors = new MemorySegment[n];
        MemorySegment[] rows = new MemorySegment[n];
        for (int b = 0; b < n; b++) {
            factors[b] = factor.asSlice(8L * b * r * r, 8L * r * r);
            rows[b] = x.asSlice(8L * b * r, 8L * r);
        }
        Call call = () -> {
            MemorySegment.copy(systems.data(), 0, factor, JAVA_DOUBLE, 0, n * r * r);
            MemorySegment.copy(right.data(), 0, x, JAVA_DOUBLE, 0, n * r);
            int info = 0;
            for (int b = 0; b < n; b++) {
                info += lapack.cholesky(Triangle.LOWER, r, factors[b], r);
                lapack.choleskySolve(Side.RIGHT, Triangle.LOWER, r, 1, factors[b], r, rows[b], r);
            }
            return info;
        };
        call.run();
        requireSolutions(Numbers.onHeap(x, n, r));
        return call;
    }

    private Call ofEjml() {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(r);
        DMatrixRMaj factor = new DMatrixRMaj(r, r);
        DMatrixRMaj column = new DMatrixRMaj(r, 1);
        Matrix x = right.copy();
        Call call = () -> {
            for (int b = 0; b < n; b++) {
                System.arraycopy(systems.data(), b * r * r, factor.data, 0, r * r);
                System.arraycopy(right.data(), b * r, column.data, 0, r);
                if (!solver.setA(factor)) {
                    throw new IllegalStateException("the matrix is not positive definite");
                }
                solver.solve(column, column);
                System.arraycopy(column.data, 0, x.data(), b * r, r);
            }
            return x.data()[0];
        };
        call.run();
        requireSolutions(x);
        return call;
    }

    private void requireSolutions(Matrix x) {
        Kernels kernels = Machinery.kernels(Contender.REFERENCE);
        Matrix back = Matrix.zeros(n, r);
        for (int b = 0; b < n; b++) {
            kernels.multiply(1, x.rowRange(b, b + 1), systems.rowRange(b * r, b * r + r), 0, back.rowRange(b, b + 1));
        }
        Agreement.require(back, right);
    }
}
