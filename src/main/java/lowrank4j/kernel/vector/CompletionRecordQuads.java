package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.AllMemory.SEGMENT;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;

/**
 * The entries of one row for {@link CompletionRecords} of more than four vectors, an even number: four entries at a time, so that four records are on
 * their way from the caches at once; of each two vectors a turn, since with one the compiler unrolls the loop and mixes up the order of
 * the records. As in {@link CompletionRecordRows}, -y stands where the residual is to be written.
 */
final class CompletionRecordQuads {
    private static final int VECTOR = 8 * COUNT;

    private CompletionRecordQuads() {}

    /** Returns the row's Σ residual². */
    static double addRow(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            int width,
            double[] l,
            double[] g,
            double[] residual) {
        int half = 8 * width;
        long record = 2L * half;
        long first = records.address();
        double loss = 0;
        int e = from;
        for (; e <= end - 4; e += 4) {
            long a0 = first + Objects.checkIndex(columns[e], count) * record;
            long a1 = first + Objects.checkIndex(columns[e + 1], count) * record;
            long a2 = first + Objects.checkIndex(columns[e + 2], count) * record;
            long a3 = first + Objects.checkIndex(columns[e + 3], count) * record;
            addProducts(a0, a1, a2, a3, half, l, residual, e);
            for (int k = e; k < e + 4; k++) {
                loss += residual[k] * residual[k];
            }
            addRights(a0, a1, a2, a3, half, g, residual, e);
            addLeft(a0 + half, a1 + half, a2 + half, a3 + half, half, l, residual, e);
        }
        for (; e < end; e++) {
            long at = first + Objects.checkIndex(columns[e], count) * record;
            residual[e] += product(at, half, l);
            loss += residual[e] * residual[e];
            addOne(at, half, l, g, residual[e]);
        }
        return loss;
    }

    /** residual ← residual + ⟨l, r⟩ of four entries. */
    private static void addProducts(
            long a0, long a1, long a2, long a3, int half, double[] l, double[] residual, int e) {
        a0 = AllMemory.address(a0);
        a1 = AllMemory.address(a1);
        a2 = AllMemory.address(a2);
        a3 = AllMemory.address(a3);
        DoubleVector s0 = zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int k = 0; k < half; k += 2 * VECTOR) {
            DoubleVector x = fromArray(DOUBLES, l, k / 8);
            DoubleVector y = fromArray(DOUBLES, l, k / 8 + COUNT);
            s0 = fromMemorySegment(DOUBLES, SEGMENT, a0 + k, ORDER).fma(x, s0);
            s0 = fromMemorySegment(DOUBLES, SEGMENT, a0 + k + VECTOR, ORDER).fma(y, s0);
            s1 = fromMemorySegment(DOUBLES, SEGMENT, a1 + k, ORDER).fma(x, s1);
            s1 = fromMemorySegment(DOUBLES, SEGMENT, a1 + k + VECTOR, ORDER).fma(y, s1);
            s2 = fromMemorySegment(DOUBLES, SEGMENT, a2 + k, ORDER).fma(x, s2);
            s2 = fromMemorySegment(DOUBLES, SEGMENT, a2 + k + VECTOR, ORDER).fma(y, s2);
            s3 = fromMemorySegment(DOUBLES, SEGMENT, a3 + k, ORDER).fma(x, s3);
            s3 = fromMemorySegment(DOUBLES, SEGMENT, a3 + k + VECTOR, ORDER).fma(y, s3);
        }
        residual[e] += Lanes.sum(s0);
        residual[e + 1] += Lanes.sum(s1);
        residual[e + 2] += Lanes.sum(s2);
        residual[e + 3] += Lanes.sum(s3);
    }

    /** g ← g + Σ z r over four entries. */
    private static void addRights(long a0, long a1, long a2, long a3, int half, double[] g, double[] z, int e) {
        a0 = AllMemory.address(a0);
        a1 = AllMemory.address(a1);
        a2 = AllMemory.address(a2);
        a3 = AllMemory.address(a3);
        DoubleVector z0 = broadcast(z[e]);
        DoubleVector z1 = broadcast(z[e + 1]);
        DoubleVector z2 = broadcast(z[e + 2]);
        DoubleVector z3 = broadcast(z[e + 3]);
        for (int k = 0; k < half; k += 2 * VECTOR) {
            DoubleVector x = fromArray(DOUBLES, g, k / 8);
            DoubleVector y = fromArray(DOUBLES, g, k / 8 + COUNT);
            x = fromMemorySegment(DOUBLES, SEGMENT, a0 + k, ORDER).fma(z0, x);
            y = fromMemorySegment(DOUBLES, SEGMENT, a0 + k + VECTOR, ORDER).fma(z0, y);
            x = fromMemorySegment(DOUBLES, SEGMENT, a1 + k, ORDER).fma(z1, x);
            y = fromMemorySegment(DOUBLES, SEGMENT, a1 + k + VECTOR, ORDER).fma(z1, y);
            x = fromMemorySegment(DOUBLES, SEGMENT, a2 + k, ORDER).fma(z2, x);
            y = fromMemorySegment(DOUBLES, SEGMENT, a2 + k + VECTOR, ORDER).fma(z2, y);
            fromMemorySegment(DOUBLES, SEGMENT, a3 + k, ORDER).fma(z3, x).intoArray(g, k / 8);
            fromMemorySegment(DOUBLES, SEGMENT, a3 + k + VECTOR, ORDER)
                    .fma(z3, y)
                    .intoArray(g, k / 8 + COUNT);
        }
    }

    /** What each record holds of the right gradient ← itself + z l, for four entries. */
    private static void addLeft(long a0, long a1, long a2, long a3, int half, double[] l, double[] z, int e) {
        a0 = AllMemory.address(a0);
        a1 = AllMemory.address(a1);
        a2 = AllMemory.address(a2);
        a3 = AllMemory.address(a3);
        DoubleVector z0 = broadcast(z[e]);
        DoubleVector z1 = broadcast(z[e + 1]);
        DoubleVector z2 = broadcast(z[e + 2]);
        DoubleVector z3 = broadcast(z[e + 3]);
        for (int k = 0; k < half; k += 2 * VECTOR) {
            DoubleVector x = fromArray(DOUBLES, l, k / 8);
            DoubleVector y = fromArray(DOUBLES, l, k / 8 + COUNT);
            x.fma(z0, fromMemorySegment(DOUBLES, SEGMENT, a0 + k, ORDER)).intoMemorySegment(SEGMENT, a0 + k, ORDER);
            y.fma(z0, fromMemorySegment(DOUBLES, SEGMENT, a0 + k + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, a0 + k + VECTOR, ORDER);
            x.fma(z1, fromMemorySegment(DOUBLES, SEGMENT, a1 + k, ORDER)).intoMemorySegment(SEGMENT, a1 + k, ORDER);
            y.fma(z1, fromMemorySegment(DOUBLES, SEGMENT, a1 + k + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, a1 + k + VECTOR, ORDER);
            x.fma(z2, fromMemorySegment(DOUBLES, SEGMENT, a2 + k, ORDER)).intoMemorySegment(SEGMENT, a2 + k, ORDER);
            y.fma(z2, fromMemorySegment(DOUBLES, SEGMENT, a2 + k + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, a2 + k + VECTOR, ORDER);
            x.fma(z3, fromMemorySegment(DOUBLES, SEGMENT, a3 + k, ORDER)).intoMemorySegment(SEGMENT, a3 + k, ORDER);
            y.fma(z3, fromMemorySegment(DOUBLES, SEGMENT, a3 + k + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, a3 + k + VECTOR, ORDER);
        }
    }

    private static double product(long at, int half, double[] l) {
        at = AllMemory.address(at);
        DoubleVector even = zero(DOUBLES);
        DoubleVector odd = even;
        for (int k = 0; k < half; k += 2 * VECTOR) {
            even = fromMemorySegment(DOUBLES, SEGMENT, at + k, ORDER).fma(fromArray(DOUBLES, l, k / 8), even);
            odd = fromMemorySegment(DOUBLES, SEGMENT, at + k + VECTOR, ORDER)
                    .fma(fromArray(DOUBLES, l, k / 8 + COUNT), odd);
        }
        return Lanes.sum(Lanes.exact(even).add(odd));
    }

    private static void addOne(long at, int half, double[] l, double[] g, double residual) {
        at = AllMemory.address(at);
        DoubleVector z = broadcast(residual);
        for (int k = 0; k < half; k += VECTOR) {
            fromMemorySegment(DOUBLES, SEGMENT, at + k, ORDER)
                    .fma(z, fromArray(DOUBLES, g, k / 8))
                    .intoArray(g, k / 8);
            fromArray(DOUBLES, l, k / 8)
                    .fma(z, fromMemorySegment(DOUBLES, SEGMENT, at + half + k, ORDER))
                    .intoMemorySegment(SEGMENT, at + half + k, ORDER);
        }
    }
}
