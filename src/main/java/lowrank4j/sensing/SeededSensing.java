package lowrank4j.sensing;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.SeededRows;

/**
 * Random measurement matrices that are nowhere stored: the entries of each are made anew from a seed whenever they are needed, the
 * same on every machine, tier and number of threads. Entries are independent, of mean 0 and variance 1; in symmetric matrices those
 * on the diagonal have variance 2, as in the Gaussian orthogonal ensemble, so that all symmetric X are seen equally well.
 *
 * <p>Entry (j, k) of Aᵢ is number j·n2 + k of row i of {@link SeededRows}, or, if symmetric, the number at its place in
 * {@link lowrank4j.matrix.PackedSymmetric}, times √2 on the diagonal. Memory: a few arrays of the size of X. Cost of a gradient:
 * 4 flops for each of the m·n1·n2 entries, which are made once where a few matrices fit into a cache, n1·n2 up to about 16,000, and
 * else twice, which is faster than keeping them.
 */
public final class SeededSensing {
    /** X must fit into an array. */
    private static final int MAX_WIDTH = Integer.MAX_VALUE - 4096;

    private SeededSensing() {}

    /**
     * m measurement matrices of n1×n2.
     *
     * @param seed any; it fixes every entry
     */
    public static DenseSensing rectangular(Ensemble ensemble, long seed, int m, int n1, int n2, Engine engine) {
        SeededRows rows = rows(ensemble, seed, m, (long) n1 * n2, n1 + "x" + n2);
        return DenseSensing.rectangular(new SeededStream(rows, 0), n1, n2, engine);
    }

    /** m symmetric measurement matrices of order n, for an X that is positive semidefinite. */
    public static DenseSensing symmetric(Ensemble ensemble, long seed, int m, int n, Engine engine) {
        SeededRows rows = rows(ensemble, seed, m, (long) n * (n + 1) / 2, "symmetric " + n + "x" + n);
        return DenseSensing.symmetric(new SeededStream(rows, n), n, engine);
    }

    private static SeededRows rows(Ensemble ensemble, long seed, int m, long width, String shape) {
        if (m < 1 || width < 1 || width > MAX_WIDTH) {
            throw new InvalidArgumentException(
                    m + " measurements of " + shape + " matrices are not possible: at least 1 of"
                            + " at least 1 and at most " + MAX_WIDTH + " entries is needed");
        }
        return new SeededRows(ensemble, seed, m, (int) width);
    }
}
