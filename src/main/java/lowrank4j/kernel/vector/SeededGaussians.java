package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import lowrank4j.matrix.BoxMuller;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.SplitMix64;

/**
 * Normal numbers as {@link BoxMuller} makes them: the same operations in the same order, never fused, so the same bits. Three short
 * loops over numbers that stay in a cache, because the compiler does not inline all of their calls into one.
 */
final class SeededGaussians {
    /** From the half of a radius to that of its angle, and from the number with the cosine to that with the sine. */
    private static final int TO_ANGLE = Ensemble.WORDS;

    private SeededGaussians() {}

    /** Numbers 0 … width - 1, a multiple of 32, of blocks whose first word has the state {@code state}. */
    static void row(long state, MemorySegment out, long at, int width) {
        words(state, out, at, width);
        for (int half = 0; half < TO_ANGLE; half += Lanes.INT_COUNT) {
            radii(out, at + Seeded.BYTES * half, width);
            pairs(out, at + Seeded.BYTES * half, width);
        }
    }

    private static void words(long state, MemorySegment out, long at, int width) {
        LongVector steps = Seeded.steps(0);
        for (int j = 0; j < width; j += Lanes.INT_COUNT) {
            Seeded.mix(steps.add(state + j / 2 * SplitMix64.GAMMA))
                    .intoMemorySegment(out, at + Seeded.BYTES * j, Lanes.ORDER);
        }
    }

    /** Of each block a vector of halves, which become radii. */
    private static void radii(MemorySegment out, long at, int width) {
        for (int j = 0; j < width; j += Ensemble.HALVES) {
            radius(load(out, at + Seeded.BYTES * j)).intoMemorySegment(out, at + Seeded.BYTES * j, Lanes.ORDER);
        }
    }

    /** Of each block a vector of radii, and one of halves for their angles, which become normal numbers. */
    private static void pairs(MemorySegment out, long at, int width) {
        long toAngle = at + Seeded.BYTES * TO_ANGLE;
        for (int j = 0; j < width; j += Ensemble.HALVES) {
            IntVector bits = load(out, toAngle + Seeded.BYTES * j);
            FloatVector radius = load(out, at + Seeded.BYTES * j)
                    .lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.AND, Integer.MIN_VALUE))
                    .reinterpretAsFloats();
            FloatVector t = floats(bits.lanewise(VectorOperators.LSHL, 1)).mul(0x1p-31f);
            FloatVector s = t.mul(t);
            radius.mul(cosine(s)).intoMemorySegment(out, at + Seeded.BYTES * j, Lanes.ORDER);
            radius.mul(sine(s).mul(t)).intoMemorySegment(out, toAngle + Seeded.BYTES * j, Lanes.ORDER);
        }
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
