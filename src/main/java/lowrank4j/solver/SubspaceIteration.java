package lowrank4j.solver;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;

/**
 * The leading singular triples, or eigenpairs, of a matrix known by its products: block power iteration with a Rayleigh-Ritz
 * projection (Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.1).
 */
final class SubspaceIteration {
    /** Columns carried beyond those asked for: they speed up convergence where singular values decay slowly. */
    private static final int OVERSAMPLING = 8;

    private static final int MAX_ITERATIONS = 40;

    /** Growth of a value that may be still to come, in units of the last. */
    private static final double CHANGES_TO_COME = 2;

    private final Kernels kernels;

    SubspaceIteration(Kernels kernels) {
        this.kernels = kernels;
    }

    /** The leading triples: {@code left} n1×k, {@code values} descending, {@code right} n2×k. */
    record Triples(Matrix left, double[] values, Matrix right) {}

    /** The leading triples of {@code A*(y)}, or its largest eigenpairs if symmetric. */
    static Triples leadingOf(Problem problem, int k, double tolerance, Random random) {
        return leadingOf(problem, problem.observed(), k, tolerance, random);
    }

    /** The same of {@code A*(z)}. */
    static Triples leadingOf(Problem problem, double[] z, int k, double tolerance, Random random) {
        return leadingOf(problem, z, k, tolerance, first -> 0, random);
    }

    /**
     * The leading triples of {@code A*(z)}, or its largest eigenpairs if symmetric; over the complex numbers if Hermitian, with no negative values then.
     *
     * @param least of the first value: singular values that stay below it need not settle
     */
    static Triples leadingOf(
            Problem problem, double[] z, int k, double tolerance, DoubleUnaryOperator least, Random random) {
        SubspaceIteration iteration = new SubspaceIteration(problem.engine().kernels());
        LinearMap map = problem.operator().adjoint(z);
        if (problem.operator().isHermitian()) {
            return iteration.hermitian(map, k, tolerance, random);
        }
        return problem.operator().isSymmetric()
                ? iteration.symmetric(map, k, tolerance, random)
                : iteration.singular(map, k, tolerance, least, random);
    }

    /**
     * The k leading singular triples.
     *
     * @param tolerance relative change of the values at which to stop
     */
    Triples singular(LinearMap map, int k, double tolerance, Random random) {
        return singular(map, k, tolerance, first -> 0, random);
    }

    private Triples singular(LinearMap map, int k, double tolerance, DoubleUnaryOperator least, Random random) {
        int width = Math.min(k + OVERSAMPLING, Math.min(map.rows(), map.columns()));
        Matrix start = Initialisation.gaussian(map.columns(), width, 1, random);
        return singular(map, start, k, tolerance, least, MAX_ITERATIONS);
    }

    /**
     * The k leading singular triples.
     *
     * @param right where to start: n2×(at least k) of full rank, at most min(n1, n2) columns; overwritten
     * @param tolerance relative change of the values at which to stop
     * @param iterations at the most
     */
    Triples singular(LinearMap map, Matrix right, int k, double tolerance, int iterations) {
        return singular(map, right, k, tolerance, first -> 0, iterations);
    }

    private Triples singular(
            LinearMap map, Matrix right, int k, double tolerance, DoubleUnaryOperator least, int iterations) {
        int width = right.columns();
        Matrix left = Matrix.zeros(map.rows(), width);
        Matrix triangle = Matrix.zeros(width, width);
        double[] values = new double[width];
        double[] before = new double[width];
        Matrix coreLeft = Matrix.zeros(width, width);
        Matrix coreRight = Matrix.zeros(width, width);
        kernels.thinQr(right, right, triangle);
        for (int iteration = 0; iteration < iterations; iteration++) {
            map.times(right, left);
            kernels.thinQr(left, left, triangle);
            map.transposedTimes(left, right);
            kernels.thinQr(right, right, triangle);
            System.arraycopy(values, 0, before, 0, width);
            kernels.thinSvd(triangle, coreLeft, values, coreRight);
            if (settled(before, values, k, tolerance, least.applyAsDouble(values[0]))) {
                break;
            }
        }
        // Mᵀ·left = right·triangle, so M ≈ left·triangleᵀ·rightᵀ.
        Matrix u = Matrix.zeros(map.rows(), k);
        Matrix v = Matrix.zeros(map.columns(), k);
        kernels.multiply(1, left, coreRight.columnRange(0, k), 0, u);
        kernels.multiply(1, right, coreLeft.columnRange(0, k), 0, v);
        return new Triples(u, values, v);
    }

    /** The k algebraically largest eigenpairs of a symmetric map: {@code left} and {@code right} are one, values signed. */
    Triples symmetric(LinearMap map, int k, double tolerance, Random random) {
        int width = Math.min(k + OVERSAMPLING, map.rows());
        Matrix basis = Initialisation.gaussian(map.rows(), width, 1, random);
        Matrix image = Matrix.zeros(map.rows(), width);
        Matrix core = Matrix.zeros(width, width);
        Matrix vectors = Matrix.zeros(width, width);
        double[] values = new double[width];
        double[] before = new double[width];
        kernels.thinQr(basis, basis, core);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            map.times(basis, image);
            kernels.transposedMultiply(1, basis, image, 0, core);
            System.arraycopy(values, 0, before, 0, width);
            kernels.symmetricEigen(core, values, vectors);
            if (settled(before, values, k, tolerance, Double.NEGATIVE_INFINITY)) {
                break;
            }
            // The power step on M + shift·I: with the shift at the size of the spectrum, large negative eigenvalues do
            // not
            // crowd out the positive ones that are wanted.
            double shift = Math.max(0, -values[width - 1]);
            kernels.axpy(shift, basis, image);
            kernels.thinQr(image, basis, core);
        }
        Matrix u = Matrix.zeros(map.rows(), k);
        kernels.multiply(1, basis, vectors.columnRange(0, k), 0, u);
        return new Triples(u, values, u);
    }

    /** Of the pairs v and i·v of eigenvectors of a stacked Hermitian map one each, with their values above zero. */
    private Triples hermitian(LinearMap map, int k, double tolerance, Random random) {
        Triples pairs = symmetric(map, Math.min(2 * k, map.rows()), tolerance, random);
        Matrix scaled = pairs.left();
        for (int j = 0; j < scaled.columns(); j++) {
            double root = Math.sqrt(Math.max(0, pairs.values()[j]));
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.set(i, j, root * scaled.get(i, j));
            }
        }
        HermitianSpectrum spectrum = new HermitianSpectrum(HermitianFactors.ofStacked(scaled), kernels);
        double[] values = Arrays.copyOf(spectrum.values(), k);
        Matrix left = Matrix.zeros(map.rows(), k);
        left.columnRange(0, Math.min(k, scaled.columns()))
                .copyFrom(spectrum.leading(Math.min(k, scaled.columns())).stacked());
        for (int j = 0; j < k; j++) {
            double root = values[j] > 0 ? 1 / Math.sqrt(values[j]) : 0;
            for (int i = 0; i < left.rows(); i++) {
                left.set(i, j, root * left.get(i, j));
            }
            // Both of a pair have gone into it.
            values[j] /= 2;
        }
        return new Triples(left, values, left);
    }

    private static boolean settled(double[] before, double[] now, int k, double tolerance, double least) {
        for (int i = 0; i < k; i++) {
            double change = Math.abs(now[i] - before[i]);
            // Values grow from one iteration to the next, ever less.
            boolean staysBelow = i > 0 && now[i] + CHANGES_TO_COME * change < least;
            if (!staysBelow && !(change <= tolerance * Math.abs(now[0]))) {
                return false;
            }
        }
        return true;
    }
}
