package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;

/** Operations on stretches of arrays: {@code x[xFrom … xFrom + n - 1]} and the like. */
final class Updates {
    private Updates() {}

    /** {@code Σ xₖyₖ}. */
    static double dot(double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = Lanes.DOUBLES.loopBound(n);
        double sum = end == 0 ? 0 : dotBlocks(x, xFrom, y, yFrom, end);
        for (int k = end; k < n; k++) {
            sum += x[xFrom + k] * y[yFrom + k];
        }
        return sum;
    }

    private static double dotBlocks(double[] x, int xFrom, double[] y, int yFrom, int n) {
        DoubleVector s0 = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int k = 0;
        for (; k <= n - 4 * Lanes.COUNT; k += 4 * Lanes.COUNT) {
            s0 = Lanes.fma(load(x, xFrom + k), load(y, yFrom + k), s0);
            s1 = Lanes.fma(load(x, xFrom + k + Lanes.COUNT), load(y, yFrom + k + Lanes.COUNT), s1);
            s2 = Lanes.fma(load(x, xFrom + k + 2 * Lanes.COUNT), load(y, yFrom + k + 2 * Lanes.COUNT), s2);
            s3 = Lanes.fma(load(x, xFrom + k + 3 * Lanes.COUNT), load(y, yFrom + k + 3 * Lanes.COUNT), s3);
        }
        for (; k < n; k += Lanes.COUNT) {
            s0 = Lanes.fma(load(x, xFrom + k), load(y, yFrom + k), s0);
        }
        return Lanes.sum(s0.add(s1).add(s2.add(s3)));
    }

    /** {@code y ← y + αx}. */
    static void axpy(double alpha, double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = Lanes.DOUBLES.loopBound(n);
        DoubleVector a = DoubleVector.broadcast(Lanes.DOUBLES, alpha);
        for (int k = 0; k < end; k += Lanes.COUNT) {
            Lanes.fma(a, load(x, xFrom + k), load(y, yFrom + k)).intoArray(y, yFrom + k);
        }
        for (int k = end; k < n; k++) {
            y[yFrom + k] += alpha * x[xFrom + k];
        }
    }

    /** {@code y ← αx}; y may be x. */
    static void scale(double alpha, double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = Lanes.DOUBLES.loopBound(n);
        for (int k = 0; k < end; k += Lanes.COUNT) {
            load(x, xFrom + k).mul(alpha).intoArray(y, yFrom + k);
        }
        for (int k = end; k < n; k++) {
            y[yFrom + k] = alpha * x[xFrom + k];
        }
    }

    /** {@code (x, y) ← (cx - sy, sx + cy)}. */
    static void rotate(double c, double s, double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = Lanes.DOUBLES.loopBound(n);
        for (int k = 0; k < end; k += Lanes.COUNT) {
            DoubleVector xk = load(x, xFrom + k);
            DoubleVector yk = load(y, yFrom + k);
            xk.mul(c).sub(yk.mul(s)).intoArray(x, xFrom + k);
            xk.mul(s).add(yk.mul(c)).intoArray(y, yFrom + k);
        }
        for (int k = end; k < n; k++) {
            double xk = x[xFrom + k];
            double yk = y[yFrom + k];
            x[xFrom + k] = c * xk - s * yk;
            y[yFrom + k] = s * xk + c * yk;
        }
    }

    /** The largest magnitude; 0 for none. */
    static double largest(double[] x, int from, int n) {
        double largest = 0;
        for (int k = from; k < from + n; k++) {
            largest = Math.max(largest, Math.abs(x[k]));
        }
        return largest;
    }

    private static DoubleVector load(double[] array, int index) {
        return fromArray(Lanes.DOUBLES, array, index);
    }
}
