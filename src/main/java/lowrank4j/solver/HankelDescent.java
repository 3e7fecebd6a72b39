package lowrank4j.solver;

import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.HankelSensing;
import lowrank4j.sensing.LinearMap;

/**
 * ScaledGD on Hankel matrices known by part of their signal: descends {@code ½‖P(A(X) - y)‖²/p + ½‖X - A*A(X)‖²}, p the share that is
 * observed (Cai, Wang, Wei 2018, "Spectral compressed sensing via projected gradient descent", arXiv 1606.01567), by {@code L ← L -
 * η∇R(R*R)⁻¹} and {@code R ← R - η∇*L(L*L)⁻¹} (Tong, Ma, Chi 2021, JMLR 22(150)), from columns that are added one by one: singular
 * vectors of what is left.
 *
 * <p>Cost of an iteration: {@link HankelSensing#structuredGradient}, and O(nr²).
 */
public final class HankelDescent {
    private static final int POWER_STEPS = 12;

    /** Of a step that a rise of the objective has shortened; below it the objective is flat. */
    private static final double LEAST_STEP = 1e-3;

    /** η, where the objective does not rise. */
    public static final double STEP = 0.6;

    /** Rises of the objective below this part of ‖y‖² are rounding. */
    private static final double ROUNDING = 1e-13;

    private final HankelSensing operator;
    private final double[] weight;
    private final double[] observed;
    private final Kernels kernels;
    private final Random random;
    private final double norm;
    private final double[] fit;
    private Factors x;
    private Factors gradients;
    private double loss;
    private double residual = 1;
    private int iterations;

    /**
     * From X = 0.
     *
     * @param marks which measurements are observed, at least one
     * @param observed y, in the places that are marked, as the operator measures; not all zero
     * @param seed of the vectors from which singular vectors are sought
     */
    public HankelDescent(HankelSensing operator, boolean[] marks, double[] observed, long seed, Engine engine) {
        this.random = new Random(seed);
        this.operator = operator;
        this.kernels = engine.kernels();
        this.observed = observed;
        this.weight = new double[marks.length];
        int count = 0;
        double sum = 0;
        for (int i = 0; i < marks.length; i++) {
            count += marks[i] ? 1 : 0;
            sum += marks[i] ? observed[i] * observed[i] : 0;
        }
        for (int i = 0; i < marks.length; i++) {
            weight[i] = marks[i] ? (double) marks.length / count : 0;
        }
        this.norm = Math.sqrt(sum);
        this.fit = new double[marks.length];
        this.x = new Factors(Matrix.zeros(operator.rows(), 0), Matrix.zeros(operator.columns(), 0));
        this.gradients = x;
    }

    /** X; of complex matrices its stacks. */
    public Factors factors() {
        return x;
    }

    /** ‖A(X) - y‖/‖y‖ over what is observed. */
    public double residual() {
        return residual;
    }

    /** The objective. */
    public double objective() {
        return Math.max(0, loss / 2);
    }

    /** Iterations in all. */
    public int iterations() {
        return iterations;
    }

    /** Goes back to another X of before. */
    public void restore(Factors before) {
        x = before;
        evaluate();
    }

    /**
     * Goes to the X of a sum of exponentials, {@code c z^(j+k)} in columns {@code √c z^j}.
     *
     * @param parts of a real signal both of each pair of opposite frequencies
     */
    public void restart(List<Exponential> parts) {
        Matrix left = Matrix.zeros(operator.rows(), parts.size());
        Matrix right = Matrix.zeros(operator.columns(), parts.size());
        for (int k = 0; k < parts.size(); k++) {
            Exponential part = parts.get(k);
            double size = Math.sqrt(part.amplitude());
            double angle = part.phase() / 2;
            Exponential root =
                    new Exponential(part.frequency(), part.damping(), size * Math.cos(angle), size * Math.sin(angle));
            write(root, left, k, 1);
            write(root, right, k, -1);
        }
        x = new Factors(left, right);
        evaluate();
    }

    /**
     * The numbers of an exponential, or with a sign of -1 their conjugates. A real pair is {@code 2·Re·Re - 2·Im·Im}: the first product
     * stands for the one of positive frequency, the second for the other.
     */
    private void write(Exponential root, Matrix into, int column, int sign) {
        if (operator.isComplex()) {
            int half = into.rows() / 2;
            for (int t = 0; t < half; t++) {
                into.set(t, column, root.realAt(t));
                into.set(half + t, column, sign * root.imaginaryAt(t));
            }
            return;
        }
        boolean alone = root.frequency() == 0 || root.frequency() == 0.5;
        boolean takesImaginary = alone ? Math.abs(root.imaginary()) > Math.abs(root.real()) : root.frequency() < 0;
        double scale = alone ? 1 : Math.sqrt(2);
        for (int t = 0; t < into.rows(); t++) {
            into.set(t, column, scale * (takesImaginary ? sign * root.imaginaryAt(t) : root.realAt(t)));
        }
    }

    /** Adds a column to both factors: the leading singular vectors of the negative gradient. */
    public void grow() {
        double[] gap = new double[fit.length];
        double twice = operator.isComplex() ? 2 : 1;
        for (int i = 0; i < gap.length; i++) {
            gap[i] = twice * (fit[i] + (weight[i] == 0 ? 0 : weight[i] * (observed[i] - fit[i])));
        }
        LinearMap back = operator.adjoint(gap);
        Matrix v = Matrix.zeros(operator.columns(), 1);
        Matrix u = Matrix.zeros(operator.rows(), 1);
        for (int j = 0; j < v.rows(); j++) {
            v.set(j, 0, random.nextGaussian());
        }
        double value = 0;
        for (int step = 0; step < POWER_STEPS; step++) {
            back.times(v, u);
            subtract(x.left(), x.right(), v, u);
            value = normalise(u);
            back.transposedTimes(u, v);
            subtract(x.right(), x.left(), u, v);
            value = Math.sqrt(value * normalise(v));
        }
        x = new Factors(joined(x.left(), u, Math.sqrt(value)), joined(x.right(), v, Math.sqrt(value)));
        evaluate();
    }

    /** {@code out ← out - A B* v}. */
    private void subtract(Matrix a, Matrix b, Matrix v, Matrix out) {
        if (a.columns() == 0) {
            return;
        }
        Matrix whole = operator.whole(b);
        Matrix product = Matrix.zeros(whole.columns(), 1);
        kernels.transposedMultiply(1, whole, v, 0, product);
        kernels.multiply(-1, operator.whole(a), product, 1, out);
    }

    private double normalise(Matrix vector) {
        double length = Math.sqrt(kernels.dot(vector, vector));
        if (length > 0) {
            kernels.scaledCopy(1 / length, vector.copy(), vector);
        }
        return length;
    }

    private static Matrix joined(Matrix columns, Matrix last, double scale) {
        int k = columns.columns();
        Matrix joined = Matrix.zeros(last.rows(), k + 1);
        joined.columnRange(0, k).copyFrom(columns);
        for (int i = 0; i < last.rows(); i++) {
            joined.set(i, k, scale * last.get(i, 0));
        }
        return joined;
    }

    private void evaluate() {
        if (gradients.rank() != x.rank()) {
            gradients =
                    new Factors(Matrix.zeros(operator.rows(), x.rank()), Matrix.zeros(operator.columns(), x.rank()));
        }
        loss = operator.structuredGradient(x, weight, observed, fit, gradients.left(), gradients.right());
        double sum = 0;
        for (int i = 0; i < fit.length; i++) {
            double gap = weight[i] == 0 ? 0 : fit[i] - observed[i];
            sum += gap * gap;
        }
        residual = Math.sqrt(sum) / norm;
    }

    /**
     * Descends until the relative residual is at most the tolerance, or what is left has fallen by less than a share over so many
     * iterations, or all is over.
     *
     * @param tolerance at least 0
     * @param share from 0 to 1
     * @param isOver asked after each iteration
     */
    public void descend(double tolerance, double share, int window, BooleanSupplier isOver) {
        double step = STEP;
        double before = left();
        for (int k = 1; residual > tolerance && !isOver.getAsBoolean(); k++) {
            Factors last = x;
            double lossOfLast = loss;
            x = new Factors(
                    moved(x.left(), gradients.left(), x.right(), step),
                    moved(x.right(), gradients.right(), x.left(), step));
            evaluate();
            iterations++;
            if (!(loss <= lossOfLast + ROUNDING * norm * norm)) {
                restore(last);
                step /= 2;
                if (step < LEAST_STEP) {
                    return;
                }
            }
            if (k % window == 0) {
                if (left() > (1 - share) * before) {
                    return;
                }
                before = left();
            }
        }
    }

    /** The objective, or below its rounding the residual alone. */
    private double left() {
        return loss > 1e3 * ROUNDING * norm * norm ? loss : residual * residual * norm * norm;
    }

    /** {@code L - η∇R(R*R)⁻¹}. */
    private Matrix moved(Matrix factor, Matrix gradient, Matrix other, double step) {
        Matrix whole = operator.whole(other);
        Matrix gram = Matrix.zeros(whole.columns(), whole.columns());
        kernels.gram(whole, gram);
        Matrix direction = operator.whole(gradient).copy();
        Matrix moved = factor.copy();
        Matrix kept = gram.copy();
        if (kernels.cholesky(gram)) {
            kernels.choleskySolve(gram, direction);
        } else {
            Matrix inverse = Matrix.zeros(kept.rows(), kept.rows());
            kernels.pseudoInverse(kept, inverse);
            Matrix product = Matrix.zeros(direction.rows(), direction.columns());
            kernels.multiply(1, direction, inverse, 0, product);
            direction = product;
        }
        kernels.axpy(-step, direction.columnRange(0, factor.columns()), moved);
        return moved;
    }
}
