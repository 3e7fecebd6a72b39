package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import lowrank4j.matrix.Ensemble;

/** Numbers most of which are zero, one from each half of a word. */
final class SeededSparse {
    private SeededSparse() {}

    /** Numbers 0 … width - 1, a multiple of 32, of blocks whose first word has the state {@code state}. */
    static void row(long state, int threshold, float magnitude, MemorySegment out, long at, int width) {
        for (int word = 0; word < Ensemble.WORDS; word += Lanes.LONGS.length()) {
            part(state, word, threshold, Float.floatToRawIntBits(magnitude), out, at + 2 * Seeded.BYTES * word, width);
        }
    }

    private static void part(
            long state, int word, int threshold, int magnitude, MemorySegment out, long at, int width) {
        LongVector steps = Seeded.steps(word);
        for (int j = 0; j < width; j += Ensemble.HALVES) {
            IntVector half = Seeded.mix(steps.add(Seeded.after(state, j / 2))).reinterpretAsInts();
            // All ones where the lower 31 bits are below the threshold: a mask without masks, cheap at every width.
            IntVector below = half.lanewise(VectorOperators.AND, Integer.MAX_VALUE)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, 31);
            half.lanewise(VectorOperators.AND, Integer.MIN_VALUE)
                    .lanewise(VectorOperators.OR, magnitude)
                    .lanewise(VectorOperators.AND, below)
                    .intoMemorySegment(out, at + Seeded.BYTES * j, Lanes.ORDER);
        }
    }
}
