package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Householder tridiagonalisation {@code A = QTQᵀ} (Golub and Van Loan, Matrix Computations, 8.3.1). Rows are whole vectors, padded with
 * zeros, and a reflector has zeros where it does not reach, so that no loop has a tail; products with a symmetric matrix are sums of
 * its rows, so that none adds across lanes.
 */
final class Tridiagonal {
    /** Below this, in a matrix scaled to entries of about 1, a square is nothing. */
    private static final double NEGLIGIBLE = 1e-260;

    private Tridiagonal() {}

    /**
     * T into {@code diagonal} and {@code offDiagonal}, Qᵀ into {@code rows}; the n × stride matrix A, scaled to entries of about 1, is
     * destroyed.
     *
     * @param v scratch space, {@code stride} numbers, as are {@code weights} and {@code sums}
     */
    static void reduce(
            double[] a,
            int n,
            int stride,
            double[] diagonal,
            double[] offDiagonal,
            double[] rows,
            double[] v,
            double[] weights,
            double[] sums) {
        Arrays.fill(rows, 0, n * stride, 0);
        for (int i = 0; i < n; i++) {
            rows[i * stride + i] = 1;
        }
        Arrays.fill(v, 0, stride, 0);
        for (int k = 0; k < n; k++) {
            diagonal[k] = a[k * stride + k];
            v[k] = 0;
            weights[k] = 0;
            int next = k + 1;
            if (next < n) {
                offDiagonal[k] = a[k * stride + next];
            }
            int from = next / COUNT * COUNT;
            double factor = next < n - 1 ? reflector(a, k * stride, next, n, stride, v, offDiagonal) : 0;
            if (factor != 0) {
                for (int i = next; i < n; i++) {
                    weights[i] = factor * v[i];
                }
                sum(rows, stride, next, n, 0, weights, sums);
                subtract(rows, stride, next, n, 0, v, sums);
                sum(a, stride, next, n, from, weights, sums);
                double half = -0.5 * factor * dot(sums, v, from, stride);
                Updates.axpy(half, v, from, sums, from, stride - from);
                subtractBoth(a, stride, next, n, from, v, sums);
            }
        }
    }

    /**
     * The v, with a 1 at {@code next}, of the {@code H = I - factor·vvᵀ} that turns the row from there on into a multiple of a unit
     * vector, which becomes its off-diagonal entry.
     *
     * @return the factor, or 0 where there is nothing to be done
     */
    private static double reflector(
            double[] a, int row, int next, int n, int stride, double[] v, double[] offDiagonal) {
        double first = a[row + next];
        System.arraycopy(a, row + next + 1, v, next + 1, n - next - 1);
        int from = next / COUNT * COUNT;
        v[next] = 0;
        double square = dot(v, v, from, stride);
        if (!(square > NEGLIGIBLE)) {
            return 0;
        }
        double image = -Math.copySign(Math.sqrt(square + first * first), first);
        offDiagonal[next - 1] = image;
        Updates.scale(1 / (first - image), v, from, v, from, stride - from);
        v[next] = 1;
        return (image - first) / image;
    }

    /** {@code Σ xⱼyⱼ} over whole vectors, too few for several sums. */
    private static double dot(double[] x, double[] y, int from, int to) {
        DoubleVector sum = zero(DOUBLES);
        for (int j = from; j < to; j += COUNT) {
            sum = fromArray(DOUBLES, x, j).fma(fromArray(DOUBLES, y, j), sum);
        }
        return Lanes.sum(sum);
    }

    /** {@code sums_j ← Σ weights_i rows_ij} over rows from … to - 1, for the columns from {@code column} on. */
    private static void sum(double[] rows, int stride, int from, int to, int column, double[] weights, double[] sums) {
        int first = from - (to - from) % 2; // an even number of rows: the weight of the one before is zero
        int j = column;
        for (; j <= stride - 2 * COUNT; j += 2 * COUNT) {
            DoubleVector s0 = zero(DOUBLES);
            DoubleVector s1 = s0;
            DoubleVector t0 = s0;
            DoubleVector t1 = s0;
            for (int i = first; i < to; i += 2) {
                int at = i * stride + j;
                DoubleVector w0 = broadcast(weights[i]);
                DoubleVector w1 = broadcast(weights[i + 1]);
                s0 = w0.fma(fromArray(DOUBLES, rows, at), s0);
                s1 = w0.fma(fromArray(DOUBLES, rows, at + COUNT), s1);
                t0 = w1.fma(fromArray(DOUBLES, rows, at + stride), t0);
                t1 = w1.fma(fromArray(DOUBLES, rows, at + stride + COUNT), t1);
            }
            Lanes.exact(s0).add(t0).intoArray(sums, j);
            Lanes.exact(s1).add(t1).intoArray(sums, j + COUNT);
        }
        if (j < stride) {
            DoubleVector s0 = zero(DOUBLES);
            DoubleVector t0 = s0;
            for (int i = first; i < to; i += 2) {
                int at = i * stride + j;
                s0 = broadcast(weights[i]).fma(fromArray(DOUBLES, rows, at), s0);
                t0 = broadcast(weights[i + 1]).fma(fromArray(DOUBLES, rows, at + stride), t0);
            }
            Lanes.exact(s0).add(t0).intoArray(sums, j);
        }
    }

    /** {@code rows_ij ← rows_ij - v_i w_j}, as {@link #sum} goes through them. */
    private static void subtract(double[] rows, int stride, int from, int to, int column, double[] v, double[] w) {
        int j = column;
        for (; j <= stride - 2 * COUNT; j += 2 * COUNT) {
            DoubleVector w0 = fromArray(DOUBLES, w, j);
            DoubleVector w1 = fromArray(DOUBLES, w, j + COUNT);
            for (int i = from; i < to; i++) {
                int at = i * stride + j;
                DoubleVector minus = broadcast(-v[i]);
                minus.fma(w0, fromArray(DOUBLES, rows, at)).intoArray(rows, at);
                minus.fma(w1, fromArray(DOUBLES, rows, at + COUNT)).intoArray(rows, at + COUNT);
            }
        }
        if (j < stride) {
            DoubleVector w0 = fromArray(DOUBLES, w, j);
            for (int i = from; i < to; i++) {
                int at = i * stride + j;
                broadcast(-v[i]).fma(w0, fromArray(DOUBLES, rows, at)).intoArray(rows, at);
            }
        }
    }

    /** {@code rows_ij ← rows_ij - v_i w_j - w_i v_j}, as {@link #sum} goes through them. */
    private static void subtractBoth(double[] rows, int stride, int from, int to, int column, double[] v, double[] w) {
        int j = column;
        for (; j <= stride - 2 * COUNT; j += 2 * COUNT) {
            DoubleVector v0 = fromArray(DOUBLES, v, j);
            DoubleVector v1 = fromArray(DOUBLES, v, j + COUNT);
            DoubleVector w0 = fromArray(DOUBLES, w, j);
            DoubleVector w1 = fromArray(DOUBLES, w, j + COUNT);
            for (int i = from; i < to; i++) {
                int at = i * stride + j;
                DoubleVector minusV = broadcast(-v[i]);
                DoubleVector minusW = broadcast(-w[i]);
                minusW.fma(v0, minusV.fma(w0, fromArray(DOUBLES, rows, at))).intoArray(rows, at);
                minusW.fma(v1, minusV.fma(w1, fromArray(DOUBLES, rows, at + COUNT)))
                        .intoArray(rows, at + COUNT);
            }
        }
        if (j < stride) {
            DoubleVector v0 = fromArray(DOUBLES, v, j);
            DoubleVector w0 = fromArray(DOUBLES, w, j);
            for (int i = from; i < to; i++) {
                int at = i * stride + j;
                DoubleVector minusV = broadcast(-v[i]);
                broadcast(-w[i])
                        .fma(v0, minusV.fma(w0, fromArray(DOUBLES, rows, at)))
                        .intoArray(rows, at);
            }
        }
    }
}
