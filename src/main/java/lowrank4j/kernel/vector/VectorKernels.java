package lowrank4j.kernel.vector;

import java.util.List;
import java.util.Optional;
import lowrank4j.kernel.reference.ReferenceKernels;

/** The Vector API tier. */
public final class VectorKernels extends ReferenceKernels {
    private VectorKernels() {}

    /** The kernels, or a sentence in {@code refusals}. */
    public static Optional<VectorKernels> open(List<String> refusals) {
        refusals.add("The vector tier is not in this build.");
        return Optional.empty();
    }

    public int bits() {
        return Lanes.BITS;
    }

    public boolean fma() {
        return Lanes.FMA;
    }
}
