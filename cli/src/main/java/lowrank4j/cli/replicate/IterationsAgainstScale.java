package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.cli.replicate.Axes.Kind;

/** A smaller initial scale costs gradient descent iterations in proportion to its logarithm. */
record IterationsAgainstScale() implements Figure {
    private static final Axes ITERATIONS = new Axes(
            "iterations against scale",
            "decades of the initial scale, −log₁₀ α",
            "iterations to error 0.1",
            Kind.LINEAR);
    private static final int DECADES = 6;
    private static final double TARGET = 0.1;

    @Override
    public String name() {
        return "gd-iterations";
    }

    @Override
    public String paper() {
        return SmallStart.PAPER;
    }

    @Override
    public String claim() {
        return "Iterations to an error of 0.1 grow by ln 10/ln(1 + η) ≈ 10 for each decade of 1/α.";
    }

    @Override
    public String setUp(boolean quick) {
        return SmallStart.of(quick).sentence() + ", r = n, α = 1e-2 ... 1e-6";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("iterations for each decade of 1/α", 9, 11),
                Band.atMost("largest distance from the line, in iterations", 2));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ITERATIONS);
    }

    @Override
    public void run(Trial trial) {
        SmallStart start = SmallStart.of(trial.isQuick());
        try (Arena arena = Arena.ofShared()) {
            Measured measured = start.measure(trial, arena);
            double[] decades = new double[DECADES - 1];
            double[] iterations = new double[DECADES - 1];
            for (int k = 0; k < decades.length; k++) {
                decades[k] = k + 2;
                iterations[k] = trial.follow(
                                measured,
                                start.run(Math.pow(10, -decades[k]), start.n(), 300)
                                        .to(TARGET))
                        .iterationsTo(TARGET);
                trial.point(ITERATIONS, "r = n", decades[k], iterations[k]);
            }
            double slope = Statistics.slope(decades, iterations);
            trial.measure("iterations for each decade of 1/α", slope);
            trial.measure(
                    "largest distance from the line, in iterations", Statistics.deviation(decades, iterations, slope));
        }
    }
}
