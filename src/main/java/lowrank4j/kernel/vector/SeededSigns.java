package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import lowrank4j.matrix.Ensemble;

/** Signs, each from one bit: number 32s + h of a block from bit s of half h. */
final class SeededSigns {
    private static final int BLOCK = new Ensemble.Signs().numbersInBlock();
    private static final int ONE = Float.floatToRawIntBits(1);

    private SeededSigns() {}

    /**
     * Numbers first … first + width - 1 of blocks, the first of which begins with the word of state {@code state}.
     *
     * @param first below the numbers of a block; it and the width are multiples of 32
     */
    static void row(long state, int first, MemorySegment out, long at, int width) {
        long of = state;
        int from = first;
        for (int done = 0; done < width; done += BLOCK - from, from = 0, of = Seeded.after(of, Ensemble.WORDS)) {
            int to = (int) Math.min(BLOCK, from + (long) width - done);
            for (int word = 0; word < Ensemble.WORDS; word += Lanes.LONGS.length()) {
                IntVector halves = Seeded.mix(Seeded.steps(word).add(of)).reinterpretAsInts();
                bits(halves, from / 32, to / 32, out, at + Seeded.BYTES * done + 2 * Seeded.BYTES * word);
            }
        }
    }

    /** Bits from … to - 1 of the halves as signs, those of one bit 32 numbers after those of the one before. */
    private static void bits(IntVector halves, int from, int to, MemorySegment out, long at) {
        for (int s = from; s < to; s++) {
            halves.lanewise(VectorOperators.LSHL, 31 - s)
                    .lanewise(VectorOperators.AND, Integer.MIN_VALUE)
                    .lanewise(VectorOperators.OR, ONE)
                    .intoMemorySegment(out, at + Seeded.BYTES * Ensemble.HALVES * (s - from), Lanes.ORDER);
        }
    }
}
