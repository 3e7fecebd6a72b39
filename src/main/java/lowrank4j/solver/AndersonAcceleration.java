package lowrank4j.solver;

import java.util.stream.Stream;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Anderson's acceleration of a descent {@code w ← w + η d(w)} of the factors (Anderson 1965; Walker, Ni 2011, SIAM J. Numer. Anal. 49(4)): with the
 * differences of the last points, ΔW, and of their directions, ΔD, and γ the least squares of {@code ‖d - ΔD γ‖}, next
 * {@code w + η d - (ΔW + η ΔD) γ}. Near the solution a preconditioned descent is a linear map, and on linear maps this does what
 * conjugate gradients do, at no further gradient. Cost: O(memory·(n1+n2)r) an iteration, and as many numbers.
 */
final class AndersonAcceleration {
    /** Differences that are remembered: 3 take a fifth more iterations, 8 hardly fewer. */
    private static final int MEMORY = 5;

    /** On the diagonal of the normal equations of columns of norm 1: what explains less of them is rounding. */
    private static final double RIDGE = 1e-10;

    /** Noise edges of the present residual up to which a direction may still be lost: with 1 some were, with 2 none. */
    private static final double ESTABLISHED_EDGES = 4;

    private final Kernels kernels;
    private final Matrix leftGram;
    private final Matrix rightGram;
    private final Matrix vectors;
    private final double[] values;
    private final Factors point;
    private final Factors direction;
    private final Factors[] moves;
    private final Factors[] changes;
    private final Matrix gram = Matrix.zeros(MEMORY, MEMORY);
    private final Matrix system = Matrix.zeros(MEMORY, MEMORY);
    private final Matrix weights = Matrix.zeros(1, MEMORY);
    private boolean begun;
    private int remembered;

    AndersonAcceleration(Factors factors, Kernels kernels) {
        this.kernels = kernels;
        int r = factors.rank();
        this.leftGram = Matrix.zeros(r, r);
        this.rightGram = Matrix.zeros(r, r);
        this.vectors = Matrix.zeros(r, r);
        this.values = new double[r];
        this.point = factors.copy();
        this.direction = factors.copy();
        this.moves = copies(factors);
        this.changes = copies(factors);
    }

    private static Factors[] copies(Factors factors) {
        return Stream.generate(factors::copy).limit(MEMORY).toArray(Factors[]::new);
    }

    /** Whether the last step was not a plain one. */
    boolean isUnderWay() {
        return remembered > 0;
    }

    /** Begins anew from wherever the factors are. */
    void forget() {
        begun = false;
        remembered = 0;
    }

    /** Whether every direction of {@code factors} stands out of what is missing. */
    private boolean isEstablished(Factors factors, double edge) {
        return leastValue(factors) > ESTABLISHED_EDGES * edge;
    }

    /** σ_r(L Rᵀ), from the eigenvalues of {@code D^½VᵀRᵀR V D^½}, {@code LᵀL = V D Vᵀ}. */
    private double leastValue(Factors factors) {
        kernels.gram(factors.left(), leftGram);
        kernels.symmetricEigen(leftGram, values, vectors);
        if (factors.isSymmetric()) {
            return values[values.length - 1];
        }
        for (int k = 0; k < values.length; k++) {
            double root = Math.sqrt(Math.max(0, values[k]));
            for (int i = 0; i < values.length; i++) {
                vectors.set(i, k, root * vectors.get(i, k));
            }
        }
        kernels.gram(factors.right(), rightGram);
        kernels.multiply(1, rightGram, vectors, 0, leftGram);
        kernels.transposedMultiply(1, vectors, leftGram, 0, rightGram);
        kernels.symmetricEigen(rightGram, values, vectors);
        return Math.sqrt(Math.max(0, values[values.length - 1]));
    }

    /**
     * Goes on from where a plain step has arrived; at first only once each direction stands out of what is missing, for before that the
     * stationary point that is nearest may be one without it.
     *
     * @param edge {@link Problem#noiseEdge} where the step began
     * @param from where the step began
     * @param to where it ended, {@code from + step·d}
     */
    void accelerate(Factors from, Factors to, double step, double edge) {
        if (!begun && !isEstablished(from, edge)) {
            return;
        }
        remember(from, to, step);
        weigh();
        for (int k = 0; k < Math.min(remembered, MEMORY); k++) {
            add(-weights.get(0, k), moves[k], to);
            add(-weights.get(0, k) * step, changes[k], to);
        }
    }

    private void remember(Factors from, Factors to, double step) {
        int next = remembered % MEMORY;
        Factors move = moves[next];
        Factors change = changes[next];
        scaledCopy(-1, point, move);
        scaledCopy(-1, direction, change);
        point.copyFrom(from);
        scaledCopy(1 / step, to, direction);
        add(-1 / step, from, direction);
        if (!begun) {
            begun = true;
            return;
        }
        add(1, point, move);
        add(1, direction, change);
        remembered++;
        for (int k = 0; k < Math.min(remembered, MEMORY); k++) {
            double product = dot(change, changes[k]);
            gram.set(next, k, product);
            gram.set(k, next, product);
        }
    }

    /** γ, 0 for what is not remembered or has no length. */
    private void weigh() {
        system.fill(0);
        for (int i = 0; i < MEMORY; i++) {
            double norm = norm(i);
            weights.set(0, i, norm > 0 ? dot(changes[i], direction) / norm : 0);
            for (int k = 0; k < i; k++) {
                double product = norm * norm(k) > 0 ? gram.get(i, k) / (norm * norm(k)) : 0;
                system.set(i, k, product);
                system.set(k, i, product);
            }
            system.set(i, i, 1 + RIDGE);
        }
        boolean solvable = kernels.cholesky(system);
        if (solvable) {
            kernels.choleskySolve(system, weights);
        }
        for (int i = 0; i < MEMORY; i++) {
            weights.set(0, i, solvable && norm(i) > 0 ? weights.get(0, i) / norm(i) : 0);
        }
    }

    private double norm(int k) {
        return k < remembered ? Math.sqrt(gram.get(k, k)) : 0;
    }

    private double dot(Factors x, Factors y) {
        double left = kernels.dot(x.left(), y.left());
        return x.isSymmetric() ? left : left + kernels.dot(x.right(), y.right());
    }

    private void add(double part, Factors x, Factors y) {
        kernels.axpy(part, x.left(), y.left());
        if (!x.isSymmetric()) {
            kernels.axpy(part, x.right(), y.right());
        }
    }

    private void scaledCopy(double part, Factors x, Factors y) {
        kernels.scaledCopy(part, x.left(), y.left());
        if (!x.isSymmetric()) {
            kernels.scaledCopy(part, x.right(), y.right());
        }
    }
}
