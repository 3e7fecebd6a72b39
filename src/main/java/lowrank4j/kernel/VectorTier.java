package lowrank4j.kernel;

import java.util.List;
import java.util.Optional;
import lowrank4j.kernel.vector.VectorKernels;

/** Opens the vector tier without touching a vector class before the incubator module is known to be there. */
record VectorTier(Kernels kernels, int bits, boolean fma) {
    private static final String MODULE = "jdk.incubator.vector";

    /** Whether the incubator module is there. */
    static boolean hasModule() {
        Module here = VectorTier.class.getModule();
        Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
        return module.isPresent() && (!here.isNamed() || here.canRead(module.get()));
    }

    static Optional<VectorTier> open(List<String> refusals) {
        if (!hasModule()) {
            refusals.add(
                    "The vector tier needs the module " + MODULE + ": start java with --add-modules " + MODULE + ".");
            return Optional.empty();
        }
        try {
            return VectorKernels.open(refusals).map(kernels -> new VectorTier(kernels, kernels.bits(), kernels.fma()));
        } catch (LinkageError e) {
            refusals.add("The vector tier could not be loaded: " + e + ".");
            return Optional.empty();
        }
    }
}
