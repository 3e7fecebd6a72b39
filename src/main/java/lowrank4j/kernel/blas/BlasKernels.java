package lowrank4j.kernel.blas;

import java.util.List;
import java.util.Optional;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.reference.ReferenceKernels;

/** The native tier. */
public final class BlasKernels extends ReferenceKernels {
    private BlasKernels() {}

    /** {@code small} with OpenBLAS for what is large, or a sentence in {@code refusals}. */
    public static Optional<BlasKernels> open(Kernels small, List<String> refusals) {
        refusals.add("The native tier is not in this build.");
        return Optional.empty();
    }

    /** OpenBLAS's version, core and origin. */
    public String library() {
        return "";
    }

    public int threads() {
        return 0;
    }
}
