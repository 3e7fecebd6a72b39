package lowrank4j.solver;

import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/** The iterations of {@link GreedyGaussNewton}: how many columns of the factors are in use, and the next step of these. */
final class GreedyRanks {
    /** Loss, relative to that before, above which a step has gained too little to stay at its rank. */
    private static final double LEAST_GAIN = 0.98;

    /** Steps at a rank that gain anything, at the least: the first one after a column was added may be halved to next to nothing. */
    private static final int LEAST_STEPS = 3;

    /** Steps at a rank below the last, at the most. */
    private static final int STEPS = 30;

    /** Products of A that the least squares of a step below the last rank may cost: few, so that rows with few entries are not over-fitted. */
    private static final int GROWING_LIMIT = 30;

    /** The same at the last rank, to begin with. */
    private static final int LAST_LIMIT = 100;

    /** And at the most, once whole steps gain little. */
    private static final int MOST = 1600;

    /** Loss, relative to that of the rank before, below which steps are taken to converge, where the last rank is not known. */
    private static final double CONVERGING = 1e-2;

    /** Loss, relative to that before, above which a whole step would have gained more from better least squares. */
    private static final double POOR_GAIN = 0.25;

    private static final double TOLERANCE = 1e-4;

    private static final double LEAST_STEP = 1e-3;

    private final Problem problem;
    private final Kernels kernels;
    private final Factors factors;
    private final boolean isSearching;
    private final double[] image;
    private int active;
    private int steps;
    private double lossBefore = Double.POSITIVE_INFINITY;
    private double lossOfRankBefore = Double.POSITIVE_INFINITY;
    private int limit = LAST_LIMIT;
    private TangentLeastSquares leastSquares;
    private Factors before;
    private Factors bases;
    private Matrix leftTriangle;
    private Matrix rightTriangle;

    /**
     * Begins with the columns that are not zero.
     *
     * @param factors those that are moved; columns of zeros are not in use yet
     * @param isSearching whether all columns may be more than are needed
     */
    GreedyRanks(Problem problem, Factors factors, boolean isSearching) {
        this.isSearching = isSearching;
        this.problem = problem;
        this.kernels = problem.engine().kernels();
        this.factors = factors;
        this.image = new double[problem.operator().length()];
        int used = 0;
        while (used < factors.rank() && isInUse(factors.left(), used)) {
            used++;
        }
        this.active = used;
        this.leastSquares = new TangentLeastSquares(problem, used);
        this.before = inUse().copy();
        this.bases = before.copy();
        this.leftTriangle = Matrix.zeros(used, used);
        this.rightTriangle = factors.isSymmetric() ? leftTriangle : Matrix.zeros(used, used);
    }

    private static boolean isInUse(Matrix factor, int column) {
        for (int i = 0; i < factor.rows(); i++) {
            if (factor.get(i, column) != 0) {
                return true;
            }
        }
        return false;
    }

    /** How many columns of the factors are in use. */
    int rank() {
        return active;
    }

    private Factors inUse() {
        Matrix left = factors.left().columnRange(0, active);
        return factors.isSymmetric()
                ? Factors.symmetric(left)
                : new Factors(left, factors.right().columnRange(0, active));
    }

    /**
     * One step, or a column more and then a step.
     *
     * @param residual {@code A(L Rᵀ) - y}; overwritten
     * @param loss its square
     * @param first the longest step
     */
    void advance(double[] residual, double loss, double first) {
        boolean last = isLast(loss);
        double least = loss;
        if (active < factors.rank() && isFitted(loss, last)) {
            lossOfRankBefore = loss;
            least = grow(residual, loss);
            last = isLast(least);
            limit = LAST_LIMIT;
        } else if (active == factors.rank() && loss >= lossBefore) {
            return;
        }
        lossBefore = least;
        steps++;
        double step = move(residual, least, first, last ? limit : GROWING_LIMIT);
        if (last && step == first && squared(image) > POOR_GAIN * least) {
            limit = Math.min(2 * limit, MOST);
        }
    }

    /** Whether the present rank is the last one, or seems to be. */
    private boolean isLast(double loss) {
        return isSearching ? loss < CONVERGING * lossOfRankBefore : active == factors.rank();
    }

    private boolean isFitted(double loss, boolean last) {
        boolean isSettled = loss > LEAST_GAIN * lossBefore && (steps >= LEAST_STEPS || loss >= lossBefore);
        return active == 0 || isSettled || (steps >= STEPS && !last);
    }

    /** Adds the leading direction of the residual, as much of it as lessens the residual most; returns the loss, with the residual to it. */
    private double grow(double[] residual, double loss) {
        Leading leading = Leading.of(problem, residual, 1, new Random(active));
        Factors direction = factors.isSymmetric()
                ? Factors.symmetric(leading.left())
                : new Factors(leading.left(), leading.right());
        problem.operator().forward(direction, image);
        double inner = 0;
        double square = 0;
        for (int i = 0; i < image.length; i++) {
            inner -= image[i] * residual[i];
            square += image[i] * image[i];
        }
        double size = square > 0 ? Math.max(0, inner / square) : 0;
        for (int i = 0; i < image.length; i++) {
            residual[i] += size * image[i];
        }
        double root = Math.sqrt(size);
        put(factors.left(), leading.left(), root);
        if (!factors.isSymmetric()) {
            put(factors.right(), leading.right(), root);
        }
        active++;
        steps = 0;
        leastSquares = new TangentLeastSquares(problem, active);
        before = inUse().copy();
        bases = before.copy();
        leftTriangle = Matrix.zeros(active, active);
        rightTriangle = factors.isSymmetric() ? leftTriangle : Matrix.zeros(active, active);
        return loss - size * inner;
    }

    private void put(Matrix factor, Matrix direction, double scale) {
        for (int i = 0; i < factor.rows(); i++) {
            factor.set(i, active, scale * direction.get(i, 0));
        }
    }

    /** Moves by a Gauss-Newton step, halved until the loss falls, and returns its length; 0 where none does. */
    private double move(double[] residual, double loss, double first, int products) {
        Factors used = inUse();
        boolean symmetric = factors.isSymmetric();
        before.copyFrom(used);
        kernels.thinQr(before.left(), bases.left(), leftTriangle);
        if (!symmetric) {
            kernels.thinQr(before.right(), bases.right(), rightTriangle);
        }
        for (int i = 0; i < residual.length; i++) {
            residual[i] = -residual[i];
        }
        Factors change = leastSquares.solve(bases, Sides.BOTH, residual, TOLERANCE, products);
        divide(change.left(), rightTriangle);
        if (!symmetric) {
            divide(change.right(), leftTriangle);
        }
        for (double step = first; step >= LEAST_STEP * first; step /= 2) {
            used.copyFrom(before);
            add(step, change.left(), used.left());
            if (!symmetric) {
                add(step, change.right(), used.right());
            }
            problem.operator().forward(used, image);
            for (int i = 0; i < image.length; i++) {
                image[i] -= problem.observed()[i];
            }
            if (squared(image) < loss) {
                return step;
            }
        }
        used.copyFrom(before);
        return 0;
    }

    /** {@code X ← X T⁻ᵀ} with T upper triangular; a column that T has no size for does not move. */
    private static void divide(Matrix x, Matrix triangle) {
        int r = x.columns();
        double largest = 0;
        for (int k = 0; k < r; k++) {
            largest = Math.max(largest, Math.abs(triangle.get(k, k)));
        }
        for (int i = 0; i < x.rows(); i++) {
            for (int k = r - 1; k >= 0; k--) {
                double sum = x.get(i, k);
                for (int j = k + 1; j < r; j++) {
                    sum -= x.get(i, j) * triangle.get(k, j);
                }
                double pivot = triangle.get(k, k);
                x.set(i, k, Math.abs(pivot) > ROUNDING * largest ? sum / pivot : 0);
            }
        }
    }

    /** Pivots below this part of the largest are rounding. */
    private static final double ROUNDING = 1e-14;

    private static void add(double step, Matrix change, Matrix factor) {
        for (int i = 0; i < factor.rows(); i++) {
            for (int k = 0; k < factor.columns(); k++) {
                factor.set(i, k, factor.get(i, k) + step * change.get(i, k));
            }
        }
    }

    private static double squared(double[] z) {
        double sum = 0;
        for (double value : z) {
            sum += value * value;
        }
        return sum;
    }
}
