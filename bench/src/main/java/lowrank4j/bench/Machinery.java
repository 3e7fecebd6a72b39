package lowrank4j.bench;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import lowrank4j.blas.LoadReport;
import lowrank4j.blas.OpenBlas;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;

/** Opens what computes, exactly the one asked for, and prints what was opened. */
final class Machinery {
    private Machinery() {}

    static Tiers.Selection tier(Contender ours) {
        Tiers.Selection selection = Tiers.select(Tier.named(ours.name()));
        System.out.println(selection.report().sentence());
        return selection;
    }

    static Kernels kernels(Contender ours) {
        return tier(ours).kernels();
    }

    static Engine engine(Contender ours, int threads) {
        return Engine.open(tier(ours), threads);
    }

    /** OpenBLAS on a number of threads of its own. */
    static OpenBlas openBlas(int threads) {
        OpenBlas library = switch (OpenBlas.load()) {
            case LoadReport.Loaded loaded -> loaded.library();
            case LoadReport.Unavailable unavailable ->
                throw new IllegalStateException(unavailable.refusals().toString());
        };
        library.setThreads(threads);
        System.out.println(
                "OpenBLAS " + library.version() + ", " + library.coreName() + ", threads " + library.threads());
        return library;
    }

    /** netlib's BLAS on the Vector API; it would fall back to scalars without a word. */
    static BLAS vectorBlas() {
        BLAS blas = JavaBLAS.getInstance();
        System.out.println(blas.getClass().getName());
        if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
            throw new IllegalStateException("netlib offers " + blas.getClass().getName() + " in place of VectorBLAS");
        }
        return blas;
    }
}
