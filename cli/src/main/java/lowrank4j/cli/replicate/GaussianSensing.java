package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.sensing.DenseSensing;

/**
 * Gaussian measurements, near an isometry on matrices of low rank. They are stored as floats, which halves the memory and loses
 * nothing: what is stored is what measures, and all sums are of doubles.
 */
final class GaussianSensing {
    private GaussianSensing() {}

    /**
     * Symmetric Aᵢ with N(0, 1/m) on the diagonal and N(0, 1/(2m)) off it (the normalisation of papers on symmetric sensing).
     *
     * @param arena whose memory holds them, 2·m·n(n+1) bytes
     */
    static DenseSensing symmetric(int n, int m, long seed, Engine engine, Arena arena) {
        return DenseSensing.symmetric(symmetricRows(n, m, seed, engine, arena), n, engine);
    }

    /** The same as rows. */
    static DenseRows symmetricRows(int n, int m, long seed, Engine engine, Arena arena) {
        DenseRows rows = DenseRows.allocate(arena, m, PackedSymmetric.size(n), DenseRows.Precision.FLOAT32);
        double diagonal = 1 / Math.sqrt(m);
        double other = 1 / Math.sqrt(2.0 * m);
        engine.workers().run(m, row -> {
            SplittableRandom random = random(seed, row);
            long at = rows.byteOffset(row);
            for (int i = 0; i < n; i++) {
                at = put(rows.segment(), at, diagonal * random.nextGaussian());
                for (int j = i + 1; j < n; j++) {
                    at = put(rows.segment(), at, other * random.nextGaussian());
                }
            }
        });
        return rows;
    }

    /**
     * Full Aᵢ of N(0, 1/m) entries.
     *
     * @param arena whose memory holds them, 4·m·n1·n2 bytes
     */
    static DenseSensing rectangular(int n1, int n2, int m, long seed, Engine engine, Arena arena) {
        return DenseSensing.rectangular(rectangularRows(n1, n2, m, seed, engine, arena), n1, n2, engine);
    }

    /** The same as rows. */
    static DenseRows rectangularRows(int n1, int n2, int m, long seed, Engine engine, Arena arena) {
        DenseRows rows = DenseRows.allocate(arena, m, Math.multiplyExact(n1, n2), DenseRows.Precision.FLOAT32);
        double deviation = 1 / Math.sqrt(m);
        engine.workers().run(m, row -> {
            SplittableRandom random = random(seed, row);
            long at = rows.byteOffset(row);
            for (int k = 0; k < n1 * n2; k++) {
                at = put(rows.segment(), at, deviation * random.nextGaussian());
            }
        });
        return rows;
    }

    /**
     * A stream of its own for each row: the same numbers for any number of threads. Seeds that differ by a multiple of the generator's
     * increment would give the same stream, shifted; so rows are mixed into the seed, not added to it.
     */
    static SplittableRandom random(long seed, int row) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ new SplittableRandom(~row).nextLong());
    }

    private static long put(MemorySegment segment, long at, double value) {
        segment.set(ValueLayout.JAVA_FLOAT, at, (float) value);
        return at + Float.BYTES;
    }
}
