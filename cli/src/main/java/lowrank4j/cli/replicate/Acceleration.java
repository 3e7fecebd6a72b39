package lowrank4j.cli.replicate;

import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.matrix.Factors;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.FactorSpectrum;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.NesterovGradientDescent;

/** Nesterov's momentum turns iterations that grow with κ² into such that grow with κ. */
record Acceleration() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final int ROWS = 100;
    private static final int COLUMNS = 80;
    private static final int TRUE_RANK = 5;
    private static final int RANK = 20;
    private static final double SKETCH = 50;
    private static final double TARGET = 1e-8;
    private static final double[] CONDITION_NUMBERS = {5, 10, 20};
    private static final int LIMIT = 8000;

    @Override
    public String name() {
        return "nesterov";
    }

    @Override
    public String paper() {
        return "Xu, Wang, Zhao, Ward, Tao 2024, NeurIPS (arXiv 2410.09640)";
    }

    @Override
    public String claim() {
        return "Accelerated, the iterations grow with κ instead of κ².";
    }

    @Override
    public String setUp(boolean quick) {
        return "100 x 80 known in full, rank 5, d = 20, κ = 5, 10, 20, start L₀ = 50 XΦ, R₀ = 0, step 2/(L + μ) plain and 1/L"
                + " accelerated, β = (√L − √μ)/(√L + √μ), L = σ₁(L₀)², μ = σ₅(L₀)²";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atLeast("plain over accelerated iterations to 1e-8, κ = 10", 4),
                Band.between("power of κ in the plain iterations", 1.6, 2.3),
                Band.between("power of κ in the accelerated iterations", 0.7, 1.3));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        double[] plain = new double[CONDITION_NUMBERS.length];
        double[] accelerated = new double[CONDITION_NUMBERS.length];
        for (int k = 0; k < CONDITION_NUMBERS.length; k++) {
            double conditionNumber = CONDITION_NUMBERS[k];
            Measured measured = Measured.of(
                    Truth.rectangular(ROWS, COLUMNS, TRUE_RANK, conditionNumber, trial.random(1), trial.kernels()),
                    EveryEntry.rectangular(ROWS, COLUMNS, trial.engine()),
                    trial.engine());
            Factors start = Initialisation.sketchOfDeviation(SKETCH / Math.sqrt(RANK))
                    .start(measured.problem(), RANK, trial.random(2));
            double[] values = new FactorSpectrum(Factors.symmetric(start.left()), trial.kernels()).values();
            double largest = values[0];
            double least = values[TRUE_RANK - 1];
            double momentum = (Math.sqrt(largest) - Math.sqrt(least)) / (Math.sqrt(largest) + Math.sqrt(least));
            String at = ", κ = " + (int) conditionNumber;
            plain[k] = iterations(
                    trial,
                    measured,
                    Run.of(
                            "plain" + at,
                            new GradientDescent(),
                            Initialisation.warm(start),
                            RANK,
                            2 / (largest + least),
                            LIMIT));
            accelerated[k] = iterations(
                    trial,
                    measured,
                    Run.of(
                            "accelerated" + at,
                            new NesterovGradientDescent(OptionalDouble.of(momentum)),
                            Initialisation.warm(start),
                            RANK,
                            1 / largest,
                            LIMIT));
        }
        trial.measure("plain over accelerated iterations to 1e-8, κ = 10", plain[1] / accelerated[1]);
        trial.measure("power of κ in the plain iterations", Statistics.power(CONDITION_NUMBERS, plain));
        trial.measure("power of κ in the accelerated iterations", Statistics.power(CONDITION_NUMBERS, accelerated));
    }

    private static double iterations(Trial trial, Measured measured, Run run) {
        Trajectory trajectory = trial.follow(measured, run.to(TARGET));
        trial.curve(ERRORS, run.series(), trajectory.error());
        return trajectory.iterationsTo(TARGET);
    }
}
