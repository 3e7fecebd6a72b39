package lowrank4j.kernel.vector;

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
    final double[] tile = new double[Panels.ROWS * Lanes.COUNT];

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }
}
