package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Signs.GROUP;
import static lowrank4j.kernel.vector.Signs.WORD;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sign rows at 512 bits, after the method of the four Russians (Arlazarov, Dinic, Kronrod, Faradzhev, 1970): four numbers have sixteen sums
 * ±a±b±c±d, which fit two vectors, and four bits look one of them up, in eight lanes at once. A product has a row in each lane and
 * sums of x, a gradient has a column in each lane and sums of residuals. One lookup of 32 signs takes about as long as adding
 * eight numbers: five times the speed of {@link SignTable}.
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
        for (int i = 0; i < count; i += 2 * GROUP) {
            int at = i * words;
            products(bits, at + GROUP * from, at + GROUP * to, GROUP * words, tables, sums, i);
        }
    }

    private static void products(
            long[] bits, int from, int to, int stride, double[] tables, double[] sums, int i) {
        DoubleVector s0 = DoubleVector.fromArray(Lanes.DOUBLES, sums, i);
        DoubleVector s1 = DoubleVector.fromArray(Lanes.DOUBLES, sums, i + GROUP);
        int table = 0;
        for (int k = from; k < to; k += GROUP) {
            LongVector b0 = LongVector.fromArray(Lanes.LONGS, bits, k);
            LongVector b1 = LongVector.fromArray(Lanes.LONGS, bits, k + stride);
            for (int end = table + SUMS * WORD / 4; table < end; table += SUMS) {
                LongVector low = half(tables, table);
                LongVector high = half(tables, table + GROUP);
                s0 = lookup(b0, low, high).add(s0);
                s1 = lookup(b1, low, high).add(s1);
                b0 = b0.lanewise(VectorOperators.LSHR, 4);
                b1 = b1.lanewise(VectorOperators.LSHR, 4);
            }
        }
        s0.intoArray(sums, i);
        s1.intoArray(sums, i + GROUP);
    }

    /**
     * {@code tile ← tile + Σ zᵢ aᵢ} for words from … to - 1 of each row.
     *
     * @param bits as {@link #turn} has left them
     * @param tables of z
     */
    static void combine(long[] bits, int words, int count, int from, int to, double[] tables, double[] tile) {
        for (int i = 0; i < count; i += GROUP) {
            int at = i * words;
            combine(bits, at + GROUP * from, at + GROUP * to, tables, i * (SUMS / 4), tile);
        }
    }

    private static void combine(long[] bits, int from, int to, double[] tables, int at, double[] tile) {
        LongVector p0 = half(tables, at);
        LongVector p1 = half(tables, at + GROUP);
        LongVector q0 = half(tables, at + 2 * GROUP);
        LongVector q1 = half(tables, at + 3 * GROUP);
        int j = 0;
        for (int k = from; k < to; k += GROUP) {
            LongVector b = LongVector.fromArray(Lanes.LONGS, bits, k);
            for (int end = j + WORD; j < end; j += GROUP) {
                DoubleVector g = lookup(b, p0, p1).add(DoubleVector.fromArray(Lanes.DOUBLES, tile, j));
                lookup(b.lanewise(VectorOperators.LSHR, 4), q0, q1).add(g).intoArray(tile, j);
                b = b.lanewise(VectorOperators.LSHR, 8);
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

    /**
     * Mirrors each 8×8 block of bits, in place: bit 7 - r of byte c in lane k is then what bit 7 - k of byte c in lane r was. Three steps, which
     * exchange blocks of 4×4, 2×2 and 1×1 (Warren, "Hacker's Delight", 7-3).
     */
    static void turn(long[] bits, int count) {
        for (int k = 0; k < count; k += GROUP) {
            LongVector b = LongVector.fromArray(Lanes.LONGS, bits, k);
            b = exchanged(b, Step.ONE, 1, Step.KEPT_BY_ONE, Step.UP_BY_ONE, Step.DOWN_BY_ONE);
            b = exchanged(b, Step.TWO, 2, Step.KEPT_BY_TWO, Step.UP_BY_TWO, Step.DOWN_BY_TWO);
            b = exchanged(b, Step.FOUR, 4, Step.KEPT_BY_FOUR, Step.UP_BY_FOUR, Step.DOWN_BY_FOUR);
            b.intoArray(bits, k);
        }
    }

    private static LongVector exchanged(
            LongVector b, VectorShuffle<Long> partner, int distance, LongVector kept, LongVector up, LongVector down) {
        LongVector other = b.rearrange(partner);
        LongVector higher = other.lanewise(VectorOperators.LSHL, distance).and(up);
        LongVector lower = other.lanewise(VectorOperators.LSHR, distance).and(down);
        return b.and(kept).or(higher).or(lower);
    }

    /** The constants of {@link #turn}, in a class of their own: narrower vectors have no lanes for them. */
    private static final class Step {
        static final VectorShuffle<Long> ONE = partner(1);
        static final VectorShuffle<Long> TWO = partner(2);
        static final VectorShuffle<Long> FOUR = partner(4);
        static final LongVector KEPT_BY_ONE = taken(1, true, true).not();
        static final LongVector KEPT_BY_TWO = taken(2, true, true).not();
        static final LongVector KEPT_BY_FOUR = taken(4, true, true).not();
        static final LongVector UP_BY_ONE = taken(1, true, false);
        static final LongVector UP_BY_TWO = taken(2, true, false);
        static final LongVector UP_BY_FOUR = taken(4, true, false);
        static final LongVector DOWN_BY_ONE = taken(1, false, true);
        static final LongVector DOWN_BY_TWO = taken(2, false, true);
        static final LongVector DOWN_BY_FOUR = taken(4, false, true);

        private static VectorShuffle<Long> partner(int distance) {
            return VectorShuffle.fromOp(Lanes.LONGS, lane -> lane ^ distance);
        }

        /**
         * Bits that come from the partner, those whose position has that binary digit as the lane has it: in lanes where it is
         * 1 they move up, in the others down.
         */
        private static LongVector taken(int distance, boolean up, boolean down) {
            long[] taken = new long[GROUP];
            for (int lane = 0; lane < GROUP; lane++) {
                boolean one = (lane & distance) != 0;
                for (int bit = 0; bit < Long.SIZE && (one ? up : down); bit++) {
                    if ((bit & distance) == (lane & distance)) {
                        taken[lane] |= 1L << bit;
                    }
                }
            }
            return LongVector.fromArray(Lanes.LONGS, taken, 0);
        }
    }
}
