package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import lowrank4j.matrix.BoxMuller;
import lowrank4j.matrix.Ensemble;

/**
 * Normal numbers as {@link BoxMuller} makes them: the same operations in the same order, never fused, so the same bits. Three short
 * loops over numbers that stay in a cache, because the compiler does not inline all of their calls into one.
 */
final class SeededGaussians {
    /** From the half of a radius to that of its angle, and from the number with the cosine to that with the sine. */
    private static final int TO_ANGLE = Ensemble.WORDS;

    private SeededGaussians() {}

    /** A loop over the numbers of a row. */
    @FunctionalInterface
    private interface Loop {
        void run(long state, MemorySegment out, long at, int width);
    }

    /**
     * The loops in turn. The compiler inlines what it knows will be called until it has had enough in the middle of a loop, whose
     * vectors are then objects: six times slower. One call site for three loops keeps each to itself.
     */
    private static final Loop[] LOOPS = {SeededGaussians::words, SeededGaussians::radii, SeededGaussians::pairs};

    /** Numbers 0 … width - 1, a multiple of 32, of blocks whose first word has the state {@code state}. */
    static void row(long state, MemorySegment out, long at, int width) {
        for (Loop loop : LOOPS) {
            loop.run(state, out, at, width);
        }
    }

    private static void words(long state, MemorySegment out, long at, int width) {
        LongVector steps = Seeded.steps(0);
        for (int j = 0; j < width; j += Lanes.INT_COUNT) {
            Seeded.mix(steps.add(Seeded.after(state, j / 2)))
                    .intoMemorySegment(out, at + Seeded.BYTES * j, Lanes.ORDER);
        }
    }

    /** Of each block the first 16 halves, which become radii. */
    private static void radii(long state, MemorySegment out, long at, int width) {
        for (int half = 0; half < TO_ANGLE; half += Lanes.INT_COUNT) {
            for (int j = half; j < width; j += Ensemble.HALVES) {
                radius(load(out, at + Seeded.BYTES * j)).intoMemorySegment(out, at + Seeded.BYTES * j, Lanes.ORDER);
            }
        }
    }

    /** Of each block the radii, and as many halves for their angles, which become normal numbers. */
    private static void pairs(long state, MemorySegment out, long at, int width) {
        for (int half = 0; half < TO_ANGLE; half += Lanes.INT_COUNT) {
            for (int j = half; j < width; j += Ensemble.HALVES) {
                pair(out, at + Seeded.BYTES * j);
            }
        }
    }

    private static void pair(MemorySegment out, long at) {
        long toAngle = at + Seeded.BYTES * TO_ANGLE;
        IntVector bits = load(out, toAngle);
        FloatVector radius = load(out, at)
                .lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.AND, Integer.MIN_VALUE))
                .reinterpretAsFloats();
        FloatVector t = floats(bits.lanewise(VectorOperators.LSHL, 1)).mul(0x1p-31f);
        FloatVector s = t.mul(t);
        radius.mul(cosine(s)).intoMemorySegment(out, at, Lanes.ORDER);
        radius.mul(sine(s).mul(t)).intoMemorySegment(out, toAngle, Lanes.ORDER);
    }

    private static IntVector load(MemorySegment out, long at) {
        return IntVector.fromMemorySegment(Lanes.INTS, out, at, Lanes.ORDER);
    }

    private static FloatVector radius(IntVector bits) {
        FloatVector v = floats(bits.lanewise(VectorOperators.LSHR, 1)).add(0.5f);
        IntVector raw = v.reinterpretAsInts();
        IntVector exponent = raw.sub(BoxMuller.ROOT_HALF).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = raw.sub(exponent.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(1);
        FloatVector sum = f.mul(BoxMuller.LOG_7).add(BoxMuller.LOG_6);
        sum = sum.mul(f).add(BoxMuller.LOG_5);
        sum = sum.mul(f).add(BoxMuller.LOG_4);
        sum = sum.mul(f).add(BoxMuller.LOG_3);
        sum = sum.mul(f).add(BoxMuller.LOG_2);
        sum = sum.mul(f).add(BoxMuller.LOG_1);
        sum = sum.mul(f).add(BoxMuller.LOG_0);
        return floats(exponent)
                .sub(31)
                .mul(BoxMuller.LOG_OF_TWO)
                .add(sum.mul(f))
                .lanewise(VectorOperators.SQRT);
    }

    private static FloatVector cosine(FloatVector s) {
        FloatVector sum = s.mul(BoxMuller.COS_4).add(BoxMuller.COS_3);
        sum = sum.mul(s).add(BoxMuller.COS_2);
        sum = sum.mul(s).add(BoxMuller.COS_1);
        return sum.mul(s).add(BoxMuller.COS_0);
    }

    private static FloatVector sine(FloatVector s) {
        FloatVector sum = s.mul(BoxMuller.SIN_4).add(BoxMuller.SIN_3);
        sum = sum.mul(s).add(BoxMuller.SIN_2);
        sum = sum.mul(s).add(BoxMuller.SIN_1);
        return sum.mul(s).add(BoxMuller.SIN_0);
    }

    private static FloatVector floats(IntVector integers) {
        return integers.convert(VectorOperators.I2F, 0).reinterpretAsFloats();
    }
}
