package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Arrays for packing, one set for each thread, allocated at its first product and kept, so that products allocate nothing.
 */
final class Scratch {
    private static final int CACHE_LINE = 64;

    /** Numbers of a block that is kept, at most: a vector of systems of order 128. */
    private static final int LARGEST_BLOCK = 1 << 17;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** A packed block of B, from a cache line on: of vectors of 512 bits in an array each would straddle two lines. */
    final MemorySegment panels = Arena.ofAuto().allocate(Panels.BYTES * Panels.DEPTH * Panels.COLUMNS, CACHE_LINE);

    /** Packed rows of Aᵀ for a tile. */
    final double[] strip = new double[Panels.ROWS * Panels.DEPTH];

    /** Sums of outer products, from a cache line on. */
    final MemorySegment outerSums = Arena.ofAuto().allocate(OuterProducts.BYTES, CACHE_LINE);

    /** Sums of thin products. */
    final double[] sums = new double[SumTiles.STRIDE * OuterProducts.COLUMNS];

    /** A tile of C, for those with fewer columns than a vector; or the few rows of a B and one of C. */
    final double[] tile = new double[(ThinProducts.TERMS + 1) * COUNT];

    /** Signs of rows as {@link Signs} lays them out: as many as were asked for last, and more. */
    long[] bits = {};

    /** A tile's part of x or of a gradient, padded with zeros. */
    final double[] signTile = new double[Signs.TILE * Signs.WORD];

    /** The sums of each four numbers of {@link #signTile}. */
    final double[] signTables = new double[Signs.TILE * Signs.WORD * SignLookups.SUMS / 4];

    private double[] block = {};
    private double[] weightTables = {};
    private double[] lanesOfX = {};
    private double[] lanesOfGradient = {};
    private double[] lanesOfSums = {};
    private double[][] lines = new double[5][0];
    private MemorySegment records = MemorySegment.NULL;

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

    /** Five arrays of at least {@code size} numbers, as large as asked for so far. */
    double[][] lines(int size) {
        lines = lines[0].length < size ? new double[5][size] : lines;
        return lines;
    }

    /** At least {@code bytes} outside the heap from a cache line on, as many as asked for so far. */
    MemorySegment records(long bytes) {
        records = records.byteSize() < bytes ? Arena.ofAuto().allocate(bytes, CACHE_LINE) : records;
        return records;
    }

    /** At least {@code size} words, as large as asked for so far. */
    long[] bits(int size) {
        bits = bits.length < size ? new long[size] : bits;
        return bits;
    }

    /** At least {@code size} numbers, as large as asked for so far. */
    double[] weightTables(int size) {
        weightTables = weightTables.length < size ? new double[size] : weightTables;
        return weightTables;
    }

    /** {@link #signTile} with x from {@code first} on, and zeros from {@code width} on. */
    double[] tile(double[] x, int first, int width) {
        int count = Math.min(signTile.length, width - first);
        System.arraycopy(x, first, signTile, 0, count);
        Arrays.fill(signTile, count, signTile.length, 0);
        return signTile;
    }

    /** At least {@code size} numbers, as large as asked for so far; for many an array of its own. */
    double[] block(long size) {
        if (size > LARGEST_BLOCK) {
            return new double[Math.toIntExact(size)];
        }
        block = block.length < size ? new double[(int) size] : block;
        return block;
    }

    static Scratch ofThread() {
        return OF_THREAD.get();
    }
}
