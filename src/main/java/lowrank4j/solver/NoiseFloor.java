package lowrank4j.solver;

import java.util.Random;
import lowrank4j.matrix.Factors;

/** Whether what a fit leaves looks like noise and nothing else: what no other fit can predict. */
public final class NoiseFloor {
    /** Measurements in units of the free parameters of the next rank from which the noise floor is certain. */
    static final double TRUSTED_OVERSAMPLING = 4;

    private NoiseFloor() {}

    /**
     * Whether the measurements are enough for a further rank to show, and the back-projection of the residual reaches no farther than that of
     * noise. Cost: a forward product and some of the back-projection with a few vectors.
     *
     * @param factors a fit; its measurements beyond its free parameters tell the noise
     */
    public static boolean isReached(Problem problem, Factors factors, long seed) {
        int rank = factors.rank();
        if (problem.operator().count() < TRUSTED_OVERSAMPLING * problem.freedom(rank + 1)) {
            return false;
        }
        double[] residual = new double[problem.operator().length()];
        problem.operator().forward(factors, residual);
        double loss = 0;
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= problem.observed()[i];
            loss += residual[i] * residual[i];
        }
        double edge = problem.noiseEdge(loss, rank);
        return Leading.of(problem, residual, 1, new Random(seed)).inEdges(edge) <= largest(problem);
    }

    /** In edges, what noise reaches: its largest singular value fluctuates about the edge by a few n^(-2/3) of it. */
    static double largest(Problem problem) {
        return 1 + 1.5 * Math.pow(Math.min(problem.rows(), problem.columns()), -2.0 / 3);
    }
}
