package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Signs.GROUP;
import static lowrank4j.kernel.vector.Signs.WORD;

import jdk.incubator.vector.DoubleVector;

/**
 * Sign rows at any width: each byte names eight numbers ±1 of a table that stays in the first-level cache, and they are multiplied
 * like any others. One bit is read for what would be 64, and no instruction is asked for that some processor lacks.
 */
final class SignTable {
    /** The eight signs of each byte, the highest bit first. */
    private static final double[] SIGNS = signs();

    private SignTable() {}

    private static double[] signs() {
        double[] signs = new double[256 * Byte.SIZE];
        for (int k = 0; k < signs.length; k++) {
            signs[k] = (((k / Byte.SIZE) >> (7 - k % Byte.SIZE)) & 1) == 0 ? -1 : 1;
        }
        return signs;
    }

    /** {@code sums_i ← sums_i + ⟨aᵢ, x⟩} for words from … to - 1 of each row; {@code tile} is their part of x. */
    static void products(long[] bits, int words, int count, int from, int to, double[] tile, double[] sums) {
        for (int i = 0; i < count; i += 4) {
            int at = i / GROUP * GROUP * words + i % GROUP;
            products(bits, at + GROUP * from, at + GROUP * to, tile, sums, i);
        }
    }

    private static void products(long[] bits, int from, int to, double[] tile, double[] sums, int i) {
        DoubleVector s0 = DoubleVector.zero(Lanes.STREAM);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int word = 0;
        for (int k = from; k < to; k += GROUP, word += WORD) {
            long b0 = bits[k];
            long b1 = bits[k + 1];
            long b2 = bits[k + 2];
            long b3 = bits[k + 3];
            for (int j = 0; j < WORD; j += Lanes.STREAM_COUNT) {
                DoubleVector x = DoubleVector.fromArray(Lanes.STREAM, tile, word + j);
                s0 = Lanes.fma(signs(b0, j), x, s0);
                s1 = Lanes.fma(signs(b1, j), x, s1);
                s2 = Lanes.fma(signs(b2, j), x, s2);
                s3 = Lanes.fma(signs(b3, j), x, s3);
            }
        }
        sums[i] += Lanes.streamSum(s0);
        sums[i + 1] += Lanes.streamSum(s1);
        sums[i + 2] += Lanes.streamSum(s2);
        sums[i + 3] += Lanes.streamSum(s3);
    }

    /** {@code tile ← tile + Σ zᵢ aᵢ} for words from … to - 1 of each row. */
    static void combine(long[] bits, int words, int count, int from, int to, double[] z, double[] tile) {
        for (int i = 0; i < count; i += 4) {
            int at = i / GROUP * GROUP * words + i % GROUP;
            combine(bits, at + GROUP * from, at + GROUP * to, z, i, tile);
        }
    }

    private static void combine(long[] bits, int from, int to, double[] z, int i, double[] tile) {
        DoubleVector z0 = Lanes.broadcastStream(z[i]);
        DoubleVector z1 = Lanes.broadcastStream(z[i + 1]);
        DoubleVector z2 = Lanes.broadcastStream(z[i + 2]);
        DoubleVector z3 = Lanes.broadcastStream(z[i + 3]);
        int word = 0;
        for (int k = from; k < to; k += GROUP, word += WORD) {
            long b0 = bits[k];
            long b1 = bits[k + 1];
            long b2 = bits[k + 2];
            long b3 = bits[k + 3];
            for (int j = 0; j < WORD; j += Lanes.STREAM_COUNT) {
                DoubleVector g = DoubleVector.fromArray(Lanes.STREAM, tile, word + j);
                DoubleVector even = Lanes.fma(signs(b0, j), z0, g);
                DoubleVector odd = signs(b1, j).mul(z1);
                even = Lanes.fma(signs(b2, j), z2, even);
                odd = Lanes.fma(signs(b3, j), z3, odd);
                even.add(odd).intoArray(tile, word + j);
            }
        }
    }

    /** Signs j … of a word. */
    private static DoubleVector signs(long word, int j) {
        int octet = (int) (word >>> (j & 56)) & 0xff;
        return DoubleVector.fromArray(Lanes.STREAM, SIGNS, (octet << 3) | (j & 7));
    }
}
