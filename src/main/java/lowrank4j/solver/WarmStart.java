package lowrank4j.solver;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;

/** {@link Initialisation#warm}. */
record WarmStart(Factors factors) implements Initialisation {
    WarmStart {
        if (!factors.isFinite()) {
            throw new InvalidArgumentException("the factors to start from hold NaN or an infinity");
        }
    }

    @Override
    public Factors start(Problem problem, int rank, Random random) {
        if (factors.rows() != problem.rows() || factors.columns() != problem.columns()) {
            throw new InvalidArgumentException("the factors to start from are of a " + factors.rows() + "x"
                    + factors.columns() + " matrix, but the problem's is " + problem.rows() + "x" + problem.columns());
        }
        return problem.operator().isSymmetric()
                ? Factors.symmetric(factors.left().copy())
                : new Factors(factors.left().copy(), factors.right().copy());
    }

    @Override
    public boolean asksForRank() {
        return false;
    }
}
