package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;

/** Operations on stretches of arrays: {@code x[xFrom … xFrom + n - 1]} and the like, and on matrices within them. */
final class Updates {
    private Updates() {}

    /** {@code Σ xₖyₖ}. */
    static double dot(double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = DOUBLES.loopBound(n);
        double sum = end == 0 ? 0 : dotBlocks(x, xFrom, y, yFrom, end);
        for (int k = end; k < n; k++) {
            sum += x[xFrom + k] * y[yFrom + k];
        }
        return sum;
    }

    private static double dotBlocks(double[] x, int xFrom, double[] y, int yFrom, int n) {
        DoubleVector s0 = zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int k = 0;
        for (; k <= n - 4 * COUNT; k += 4 * COUNT) {
            s0 = fromArray(DOUBLES, x, xFrom + k).fma(fromArray(DOUBLES, y, yFrom + k), s0);
            s1 = fromArray(DOUBLES, x, xFrom + k + COUNT).fma(fromArray(DOUBLES, y, yFrom + k + COUNT), s1);
            s2 = fromArray(DOUBLES, x, xFrom + k + 2 * COUNT).fma(fromArray(DOUBLES, y, yFrom + k + 2 * COUNT), s2);
            s3 = fromArray(DOUBLES, x, xFrom + k + 3 * COUNT).fma(fromArray(DOUBLES, y, yFrom + k + 3 * COUNT), s3);
        }
        for (; k < n; k += COUNT) {
            s0 = fromArray(DOUBLES, x, xFrom + k).fma(fromArray(DOUBLES, y, yFrom + k), s0);
        }
        return Lanes.sum(Lanes.exact(s0).add(s1).add(Lanes.exact(s2).add(s3)));
    }

    /** {@code y ← y + αx}. */
    static void axpy(double alpha, double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = DOUBLES.loopBound(n);
        DoubleVector a = broadcast(alpha);
        for (int k = 0; k < end; k += COUNT) {
            fromArray(DOUBLES, x, xFrom + k)
                    .fma(a, fromArray(DOUBLES, y, yFrom + k))
                    .intoArray(y, yFrom + k);
        }
        for (int k = end; k < n; k++) {
            y[yFrom + k] += alpha * x[xFrom + k];
        }
    }

    /** {@code y ← αx}; y may be x. */
    static void scale(double alpha, double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = DOUBLES.loopBound(n);
        for (int k = 0; k < end; k += COUNT) {
            fromArray(DOUBLES, x, xFrom + k).mul(alpha).intoArray(y, yFrom + k);
        }
        for (int k = end; k < n; k++) {
            y[yFrom + k] = alpha * x[xFrom + k];
        }
    }

    /** {@code (x, y) ← (cx - sy, sx + cy)}. */
    static void rotate(double c, double s, double[] x, int xFrom, double[] y, int yFrom, int n) {
        int end = DOUBLES.loopBound(n);
        for (int k = 0; k < end; k += COUNT) {
            DoubleVector xk = fromArray(DOUBLES, x, xFrom + k);
            DoubleVector yk = fromArray(DOUBLES, y, yFrom + k);
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

    /** {@code to_ji ← from_ij} for matrices of rows {@code stride} and {@code strideTo} numbers apart; the longer loop is inside. */
    static void transpose(
            double[] from, int from0, int stride, int rows, int columns, double[] to, int to0, int strideTo) {
        if (rows > columns) {
            for (int j = 0; j < columns; j++) {
                for (int i = 0; i < rows; i++) {
                    to[to0 + j * strideTo + i] = from[from0 + i * stride + j];
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    to[to0 + j * strideTo + i] = from[from0 + i * stride + j];
                }
            }
        }
    }
}
