package lowrank4j.cli.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.cli.report.Panel.Style;
import lowrank4j.solver.IterationEvent;

/** The residual, the objective and the rank over the iterations, one below the other. */
final class TracePicture {
    private static final int TALL = 300;
    private static final int LOW = 230;

    private TracePicture() {}

    static BufferedImage of(List<IterationEvent> trace) {
        if (trace.isEmpty()) {
            return Pictures.note("No iterations were made.", Charts.WIDTH, 80);
        }
        double[] iteration = values(trace, IterationEvent::iteration);
        List<Line> errors = new ArrayList<>();
        errors.add(new Line(
                "on the measurements that are fitted",
                Style.SOLID,
                iteration,
                values(trace, IterationEvent::relativeResidual)));
        if (trace.stream().anyMatch(event -> event.heldOutError().isPresent())) {
            errors.add(new Line(
                    "on those held out",
                    Style.DASHED,
                    iteration,
                    values(trace, event -> event.heldOutError().orElse(Double.NaN))));
        }
        Line objective = new Line("objective", Style.SOLID, iteration, values(trace, IterationEvent::objective));
        Line rank = new Line("rank", Style.STEPS, iteration, values(trace, IterationEvent::rank));
        return Pictures.stacked(List.of(
                Charts.draw(new Panel("iteration", "relative residual", true, errors), TALL),
                Charts.draw(new Panel("iteration", "objective", true, List.of(objective)), LOW),
                Charts.draw(new Panel("iteration", "rank (columns)", false, List.of(rank)), LOW)));
    }

    private static double[] values(List<IterationEvent> trace, ToDoubleFunction<IterationEvent> of) {
        return trace.stream().mapToDouble(of).toArray();
    }
}
