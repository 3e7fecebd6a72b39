package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;

/**
 * A figure that takes no time.
 *
 * @param name of it
 * @param allowed error that its one band allows
 */
public record TinyFigure(String name, double allowed) implements Figure {
    private static final Axes ERRORS = Axes.errors("errors");

    @Override
    public String paper() {
        return "none";
    }

    @Override
    public String claim() {
        return "Gradient descent finds a small matrix.";
    }

    @Override
    public String setUp(boolean quick) {
        return "n = 12";
    }

    @Override
    public List<Band> bands() {
        return List.of(Band.atMost("error", allowed));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        try (Arena arena = Arena.ofShared()) {
            Measured measured = Measured.of(
                    Truth.symmetric(12, 2, 2, trial.random(1), trial.kernels()),
                    GaussianSensing.symmetric(12, 400, trial.seed(), trial.engine(), arena),
                    trial.engine());
            Run run = Run.of("descent, \"small\"", new GradientDescent(), Initialisation.gaussian(1e-3), 2, 0.5, 400)
                    .to(1e-7);
            Trajectory trajectory = trial.follow(measured, run);
            trial.curve(ERRORS, run.series(), trajectory.error());
            trial.measure("error", trajectory.last());
        }
    }
}
