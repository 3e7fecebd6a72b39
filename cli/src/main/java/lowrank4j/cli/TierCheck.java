package lowrank4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.error.EnvironmentException;
import lowrank4j.kernel.Tier;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tier recovers a small matrix whose answer is known: 20×15 of rank 2 from 400 Gaussian measurements.
 *
 * @param tier that was asked for
 * @param error relative, in the Frobenius norm; NaN where the tier is not available
 * @param refusal why it is not available, or empty
 */
record TierCheck(Tier tier, double error, String refusal) {
    private static final int ROWS = 20;
    private static final int COLUMNS = 15;
    private static final int RANK = 2;
    private static final int MEASUREMENTS = 400;
    private static final long SEED = 20;

    /** What a sound tier stays far below: the recovery ends at a relative residual of 1e-10. */
    private static final double ALLOWED = 1e-8;

    /** Every tier in turn. */
    static List<TierCheck> all() {
        List<TierCheck> checks = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            checks.add(of(tier));
        }
        return checks;
    }

    private static TierCheck of(Tier tier) {
        Random random = new Random(SEED);
        Factors truth = new Factors(gaussian(ROWS, RANK, random), gaussian(COLUMNS, RANK, random));
        Matrix x = truth.toMatrix();
        List<Matrix> measurements = new ArrayList<>();
        double[] observed = new double[MEASUREMENTS];
        for (int i = 0; i < MEASUREMENTS; i++) {
            Matrix measurement = gaussian(ROWS, COLUMNS, random);
            measurements.add(measurement);
            observed[i] = product(measurement, x);
        }
        try {
            RecoveryResult result = MatrixSensing.of(measurements, observed)
                    .solve(RecoveryOptions.defaults().withTier(tier).withRank(RANK));
            return new TierCheck(tier, relativeError(result.factors(), x), "");
        } catch (EnvironmentException e) {
            return new TierCheck(tier, Double.NaN, String.valueOf(e.getMessage()));
        }
    }

    private static Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private static double product(Matrix a, Matrix b) {
        double sum = 0;
        for (int k = 0; k < a.data().length; k++) {
            sum += a.data()[k] * b.data()[k];
        }
        return sum;
    }

    private static double relativeError(Factors found, Matrix x) {
        Matrix difference = found.toMatrix();
        for (int k = 0; k < difference.data().length; k++) {
            difference.data()[k] -= x.data()[k];
        }
        return Math.sqrt(product(difference, difference) / product(x, x));
    }

    /** Whether the tier is there but computes wrong. */
    boolean isWrong() {
        return refusal.isEmpty() && !(error <= ALLOWED);
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("tier", tier.toString());
        json.put("available", refusal.isEmpty());
        if (refusal.isEmpty()) {
            json.put("passed", !isWrong());
            json.put("relativeError", Json.number(error));
        } else {
            json.put("refusal", refusal);
        }
        return json;
    }
}
