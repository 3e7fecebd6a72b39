package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;

/**
 * The loops of {@link Sensing} over rows of doubles. Each is a method of its own with an {@code int} index and
 * offsets computed inside: with a {@code long} index, or in one method, they run several times slower.
 */
final class SensingDoubles {
    private static final long BYTES = 8;

    /**
     * Numbers of each row in one turn of a loop: two vectors. With one, the compiler unrolls the loop itself, into loads that take
     * the rows in an order which no prefetcher follows: 13.4 ms for a read of 200 MB against 10.9 ms.
     */
    private static final int TURN = 2 * Lanes.STREAM_COUNT;

    private SensingDoubles() {}

    /** outᵢ ← ⟨aᵢ, x⟩, {@link Sensing#HEIGHT} rows at a time where {@code height} says so, or one by one. */
    static void products(MemorySegment a, int d, int from, int to, int height, double[] x, double[] out) {
        double[] lanes = Scratch.ofThread().tile;
        int i = from;
        if (height == Sensing.HEIGHT) {
            for (; i <= to - Sensing.HEIGHT; i += Sensing.HEIGHT) {
                products(a, BYTES * d * i, d, x, lanes);
                for (int k = 0; k < Sensing.HEIGHT; k++) {
                    out[i + k] = Lanes.sum(lanes, k * Lanes.STREAM_COUNT, Lanes.STREAM_COUNT)
                            + tail(a, BYTES * d * (i + k), d / TURN * TURN, d, x);
                }
            }
        }
        for (; i < to; i++) {
            out[i] = product(a, BYTES * d * i, d, x);
        }
    }

    /** g ← g + Σ zᵢ aᵢ, {@link Sensing#HEIGHT} rows at a time where {@code height} says so, or one by one. */
    static void combine(MemorySegment a, int d, int from, int to, int height, double[] z, double[] g) {
        int i = from;
        if (height == Sensing.HEIGHT) {
            for (; i <= to - Sensing.HEIGHT; i += Sensing.HEIGHT) {
                addRows(a, BYTES * d * i, d, z, i, g);
            }
        }
        for (; i < to; i++) {
            addRow(a, BYTES * d * i, d, z[i], g);
        }
    }

    /** The lanes of six sums one after the other: folded here they would be too much for the compiler, which leaves them as objects. */
    private static void products(MemorySegment a, long row0, int d, double[] x, double[] lanes) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        long row4 = row3 + BYTES * d;
        long row5 = row4 + BYTES * d;
        int end = d / TURN * TURN;
        DoubleVector s0 = DoubleVector.zero(Lanes.STREAM);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        DoubleVector t0 = s0;
        DoubleVector t1 = s0;
        DoubleVector t2 = s0;
        DoubleVector t3 = s0;
        DoubleVector t4 = s0;
        DoubleVector t5 = s0;
        for (int j = 0; j < end; j += TURN) {
            int j1 = j + Lanes.STREAM_COUNT;
            DoubleVector x0 = DoubleVector.fromArray(Lanes.STREAM, x, j);
            DoubleVector x1 = DoubleVector.fromArray(Lanes.STREAM, x, j1);
            s0 = Lanes.fma(load(a, row0 + BYTES * j), x0, s0);
            t0 = Lanes.fma(load(a, row0 + BYTES * j1), x1, t0);
            s1 = Lanes.fma(load(a, row1 + BYTES * j), x0, s1);
            t1 = Lanes.fma(load(a, row1 + BYTES * j1), x1, t1);
            s2 = Lanes.fma(load(a, row2 + BYTES * j), x0, s2);
            t2 = Lanes.fma(load(a, row2 + BYTES * j1), x1, t2);
            s3 = Lanes.fma(load(a, row3 + BYTES * j), x0, s3);
            t3 = Lanes.fma(load(a, row3 + BYTES * j1), x1, t3);
            s4 = Lanes.fma(load(a, row4 + BYTES * j), x0, s4);
            t4 = Lanes.fma(load(a, row4 + BYTES * j1), x1, t4);
            s5 = Lanes.fma(load(a, row5 + BYTES * j), x0, s5);
            t5 = Lanes.fma(load(a, row5 + BYTES * j1), x1, t5);
        }
        Lanes.exactStream(s0).add(t0).intoArray(lanes, 0);
        Lanes.exactStream(s1).add(t1).intoArray(lanes, Lanes.STREAM_COUNT);
        Lanes.exactStream(s2).add(t2).intoArray(lanes, 2 * Lanes.STREAM_COUNT);
        Lanes.exactStream(s3).add(t3).intoArray(lanes, 3 * Lanes.STREAM_COUNT);
        Lanes.exactStream(s4).add(t4).intoArray(lanes, 4 * Lanes.STREAM_COUNT);
        Lanes.exactStream(s5).add(t5).intoArray(lanes, 5 * Lanes.STREAM_COUNT);
    }

    /** The same sums in the same order as of several rows. */
    private static double product(MemorySegment a, long row, int d, double[] x) {
        int end = d / TURN * TURN;
        DoubleVector s = DoubleVector.zero(Lanes.STREAM);
        DoubleVector t = s;
        for (int j = 0; j < end; j += TURN) {
            int j1 = j + Lanes.STREAM_COUNT;
            s = Lanes.fma(load(a, row + BYTES * j), DoubleVector.fromArray(Lanes.STREAM, x, j), s);
            t = Lanes.fma(load(a, row + BYTES * j1), DoubleVector.fromArray(Lanes.STREAM, x, j1), t);
        }
        return Lanes.streamSum(Lanes.exactStream(s).add(t)) + tail(a, row, end, d, x);
    }

    private static double tail(MemorySegment a, long row, int start, int d, double[] x) {
        double sum = 0;
        for (int j = start; j < d; j++) {
            sum += get(a, row + BYTES * j) * x[j];
        }
        return sum;
    }

    private static void addRows(MemorySegment a, long row0, int d, double[] z, int i, double[] g) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        long row4 = row3 + BYTES * d;
        long row5 = row4 + BYTES * d;
        int end = d / TURN * TURN;
        DoubleVector z0 = Lanes.broadcastStream(z[i]);
        DoubleVector z1 = Lanes.broadcastStream(z[i + 1]);
        DoubleVector z2 = Lanes.broadcastStream(z[i + 2]);
        DoubleVector z3 = Lanes.broadcastStream(z[i + 3]);
        DoubleVector z4 = Lanes.broadcastStream(z[i + 4]);
        DoubleVector z5 = Lanes.broadcastStream(z[i + 5]);
        for (int j = 0; j < end; j += TURN) {
            int j1 = j + Lanes.STREAM_COUNT;
            DoubleVector even0 = Lanes.fma(load(a, row0 + BYTES * j), z0, DoubleVector.fromArray(Lanes.STREAM, g, j));
            DoubleVector odd0 = load(a, row1 + BYTES * j).mul(z1);
            even0 = Lanes.fma(load(a, row2 + BYTES * j), z2, even0);
            odd0 = Lanes.fma(load(a, row3 + BYTES * j), z3, odd0);
            even0 = Lanes.fma(load(a, row4 + BYTES * j), z4, even0);
            odd0 = Lanes.fma(load(a, row5 + BYTES * j), z5, odd0);
            DoubleVector even1 = Lanes.fma(load(a, row0 + BYTES * j1), z0, DoubleVector.fromArray(Lanes.STREAM, g, j1));
            DoubleVector odd1 = load(a, row1 + BYTES * j1).mul(z1);
            even1 = Lanes.fma(load(a, row2 + BYTES * j1), z2, even1);
            odd1 = Lanes.fma(load(a, row3 + BYTES * j1), z3, odd1);
            even1 = Lanes.fma(load(a, row4 + BYTES * j1), z4, even1);
            odd1 = Lanes.fma(load(a, row5 + BYTES * j1), z5, odd1);
            Lanes.exactStream(even0).add(odd0).intoArray(g, j);
            Lanes.exactStream(even1).add(odd1).intoArray(g, j1);
        }
        for (int j = end; j < d; j++) {
            for (int k = 0; k < Sensing.HEIGHT; k++) {
                g[j] += z[i + k] * get(a, row0 + BYTES * d * k + BYTES * j);
            }
        }
    }

    private static void addRow(MemorySegment a, long row, int d, double z, double[] g) {
        int end = Lanes.STREAM.loopBound(d);
        DoubleVector zs = Lanes.broadcastStream(z);
        for (int j = 0; j < end; j += Lanes.STREAM_COUNT) {
            Lanes.fma(load(a, row + BYTES * j), zs, DoubleVector.fromArray(Lanes.STREAM, g, j))
                    .intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            g[j] += z * get(a, row + BYTES * j);
        }
    }

    private static DoubleVector load(MemorySegment a, long offset) {
        return Lanes.exactStream(DoubleVector.fromMemorySegment(Lanes.STREAM, a, offset, Lanes.ORDER));
    }

    private static double get(MemorySegment a, long offset) {
        return a.get(ValueLayout.JAVA_DOUBLE, offset);
    }
}
