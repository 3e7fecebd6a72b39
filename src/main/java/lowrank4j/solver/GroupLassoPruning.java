package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/**
 * Gradient descent with a group lasso on the columns of over-parametrised factors; once it is stationary, the columns that the penalty has
 * shortened are pruned, and plain descent goes on from those that are left (Rajaraman, Devvrit, Mokhtari, Ramchandran 2023, arXiv
 * 2303.11453). The penalty turns the factors until as few columns as possible carry X; without it many columns are of like length, and
 * none can be spared.
 *
 * <p>Components of X below about {@code 2λ^⅔} are pruned too. The paper is on a symmetric X; a left and a right factor are pruned by the
 * columns of the one above the other. Its theory is for a λ far below the least component and at least as many measurements as gradient
 * descent needs over-parametrised. Cost: one gradient and O((n1+n2)r) an iteration.
 *
 * @param weight λ, above 0, in units of X to the power 3/2: a quarter of the paper's, whose objective lacks the factor ¼; empty for 0.003σ₁ to
 *     the power 3/2, σ₁ of the back-projected measurements, which keeps components down to a twentieth of the first
 */
public record GroupLassoPruning(OptionalDouble weight) implements PlainDescent {
    /** Of σ₁ to the power 3/2. More prunes sooner, but larger components too: 0.05 after 25 iterations where this took 110. */
    private static final double DEFAULT_WEIGHT = 3e-3;

    /**
     * The factors are stationary enough when the gradient is this part of what the penalty alone has for a long column: the long columns
     * then only turn among each other, slowly.
     */
    private static final double STATIONARY = 0.2;

    public GroupLassoPruning {
        weight.ifPresent(value -> Positive.require("weight of the group lasso", value));
    }

    @Override
    public String name() {
        return "group-lasso";
    }

    @Override
    public Optional<Penalty> penalty(Problem problem) {
        return Optional.of(new GroupLasso(weight.orElseGet(() -> {
            double norm = Initialisation.spectralNorm(problem);
            return norm > 0 ? DEFAULT_WEIGHT * norm * Math.sqrt(norm) : 1;
        })));
    }

    @Override
    public void update(Iterate iterate, double step, double damping) {
        boolean stationary = iterate.penalty().isPresent()
                && iterate.penalty().get() instanceof GroupLasso lasso
                && iterate.gradientNorm() <= STATIONARY * lasso.weight()
                && prune(iterate, lasso);
        if (!stationary) {
            move(iterate, Sides.BOTH, step, damping);
        }
    }

    /**
     * Goes on without the penalty from the columns longer than half of the shortest that can be stationary, once all others are far shorter, on
     * their way to zero, and those are as many as the directions they have, at a saddle no longer. Where none is long, X is too small for
     * λ, and nothing is changed.
     */
    private static boolean prune(Iterate iterate, GroupLasso lasso) {
        double least = GroupLasso.shortest(lasso.weight()) / 2;
        double[] squares = GroupLasso.squaredLengths(iterate.factors());
        int[] kept = longer(squares, least);
        if (kept.length == 0 || kept.length < longer(squares, least / 4).length) {
            return false;
        }
        Factors chosen = iterate.factors().columnsAt(kept);
        if (leastDirection(chosen, iterate.problem().engine().kernels()) <= least) {
            return false;
        }
        iterate.penalise(Optional.empty());
        iterate.replace(chosen);
        return true;
    }

    /** The least singular value of U, or of L above R. */
    private static double leastDirection(Factors factors, Kernels kernels) {
        int rank = factors.rank();
        Matrix gram = Matrix.zeros(rank, rank);
        kernels.gram(factors.left(), gram);
        if (!factors.isSymmetric()) {
            Matrix other = Matrix.zeros(rank, rank);
            kernels.gram(factors.right(), other);
            kernels.axpy(1, other, gram);
        }
        double[] squares = new double[rank];
        kernels.symmetricEigen(gram, squares, Matrix.zeros(rank, rank));
        return Math.sqrt(Math.max(0, squares[rank - 1]));
    }

    private static int[] longer(double[] squares, double length) {
        return IntStream.range(0, squares.length)
                .filter(c -> squares[c] > length * length)
                .toArray();
    }

    /** With every component from the start: the penalty would keep from growing what starts far below the length that it prunes. */
    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.spectral();
    }
}
