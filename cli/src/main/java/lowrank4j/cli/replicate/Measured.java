package lowrank4j.cli.replicate;

import java.util.Random;
import lowrank4j.kernel.Engine;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.solver.Problem;

/**
 * A truth and what was measured of it.
 *
 * @param truth not told to any method
 * @param problem what methods are told
 */
record Measured(Truth truth, Problem problem) {
    /** Measurements without noise: those of the operator as it is stored, to the last bit. */
    static Measured of(Truth truth, MeasurementOperator operator, Engine engine) {
        double[] observed = new double[operator.length()];
        operator.forward(truth.factors(), observed);
        return new Measured(truth, new Problem(operator, observed, engine));
    }

    /** With independent noise of this standard deviation on each measurement. */
    Measured noisy(double deviation, Random random) {
        double[] observed = problem.observed().clone();
        for (int i = 0; i < observed.length; i++) {
            observed[i] += deviation * random.nextGaussian();
        }
        return new Measured(truth, new Problem(problem.operator(), observed, problem.engine()));
    }
}
