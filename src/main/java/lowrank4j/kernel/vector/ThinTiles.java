package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;
import static lowrank4j.kernel.vector.Lanes.broadcast;
import static lowrank4j.kernel.vector.Lanes.broadcastStream;

import jdk.incubator.vector.DoubleVector;

/**
 * {@code C ← AB} for so few terms that B stays in registers while the rows of A and C stream past: entry (i, p) of A at
 * {@code a0 + i·stride + p}; B and C a vector wide, and the rows of B without gaps. C is written from its first row to its last, so
 * what lies beyond the columns that are wanted may be a part of a later row. For columns that fit it there is the narrower vector of
 * {@link Lanes#STREAM}: twice as many of its broadcasts are loaded at a time.
 */
final class ThinTiles {
    private ThinTiles() {}

    /** One term. */
    static void one(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            broadcast(a[at]).mul(b0).intoArray(c, to);
        }
    }

    /** Two terms. */
    static void two(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            broadcast(a[at + 1]).fma(b1, broadcast(a[at]).mul(b0)).intoArray(c, to);
        }
    }

    /** Three terms. */
    static void three(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        DoubleVector b2 = fromArray(DOUBLES, b, 2 * COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcast(a[at]).mul(b0);
            DoubleVector odd = broadcast(a[at + 1]).mul(b1);
            even = broadcast(a[at + 2]).fma(b2, even);
            even.add(odd).intoArray(c, to);
        }
    }

    /** Four terms. */
    static void four(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        DoubleVector b2 = fromArray(DOUBLES, b, 2 * COUNT);
        DoubleVector b3 = fromArray(DOUBLES, b, 3 * COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcast(a[at]).mul(b0);
            DoubleVector odd = broadcast(a[at + 1]).mul(b1);
            even = broadcast(a[at + 2]).fma(b2, even);
            odd = broadcast(a[at + 3]).fma(b3, odd);
            even.add(odd).intoArray(c, to);
        }
    }

    /** Five terms. */
    static void five(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        DoubleVector b2 = fromArray(DOUBLES, b, 2 * COUNT);
        DoubleVector b3 = fromArray(DOUBLES, b, 3 * COUNT);
        DoubleVector b4 = fromArray(DOUBLES, b, 4 * COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcast(a[at]).mul(b0);
            DoubleVector odd = broadcast(a[at + 1]).mul(b1);
            even = broadcast(a[at + 2]).fma(b2, even);
            odd = broadcast(a[at + 3]).fma(b3, odd);
            even = broadcast(a[at + 4]).fma(b4, even);
            even.add(odd).intoArray(c, to);
        }
    }

    /** Six terms. */
    static void six(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        DoubleVector b2 = fromArray(DOUBLES, b, 2 * COUNT);
        DoubleVector b3 = fromArray(DOUBLES, b, 3 * COUNT);
        DoubleVector b4 = fromArray(DOUBLES, b, 4 * COUNT);
        DoubleVector b5 = fromArray(DOUBLES, b, 5 * COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcast(a[at]).mul(b0);
            DoubleVector odd = broadcast(a[at + 1]).mul(b1);
            even = broadcast(a[at + 2]).fma(b2, even);
            odd = broadcast(a[at + 3]).fma(b3, odd);
            even = broadcast(a[at + 4]).fma(b4, even);
            odd = broadcast(a[at + 5]).fma(b5, odd);
            even.add(odd).intoArray(c, to);
        }
    }

    /** Seven terms. */
    static void seven(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        DoubleVector b2 = fromArray(DOUBLES, b, 2 * COUNT);
        DoubleVector b3 = fromArray(DOUBLES, b, 3 * COUNT);
        DoubleVector b4 = fromArray(DOUBLES, b, 4 * COUNT);
        DoubleVector b5 = fromArray(DOUBLES, b, 5 * COUNT);
        DoubleVector b6 = fromArray(DOUBLES, b, 6 * COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcast(a[at]).mul(b0);
            DoubleVector odd = broadcast(a[at + 1]).mul(b1);
            even = broadcast(a[at + 2]).fma(b2, even);
            odd = broadcast(a[at + 3]).fma(b3, odd);
            even = broadcast(a[at + 4]).fma(b4, even);
            odd = broadcast(a[at + 5]).fma(b5, odd);
            even = broadcast(a[at + 6]).fma(b6, even);
            even.add(odd).intoArray(c, to);
        }
    }

    /** Eight terms. */
    static void eight(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(DOUBLES, b, 0);
        DoubleVector b1 = fromArray(DOUBLES, b, COUNT);
        DoubleVector b2 = fromArray(DOUBLES, b, 2 * COUNT);
        DoubleVector b3 = fromArray(DOUBLES, b, 3 * COUNT);
        DoubleVector b4 = fromArray(DOUBLES, b, 4 * COUNT);
        DoubleVector b5 = fromArray(DOUBLES, b, 5 * COUNT);
        DoubleVector b6 = fromArray(DOUBLES, b, 6 * COUNT);
        DoubleVector b7 = fromArray(DOUBLES, b, 7 * COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcast(a[at]).mul(b0);
            DoubleVector odd = broadcast(a[at + 1]).mul(b1);
            even = broadcast(a[at + 2]).fma(b2, even);
            odd = broadcast(a[at + 3]).fma(b3, odd);
            even = broadcast(a[at + 4]).fma(b4, even);
            odd = broadcast(a[at + 5]).fma(b5, odd);
            even = broadcast(a[at + 6]).fma(b6, even);
            odd = broadcast(a[at + 7]).fma(b7, odd);
            even.add(odd).intoArray(c, to);
        }
    }

    /**
     * Eight terms, for eight numbers a row without gaps in A, B and C, in two vectors of {@link Lanes#STREAM}. With broadcasts for four
     * lanes, which load twice as fast, short chains of sums and no check inside, it takes 0.74 of the time of {@link #eight}; either
     * half of this alone gained a tenth at most.
     */
    static void eightOfEight(double[] a, int a0, int rows, double[] b, double[] c, int c0) {
        DoubleVector l0 = fromArray(STREAM, b, 0);
        DoubleVector r0 = fromArray(STREAM, b, 4);
        DoubleVector l1 = fromArray(STREAM, b, 8);
        DoubleVector r1 = fromArray(STREAM, b, 12);
        DoubleVector l2 = fromArray(STREAM, b, 16);
        DoubleVector r2 = fromArray(STREAM, b, 20);
        DoubleVector l3 = fromArray(STREAM, b, 24);
        DoubleVector r3 = fromArray(STREAM, b, 28);
        DoubleVector l4 = fromArray(STREAM, b, 32);
        DoubleVector r4 = fromArray(STREAM, b, 36);
        DoubleVector l5 = fromArray(STREAM, b, 40);
        DoubleVector r5 = fromArray(STREAM, b, 44);
        DoubleVector l6 = fromArray(STREAM, b, 48);
        DoubleVector r6 = fromArray(STREAM, b, 52);
        DoubleVector l7 = fromArray(STREAM, b, 56);
        DoubleVector r7 = fromArray(STREAM, b, 60);
        for (int i = 0; i < 8 * rows; i += 8) {
            int at = a0 + i;
            DoubleVector x = broadcastStream(a[at]);
            DoubleVector left = x.mul(l0);
            DoubleVector right = x.mul(r0);
            x = broadcastStream(a[at + 1]);
            DoubleVector leftOdd = x.mul(l1);
            DoubleVector rightOdd = x.mul(r1);
            x = broadcastStream(a[at + 2]);
            left = x.fma(l2, left);
            right = x.fma(r2, right);
            x = broadcastStream(a[at + 3]);
            leftOdd = x.fma(l3, leftOdd);
            rightOdd = x.fma(r3, rightOdd);
            x = broadcastStream(a[at + 4]);
            left = x.fma(l4, left);
            right = x.fma(r4, right);
            x = broadcastStream(a[at + 5]);
            leftOdd = x.fma(l5, leftOdd);
            rightOdd = x.fma(r5, rightOdd);
            x = broadcastStream(a[at + 6]);
            left = x.fma(l6, left);
            right = x.fma(r6, right);
            x = broadcastStream(a[at + 7]);
            leftOdd = x.fma(l7, leftOdd);
            rightOdd = x.fma(r7, rightOdd);
            left.add(leftOdd).intoArray(c, c0 + i);
            right.add(rightOdd).intoArray(c, c0 + i + 4);
        }
    }

    /** One term, in a vector of {@link Lanes#STREAM}. */
    static void oneNarrow(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(STREAM, b, 0);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            broadcastStream(a[at]).mul(b0).intoArray(c, to);
        }
    }

    /** Two terms, in a vector of {@link Lanes#STREAM}. */
    static void twoNarrow(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(STREAM, b, 0);
        DoubleVector b1 = fromArray(STREAM, b, STREAM_COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            broadcastStream(a[at + 1]).fma(b1, broadcastStream(a[at]).mul(b0)).intoArray(c, to);
        }
    }

    /** Three terms, in a vector of {@link Lanes#STREAM}. */
    static void threeNarrow(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(STREAM, b, 0);
        DoubleVector b1 = fromArray(STREAM, b, STREAM_COUNT);
        DoubleVector b2 = fromArray(STREAM, b, 2 * STREAM_COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcastStream(a[at]).mul(b0);
            DoubleVector odd = broadcastStream(a[at + 1]).mul(b1);
            even = broadcastStream(a[at + 2]).fma(b2, even);
            even.add(odd).intoArray(c, to);
        }
    }

    /** Four terms, in a vector of {@link Lanes#STREAM}. */
    static void fourNarrow(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC) {
        DoubleVector b0 = fromArray(STREAM, b, 0);
        DoubleVector b1 = fromArray(STREAM, b, STREAM_COUNT);
        DoubleVector b2 = fromArray(STREAM, b, 2 * STREAM_COUNT);
        DoubleVector b3 = fromArray(STREAM, b, 3 * STREAM_COUNT);
        for (int i = 0, at = a0, to = c0; i < rows; i++, at += stride, to += strideC) {
            DoubleVector even = broadcastStream(a[at]).mul(b0);
            DoubleVector odd = broadcastStream(a[at + 1]).mul(b1);
            even = broadcastStream(a[at + 2]).fma(b2, even);
            odd = broadcastStream(a[at + 3]).fma(b3, odd);
            even.add(odd).intoArray(c, to);
        }
    }
}
