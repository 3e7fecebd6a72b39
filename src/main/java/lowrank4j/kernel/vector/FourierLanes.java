package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;

/**
 * The last halvings of a {@link Fourier} transform, of stretches within a vector. A lane takes the lower and the upper number of its pair, and what
 * it multiplies the upper one by is {@link FourierTransform#cosines} at its own place: points of an odd index are those before them, negated.
 */
final class FourierLanes {
    private static final VectorShuffle<Double> LOWER_OF_EIGHT = lower(4);
    private static final VectorShuffle<Double> UPPER_OF_EIGHT = upper(4);
    private static final VectorShuffle<Double> POINTS_OF_EIGHT = points(4);
    private static final VectorShuffle<Double> LOWER_OF_FOUR = lower(2);
    private static final VectorShuffle<Double> UPPER_OF_FOUR = upper(2);
    private static final VectorShuffle<Double> POINTS_OF_FOUR = points(2);
    private static final VectorShuffle<Double> LOWER_OF_TWO = lower(1);
    private static final VectorShuffle<Double> UPPER_OF_TWO = upper(1);
    private static final VectorMask<Double> IS_UPPER_OF_EIGHT = isUpper(4);
    private static final VectorMask<Double> IS_UPPER_OF_FOUR = isUpper(2);
    private static final VectorMask<Double> IS_UPPER_OF_TWO = isUpper(1);

    private FourierLanes() {}

    private static VectorShuffle<Double> lower(int half) {
        return VectorShuffle.fromOp(DOUBLES, lane -> lane & ~half);
    }

    private static VectorShuffle<Double> upper(int half) {
        return VectorShuffle.fromOp(DOUBLES, lane -> (lane | half) % COUNT);
    }

    private static VectorShuffle<Double> points(int half) {
        return VectorShuffle.fromOp(DOUBLES, lane -> lane / half);
    }

    private static VectorMask<Double> isUpper(int half) {
        boolean[] upper = new boolean[COUNT];
        for (int lane = 0; lane < COUNT; lane++) {
            upper[lane] = (lane & half) != 0;
        }
        return VectorMask.fromArray(DOUBLES, upper, 0);
    }

    /** Numbers from ≤ j &lt; to, both multiples of a vector. */
    static void divide(FourierTransform transform, Matrix x, int from, int to) {
        if (COUNT == 2) {
            dividePairs(transform, x, from, to);
            return;
        }
        double[] cosines = transform.cosines();
        double[] sines = transform.sines();
        double[] data = x.data();
        int real = x.offset();
        int imaginary = real + x.stride();
        for (int j = from; j < to; j += COUNT) {
            DoubleVector r = fromArray(DOUBLES, data, real + j);
            DoubleVector i = fromArray(DOUBLES, data, imaginary + j);
            if (COUNT > 4) {
                DoubleVector c = fromArray(DOUBLES, cosines, j / 4).rearrange(POINTS_OF_EIGHT);
                DoubleVector s = fromArray(DOUBLES, sines, j / 4).rearrange(POINTS_OF_EIGHT);
                DoubleVector upper = r.rearrange(UPPER_OF_EIGHT);
                DoubleVector upperImaginary = i.rearrange(UPPER_OF_EIGHT);
                r = upperImaginary.fma(s.neg(), upper.fma(c, r.rearrange(LOWER_OF_EIGHT)));
                i = upper.fma(s, upperImaginary.fma(c, i.rearrange(LOWER_OF_EIGHT)));
            }
            if (COUNT > 2) {
                DoubleVector c = fromArray(DOUBLES, cosines, j / 2).rearrange(POINTS_OF_FOUR);
                DoubleVector s = fromArray(DOUBLES, sines, j / 2).rearrange(POINTS_OF_FOUR);
                DoubleVector upper = r.rearrange(UPPER_OF_FOUR);
                DoubleVector upperImaginary = i.rearrange(UPPER_OF_FOUR);
                r = upperImaginary.fma(s.neg(), upper.fma(c, r.rearrange(LOWER_OF_FOUR)));
                i = upper.fma(s, upperImaginary.fma(c, i.rearrange(LOWER_OF_FOUR)));
            }
            DoubleVector c = fromArray(DOUBLES, cosines, j);
            DoubleVector s = fromArray(DOUBLES, sines, j);
            DoubleVector upper = r.rearrange(UPPER_OF_TWO);
            DoubleVector upperImaginary = i.rearrange(UPPER_OF_TWO);
            upperImaginary.fma(s.neg(), upper.fma(c, r.rearrange(LOWER_OF_TWO))).intoArray(data, real + j);
            upper.fma(s, upperImaginary.fma(c, i.rearrange(LOWER_OF_TWO))).intoArray(data, imaginary + j);
        }
    }

    /** Two lanes are not rearranged by any single instruction that the compiler knows: vectors would become objects. */
    private static void dividePairs(FourierTransform transform, Matrix x, int from, int to) {
        double[] cosines = transform.cosines();
        double[] sines = transform.sines();
        double[] data = x.data();
        int real = x.offset();
        int imaginary = real + x.stride();
        for (int j = from; j < to; j += 2) {
            double r = cosines[j] * data[real + j + 1] - sines[j] * data[imaginary + j + 1];
            double i = cosines[j] * data[imaginary + j + 1] + sines[j] * data[real + j + 1];
            data[real + j + 1] = data[real + j] - r;
            data[imaginary + j + 1] = data[imaginary + j] - i;
            data[real + j] += r;
            data[imaginary + j] += i;
        }
    }

    private static void combinePairs(FourierTransform transform, Matrix x, int from, int to) {
        double[] cosines = transform.cosines();
        double[] sines = transform.sines();
        double[] data = x.data();
        int real = x.offset();
        int imaginary = real + x.stride();
        for (int j = from; j < to; j += 2) {
            double r = data[real + j] - data[real + j + 1];
            double i = data[imaginary + j] - data[imaginary + j + 1];
            data[real + j] += data[real + j + 1];
            data[imaginary + j] += data[imaginary + j + 1];
            data[real + j + 1] = cosines[j] * r + sines[j] * i;
            data[imaginary + j + 1] = cosines[j] * i - sines[j] * r;
        }
    }

    /** Undoes {@link #divide}, but for a factor of the lanes: where the upper number belongs, their difference over its point. */
    static void combine(FourierTransform transform, Matrix x, int from, int to) {
        if (COUNT == 2) {
            combinePairs(transform, x, from, to);
            return;
        }
        double[] cosines = transform.cosines();
        double[] sines = transform.sines();
        double[] data = x.data();
        int real = x.offset();
        int imaginary = real + x.stride();
        DoubleVector one = broadcast(1);
        DoubleVector zero = broadcast(0);
        DoubleVector signOfTwo = one.blend(-1, IS_UPPER_OF_TWO);
        DoubleVector signOfFour = one.blend(-1, IS_UPPER_OF_FOUR);
        DoubleVector signOfEight = one.blend(-1, IS_UPPER_OF_EIGHT);
        for (int j = from; j < to; j += COUNT) {
            DoubleVector r = fromArray(DOUBLES, data, real + j);
            DoubleVector i = fromArray(DOUBLES, data, imaginary + j);
            DoubleVector c = one.blend(fromArray(DOUBLES, cosines, j), IS_UPPER_OF_TWO);
            DoubleVector s = zero.blend(fromArray(DOUBLES, sines, j), IS_UPPER_OF_TWO);
            DoubleVector sum = r.rearrange(LOWER_OF_TWO).fma(signOfTwo, r.rearrange(UPPER_OF_TWO));
            DoubleVector sumImaginary = i.rearrange(LOWER_OF_TWO).fma(signOfTwo, i.rearrange(UPPER_OF_TWO));
            r = sumImaginary.fma(s, sum.mul(c));
            i = sum.fma(s.neg(), sumImaginary.mul(c));
            if (COUNT > 2) {
                c = one.blend(fromArray(DOUBLES, cosines, j / 2).rearrange(POINTS_OF_FOUR), IS_UPPER_OF_FOUR);
                s = zero.blend(fromArray(DOUBLES, sines, j / 2).rearrange(POINTS_OF_FOUR), IS_UPPER_OF_FOUR);
                sum = r.rearrange(LOWER_OF_FOUR).fma(signOfFour, r.rearrange(UPPER_OF_FOUR));
                sumImaginary = i.rearrange(LOWER_OF_FOUR).fma(signOfFour, i.rearrange(UPPER_OF_FOUR));
                r = sumImaginary.fma(s, sum.mul(c));
                i = sum.fma(s.neg(), sumImaginary.mul(c));
            }
            if (COUNT > 4) {
                c = one.blend(fromArray(DOUBLES, cosines, j / 4).rearrange(POINTS_OF_EIGHT), IS_UPPER_OF_EIGHT);
                s = zero.blend(fromArray(DOUBLES, sines, j / 4).rearrange(POINTS_OF_EIGHT), IS_UPPER_OF_EIGHT);
                sum = r.rearrange(LOWER_OF_EIGHT).fma(signOfEight, r.rearrange(UPPER_OF_EIGHT));
                sumImaginary = i.rearrange(LOWER_OF_EIGHT).fma(signOfEight, i.rearrange(UPPER_OF_EIGHT));
                r = sumImaginary.fma(s, sum.mul(c));
                i = sum.fma(s.neg(), sumImaginary.mul(c));
            }
            r.intoArray(data, real + j);
            i.intoArray(data, imaginary + j);
        }
    }
}
