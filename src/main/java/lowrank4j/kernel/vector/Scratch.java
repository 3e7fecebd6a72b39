package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

/**
 * Arrays for packing, one set for each thread, allocated at its first product and kept, so that products allocate nothing.
 */
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** A packed block of B. */
    final double[] panels = new double[Panels.DEPTH * Panels.COLUMNS];

    /** Sums of outer products. */
    final double[] sums = new double[OuterProducts.BLOCK * OuterProducts.COLUMNS];

    /** A tile of C, for those with fewer columns than a vector. */
    final double[] tile = new double[Panels.ROWS * COUNT];

    private Scratch() {}

    /** {@link #panels}, or for what exceeds it an array of its own. */
    double[] panels(long size) {
        return size <= panels.length ? panels : new double[Math.toIntExact(size)];
    }

    static Scratch ofThread() {
        return OF_THREAD.get();
    }
}
