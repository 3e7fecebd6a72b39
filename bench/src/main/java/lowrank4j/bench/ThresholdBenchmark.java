package lowrank4j.bench;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.openjdk.jmh.annotations.Param;

/**
 * From which order on OpenBLAS is the faster way: the vector tier beside the very calls of the native tier, at orders on both
 * sides of where the native tier changes from one to the other.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class ThresholdBenchmark extends FamilyBenchmark {
    /** Rows of what is tall, and right-hand sides. */
    private static final int TALL = 1000;

    /** So small that the solutions of solutions, one a call, stay where they are. */
    private static final double OFF_DIAGONAL = 1e-6;

    /** What is measured at an order r. */
    public enum Kernel {
        /** r×r by r×r. */
        PRODUCT,
        /** 1000×r by r×r. */
        TIMES,
        /** XᵀX, X 1000×r. */
        GRAM,
        /** Factor of an r×r matrix, and its solution for 1000 right-hand sides. */
        CHOLESKY,
        /** Symmetric, r×r. */
        EIGEN,
        /** r×r. */
        SVD,
        /** 1000×r. */
        TALL_SVD,
        /** 1000×r. */
        QR
    }

    @Param
    private Kernel kernel;

    @Param({"VECTOR", "OPENBLAS"})
    private Contender by;

    @Param({"8", "16", "24", "32", "48", "64", "96", "128", "192", "256"})
    private int order;

    private Matrix a;
    private Matrix b;

    /**
     * A call, and what can be compared of its results.
     *
     * @param result what the last call has written, or what follows from it where several results are right
     */
    private record Measured(Call call, Supplier<Matrix> result) {}

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        boolean square = kernel == Kernel.PRODUCT || kernel == Kernel.SVD || kernel == Kernel.EIGEN;
        a = Numbers.matrix(random, square ? order : TALL, order);
        b = kernel == Kernel.CHOLESKY ? nearlyIdentity(random) : Numbers.matrix(random, order, order);
        Measured expected = measured(DenseCalls.of(Machinery.kernels(Contender.REFERENCE)));
        Measured measured = measured(
                switch (by) {
                    case VECTOR -> DenseCalls.of(Machinery.kernels(by));
                    case OPENBLAS -> DenseCalls.of(Machinery.openBlas(1));
                    default -> throw absent(by);
                });
        expected.call().run();
        measured.call().run();
        Agreement.require(measured.result().get(), expected.result().get());
        return measured.call();
    }

    private Matrix nearlyIdentity(SplittableRandom random) {
        Matrix matrix = Matrix.identity(order);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < i; j++) {
                double value = random.nextDouble(-OFF_DIAGONAL, OFF_DIAGONAL);
                matrix.set(i, j, value);
                matrix.set(j, i, value);
            }
        }
        return matrix;
    }

    private Measured measured(DenseCalls calls) {
        return switch (kernel) {
            case PRODUCT, TIMES -> product(calls);
            case GRAM -> gram(calls);
            case CHOLESKY -> cholesky(calls);
            case EIGEN -> eigen(calls);
            case SVD, TALL_SVD -> svd(calls);
            case QR -> qr(calls);
        };
    }

    private Measured product(DenseCalls calls) {
        Matrix c = Matrix.zeros(a.rows(), order);
        return new Measured(
                () -> {
                    calls.multiply(a, b, c);
                    return c.data()[0];
                },
                () -> c);
    }

    private Measured gram(DenseCalls calls) {
        Matrix g = Matrix.zeros(order, order);
        return new Measured(
                () -> {
                    calls.gram(a, g);
                    return g.data()[0];
                },
                () -> g);
    }

    private Measured cholesky(DenseCalls calls) {
        Matrix factor = Matrix.zeros(order, order);
        Matrix solution = a.copy();
        return new Measured(
                () -> {
                    factor.copyFrom(b);
                    calls.solve(factor, solution);
                    return solution.data()[0];
                },
                () -> solution);
    }

    private Measured eigen(DenseCalls calls) {
        Matrix s = gramOf(a);
        Matrix copy = Matrix.zeros(order, order);
        double[] values = new double[order];
        Matrix vectors = Matrix.zeros(order, order);
        return new Measured(
                () -> {
                    copy.copyFrom(s);
                    calls.eigen(copy, values, vectors);
                    return values[0];
                },
                () -> Matrix.wrap(values, 1, order));
    }

    private Measured svd(DenseCalls calls) {
        Matrix u = Matrix.zeros(a.rows(), order);
        double[] values = new double[order];
        Matrix v = Matrix.zeros(order, order);
        return new Measured(
                () -> {
                    calls.svd(a, u, values, v);
                    return values[0];
                },
                () -> Matrix.wrap(values, 1, order));
    }

    private Measured qr(DenseCalls calls) {
        Matrix q = Matrix.zeros(a.rows(), order);
        Matrix r = Matrix.zeros(order, order);
        return new Measured(
                () -> {
                    calls.qr(a, q, r);
                    return r.data()[0];
                },
                () -> gramOf(r)); // the rows of R have either sign, but RᵀR is AᵀA
    }

    private static Matrix gramOf(Matrix x) {
        Kernels kernels = Machinery.kernels(Contender.REFERENCE);
        Matrix g = Matrix.zeros(x.columns(), x.columns());
        kernels.gram(x, g);
        return g;
    }
}
