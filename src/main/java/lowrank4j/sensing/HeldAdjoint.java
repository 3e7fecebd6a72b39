package lowrank4j.sensing;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Adjoints of the parts of an operator side by side, each of which is valid only until the next call of what the part is made of. */
final class HeldAdjoint {
    private HeldAdjoint() {}

    /** Whether no two parts are made of one operator. What a caller's own is made of cannot be seen, and may be any. */
    static boolean areApart(List<MeasurementOperator> parts) {
        Set<MeasurementOperator> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (MeasurementOperator part : parts) {
            Set<MeasurementOperator> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
            addLeaves(part, leaves);
            for (MeasurementOperator leaf : leaves) {
                if (isOwn(leaf) || !seen.add(leaf)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void addLeaves(MeasurementOperator operator, Set<MeasurementOperator> leaves) {
        if (operator instanceof DerivedMeasurements derived) {
            derived.parts().forEach(part -> addLeaves(part, leaves));
        } else {
            leaves.add(operator);
        }
    }

    private static boolean isOwn(MeasurementOperator leaf) {
        return leaf instanceof FunctionalMeasurements
                || !leaf.getClass().getPackageName().equals(HeldAdjoint.class.getPackageName());
    }

    /** {@code A*(z)} of a part: held where the parts are apart, and otherwise taken anew for each product. */
    static Supplier<LinearMap> of(MeasurementOperator part, double[] z, boolean apart) {
        if (!apart) {
            return () -> part.adjoint(z);
        }
        LinearMap held = part.adjoint(z);
        return () -> held;
    }
}
