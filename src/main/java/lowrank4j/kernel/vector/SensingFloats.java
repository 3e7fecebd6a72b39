package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import lowrank4j.matrix.DenseRows;

/** Dense sensing on rows of floats, accumulated as doubles. */
final class SensingFloats {
    private static final long BYTES = 4;

    private SensingFloats() {}

    static void forward(DenseRows rows, int from, int to, double[] x, double[] out) {
        int i = from;
        for (; i + 4 <= to; i += 4) {
            products(rows.segment(), rows.byteOffset(i), rows.width(), x, out, i);
        }
        for (; i < to; i++) {
            out[i] = product(rows.segment(), rows.byteOffset(i), rows.width(), x);
        }
    }

    static void adjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        int i = from;
        for (; i + 4 <= to; i += 4) {
            update(rows.segment(), rows.byteOffset(i), rows.width(), z, i, g);
        }
        for (; i < to; i++) {
            update(rows.segment(), rows.byteOffset(i), rows.width(), z[i], g);
        }
    }

    static double gradient(DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        double loss = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            products(rows.segment(), rows.byteOffset(i), rows.width(), x, residual, i);
            for (int k = i; k < i + 4; k++) {
                residual[k] -= y[k];
                loss += residual[k] * residual[k];
            }
            update(rows.segment(), rows.byteOffset(i), rows.width(), residual, i, g);
        }
        for (; i < to; i++) {
            residual[i] = product(rows.segment(), rows.byteOffset(i), rows.width(), x) - y[i];
            loss += residual[i] * residual[i];
            update(rows.segment(), rows.byteOffset(i), rows.width(), residual[i], g);
        }
        return loss;
    }

    private static void products(MemorySegment a, long row0, int d, double[] x, double[] out, int i) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector s0 = DoubleVector.zero(Lanes.DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int j = 0; j < end; j += Lanes.COUNT) {
            DoubleVector xj = DoubleVector.fromArray(Lanes.DOUBLES, x, j);
            s0 = Lanes.fma(load(a, row0 + BYTES * j), xj, s0);
            s1 = Lanes.fma(load(a, row1 + BYTES * j), xj, s1);
            s2 = Lanes.fma(load(a, row2 + BYTES * j), xj, s2);
            s3 = Lanes.fma(load(a, row3 + BYTES * j), xj, s3);
        }
        out[i] = Lanes.sum(s0) + tail(a, row0, end, d, x);
        out[i + 1] = Lanes.sum(s1) + tail(a, row1, end, d, x);
        out[i + 2] = Lanes.sum(s2) + tail(a, row2, end, d, x);
        out[i + 3] = Lanes.sum(s3) + tail(a, row3, end, d, x);
    }

    private static double product(MemorySegment a, long row, int d, double[] x) {
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector sum = DoubleVector.zero(Lanes.DOUBLES);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            sum = Lanes.fma(load(a, row + BYTES * j), DoubleVector.fromArray(Lanes.DOUBLES, x, j), sum);
        }
        return Lanes.sum(sum) + tail(a, row, end, d, x);
    }

    private static double tail(MemorySegment a, long row, int start, int d, double[] x) {
        double sum = 0;
        for (int j = start; j < d; j++) {
            sum += get(a, row + BYTES * j) * x[j];
        }
        return sum;
    }

    private static void update(MemorySegment a, long row0, int d, double[] z, int i, double[] g) {
        long row1 = row0 + BYTES * d;
        long row2 = row1 + BYTES * d;
        long row3 = row2 + BYTES * d;
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector z0 = DoubleVector.broadcast(Lanes.DOUBLES, z[i]);
        DoubleVector z1 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 1]);
        DoubleVector z2 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 2]);
        DoubleVector z3 = DoubleVector.broadcast(Lanes.DOUBLES, z[i + 3]);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            DoubleVector even = Lanes.fma(load(a, row0 + BYTES * j), z0, DoubleVector.fromArray(Lanes.DOUBLES, g, j));
            DoubleVector odd = load(a, row1 + BYTES * j).mul(z1);
            even = Lanes.fma(load(a, row2 + BYTES * j), z2, even);
            odd = Lanes.fma(load(a, row3 + BYTES * j), z3, odd);
            even.add(odd).intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            g[j] += get(a, row0 + BYTES * j) * z[i]
                    + get(a, row1 + BYTES * j) * z[i + 1]
                    + get(a, row2 + BYTES * j) * z[i + 2]
                    + get(a, row3 + BYTES * j) * z[i + 3];
        }
    }

    private static void update(MemorySegment a, long row, int d, double z, double[] g) {
        int end = Lanes.DOUBLES.loopBound(d);
        DoubleVector zs = DoubleVector.broadcast(Lanes.DOUBLES, z);
        for (int j = 0; j < end; j += Lanes.COUNT) {
            Lanes.fma(load(a, row + BYTES * j), zs, DoubleVector.fromArray(Lanes.DOUBLES, g, j))
                    .intoArray(g, j);
        }
        for (int j = end; j < d; j++) {
            g[j] += get(a, row + BYTES * j) * z;
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
