package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;

/** A single halving of a stretch of a {@link Fourier} transform: the first one, where their number is odd. */
final class FourierHalves {
    private FourierHalves() {}

    /** {@code (x, y) ← (x + ωy, x - ωy)}, ω = c + si, for the halves of the stretch from {@code start} on. */
    static void divide(Matrix x, int start, int half, double c, double s) {
        DoubleVector vc = broadcast(c);
        DoubleVector vs = broadcast(s);
        DoubleVector vn = broadcast(-s);
        double[] data = x.data();
        int u0 = x.offset() + start;
        int w0 = u0 + x.stride();
        for (int j = 0; j < half; j += COUNT) {
            int ux = u0 + j;
            int uy = ux + half;
            int wx = w0 + j;
            int wy = wx + half;
            DoubleVector ry = fromArray(DOUBLES, data, uy);
            DoubleVector iy = fromArray(DOUBLES, data, wy);
            DoubleVector rx = fromArray(DOUBLES, data, ux);
            DoubleVector ix = fromArray(DOUBLES, data, wx);
            DoubleVector r = iy.fma(vn, ry.mul(vc));
            DoubleVector i = ry.fma(vs, iy.mul(vc));
            rx.add(r).intoArray(data, ux);
            ix.add(i).intoArray(data, wx);
            rx.sub(r).intoArray(data, uy);
            ix.sub(i).intoArray(data, wy);
        }
    }

    /** {@code (x, y) ← (x + y, x - y)} for the halves of the whole, of which the first {@code count} numbers are asked for. */
    static void combine(Matrix x, int count) {
        int half = x.columns() / 2;
        if (count <= half) {
            addUpper(x, count);
            return;
        }
        double[] data = x.data();
        int u0 = x.offset();
        int w0 = u0 + x.stride();
        for (int j = 0; j < half; j += COUNT) {
            int ux = u0 + j;
            int uy = ux + half;
            int wx = w0 + j;
            int wy = wx + half;
            DoubleVector ry = fromArray(DOUBLES, data, uy);
            DoubleVector iy = fromArray(DOUBLES, data, wy);
            DoubleVector rx = fromArray(DOUBLES, data, ux);
            DoubleVector ix = fromArray(DOUBLES, data, wx);
            rx.add(ry).intoArray(data, ux);
            ix.add(iy).intoArray(data, wx);
            rx.sub(ry).intoArray(data, uy);
            ix.sub(iy).intoArray(data, wy);
        }
    }

    private static void addUpper(Matrix x, int count) {
        double[] data = x.data();
        int half = x.columns() / 2;
        int u0 = x.offset();
        int w0 = u0 + x.stride();
        for (int j = 0; j < count; j += COUNT) {
            fromArray(DOUBLES, data, u0 + j)
                    .add(fromArray(DOUBLES, data, u0 + j + half))
                    .intoArray(data, u0 + j);
            fromArray(DOUBLES, data, w0 + j)
                    .add(fromArray(DOUBLES, data, w0 + j + half))
                    .intoArray(data, w0 + j);
        }
    }
}
