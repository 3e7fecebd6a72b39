package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: {@link Tridiagonal}, then implicit QR steps with Wilkinson's shift (Golub and
 * Van Loan, Matrix Computations, 8.3). Eigenvectors are kept in rows of whole vectors, and all rotations of a step pass over them at once.
 */
final class SymmetricEigen {
    private static final double EPS = 0x1p-53;

    /** Below this, in a matrix scaled to entries of about 1, an off-diagonal entry is nothing; its square does not underflow. */
    private static final double NEGLIGIBLE = 1e-130;

    /** Steps for an eigenvalue: two or three are usual. */
    private static final int STEPS = 60;

    private SymmetricEigen() {}

    static void decompose(Matrix s, double[] values, Matrix vectors) {
        int n = s.rows();
        int stride = (n + COUNT - 1) / COUNT * COUNT;
        Scratch scratch = Scratch.ofThread();
        double[] a = scratch.lanesOfX(n * stride);
        double[] rows = scratch.lanesOfGradient(n * stride);
        double[][] lines = scratch.lines(stride);
        double[] diagonal = lines[0];
        double[] offDiagonal = lines[1];
        int exponent = copy(s, a, stride);
        Tridiagonal.reduce(a, n, stride, diagonal, offDiagonal, rows, lines[2], lines[3], lines[4]);
        diagonalise(diagonal, offDiagonal, n, lines[2], lines[3], rows, stride);
        sortInto(diagonal, rows, stride, exponent, values, vectors);
    }

    /** All of S, divided by two to the power that is returned so that its entries are about 1, in rows of {@code stride}. */
    private static int copy(Matrix s, double[] a, int stride) {
        int n = s.rows();
        double[] data = s.data();
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Updates.largest(data, s.rowOffset(i), i + 1));
        }
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        // In two steps: the reciprocal of a subnormal power of two overflows.
        double first = Math.scalb(1.0, -(exponent / 2));
        double second = Math.scalb(1.0, exponent / 2 - exponent);
        for (int i = 0; i < n; i++) {
            int row = s.rowOffset(i);
            for (int j = 0; j <= i; j++) {
                double entry = data[row + j] * first * second;
                a[i * stride + j] = entry;
                a[j * stride + i] = entry;
            }
            Arrays.fill(a, i * stride + n, i * stride + stride, 0);
        }
        return exponent;
    }

    private static void diagonalise(
            double[] diagonal, double[] offDiagonal, int n, double[] c, double[] s, double[] rows, int stride) {
        int steps = 0;
        for (int last = n - 1; last > 0; ) {
            int first = last;
            while (first > 0 && !isNegligible(diagonal, offDiagonal, first - 1)) {
                first--;
            }
            if (first == last) {
                last--;
                steps = 0;
            } else {
                if (++steps > STEPS) {
                    throw new ArithmeticException("symmetricEigen: no convergence at eigenvalue " + last + " of " + n);
                }
                step(diagonal, offDiagonal, first, last, c, s);
                rotate(rows, stride, first, last, c, s);
            }
        }
    }

    private static boolean isNegligible(double[] diagonal, double[] offDiagonal, int k) {
        double size = Math.abs(offDiagonal[k]);
        return size <= NEGLIGIBLE || size <= EPS * (Math.abs(diagonal[k]) + Math.abs(diagonal[k + 1]));
    }

    /**
     * One implicit QR step on the unreduced block first … last: the bulge is chased down by rotations, of rows k and k + 1 by
     * {@code c[k]} and {@code s[k]}.
     */
    private static void step(double[] diagonal, double[] offDiagonal, int first, int last, double[] c, double[] s) {
        double half = (diagonal[last - 1] - diagonal[last]) / 2;
        double corner = offDiagonal[last - 1];
        double length = Math.sqrt(half * half + corner * corner);
        double shift = diagonal[last] - corner * (corner / (half + Math.copySign(length, half)));
        double upper = diagonal[first];
        double off = offDiagonal[first];
        double x = upper - shift;
        double z = off;
        for (int k = first; k < last; k++) {
            double square = x * x + z * z;
            double cosine = 1;
            double sine = 0;
            if (square > NEGLIGIBLE * NEGLIGIBLE) { // otherwise the block falls apart here, and the bulge is nothing
                // The root and the quotient, which take longest, at the same time.
                double reciprocal = Math.sqrt(square) * (1 / square);
                cosine = x * reciprocal;
                sine = z * reciprocal;
            }
            if (k > first) {
                offDiagonal[k - 1] = cosine * x + sine * z;
            }
            double lower = diagonal[k + 1];
            diagonal[k] = cosine * (cosine * upper + sine * off) + sine * (cosine * off + sine * lower);
            x = cosine * sine * (lower - upper) + (cosine - sine) * (cosine + sine) * off;
            upper = sine * (sine * upper - cosine * off) - cosine * (sine * off - cosine * lower);
            z = sine * offDiagonal[k + 1];
            off = cosine * offDiagonal[k + 1];
            c[k] = cosine;
            s[k] = sine;
        }
        offDiagonal[last - 1] = x;
        diagonal[last] = upper;
    }

    /** Rows k and k + 1 become {@code c x + s y} and {@code c y - s x}, one pair after the other. */
    private static void rotate(double[] rows, int stride, int first, int last, double[] c, double[] s) {
        int j = 0;
        for (; j <= stride - 4 * COUNT; j += 4 * COUNT) {
            rotateFour(rows, stride, first, last, c, s, j);
        }
        for (; j < stride; j += COUNT) {
            rotateOne(rows, stride, first, last, c, s, j);
        }
    }

    private static void rotateFour(double[] rows, int stride, int first, int last, double[] c, double[] s, int column) {
        int at = first * stride + column;
        DoubleVector x0 = fromArray(DOUBLES, rows, at);
        DoubleVector x1 = fromArray(DOUBLES, rows, at + COUNT);
        DoubleVector x2 = fromArray(DOUBLES, rows, at + 2 * COUNT);
        DoubleVector x3 = fromArray(DOUBLES, rows, at + 3 * COUNT);
        for (int k = first; k < last; k++) {
            int next = at + stride;
            DoubleVector cosine = broadcast(c[k]);
            DoubleVector sine = broadcast(s[k]);
            DoubleVector minus = broadcast(-s[k]);
            DoubleVector y0 = fromArray(DOUBLES, rows, next);
            DoubleVector y1 = fromArray(DOUBLES, rows, next + COUNT);
            DoubleVector y2 = fromArray(DOUBLES, rows, next + 2 * COUNT);
            DoubleVector y3 = fromArray(DOUBLES, rows, next + 3 * COUNT);
            cosine.fma(x0, sine.mul(y0)).intoArray(rows, at);
            cosine.fma(x1, sine.mul(y1)).intoArray(rows, at + COUNT);
            cosine.fma(x2, sine.mul(y2)).intoArray(rows, at + 2 * COUNT);
            cosine.fma(x3, sine.mul(y3)).intoArray(rows, at + 3 * COUNT);
            x0 = minus.fma(x0, cosine.mul(y0));
            x1 = minus.fma(x1, cosine.mul(y1));
            x2 = minus.fma(x2, cosine.mul(y2));
            x3 = minus.fma(x3, cosine.mul(y3));
            at = next;
        }
        Lanes.exact(x0).intoArray(rows, at);
        Lanes.exact(x1).intoArray(rows, at + COUNT);
        Lanes.exact(x2).intoArray(rows, at + 2 * COUNT);
        Lanes.exact(x3).intoArray(rows, at + 3 * COUNT);
    }

    private static void rotateOne(double[] rows, int stride, int first, int last, double[] c, double[] s, int column) {
        int at = first * stride + column;
        DoubleVector x = fromArray(DOUBLES, rows, at);
        for (int k = first; k < last; k++) {
            DoubleVector cosine = broadcast(c[k]);
            DoubleVector y = fromArray(DOUBLES, rows, at + stride);
            cosine.fma(x, broadcast(s[k]).mul(y)).intoArray(rows, at);
            x = broadcast(-s[k]).fma(x, cosine.mul(y));
            at += stride;
        }
        Lanes.exact(x).intoArray(rows, at);
    }

    /** The largest first; equal ones in the order in which they are. */
    private static void sortInto(
            double[] diagonal, double[] rows, int stride, int exponent, double[] values, Matrix vectors) {
        int n = vectors.rows();
        double[] out = vectors.data();
        for (int k = 0; k < n; k++) {
            int position = 0;
            for (int l = 0; l < n; l++) {
                position += diagonal[l] > diagonal[k] || (diagonal[l] == diagonal[k] && l < k) ? 1 : 0;
            }
            values[position] = Math.scalb(diagonal[k], exponent);
            int at = vectors.offset() + position;
            for (int i = 0; i < n; i++) {
                out[at + i * vectors.stride()] = rows[k * stride + i];
            }
        }
    }
}
