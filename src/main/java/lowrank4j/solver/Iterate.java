package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/**
 * The current factors with what a step needs: residual, gradients, Gram matrices. Methods are written in its verbs. Nothing is
 * allocated between changes of the rank, once a method has found what it needs.
 */
public final class Iterate {
    private final Problem problem;
    private final Kernels kernels;
    private final double[] residual;
    private Factors factors;
    private Factors kept;
    private Matrix gradLeft;
    private Matrix gradRight;
    private Matrix gram;
    private Matrix inverse = Matrix.zeros(0, 0);
    private Matrix spare = inverse;
    private double loss;
    private Optional<Momentum> momentum = Optional.empty();
    private Optional<AndersonAcceleration> acceleration = Optional.empty();
    private boolean equalised;
    private Optional<Rebalancing> rebalancing = Optional.empty();
    private Optional<TangentLeastSquares> tangent = Optional.empty();
    private Optional<GreedyRanks> greedy = Optional.empty();
    private Optional<Penalty> penalty = Optional.empty();
    private OptionalDouble lastDamping = OptionalDouble.empty();

    Iterate(Problem problem, Factors start) {
        this.problem = problem;
        this.kernels = problem.engine().kernels();
        this.residual = new double[problem.operator().length()];
        this.factors = start;
        this.kept = start.copy();
        this.gradLeft = Matrix.zeros(start.rows(), start.rank());
        this.gradRight = Matrix.zeros(start.columns(), start.rank());
        this.gram = Matrix.zeros(start.rank(), start.rank());
    }

    public Problem problem() {
        return problem;
    }

    /** The factors themselves, which the next step changes. */
    public Factors factors() {
        return factors;
    }

    public int rank() {
        return factors.rank();
    }

    /** {@code ‖A(X) - y‖²} where the gradient was last evaluated. */
    public double loss() {
        return loss;
    }

    /** The objective where the gradient was last evaluated, with the penalty. */
    double objective() {
        double fit = problem.objective(loss);
        return penalty.isEmpty()
                ? fit
                : fit + problem.operator().energy() * penalty.get().value(factors);
    }

    /** Adds this to the objective, and its gradient to those evaluated from now on, in place of what was added before. */
    void penalise(Optional<Penalty> added) {
        penalty = added;
    }

    /** The penalty in force. */
    Optional<Penalty> penalty() {
        return penalty;
    }

    /** {@code A(X) - y} where the gradient was last evaluated. */
    double[] residual() {
        return residual;
    }

    /** {@link Problem#noiseEdge} where the gradient was last evaluated. */
    public double noiseEdge() {
        return problem.noiseEdge(loss, rank());
    }

    /** The damping at the last good iterate; empty at the first. */
    public OptionalDouble lastDamping() {
        return lastDamping;
    }

    /** The damping that the method chooses here, which is then {@link #lastDamping}. */
    double damp(Method method) {
        double damping = method.damping(this);
        lastDamping = OptionalDouble.of(damping);
        return damping;
    }

    /**
     * The step of plain gradients from here: {@code 1/(a + σ₁²/a)}, σ₁ of the back-projected measurements, a the larger {@code ‖L‖²}
     * or {@code ‖R‖²}, and not below σ₁. That is the inverse of the curvature at factors of norm √a and σ₁/√a: 0.5/σ₁ from a small or
     * balanced start.
     */
    double gradientStep() {
        double norm = Initialisation.spectralNorm(problem);
        double square = Math.max(norm, Math.max(squaredNorm(factors.left()), squaredNorm(factors.right())));
        return square > 0 ? 1 / (square + norm * norm / square) : 0.5;
    }

    /** ‖L‖/√r, Frobenius: of a Gaussian start about the spectral norm of either factor. */
    double scale() {
        return rank() == 0 ? 0 : Math.sqrt(kernels.dot(factors.left(), factors.left()) / rank());
    }

    /** The square of the spectral norm. */
    private double squaredNorm(Matrix factor) {
        if (rank() == 0) {
            return 0;
        }
        double[] values = new double[rank()];
        kernels.gram(factor, gram);
        kernels.symmetricEigen(gram, values, Matrix.zeros(rank(), rank()));
        return values[0];
    }

    /** Evaluates residual, loss, and the gradients of these sides: {@code G R} and {@code Gᵀ L} with {@code G = A*(residual)}. */
    public void evaluate(Sides sides) {
        loss = problem.operator().gradient(factors, problem.observed(), residual, sides, gradLeft, gradRight);
        penalty.ifPresent(term -> term.addGradient(factors, problem.operator().energy(), sides, gradLeft, gradRight));
    }

    /** The norm of both gradients as {@link #advance} takes them. */
    double gradientNorm() {
        // Of the size of X to the power 3/2, whose square may overflow, or vanish, where that of X does not.
        double largest = Math.max(largest(gradLeft), factors.isSymmetric() ? 0 : largest(gradRight));
        if (largest == 0) {
            return 0;
        }
        double square = scaledSquare(gradLeft, largest);
        if (!factors.isSymmetric()) {
            square += scaledSquare(gradRight, largest);
        }
        return largest * Math.sqrt(square) / problem.operator().energy();
    }

    private static double largest(Matrix matrix) {
        double largest = 0;
        for (double entry : matrix.data()) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest;
    }

    /** {@code ‖matrix/unit‖²}. */
    private static double scaledSquare(Matrix matrix, double unit) {
        double sum = 0;
        for (double entry : matrix.data()) {
            sum += (entry / unit) * (entry / unit);
        }
        return sum;
    }

    /**
     * {@code G R ← G R (RᵀR + damping·I)⁻¹} and likewise for the right, with the factors as they are; with the pseudo-inverse where a
     * Gram matrix is numerically singular.
     *
     * @param damping at least 0, in units of X
     */
    public void precondition(Sides sides, double damping) {
        if (sides.left()) {
            precondition(factors.right(), gradLeft, damping);
        }
        if (sides.right() && !factors.isSymmetric()) {
            precondition(factors.left(), gradRight, damping);
        }
    }

    private void precondition(Matrix other, Matrix gradient, double damping) {
        damped(other, damping);
        if (kernels.cholesky(gram)) {
            kernels.choleskySolve(gram, gradient);
        } else {
            if (inverse.columns() != rank()) {
                inverse = Matrix.zeros(rank(), rank());
                spare = Matrix.zeros(Math.max(factors.rows(), factors.columns()), rank());
            }
            damped(other, damping);
            Matrix copy = spare.rowRange(0, gradient.rows());
            copy.copyFrom(gradient);
            kernels.pseudoInverse(gram, inverse);
            kernels.multiply(1, copy, inverse, 0, gradient);
        }
    }

    private void damped(Matrix other, double damping) {
        kernels.gram(other, gram);
        for (int k = 0; k < rank(); k++) {
            gram.set(k, k, gram.get(k, k) + damping);
        }
    }

    /** Moves these sides against their gradients: {@code L ← L - step/energy · (its gradient)}. */
    public void advance(Sides sides, double step) {
        double scaled = -step / problem.operator().energy();
        if (sides.left()) {
            kernels.axpy(scaled, gradLeft, factors.left());
        }
        if (sides.right() && !factors.isSymmetric()) {
            kernels.axpy(scaled, gradRight, factors.right());
        }
    }

    /**
     * With X and Y the least squares of {@code ‖A(L Yᵀ + X Rᵀ) - b‖}, {@code b = y + α A(L Rᵀ)}, moves these sides by {@code step} of the way to
     * {@code (1-α)/2·L + X} and {@code (1-α)/2·R + Y}; from the residual of the last evaluation.
     *
     * @param alpha -1 where one side moves
     * @param tolerance of the least squares, relative
     * @param limit products of A that they may cost
     */
    void solveLinearised(Sides sides, double alpha, double step, double tolerance, int limit) {
        if (tangent.isEmpty()) {
            tangent = Optional.of(new TangentLeastSquares(problem, rank()));
        }
        double[] observed = problem.observed();
        for (int i = 0; i < residual.length; i++) {
            // y + α A(L Rᵀ), with A(L Rᵀ) = residual + y.
            residual[i] = alpha * residual[i] + (1 + alpha) * observed[i];
        }
        Factors solution = tangent.get().solve(factors, sides, residual, tolerance, limit);
        double part = 1 - step * (1 + alpha) / 2;
        if (sides.left()) {
            move(part, factors.left(), step, solution.left());
        }
        if (sides.right()) {
            move(part, factors.right(), step, solution.right());
        }
    }

    /**
     * Moves both factors to the best fit on the tangent space at L Rᵀ, and back to its rank; from the residual of the last evaluation.
     *
     * @param tolerance of the least squares, relative to the residual
     * @param limit products of A that they may cost
     */
    void refit(double tolerance, int limit) {
        if (tangent.isEmpty()) {
            tangent = Optional.of(new TangentLeastSquares(problem, rank()));
        }
        TangentRefit.move(factors, residual, tangent.get(), kernels, tolerance, limit);
    }

    /** {@link GreedyRanks#advance}, from the residual of the last evaluation. */
    void greedyStep(double step, boolean isSearching) {
        greedy(isSearching).advance(residual, loss, step);
    }

    /** How many columns the greedy ranks have in use. */
    int greedyRank(boolean isSearching) {
        return greedy(isSearching).rank();
    }

    private GreedyRanks greedy(boolean isSearching) {
        if (greedy.isEmpty()) {
            greedy = Optional.of(new GreedyRanks(problem, factors, isSearching));
        }
        return greedy.get();
    }

    private static void move(double part, Matrix factor, double step, Matrix solution) {
        for (int i = 0; i < factor.rows(); i++) {
            for (int k = 0; k < factor.columns(); k++) {
                factor.set(i, k, part * factor.get(i, k) + step * solution.get(i, k));
            }
        }
    }

    private Rebalancing rebalancing() {
        if (rebalancing.isEmpty()) {
            rebalancing = Optional.of(new Rebalancing(factors, kernels));
        }
        return rebalancing.get();
    }

    /** Balances the factors, {@code LᵀL = RᵀR}, with the same {@code L Rᵀ}. */
    void balance() {
        rebalancing().balance(factors);
    }

    /** {@link Rebalancing#equalise}, the first time that it is called at a rank, and no more; returns whether it was done. */
    boolean equaliseOnce(OptionalDouble size) {
        boolean done = !equalised && rebalancing().equalise(factors, size);
        equalised = true;
        return done;
    }

    /** Makes the columns of this side orthonormal, with the same {@code L Rᵀ}. */
    void orthonormalise(Sides side) {
        if (side == Sides.LEFT) {
            rebalancing().orthonormaliseLeft(factors);
        } else {
            rebalancing().orthonormaliseRight(factors);
        }
    }

    /**
     * Nesterov's extrapolation after an {@link #advance} of both sides: {@code Z ← W + β(W - W before)}, with W the factors and W before
     * those that the step before reached. The next gradients are then taken at Z.
     *
     * @param step as it was advanced
     * @param beta β; empty for k/(k + 3) at the k-th step in a row that went downhill, beginning anew at one that did not
     *     (O'Donoghue, Candès 2015)
     */
    public void extrapolate(double step, OptionalDouble beta) {
        if (momentum.isEmpty()) {
            momentum = Optional.of(new Momentum(factors, kernels));
        }
        momentum.get().extrapolate(factors, -step / problem.operator().energy(), gradLeft, gradRight, beta);
    }

    /** {@link AndersonAcceleration} after an {@link #advance} by this step from the factors last kept. */
    void accelerate(double step) {
        if (acceleration.isEmpty()) {
            acceleration = Optional.of(new AndersonAcceleration(factors, kernels));
        }
        acceleration.get().accelerate(kept, factors, step, noiseEdge());
    }

    /** Keeps a copy of the factors for {@link #retreat}. */
    void keep() {
        kept.copyFrom(factors);
    }

    /**
     * Goes half-way back to the factors last kept, which for simultaneous steps is the same step at half its size; all the way
     * where the present factors are not finite, or were reached with momentum or acceleration, which is then forgotten. Returns whether
     * acceleration was to blame, and not the step.
     */
    boolean retreat() {
        boolean accelerated = acceleration.isPresent() && acceleration.get().isUnderWay();
        boolean carried = momentum.isPresent() && momentum.get().isUnderWay();
        double part = factors.isFinite() && !carried && !accelerated ? 0.5 : 0;
        momentum.ifPresent(Momentum::forget);
        acceleration.ifPresent(AndersonAcceleration::forget);
        average(part, factors.left(), kept.left());
        if (!factors.isSymmetric()) {
            average(part, factors.right(), kept.right());
        }
        return accelerated;
    }

    private static void average(double part, Matrix present, Matrix good) {
        for (int i = 0; i < present.rows(); i++) {
            for (int k = 0; k < present.columns(); k++) {
                double there = part == 0 ? 0 : part * present.get(i, k);
                present.set(i, k, there + (1 - part) * good.get(i, k));
            }
        }
    }

    /** The factors last kept: the last good ones. */
    Factors kept() {
        return kept;
    }

    /** Goes on from other factors, of any rank. */
    void replace(Factors next) {
        boolean resized = next.rank() != rank();
        factors = next;
        kept = next.copy();
        equalised = false;
        greedy = Optional.empty();
        momentum.ifPresent(Momentum::forget);
        acceleration.ifPresent(AndersonAcceleration::forget);
        if (resized) {
            momentum = Optional.empty();
            acceleration = Optional.empty();
            rebalancing = Optional.empty();
            tangent = Optional.empty();
            gradLeft = Matrix.zeros(next.rows(), next.rank());
            gradRight = Matrix.zeros(next.columns(), next.rank());
            gram = Matrix.zeros(next.rank(), next.rank());
        }
    }
}
