package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.OptionalDouble;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.solver.DampedScaledGradientDescent;
import lowrank4j.solver.Initialisation;

/**
 * The set-up that the figures on ScaledGD(λ) share: m = 10 n r*, step 0.3, singular values of the factor evenly spaced from 1 to
 * 1/κ. The paper prints neither λ nor α; those here give its curves.
 *
 * @param n order of the matrix
 * @param trueRank of the matrix
 */
record OverRank(int n, int trueRank) {
    static final String PAPER = "Xu, Shen, Chi, Ma 2023, ICML, PMLR 202 (arXiv 2302.01186)";
    static final double STEP = 0.3;

    /** Columns of the factors unless said. */
    static final int RANK = 5;

    /** n = 150, r* = 3; quickly n = 60. */
    static OverRank of(boolean quick) {
        return new OverRank(quick ? 60 : 150, 3);
    }

    int measurements() {
        return 10 * n * trueRank;
    }

    DenseSensing operator(Trial trial, Arena arena) {
        trial.say("measuring");
        return GaussianSensing.symmetric(n, measurements(), trial.seed(), trial.engine(), arena);
    }

    Measured measure(double conditionNumber, DenseSensing operator, Trial trial) {
        return Measured.of(
                Truth.symmetric(n, trueRank, conditionNumber, trial.random(1), trial.kernels()),
                operator,
                trial.engine());
    }

    /**
     * ScaledGD(λ) from X₀ = αG, entries of G N(0, 1/n).
     *
     * @param share λ in units of the square of the factor's least singular value
     */
    Run damped(String series, double conditionNumber, double share, double alpha, int rank, int limit) {
        double least = 1 / conditionNumber;
        return Run.of(
                series,
                new DampedScaledGradientDescent(OptionalDouble.of(share * least * least)),
                Initialisation.gaussian(alpha),
                rank,
                STEP,
                limit);
    }

    String sentence() {
        return "n = " + n + ", r* = " + trueRank + ", m = 10 n r* = " + measurements() + ", step 0.3";
    }
}
