package lowrank4j.solver;

/**
 * A loss as a parabola that lies above it and touches it at the present fit, {@code ½w(x - t)²} and a constant: least squares with the weights w and targets
 * t of each entry then descend on the loss (iteratively reweighted least squares; Holland, Welsch 1977).
 */
public sealed interface Reweighting {
    /** The weight of an entry of this value at this fit, above 0. */
    double weight(double value, double fit);

    /** What the parabola of that weight draws the fit to. */
    default double target(double value, double weight) {
        return value;
    }

    /** Huber's loss (Huber 1964): squares up to 1.345 deviations, and straight beyond. */
    static Reweighting huber(double deviation) {
        double width = Straight.HUBER_WIDTH * Math.max(deviation, Double.MIN_NORMAL);
        return new Straight(width, width);
    }

    /** The absolute loss, times the deviation so that a ridge weighs as under squares. */
    static Reweighting absolute(double deviation) {
        double height = Math.max(deviation, Double.MIN_NORMAL / Straight.SMOOTHED);
        return new Straight(height, Straight.SMOOTHED * height);
    }

    /** {@code ln(1 + e^(-yx))} of signs y = ±1. */
    static Reweighting logistic() {
        return new Logistic();
    }

    /**
     * Straight but for a parabola about zero: {@code w = height/max(|r|, width)}.
     *
     * @param height slope where the residual is large, above 0
     * @param width residual from which the loss is straight, above 0
     */
    record Straight(double height, double width) implements Reweighting {
        /** Width of Huber's loss in standard deviations: 95 % as efficient as squares for normal noise. */
        private static final double HUBER_WIDTH = 1.345;

        /** Width up to which the absolute loss is a parabola, in standard deviations. */
        private static final double SMOOTHED = 0.01;

        public Straight {
            Positive.require("height", height);
            Positive.require("width", width);
        }

        @Override
        public double weight(double value, double fit) {
            return height / Math.max(Math.abs(value - fit), width);
        }
    }

    /** {@code w = tanh(x/2)/(2x)}, {@code t = y/(2w)} (Jaakkola, Jordan 2000, Bayesian parameter estimation via variational methods, eq. 7): the tightest such parabola. */
    record Logistic() implements Reweighting {
        /** Fits below which the weight is 1/4 to the last digit. */
        private static final double FLAT = 1e-6;

        @Override
        public double weight(double value, double fit) {
            double size = Math.abs(fit);
            return size < FLAT ? 0.25 : Math.tanh(size / 2) / (2 * size);
        }

        @Override
        public double target(double value, double weight) {
            return value / (2 * weight);
        }
    }
}
