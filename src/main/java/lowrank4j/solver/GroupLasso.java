package lowrank4j.solver;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/**
 * {@code λ Σ_c ‖z_c‖²/√(‖z_c‖² + β²)}, z_c column c of U, or that of L above that of R: about λ times the sum of the columns' lengths, smooth at
 * zero (Rajaraman, Devvrit, Mokhtari, Ramchandran 2023, arXiv 2303.11453). Of all factors of one matrix those with the fewest columns that
 * are not zero have the least. Cost of the value or the gradient: 2 to 4(n1+n2)r flops.
 *
 * @param weight λ, above 0, in units of X to the power 3/2
 * @param smoothing β, above 0, in units of the root of X
 */
record GroupLasso(double weight, double smoothing) implements Penalty {
    GroupLasso {
        Positive.require("weight of the group lasso", weight);
        Positive.require("smoothing of the group lasso", smoothing);
    }

    /** Smoothed over a quarter of {@link #shortest}: less would make the gradient too steep at zero for the steps of the fit. */
    GroupLasso(double weight) {
        this(weight, shortest(weight) / 4);
    }

    /**
     * The length below which a stationary point of second order keeps no column: with one column, {@code ¼(x² - σ)² + λx} has no minimum at
     * {@code x < (λ/2)^⅓} but zero, whatever σ.
     */
    static double shortest(double weight) {
        return Math.cbrt(weight / 2);
    }

    @Override
    public double value(Factors factors) {
        double sum = 0;
        for (double square : squaredLengths(factors)) {
            sum += square / Math.sqrt(square + smoothing * smoothing);
        }
        return weight * sum;
    }

    @Override
    public void addGradient(Factors factors, double scale, Sides sides, Matrix gradLeft, Matrix gradRight) {
        double[] slope = squaredLengths(factors);
        for (int c = 0; c < slope.length; c++) {
            double smoothed = slope[c] + smoothing * smoothing;
            // In this order, since λ times a squared length may overflow, or vanish, where X does not.
            slope[c] = scale * (weight / Math.sqrt(smoothed)) * ((smoothed + smoothing * smoothing) / smoothed);
        }
        if (sides.left()) {
            addScaledColumns(factors.left(), slope, gradLeft);
        }
        if (sides.right() && !factors.isSymmetric()) {
            addScaledColumns(factors.right(), slope, gradRight);
        }
    }

    private static void addScaledColumns(Matrix factor, double[] slope, Matrix gradient) {
        for (int i = 0; i < factor.rows(); i++) {
            for (int c = 0; c < slope.length; c++) {
                gradient.set(i, c, gradient.get(i, c) + slope[c] * factor.get(i, c));
            }
        }
    }

    /** ‖z_c‖². */
    static double[] squaredLengths(Factors factors) {
        double[] squares = new double[factors.rank()];
        addSquares(factors.left(), squares);
        if (!factors.isSymmetric()) {
            addSquares(factors.right(), squares);
        }
        return squares;
    }

    private static void addSquares(Matrix factor, double[] squares) {
        for (int i = 0; i < factor.rows(); i++) {
            for (int c = 0; c < squares.length; c++) {
                squares[c] += factor.get(i, c) * factor.get(i, c);
            }
        }
    }
}
