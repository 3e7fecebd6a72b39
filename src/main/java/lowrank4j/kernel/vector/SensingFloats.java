package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The loops of {@link Sensing} over rows of floats, which become doubles as they are loaded. Each is a method of its own
 * with an {@code int} index and offsets computed inside: with a {@code long} index, or in one method, they run several times
 * slower.
 */
final class SensingFloats {
    private static final long BYTES = 4;

    private SensingFloats() {}

    /** outᵢ ← ⟨aᵢ, x⟩, {@link Sensing#HEIGHT} rows at a time where {@code height} says so, or one by one. */
    static void products(MemorySegment a, int d, int from, int to, int height, double[] x, double[] out) {
        double[] lanes = Scratch.ofThread().tile;
        int i = from;
        if (height == Sensing.HEIGHT) {
            for (; i <= to - Sensing.HEIGHT; i += Sensing.HEIGHT) {
                products(a, BYTES * d * i, d, x, lanes);
                for (int k = 0; k < Sensing.HEIGHT; k++) {
                    out[i + k] = Lanes.sum(lanes, k * Lanes.COUNT, Lanes.COUNT)
                            + tail(a, BYTES * d * (i + k), Lanes.DOUBLES.loopBound(d), d, x);
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

    /** The lanes of six sums one after the other. */
    private static void products(MemorySegment a, long row0, int d, double[] x, double[] lanes) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        long row4 = row3 + BYTES * d;
        long row5 = row4 + BYTES * d;
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector s0 = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        for (int j = 0; j < end; j += Lanes.COUNT) {
            DoubleVector xj = DoubleVector.fromArray(Lanes.DOUBLES, x, j);
            s0 = Lanes.fma(load(a, row0 + BYTES * j), xj, s0);
            s1 = Lanes.fma(load(a, row1 + BYTES * j), xj, s1);
            s2 = Lanes.fma(load(a, row2 + BYTES * j), xj, s2);
            s3 = Lanes.fma(load(a, row3 + BYTES * j), xj, s3);
            s4 = Lanes.fma(load(a, row4 + BYTES * j), xj, s4);
            s5 = Lanes.fma(load(a, row5 + BYTES * j), xj, s5);
        }
        Lanes.exact(s0).intoArray(lanes, 0);
        Lanes.exact(s1).intoArray(lanes, Lanes.COUNT);
        Lanes.exact(s2).intoArray(lanes, 2 * Lanes.COUNT);
        Lanes.exact(s3).intoArray(lanes, 3 * Lanes.COUNT);
        Lanes.exact(s4).intoArray(lanes, 4 * Lanes.COUNT);
        Lanes.exact(s5).intoArray(lanes, 5 * Lanes.COUNT);
    }

    /** The same sums in the same order as of several rows. */
    private static double product(MemorySegment a, long row, int d, double[] x) {
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector s = DoubleVector.zero(Lanes.DOUBLES);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            s = Lanes.fma(load(a, row + BYTES * j), DoubleVector.fromArray(Lanes.DOUBLES, x, j), s);
        }
        return Lanes.sum(s) + tail(a, row, end, d, x);
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
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector z0 = Lanes.broadcast(z[i]);
        DoubleVector z1 = Lanes.broadcast(z[i + 1]);
        DoubleVector z2 = Lanes.broadcast(z[i + 2]);
        DoubleVector z3 = Lanes.broadcast(z[i + 3]);
        DoubleVector z4 = Lanes.broadcast(z[i + 4]);
        DoubleVector z5 = Lanes.broadcast(z[i + 5]);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            DoubleVector even = Lanes.fma(load(a, row0 + BYTES * j), z0, DoubleVector.fromArray(Lanes.DOUBLES, g, j));
            DoubleVector odd = load(a, row1 + BYTES * j).mul(z1);
            even = Lanes.fma(load(a, row2 + BYTES * j), z2, even);
            odd = Lanes.fma(load(a, row3 + BYTES * j), z3, odd);
            even = Lanes.fma(load(a, row4 + BYTES * j), z4, even);
            odd = Lanes.fma(load(a, row5 + BYTES * j), z5, odd);
            Lanes.exact(even).add(odd).intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            for (int k = 0; k < Sensing.HEIGHT; k++) {
                g[j] += z[i + k] * get(a, row0 + BYTES * d * k + BYTES * j);
            }
        }
    }

    private static void addRow(MemorySegment a, long row, int d, double z, double[] g) {
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector zs = Lanes.broadcast(z);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            Lanes.fma(load(a, row + BYTES * j), zs, DoubleVector.fromArray(Lanes.DOUBLES, g, j))
                    .intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            g[j] += z * get(a, row + BYTES * j);
        }
    }

    private static DoubleVector load(MemorySegment a, long offset) {
        return Lanes.exact((DoubleVector) FloatVector.fromMemorySegment(Lanes.FLOATS, a, offset, Lanes.ORDER)
                .convertShape(VectorOperators.F2D, Lanes.DOUBLES, 0));
    }

    private static double get(MemorySegment a, long offset) {
        return a.get(ValueLayout.JAVA_FLOAT, offset);
    }
}
