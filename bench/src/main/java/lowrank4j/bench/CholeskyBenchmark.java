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
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.openjdk.jmh.annotations.Param;

/**
 * The preconditioner of a scaled gradient: an r×r factorisation and n right-hand sides. Calls take a matrix and its inverse by
 * turns, so that the solution of one is the right-hand side of the next and nothing need be restored between them.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class CholeskyBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "OPENBLAS", "EJML"})
    private Contender by;

    @Param({"2", "4", "8", "16", "32", "64", "128"})
    private int r;

    @Param({"1000", "10000"})
    private int n;

    private Matrix s;
    private Matrix inverse;
    private Matrix x;
    private boolean turn;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        s = Numbers.positiveDefinite(random, r);
        DMatrixRMaj inverted = new DMatrixRMaj(r, r);
        CommonOps_DDRM.invert(new DMatrixRMaj(r, r, true, s.toArray()), inverted);
        inverse = Matrix.wrap(inverted.data, r, r);
        x = Numbers.matrix(random, n, r);
        return switch (by) {
            case VECTOR, NATIVE, REFERENCE -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1).lapack());
            case EJML -> ofEjml();
            default -> throw absent(by);
        };
    }

    private Matrix next() {
        turn = !turn;
        return turn ? s : inverse;
    }

    /** Solving for X S leaves X, and then an even number of calls is to come, so that S is next again. */
    private Matrix product() {
        Matrix product = Matrix.zeros(n, r);
        Machinery.kernels(Contender.REFERENCE).multiply(1, x, s, 0, product);
        return product;
    }

    private Call ours(Kernels kernels) {
        Matrix factor = Matrix.zeros(r, r);
        Matrix solution = product();
        Call call = () -> {
            factor.copyFrom(next());
            if (!kernels.cholesky(factor)) {
                throw new IllegalStateException("the matrix is not positive definite");
            }
            kernels.choleskySolve(factor, solution);
            return solution.data()[0];
        };
        call.run();
        Agreement.require(solution, x);
        return call;
    }

    private Call ofOpenBlas(Lapack lapack) {
        MemorySegment factor = arena.allocate(8L * r * r, 64);
        MemorySegment solution = Numbers.offHeap(arena, product());
        Call call = () -> {
            MemorySegment.copy(next().data(), 0, factor, JAVA_DOUBLE, 0, r * r);
            int info = lapack.cholesky(Triangle.LOWER, r, factor, r);
            lapack.choleskySolve(Side.RIGHT, Triangle.LOWER, r, n, factor, r, solution, r);
            return info;
        };
        call.run();
        Agreement.require(Numbers.onHeap(solution, n, r), x);
        return call;
    }

    /** EJML has right-hand sides in columns. */
    private Call ofEjml() {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(r);
        DMatrixRMaj factor = new DMatrixRMaj(r, r);
        DMatrixRMaj solution =
                new DMatrixRMaj(r, n, true, product().transposed().data());
        Call call = () -> {
            System.arraycopy(next().data(), 0, factor.data, 0, r * r);
            if (!solver.setA(factor)) {
                throw new IllegalStateException("the matrix is not positive definite");
            }
            solver.solve(solution, solution);
            return solution.data[0];
        };
        call.run();
        Agreement.require(Matrix.wrap(solution.data, r, n).transposed(), x);
        return call;
    }
}
