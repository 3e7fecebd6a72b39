package lowrank4j.solver;

/**
 * Weights by which least squares descend on a loss that grows no faster than the residual: {@code height/max(|r|, width)}, the majoriser of Huber's loss
 * (Huber 1964; Holland, Welsch 1977, iteratively reweighted least squares).
 *
 * @param height weight times residual where the residual is large, above 0
 * @param width residual from which the weight falls, above 0
 */
public record Reweighting(double height, double width) {
    /** Width of Huber's loss in standard deviations: 95 % as efficient as squares for normal noise. */
    private static final double HUBER_WIDTH = 1.345;

    /** Width up to which the absolute loss is a parabola, in standard deviations. */
    private static final double SMOOTHED = 0.01;

    public Reweighting {
        Positive.require("height", height);
        Positive.require("width", width);
    }

    /** Huber's loss: squares up to 1.345 deviations, and straight beyond. */
    public static Reweighting huber(double deviation) {
        double width = HUBER_WIDTH * Math.max(deviation, Double.MIN_NORMAL);
        return new Reweighting(width, width);
    }

    /** The absolute loss, times the deviation so that a ridge weighs as under squares. */
    public static Reweighting absolute(double deviation) {
        double height = Math.max(deviation, Double.MIN_NORMAL / SMOOTHED);
        return new Reweighting(height, SMOOTHED * height);
    }

    /** The weight of a residual. */
    public double of(double residual) {
        return height / Math.max(Math.abs(residual), width);
    }
}
