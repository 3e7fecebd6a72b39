package lowrank4j.solver;

import java.util.Arrays;
import lowrank4j.matrix.Factors;

/** The singular directions of a fit that its measurements see. */
public final class VisibleDirections {
    /** Part of the average visibility below which a direction counts as hidden. */
    private static final double LEAST_VISIBLE = 0.3;

    private VisibleDirections() {}

    /**
     * Without restricted isometry a direction may fit by hiding, as a spike on an entry that is not observed does: what is seen of
     * it, {@code ‖A(uvᵀ)‖²/energy}, is then far below the 1 of others. Cost: {@link
     * lowrank4j.sensing.MeasurementOperator#energies}.
     *
     * @return the factors without hidden directions; all of them under restricted isometry
     */
    public static Factors of(Problem problem, Factors factors) {
        if (problem.operator().isNearIsometry()) {
            return factors;
        }
        FactorSpectrum spectrum = new FactorSpectrum(factors, problem.engine().kernels());
        Factors all = spectrum.leading(factors.rank());
        double[] seen = problem.operator().energies(all);
        int[] kept = new int[all.rank()];
        int size = 0;
        for (int k = 0; k < all.rank(); k++) {
            double value = spectrum.values()[k];
            if (seen[k] >= LEAST_VISIBLE * problem.operator().energy() * value * value) {
                kept[size++] = k;
            }
        }
        return size == all.rank() ? factors : all.columnsAt(Arrays.copyOf(kept, size));
    }
}
