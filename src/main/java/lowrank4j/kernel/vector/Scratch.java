package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

/**
 * Arrays for packing, one set for each thread, allocated at its first product and kept, so that products allocate nothing.
 */
final class Scratch {
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** A packed block of B. */
    final double[] panels = new double[Panels.DEPTH * Panels.COLUMNS];

    /** Packed rows of Aᵀ for a tile. */
    final double[] strip = new double[Panels.ROWS * Panels.DEPTH];

    /** Sums of outer products. */
    final double[] sums = new double[OuterProducts.BLOCK * OuterProducts.COLUMNS];

    /** A tile of C, for those with fewer columns than a vector; or the few rows of a B and one of C. */
    final double[] tile = new double[(ThinProducts.TERMS + 1) * COUNT];

    private double[] lanesOfX = {};
    private double[] lanesOfGradient = {};
    private double[] lanesOfSums = {};

    private Scratch() {}

    /** At least {@code size} numbers, as large as asked for so far. */
    double[] lanesOfX(int size) {
        lanesOfX = lanesOfX.length < size ? new double[size] : lanesOfX;
        return lanesOfX;
    }

    /** At least {@code size} numbers, as large as asked for so far. */
    double[] lanesOfGradient(int size) {
        lanesOfGradient = lanesOfGradient.length < size ? new double[size] : lanesOfGradient;
        return lanesOfGradient;
    }

    /** At least {@code size} numbers, as large as asked for so far. */
    double[] lanesOfSums(int size) {
        lanesOfSums = lanesOfSums.length < size ? new double[size] : lanesOfSums;
        return lanesOfSums;
    }

    /** {@link #panels}, or for what exceeds it an array of its own. */
    double[] panels(long size) {
        return size <= panels.length ? panels : new double[Math.toIntExact(size)];
    }

    static Scratch ofThread() {
        return OF_THREAD.get();
    }
}
