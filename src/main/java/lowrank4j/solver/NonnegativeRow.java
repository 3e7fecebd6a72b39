package lowrank4j.solver;

import lowrank4j.matrix.Matrix;

/**
 * {@code argmin ½xSxᵀ - bxᵀ, x ≥ 0} of a small positive definite system by cyclic coordinate descent (Cichocki, Zdunek, Amari 2007, hierarchical alternating least
 * squares; of whole rows as in Gillis, Glineur 2012, accelerated HALS). Cost: 2r² flops a cycle.
 */
final class NonnegativeRow {
    /** Cycles a row; the next sweep goes on from there. */
    private static final int CYCLES = 8;

    private NonnegativeRow() {}

    /**
     * Improves x.
     *
     * @param system S, r×r
     * @param target b, 1×r
     * @param x 1×r, where to start; at least 0 afterwards
     */
    static void solve(Matrix system, Matrix target, Matrix x) {
        int r = x.columns();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            for (int k = 0; k < r; k++) {
                double gradient = -target.get(0, k);
                for (int j = 0; j < r; j++) {
                    gradient += system.get(k, j) * x.get(0, j);
                }
                double curvature = system.get(k, k);
                x.set(0, k, curvature > 0 ? Math.max(0, x.get(0, k) - gradient / curvature) : 0);
            }
        }
    }
}
