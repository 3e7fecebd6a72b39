package lowrank4j.kernel;

import java.util.List;

/**
 * Which tier runs, and why no better one does.
 *
 * @param active the tier in use
 * @param vectorBits width of the vectors in bits, 0 without vectors
 * @param fma whether multiply-add is fused
 * @param blas OpenBLAS's version, core and origin, or empty where it is not in use
 * @param blasThreads threads of OpenBLAS, 0 where it is not in use
 * @param refusals a sentence, with the remedy, for each tier or library that could not be used
 */
public record TierReport(
        Tier active, int vectorBits, boolean fma, String blas, int blasThreads, List<String> refusals) {
    public TierReport {
        refusals = List.copyOf(refusals);
    }

    /** One line: the tier in use, and what was refused. */
    public String sentence() {
        String vectors = vectorBits == 0 ? "" : ", " + vectorBits + "-bit vectors" + (fma ? " with FMA" : "");
        String library =
                blas.isEmpty() ? "" : ", " + blas + " on " + blasThreads + (blasThreads == 1 ? " thread" : " threads");
        return "tier " + active + vectors + library + (refusals.isEmpty() ? "" : ". " + String.join(" ", refusals));
    }
}
