package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;

/** Products of complex numbers, whose real and imaginary parts are the rows of matrices. */
final class ComplexProducts {
    private ComplexProducts() {}

    /** {@link lowrank4j.kernel.Kernels#complexProducts}. */
    static void add(Matrix x, Matrix y, Matrix sums) {
        int n = sums.columns();
        int end = DOUBLES.loopBound(n);
        double[] xs = x.data();
        double[] ys = y.data();
        double[] out = sums.data();
        int xr = x.offset();
        int xi = xr + x.stride();
        int yr = y.offset();
        int yi = yr + y.stride();
        int real = sums.offset();
        int imaginary = real + sums.stride();
        for (int j = 0; j < end; j += COUNT) {
            DoubleVector a = fromArray(DOUBLES, xs, xr + j);
            DoubleVector b = fromArray(DOUBLES, xs, xi + j);
            DoubleVector c = fromArray(DOUBLES, ys, yr + j);
            DoubleVector d = fromArray(DOUBLES, ys, yi + j);
            a.fma(c, fromArray(DOUBLES, out, real + j)).sub(b.mul(d)).intoArray(out, real + j);
            a.fma(d, b.fma(c, fromArray(DOUBLES, out, imaginary + j))).intoArray(out, imaginary + j);
        }
        for (int j = end; j < n; j++) {
            out[real + j] += xs[xr + j] * ys[yr + j] - xs[xi + j] * ys[yi + j];
            out[imaginary + j] += xs[xr + j] * ys[yi + j] + xs[xi + j] * ys[yr + j];
        }
    }

    /** {@link lowrank4j.kernel.Kernels#conjugateProducts}. */
    static void byConjugates(Matrix c, Matrix x) {
        int n = x.columns();
        int end = DOUBLES.loopBound(n);
        double[] cs = c.data();
        double[] xs = x.data();
        int cr = c.offset();
        int ci = cr + c.stride();
        int real = x.offset();
        int imaginary = real + x.stride();
        for (int j = 0; j < end; j += COUNT) {
            DoubleVector a = fromArray(DOUBLES, cs, cr + j);
            DoubleVector b = fromArray(DOUBLES, cs, ci + j);
            DoubleVector r = fromArray(DOUBLES, xs, real + j);
            DoubleVector i = fromArray(DOUBLES, xs, imaginary + j);
            a.fma(r, b.mul(i)).intoArray(xs, real + j);
            b.mul(r).sub(a.mul(i)).intoArray(xs, imaginary + j);
        }
        for (int j = end; j < n; j++) {
            double r = cs[cr + j] * xs[real + j] + cs[ci + j] * xs[imaginary + j];
            xs[imaginary + j] = cs[ci + j] * xs[real + j] - cs[cr + j] * xs[imaginary + j];
            xs[real + j] = r;
        }
    }
}
