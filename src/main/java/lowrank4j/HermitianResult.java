package lowrank4j;

import java.util.List;
import lowrank4j.matrix.HermitianFactors;

/**
 * A Hermitian positive semidefinite matrix that was recovered.
 *
 * @param factors X = U U*, U with orthogonal columns, the largest first; scaled to trace 1 where that was asked for
 * @param effectiveRank eigenvalues of X that stand out of the noise and of rounding, over the complex numbers
 * @param eigenvalues of X, descending, as many as U has columns
 * @param fittedTrace tr(X) as it was fitted, before any scaling
 * @param recovery how it was found; its factors are the real stack [Re U; Im U] of order 2n, not scaled
 */
public record HermitianResult(
        HermitianFactors factors,
        int effectiveRank,
        List<Double> eigenvalues,
        double fittedTrace,
        RecoveryResult recovery) {}
