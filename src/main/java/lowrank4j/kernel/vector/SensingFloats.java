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
        int i = from;
        if (height == Sensing.HEIGHT) {
            for (; i <= to - Sensing.HEIGHT; i += Sensing.HEIGHT) {
                products(a, BYTES * d * i, d, x, out, i);
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

    private static void products(MemorySegment a, long row0, int d, double[] x, double[] out, int i) {
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
        out[i] = Lanes.sum(s0) + tail(a, row0, end, d, x);
        out[i + 1] = Lanes.sum(s1) + tail(a, row1, end, d, x);
        out[i + 2] = Lanes.sum(s2) + tail(a, row2, end, d, x);
        out[i + 3] = Lanes.sum(s3) + tail(a, row3, end, d, x);
        out[i + 4] = Lanes.sum(s4) + tail(a, row4, end, d, x);
        out[i + 5] = Lanes.sum(s5) + tail(a, row5, end, d, x);
    }

    private static double product(MemorySegment a, long row, int d, double[] x) {
        DoubleVector s0 = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int j = 0;
        for (; j <= d - 4 * Lanes.COUNT; j += 4 * Lanes.COUNT) {
            int j1 = j + Lanes.COUNT;
            int j2 = j1 + Lanes.COUNT;
            int j3 = j2 + Lanes.COUNT;
            s0 = Lanes.fma(load(a, row + BYTES * j), DoubleVector.fromArray(Lanes.DOUBLES, x, j), s0);
            s1 = Lanes.fma(load(a, row + BYTES * j1), DoubleVector.fromArray(Lanes.DOUBLES, x, j1), s1);
            s2 = Lanes.fma(load(a, row + BYTES * j2), DoubleVector.fromArray(Lanes.DOUBLES, x, j2), s2);
            s3 = Lanes.fma(load(a, row + BYTES * j3), DoubleVector.fromArray(Lanes.DOUBLES, x, j3), s3);
        }
        for (; j <= d - Lanes.COUNT; j += Lanes.COUNT) {
            s0 = Lanes.fma(load(a, row + BYTES * j), DoubleVector.fromArray(Lanes.DOUBLES, x, j), s0);
        }
        return Lanes.sum(Lanes.exact(s0).add(s1).add(Lanes.exact(s2).add(s3))) + tail(a, row, j, d, x);
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
        DoubleVector z0 = DoubleVector.broadcast(Lanes.DOUBLES, z[i]);
        DoubleVector z1 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 1]);
        DoubleVector z2 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 2]);
        DoubleVector z3 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 3]);
        DoubleVector z4 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 4]);
        DoubleVector z5 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 5]);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            DoubleVector even = Lanes.fma(load(a, row0 + BYTES * j), z0, DoubleVector.fromArray(Lanes.DOUBLES, g, j));
            DoubleVector odd = load(a, row1 + BYTES * j).mul(z1);
            even = Lanes.fma(load(a, row2 + BYTES * j), z2, even);
            odd = Lanes.fma(load(a, row3 + BYTES * j), z3, odd);
            even = Lanes.fma(load(a, row4 + BYTES * j), z4, even);
            odd = Lanes.fma(load(a, row5 + BYTES * j), z5, odd);
            even.add(odd).intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            for (int k = 0; k < Sensing.HEIGHT; k++) {
                g[j] += z[i + k] * get(a, row0 + BYTES * d * k + BYTES * j);
            }
        }
    }

    private static void addRow(MemorySegment a, long row, int d, double z, double[] g) {
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector zs = DoubleVector.broadcast(Lanes.DOUBLES, z);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            Lanes.fma(load(a, row + BYTES * j), zs, DoubleVector.fromArray(Lanes.DOUBLES, g, j))
                    .intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            g[j] += z * get(a, row + BYTES * j);
        }
    }

    private static DoubleVector load(MemorySegment a, long offset) {
        return (DoubleVector) FloatVector.fromMemorySegment(Lanes.FLOATS, a, offset, Lanes.ORDER)
                .convertShape(VectorOperators.F2D, Lanes.DOUBLES, 0);
    }

    private static double get(MemorySegment a, long offset) {
        return a.get(ValueLayout.JAVA_FLOAT, offset);
    }
}
