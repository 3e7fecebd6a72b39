package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;

/**
 * {@link lowrank4j.kernel.Kernels#fourierForward}: the halvings of {@link FourierTransform}, two at a time. Those of stretches longer than a vector
 * are here, the others in {@link FourierLanes}.
 */
final class Fourier {
    /** Stretches of up to so many numbers, 16 kB, are transformed to the end while they are in the nearest cache. */
    static final int NEAR = 1024;

    /** Shorter transforms are left to plain loops. */
    static final int LEAST = 4 * COUNT;

    private Fourier() {}

    static void forward(FourierTransform transform, int count, Matrix x) {
        int length = transform.length();
        if (length < LEAST) {
            transform.forward(count, x);
            return;
        }
        int known = count <= length / 2 ? length / 2 : length;
        for (int part = 0; part < 2; part++) {
            int row = x.rowOffset(part);
            Arrays.fill(x.data(), row + Math.min(count, known), row + known, 0);
            // Of a polynomial of half the degree there is nothing to divide at first.
            System.arraycopy(x.data(), row, x.data(), row + known, length - known);
        }
        int parts = isOdd(length) ? 2 : 4;
        if (known < length) {
            if (parts == 4) {
                FourierHalves.divide(x, 0, known / 2, 1, 0);
                FourierHalves.divide(x, known, known / 2, 0, -1);
            }
        } else if (parts == 2) {
            FourierHalves.divide(x, 0, length / 2, 1, 0);
        } else {
            divide(transform, x, 0, length / 4, 1);
        }
        for (int start = 0; start < length; start += length / parts) {
            descend(transform, x, start, length / parts);
        }
    }

    static void inverse(FourierTransform transform, int count, Matrix x) {
        int length = transform.length();
        if (length < LEAST) {
            transform.inverse(x);
            return;
        }
        int parts = isOdd(length) ? 2 : 4;
        for (int start = 0; start < length; start += length / parts) {
            ascend(transform, x, start, length / parts);
        }
        if (parts == 2) {
            FourierHalves.combine(x, count);
        } else {
            combine(transform, x, 0, length / 4, 1);
        }
    }

    /** Whether the number of halvings down to a vector is odd. */
    private static boolean isOdd(int length) {
        return Integer.numberOfTrailingZeros(length / COUNT) % 2 == 1;
    }

    private static void descend(FourierTransform transform, Matrix x, int start, int length) {
        if (length > NEAR) {
            int quarter = length / 4;
            divide(transform, x, start, quarter, 1);
            for (int part = 0; part < 4; part++) {
                descend(transform, x, start + part * quarter, quarter);
            }
            return;
        }
        int stretches = 1;
        for (int quarter = length / 4; quarter >= COUNT; quarter /= 4) {
            divide(transform, x, start, quarter, stretches);
            stretches *= 4;
        }
        FourierLanes.divide(transform, x, start, start + length);
    }

    private static void ascend(FourierTransform transform, Matrix x, int start, int length) {
        if (length > NEAR) {
            int quarter = length / 4;
            for (int part = 0; part < 4; part++) {
                ascend(transform, x, start + part * quarter, quarter);
            }
            combine(transform, x, start, quarter, 1);
            return;
        }
        FourierLanes.combine(transform, x, start, start + length);
        int stretches = length / (4 * COUNT);
        for (int quarter = COUNT; stretches > 0; quarter *= 4) {
            combine(transform, x, start, quarter, stretches);
            stretches /= 4;
        }
    }

    /** Divides stretches of four quarters from {@code start} on twice. */
    private static void divide(FourierTransform transform, Matrix x, int start, int quarter, int stretches) {
        double[] cosines = transform.cosines();
        double[] sines = transform.sines();
        double[] data = x.data();
        int first = start / (4 * quarter);
        for (int b = first; b < first + stretches; b++) {
            double c2 = cosines[2 * b];
            double s2 = sines[2 * b];
            double c1 = cosines[4 * b];
            double s1 = sines[4 * b];
            DoubleVector vc1 = broadcast(c1);
            DoubleVector vs1 = broadcast(s1);
            DoubleVector vn1 = broadcast(-s1);
            DoubleVector vc2 = broadcast(c2);
            DoubleVector vs2 = broadcast(s2);
            DoubleVector vn2 = broadcast(-s2);
            DoubleVector vc3 = broadcast(c1 * c2 - s1 * s2);
            DoubleVector vs3 = broadcast(c1 * s2 + s1 * c2);
            DoubleVector vn3 = broadcast(-c1 * s2 - s1 * c2);
            int real = x.offset() + 4 * b * quarter;
            int imaginary = real + x.stride();
            for (int j = 0; j < quarter; j += COUNT) {
                int a0 = real + j;
                int a1 = a0 + quarter;
                int a2 = a1 + quarter;
                int a3 = a2 + quarter;
                int b0 = imaginary + j;
                int b1 = b0 + quarter;
                int b2 = b1 + quarter;
                int b3 = b2 + quarter;
                DoubleVector r = fromArray(DOUBLES, data, a1);
                DoubleVector i = fromArray(DOUBLES, data, b1);
                DoubleVector r1 = i.fma(vn1, r.mul(vc1));
                DoubleVector i1 = r.fma(vs1, i.mul(vc1));
                r = fromArray(DOUBLES, data, a2);
                i = fromArray(DOUBLES, data, b2);
                DoubleVector r2 = i.fma(vn2, r.mul(vc2));
                DoubleVector i2 = r.fma(vs2, i.mul(vc2));
                r = fromArray(DOUBLES, data, a3);
                i = fromArray(DOUBLES, data, b3);
                DoubleVector r3 = i.fma(vn3, r.mul(vc3));
                DoubleVector i3 = r.fma(vs3, i.mul(vc3));
                DoubleVector r0 = fromArray(DOUBLES, data, a0);
                DoubleVector i0 = fromArray(DOUBLES, data, b0);
                DoubleVector rSum = r0.add(r2);
                DoubleVector iSum = i0.add(i2);
                DoubleVector rOdd = r1.add(r3);
                DoubleVector iOdd = i1.add(i3);
                rSum.add(rOdd).intoArray(data, a0);
                iSum.add(iOdd).intoArray(data, b0);
                rSum.sub(rOdd).intoArray(data, a1);
                iSum.sub(iOdd).intoArray(data, b1);
                DoubleVector rGap = r0.sub(r2);
                DoubleVector iGap = i0.sub(i2);
                rOdd = r1.sub(r3);
                iOdd = i1.sub(i3);
                rGap.add(iOdd).intoArray(data, a2);
                iGap.sub(rOdd).intoArray(data, b2);
                rGap.sub(iOdd).intoArray(data, a3);
                iGap.add(rOdd).intoArray(data, b3);
            }
        }
    }

    /** Undoes {@link #divide}, but for a factor of four. */
    private static void combine(FourierTransform transform, Matrix x, int start, int quarter, int stretches) {
        double[] cosines = transform.cosines();
        double[] sines = transform.sines();
        double[] data = x.data();
        int first = start / (4 * quarter);
        for (int b = first; b < first + stretches; b++) {
            double c2 = cosines[2 * b];
            double s2 = sines[2 * b];
            double c1 = cosines[4 * b];
            double s1 = sines[4 * b];
            DoubleVector vc1 = broadcast(c1);
            DoubleVector vs1 = broadcast(s1);
            DoubleVector vn1 = broadcast(-s1);
            DoubleVector vc2 = broadcast(c2);
            DoubleVector vs2 = broadcast(s2);
            DoubleVector vn2 = broadcast(-s2);
            DoubleVector vc3 = broadcast(c1 * c2 - s1 * s2);
            DoubleVector vs3 = broadcast(c1 * s2 + s1 * c2);
            DoubleVector vn3 = broadcast(-c1 * s2 - s1 * c2);
            int real = x.offset() + 4 * b * quarter;
            int imaginary = real + x.stride();
            for (int j = 0; j < quarter; j += COUNT) {
                int a0 = real + j;
                int a1 = a0 + quarter;
                int a2 = a1 + quarter;
                int a3 = a2 + quarter;
                int b0 = imaginary + j;
                int b1 = b0 + quarter;
                int b2 = b1 + quarter;
                int b3 = b2 + quarter;
                DoubleVector r0 = fromArray(DOUBLES, data, a0);
                DoubleVector i0 = fromArray(DOUBLES, data, b0);
                DoubleVector r1 = fromArray(DOUBLES, data, a1);
                DoubleVector i1 = fromArray(DOUBLES, data, b1);
                DoubleVector rSum = r0.add(r1);
                DoubleVector iSum = i0.add(i1);
                DoubleVector rOdd = r0.sub(r1);
                DoubleVector iOdd = i0.sub(i1);
                DoubleVector r2 = fromArray(DOUBLES, data, a2);
                DoubleVector i2 = fromArray(DOUBLES, data, b2);
                DoubleVector r3 = fromArray(DOUBLES, data, a3);
                DoubleVector i3 = fromArray(DOUBLES, data, b3);
                DoubleVector rUpper = r2.add(r3);
                DoubleVector iUpper = i2.add(i3);
                rSum.add(rUpper).intoArray(data, a0);
                iSum.add(iUpper).intoArray(data, b0);
                DoubleVector r = rSum.sub(rUpper);
                DoubleVector i = iSum.sub(iUpper);
                i.fma(vs2, r.mul(vc2)).intoArray(data, a2);
                r.fma(vn2, i.mul(vc2)).intoArray(data, b2);
                // i times what the upper two differ by.
                rUpper = i3.sub(i2);
                iUpper = r2.sub(r3);
                r = rOdd.add(rUpper);
                i = iOdd.add(iUpper);
                i.fma(vs1, r.mul(vc1)).intoArray(data, a1);
                r.fma(vn1, i.mul(vc1)).intoArray(data, b1);
                r = rOdd.sub(rUpper);
                i = iOdd.sub(iUpper);
                i.fma(vs3, r.mul(vc3)).intoArray(data, a3);
                r.fma(vn3, i.mul(vc3)).intoArray(data, b3);
            }
        }
    }
}
