package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Signs.GROUP;
import static lowrank4j.kernel.vector.Signs.WORD;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sign rows at 512 bits, after the method of the four Russians (Arlazarov, Dinic, Kronrod, Faradzhev, 1970): four numbers have sixteen sums
 * ±a±b±c±d, which fit two vectors, and four bits look one of them up, in eight lanes at once. A product has a row in each lane and
 * sums of x, a gradient has a column in each lane and sums of residuals. One lookup of 32 signs takes about as long as adding
 * eight numbers; {@link SignTable} takes three times as long.
 */
final class SignLookups {
    /** Whether vectors have as many lanes as a byte has bits; with fewer, fewer bits would find their sum in two vectors. */
    static final boolean USABLE = Lanes.COUNT == GROUP;

    /** Sums of four numbers. */
    static final int SUMS = 16;

    private static final DoubleVector FIRST = signs(1);
    private static final DoubleVector SECOND = signs(2);
    private static final DoubleVector THIRD = signs(4);

    private SignLookups() {}

    private static DoubleVector signs(int bit) {
        double[] signs = new double[Lanes.COUNT];
        for (int lane = 0; lane < signs.length; lane++) {
            signs[lane] = (lane & bit) == 0 ? -1 : 1;
        }
        return DoubleVector.fromArray(Lanes.DOUBLES, signs, 0);
    }

    /**
     * The sums of each four numbers of {@code values}, in the order in which a byte has its halves: the lower four bits belong to
     * the later four numbers, and the lowest bit to the last of them.
     */
    static void tables(double[] values, int count, double[] tables) {
        for (int i = 0; i < count; i += 4) {
            int at = (i ^ 4) * (SUMS / 4);
            DoubleVector three =
                    FIRST.mul(values[i + 3]).add(SECOND.mul(values[i + 2])).add(THIRD.mul(values[i + 1]));
            three.sub(values[i]).intoArray(tables, at);
            three.add(values[i]).intoArray(tables, at + GROUP);
        }
    }

    /** {@code sums_i ← sums_i + ⟨aᵢ, x⟩} for words from … to - 1 of each row; {@code tile} is their part of x. */
    static void products(
            long[] bits, int words, int count, int from, int to, double[] tile, double[] tables, double[] sums) {
        tables(tile, WORD * (to - from), tables);
        int i = 0;
        for (; i <= count - 4 * GROUP; i += 4 * GROUP) {
            int at = i * words;
            fourGroups(bits, at + GROUP * from, at + GROUP * to, GROUP * words, tables, sums, i);
        }
        for (; i < count; i += GROUP) {
            int at = i * words;
            oneGroup(bits, at + GROUP * from, at + GROUP * to, tables, sums, i);
        }
    }

    private static void fourGroups(long[] bits, int from, int to, int stride, double[] tables, double[] sums, int i) {
        DoubleVector s0 = DoubleVector.fromArray(Lanes.DOUBLES, sums, i);
        DoubleVector s1 = DoubleVector.fromArray(Lanes.DOUBLES, sums, i + GROUP);
        DoubleVector s2 = DoubleVector.fromArray(Lanes.DOUBLES, sums, i + 2 * GROUP);
        DoubleVector s3 = DoubleVector.fromArray(Lanes.DOUBLES, sums, i + 3 * GROUP);
        int table = 0;
        for (int k = from; k < to; k += GROUP) {
            LongVector b0 = LongVector.fromArray(Lanes.LONGS, bits, k);
            LongVector b1 = LongVector.fromArray(Lanes.LONGS, bits, k + stride);
            LongVector b2 = LongVector.fromArray(Lanes.LONGS, bits, k + 2 * stride);
            LongVector b3 = LongVector.fromArray(Lanes.LONGS, bits, k + 3 * stride);
            for (int end = table + SUMS * WORD / 4; table < end; table += SUMS) {
                LongVector low = half(tables, table);
                LongVector high = half(tables, table + GROUP);
                s0 = lookup(b0, low, high).add(s0);
                s1 = lookup(b1, low, high).add(s1);
                s2 = lookup(b2, low, high).add(s2);
                s3 = lookup(b3, low, high).add(s3);
                b0 = b0.lanewise(VectorOperators.LSHR, 4);
                b1 = b1.lanewise(VectorOperators.LSHR, 4);
                b2 = b2.lanewise(VectorOperators.LSHR, 4);
                b3 = b3.lanewise(VectorOperators.LSHR, 4);
            }
        }
        s0.intoArray(sums, i);
        s1.intoArray(sums, i + GROUP);
        s2.intoArray(sums, i + 2 * GROUP);
        s3.intoArray(sums, i + 3 * GROUP);
    }

    private static void oneGroup(long[] bits, int from, int to, double[] tables, double[] sums, int i) {
        DoubleVector s = DoubleVector.fromArray(Lanes.DOUBLES, sums, i);
        int table = 0;
        for (int k = from; k < to; k += GROUP) {
            LongVector b = LongVector.fromArray(Lanes.LONGS, bits, k);
            for (int end = table + SUMS * WORD / 4; table < end; table += SUMS) {
                s = lookup(b, half(tables, table), half(tables, table + GROUP)).add(s);
                b = b.lanewise(VectorOperators.LSHR, 4);
            }
        }
        s.intoArray(sums, i);
    }

    /**
     * {@code tile ← tile + Σ zᵢ aᵢ} for words from … to - 1 of each row.
     *
     * @param bits as {@link SignBits#turn} has left them
     * @param tables of z
     */
    static void combine(long[] bits, int words, int count, int from, int to, double[] tables, double[] tile) {
        for (int i = 0; i < count; i += 2 * GROUP) {
            int at = i * words;
            combine(bits, at + GROUP * from, at + GROUP * to, GROUP * words, tables, i * (SUMS / 4), tile);
        }
    }

    private static void combine(long[] bits, int from, int to, int stride, double[] tables, int at, double[] tile) {
        LongVector p0 = half(tables, at);
        LongVector p1 = half(tables, at + GROUP);
        LongVector q0 = half(tables, at + 2 * GROUP);
        LongVector q1 = half(tables, at + 3 * GROUP);
        LongVector r0 = half(tables, at + 4 * GROUP);
        LongVector r1 = half(tables, at + 5 * GROUP);
        LongVector t0 = half(tables, at + 6 * GROUP);
        LongVector t1 = half(tables, at + 7 * GROUP);
        int j = 0;
        for (int k = from; k < to; k += GROUP) {
            LongVector b0 = LongVector.fromArray(Lanes.LONGS, bits, k);
            LongVector b1 = LongVector.fromArray(Lanes.LONGS, bits, k + stride);
            for (int end = j + WORD; j < end; j += GROUP) {
                DoubleVector g = DoubleVector.fromArray(Lanes.DOUBLES, tile, j);
                DoubleVector first = lookup(b0, p0, p1).add(lookup(b0.lanewise(VectorOperators.LSHR, 4), q0, q1));
                DoubleVector second = lookup(b1, r0, r1).add(lookup(b1.lanewise(VectorOperators.LSHR, 4), t0, t1));
                first.add(second).add(g).intoArray(tile, j);
                b0 = b0.lanewise(VectorOperators.LSHR, 8);
                b1 = b1.lanewise(VectorOperators.LSHR, 8);
            }
        }
    }

    private static LongVector half(double[] tables, int at) {
        return DoubleVector.fromArray(Lanes.DOUBLES, tables, at).reinterpretAsLongs();
    }

    /** In each lane the sum that its lowest four bits name. */
    private static DoubleVector lookup(LongVector bits, LongVector low, LongVector high) {
        return Lanes.exact(bits.selectFrom(low, high).reinterpretAsDoubles());
    }
}
