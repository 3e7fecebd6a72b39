package lowrank4j.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lowrank4j.error.EnvironmentException;
import lowrank4j.kernel.blas.BlasKernels;
import lowrank4j.kernel.reference.ReferenceKernels;

/** Chooses the tier that runs. */
public final class Tiers {
    /** System property that forces a tier by name. */
    public static final String PROPERTY = "lowrank4j.tier";

    private static final System.Logger LOG = System.getLogger(Tiers.class.getName());

    /** Once is enough: a program may recover thousands of matrices. */
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Tiers() {}

    /** Kernels behind their door, with the report of how they were chosen and the clock that runs while they work. */
    public record Selection(Kernels kernels, TierReport report, KernelClock clock) {}

    /** The tier named by the property {@value #PROPERTY}, or else the best that this machine offers; the first time says which in one log line. */
    public static Selection select() {
        String forced = System.getProperty(PROPERTY, "");
        if (!forced.isEmpty() && !forced.equalsIgnoreCase("auto")) {
            return select(Tier.named(forced));
        }
        List<String> refusals = new ArrayList<>();
        if (VectorTier.hasModule()) {
            BlasKernels.loadMeanwhile();
        }
        Optional<VectorTier> vector = VectorTier.open(refusals);
        Selection selection = vector.isEmpty()
                ? open(new ReferenceKernels(), Optional.empty(), Optional.empty(), refusals)
                : openBest(vector.get(), refusals);
        if (!SAID.getAndSet(true)) {
            LOG.log(
                    refusals.isEmpty() ? System.Logger.Level.DEBUG : System.Logger.Level.INFO,
                    selection.report()::sentence);
        }
        return selection;
    }

    private static Selection openBest(VectorTier vector, List<String> refusals) {
        Optional<BlasKernels> blas = BlasKernels.open(vector.kernels(), vector.bits(), refusals);
        return open(
                blas.<Kernels>map(kernels -> kernels).orElse(vector.kernels()), Optional.of(vector), blas, refusals);
    }

    /**
     * Exactly this tier.
     *
     * @throws EnvironmentException where it is not available, quoting every refusal
     */
    public static Selection select(Tier tier) {
        List<String> refusals = new ArrayList<>();
        if (tier == Tier.REFERENCE) {
            return open(new ReferenceKernels(), Optional.empty(), Optional.empty(), refusals);
        }
        Optional<VectorTier> vector = VectorTier.open(refusals);
        if (vector.isPresent() && tier == Tier.VECTOR) {
            return open(vector.get().kernels(), vector, Optional.empty(), refusals);
        }
        if (vector.isPresent()) {
            Optional<BlasKernels> blas =
                    BlasKernels.open(vector.get().kernels(), vector.get().bits(), refusals);
            if (blas.isPresent()) {
                return open(blas.get(), vector, blas, refusals);
            }
        }
        throw new EnvironmentException("tier " + tier + " is not available. " + String.join(" ", refusals));
    }

    private static Selection open(
            Kernels body, Optional<VectorTier> vector, Optional<BlasKernels> blas, List<String> refusals) {
        KernelClock clock = new KernelClock();
        TierReport report = new TierReport(
                body.tier(),
                vector.map(VectorTier::bits).orElse(0),
                vector.map(VectorTier::fma).orElse(false),
                blas.map(BlasKernels::library).orElse(""),
                blas.map(BlasKernels::threads).orElse(0),
                refusals);
        return new Selection(new CheckedKernels(body, clock), report, clock);
    }
}
