package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/**
 * The current factors with what a step needs: residual, gradients, Gram matrices. Methods are written in its verbs. Nothing is
 * allocated between changes of the rank, but for a pseudo-inverse.
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
    private double loss;
    /** What {@link #extrapolate} last added to the factors, and for how many steps in a row. */
    private Optional<Factors> velocity = Optional.empty();

    private int age;
    private boolean equalised;
    private Optional<TangentLeastSquares> tangent = Optional.empty();
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
            damped(other, damping);
            Matrix inverse = Matrix.zeros(rank(), rank());
            kernels.pseudoInverse(gram, inverse);
            kernels.multiply(1, gradient.copy(), inverse, 0, gradient);
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
        TangentLeastSquares solver =
                tangent.filter(kept -> kept.rank() == rank()).orElseGet(() -> new TangentLeastSquares(problem, rank()));
        tangent = Optional.of(solver);
        double[] observed = problem.observed();
        for (int i = 0; i < residual.length; i++) {
            // y + α A(L Rᵀ), with A(L Rᵀ) = residual + y.
            residual[i] = alpha * residual[i] + (1 + alpha) * observed[i];
        }
        Factors solution = solver.solve(factors, sides, residual, tolerance, limit);
        double part = 1 - step * (1 + alpha) / 2;
        if (sides.left()) {
            move(part, factors.left(), step, solution.left());
        }
        if (sides.right()) {
            move(part, factors.right(), step, solution.right());
        }
    }

    private void move(double part, Matrix factor, double step, Matrix solution) {
        scale(part, factor);
        kernels.axpy(step, solution, factor);
    }

    /** Balances the factors, {@code LᵀL = RᵀR}, with the same {@code L Rᵀ}. */
    void balance() {
        Factors balanced = new FactorSpectrum(factors, kernels).leading(rank());
        factors.left().copyFrom(balanced.left());
        factors.right().copyFrom(balanced.right());
    }

    /**
     * Gives all singular values of L one size β, {@code L = P S Qᵀ ← L Q S⁻¹β}, {@code R ← R Q S/β}, with the same {@code L Rᵀ}; the first time that
     * it is called, and no more.
     *
     * @param size β; empty for √σ₁ of {@code L Rᵀ}
     * @return whether it was done: not again, and not where a singular value of L is zero to rounding
     */
    boolean equaliseOnce(OptionalDouble size) {
        if (equalised) {
            return false;
        }
        equalised = true;
        double[] squares = new double[rank()];
        Matrix q = Matrix.zeros(rank(), rank());
        kernels.gram(factors.left(), gram);
        kernels.symmetricEigen(gram, squares, q);
        if (!(squares[rank() - 1] > rank() * 0x1p-52 * squares[0])) {
            return false;
        }
        double beta = size.orElseGet(() -> Math.sqrt(new FactorSpectrum(factors, kernels).values()[0]));
        Matrix inverse = q.copy();
        for (int k = 0; k < rank(); k++) {
            double ratio = Math.sqrt(squares[k]) / beta;
            scale(1 / ratio, inverse.columnRange(k, k + 1));
            scale(ratio, q.columnRange(k, k + 1));
        }
        kernels.multiply(1, factors.left().copy(), inverse, 0, factors.left());
        kernels.multiply(1, factors.right().copy(), q, 0, factors.right());
        return true;
    }

    /** Makes the columns of this side orthonormal, with the same {@code L Rᵀ}. */
    void orthonormalise(Sides side) {
        Matrix basis = side == Sides.LEFT ? factors.left() : factors.right();
        Matrix other = side == Sides.LEFT ? factors.right() : factors.left();
        Matrix gradient = side == Sides.LEFT ? gradRight : gradLeft;
        kernels.thinQr(basis, basis, gram);
        // L Rᵀ = Q T Rᵀ = Q (R Tᵀ)ᵀ; the other side's gradient is of no more use, and its storage serves.
        kernels.multiplyTransposed(1, other, gram, 0, gradient);
        other.copyFrom(gradient);
    }

    /**
     * Nesterov's extrapolation after an {@link #advance} of both sides: {@code Z ← W + β(W - W before)}, with W the factors and W before
     * those that the step before reached. The next gradients are then taken at Z.
     *
     * @param step as it was advanced
     * @param momentum β; empty for k/(k + 3) at the k-th step in a row that went downhill, beginning anew at one that did not
     *     (O'Donoghue, Candès 2015)
     */
    public void extrapolate(double step, OptionalDouble momentum) {
        if (velocity.isEmpty() || velocity.get().rank() != rank()) {
            velocity = Optional.of(new Factors(
                    Matrix.zeros(factors.rows(), rank()),
                    Matrix.zeros(factors.isSymmetric() ? 0 : factors.columns(), rank())));
        }
        Factors moved = velocity.get();
        double scaled = -step / problem.operator().energy();
        kernels.axpy(scaled, gradLeft, moved.left());
        double slope = kernels.dot(gradLeft, moved.left());
        if (!factors.isSymmetric()) {
            kernels.axpy(scaled, gradRight, moved.right());
            slope += kernels.dot(gradRight, moved.right());
        }
        age = momentum.isEmpty() && slope > 0 ? 0 : age + 1;
        double part = momentum.orElse((age - 1.0) / (age + 2.0));
        if (age == 0) {
            forgetVelocity();
            return;
        }
        scale(part, moved.left());
        kernels.axpy(1, moved.left(), factors.left());
        if (!factors.isSymmetric()) {
            scale(part, moved.right());
            kernels.axpy(1, moved.right(), factors.right());
        }
    }

    private static void scale(double part, Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int k = 0; k < matrix.columns(); k++) {
                matrix.set(i, k, part * matrix.get(i, k));
            }
        }
    }

    private void forgetVelocity() {
        velocity.ifPresent(moved -> {
            moved.left().fill(0);
            moved.right().fill(0);
        });
        age = 0;
    }

    /** Keeps a copy of the factors for {@link #retreat}. */
    void keep() {
        kept.left().copyFrom(factors.left());
        if (!factors.isSymmetric()) {
            kept.right().copyFrom(factors.right());
        }
    }

    /**
     * Goes half-way back to the factors last kept, which for simultaneous steps is the same step at half its size; all the way
     * where the present factors are not finite, or were reached with momentum, which is then forgotten.
     */
    void retreat() {
        double part = factors.isFinite() && age == 0 ? 0.5 : 0;
        forgetVelocity();
        average(part, factors.left(), kept.left());
        if (!factors.isSymmetric()) {
            average(part, factors.right(), kept.right());
        }
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
        forgetVelocity();
        equalised = false;
        boolean resized = next.rank() != rank();
        factors = next;
        kept = next.copy();
        if (resized) {
            gradLeft = Matrix.zeros(next.rows(), next.rank());
            gradRight = Matrix.zeros(next.columns(), next.rank());
            gram = Matrix.zeros(next.rank(), next.rank());
        }
    }
}
