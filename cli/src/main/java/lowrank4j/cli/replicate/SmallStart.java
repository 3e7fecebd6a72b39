package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import lowrank4j.cli.report.Numbers;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;

/**
 * The set-up that figures on gradient descent from small initialisation share: a truth of condition number 1, m = 10 n r*, fixed
 * step 1/4.
 *
 * @param n order of the matrix
 * @param trueRank of the matrix
 */
record SmallStart(int n, int trueRank) {
    static final String PAPER = "Stöger, Soltanolkotabi 2021, NeurIPS 34 (arXiv 2106.15013)";
    static final double STEP = 0.25;

    /** n = 200, r* = 5; quickly n = 60, r* = 3. */
    static SmallStart of(boolean quick) {
        return quick ? new SmallStart(60, 3) : new SmallStart(200, 5);
    }

    int measurements() {
        return 10 * n * trueRank;
    }

    Measured measure(Trial trial, Arena arena) {
        trial.say("measuring");
        return Measured.of(
                Truth.symmetric(n, trueRank, 1, trial.random(1), trial.kernels()),
                GaussianSensing.symmetric(n, measurements(), trial.seed(), trial.engine(), arena),
                trial.engine());
    }

    /** From U₀ = αU, entries of U N(0, 1/r). */
    Run run(double alpha, int rank, int limit) {
        return Run.of(
                "r = " + rank + ", α = " + Numbers.brief(alpha),
                new GradientDescent(),
                Initialisation.gaussianByRank(alpha),
                rank,
                STEP,
                limit);
    }

    String sentence() {
        return "n = " + n + ", r* = " + trueRank + ", κ = 1, m = 10 n r* = " + measurements() + ", step 1/4";
    }
}
