package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SplitMix64;

/**
 * {@link lowrank4j.kernel.Kernels#seededNumbers}. A block of 16 words is 32 halves, and half h has the same place among the lanes of
 * as many vectors as hold it at any width, so nothing is shuffled: numbers h leave their lanes where halves h came in.
 */
final class Seeded {
    /** Bytes of a float. */
    static final long BYTES = 4;

    /** k times {@link SplitMix64#GAMMA}: added to the state of a word, the states of the next ones. */
    private static final long[] STEPS = steps();

    private Seeded() {}

    private static long[] steps() {
        long[] steps = new long[Ensemble.WORDS];
        for (int k = 0; k < steps.length; k++) {
            steps[k] = after(0, k);
        }
        return steps;
    }

    static void numbers(SeededRows rows, int from, int to, int first, DenseRows out) {
        int numbers = rows.ensemble().numbersInBlock();
        for (int i = from; i < to; i++) {
            long state = after(rows.start(), rows.firstWord(i, first / numbers) + 1);
            MemorySegment segment = out.segment();
            long at = out.byteOffset(i - from);
            switch (rows.ensemble()) {
                case Ensemble.Gaussian() -> SeededGaussians.row(state, segment, at, out.width());
                case Ensemble.Signs() -> SeededSigns.row(state, first % numbers, segment, at, out.width());
                case Ensemble.Sparse sparse ->
                    SeededSparse.row(state, sparse.threshold(), sparse.magnitude(), segment, at, out.width());
            }
        }
    }

    /** The state {@code words} words after {@code state}. */
    static long after(long state, long words) {
        return state + words * SplitMix64.GAMMA;
    }

    /** The states of as many words as a vector has lanes: of that after {@code word} others, and of those after it. */
    static LongVector steps(int word) {
        return LongVector.fromArray(Lanes.LONGS, STEPS, word);
    }

    /** {@link SplitMix64#mix} of each lane. */
    static LongVector mix(LongVector state) {
        LongVector z = shifted(state, 30).mul(SplitMix64.FIRST);
        z = shifted(z, 27).mul(SplitMix64.SECOND);
        return shifted(z, 31);
    }

    private static LongVector shifted(LongVector z, int by) {
        return z.lanewise(VectorOperators.XOR, z.lanewise(VectorOperators.LSHR, by));
    }
}
