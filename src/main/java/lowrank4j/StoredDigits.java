package lowrank4j;

import java.util.Locale;
import java.util.Optional;
import lowrank4j.matrix.DenseRows;
import lowrank4j.solver.Problem;

/**
 * What rounding measurements to float32 has cost. All sums are formed in double precision with the stored numbers, so a residual tells
 * how well X explains these. If the values were measured before the rounding, each product has lost the rounding errors of its terms,
 * which are independent: the relative residual cannot fall below {@link #ROUNDING}, and X then has the digits that noise of that size
 * leaves, {@code ROUNDING·√(p/(m - p))} for p free parameters, and no more whatever is iterated.
 *
 * @param matrices whether the measurement matrices are float32
 * @param values whether all measured values are numbers of float32
 */
record StoredDigits(boolean matrices, boolean values) {
    /**
     * Root mean square of the relative error of rounding to 24 binary digits, of numbers whose mantissas t in [1, 2) have the density
     * 1/(t ln 2): {@code 2⁻²⁴/√3 · √(3/(8 ln 2))}.
     */
    static final double ROUNDING = 0x1p-24 * Math.sqrt(1 / (8 * Math.log(2)));

    /** Residuals up to so many times above or below that of rounding are ascribed to it. */
    private static final double LIKE = 3;

    static StoredDigits of(DenseRows rows, double[] observed) {
        boolean floats = true;
        for (double value : observed) {
            floats &= value == (float) value;
        }
        return new StoredDigits(rows.precision() == DenseRows.Precision.FLOAT32, floats);
    }

    /**
     * A sentence on the digits that X has, where rounding has limited them.
     *
     * @param relativeResidual of the measurements by their weights, as they were fitted
     * @param weighted whether they have weights
     */
    Optional<String> warning(Problem problem, int rank, double relativeResidual, boolean weighted) {
        if (!matrices && !values) {
            return Optional.empty();
        }
        double rounding = ROUNDING * Math.sqrt((matrices ? 1 : 0) + (values ? 1 : 0));
        double freedom = problem.freedom(rank);
        double spare = problem.operator().count() - freedom;
        if (rank == 0 || spare <= 0 || relativeResidual < rounding / LIKE || relativeResidual > rounding * LIKE) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "The %srelative residual %.1e, computed in double precision, is what rounding %s to float32 leaves, %.1e: about %.0f"
                        + " digits of X are right, and only float64 can give more.",
                weighted ? "weighted " : "",
                relativeResidual,
                matrices ? values ? "matrices and values" : "the matrices" : "the values",
                rounding,
                Math.floor(-Math.log10(relativeResidual * Math.sqrt(freedom / spare)))));
    }
}
