package lowrank4j.sensing;

import java.util.Random;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** What random matrices tell of an operator that cannot be asked. */
final class Probes {
    private static final int COUNT = 8;
    private static final int RANK = 8;

    private Probes() {}

    /**
     * {@link MeasurementOperator#energy} without bias, within a few percent for measurements that favour no direction: for u and v uniform on
     * the unit spheres {@code E(uᵀAv)² = ‖A‖²/(n1·n2)}. Cost: eight forward products of rank 16.
     */
    static double energy(MeasurementOperator operator) {
        Random random = new Random(1);
        double[] seen = new double[operator.length()];
        double sum = 0;
        for (int probe = 0; probe < COUNT; probe++) {
            operator.forward(factors(operator, random), seen);
            for (double value : seen) {
                sum += value * value;
            }
        }
        double n = operator.rows();
        double free = operator.isSymmetric() ? 2 * n / (n + 1) : 1;
        return free * sum / (COUNT * RANK);
    }

    /** Sums of so many u vᵀ, or (u vᵀ + v uᵀ)/2 of symmetric measurements, which see both alike. */
    private static Factors factors(MeasurementOperator operator, Random random) {
        Matrix u = Matrix.zeros(operator.rows(), 2 * RANK);
        Matrix v = Matrix.zeros(operator.columns(), 2 * RANK);
        for (int k = 0; k < RANK; k++) {
            fillUnit(u, k, random);
            fillUnit(v, k, random);
            if (operator.isSymmetric()) {
                for (int i = 0; i < operator.rows(); i++) {
                    double left = u.get(i, k) / 2;
                    double right = v.get(i, k);
                    u.set(i, k, left);
                    u.set(i, RANK + k, right / 2);
                    v.set(i, RANK + k, 2 * left);
                }
            }
        }
        return new Factors(u, v);
    }

    private static void fillUnit(Matrix matrix, int column, Random random) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            double entry = random.nextGaussian();
            matrix.set(i, column, entry);
            sum += entry * entry;
        }
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, column, matrix.get(i, column) / Math.sqrt(sum));
        }
    }
}
