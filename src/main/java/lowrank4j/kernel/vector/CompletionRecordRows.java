package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * The entries of one row of {@link CompletionRecords#gradient}, by the number of vectors that hold a row of a factor: l_i and its
 * gradient stay in registers while the records of the columns pass by. Where there is no y, {@code residual} holds it before.
 *
 * <p>What these loops address is kept to so few arrays that the compiler keeps all addresses in registers: it moves what is too much
 * into a register of vectors and back each time round,
 * and an entry of rank 8 then took 4.5 ns instead of 3.0.
 */
final class CompletionRecordRows {
    private static final int BYTES = 8 * STREAM_COUNT;

    private CompletionRecordRows() {}

    static void oneVector(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            double[] l,
            double[] g,
            double[] y,
            double[] residual) {
        DoubleVector l0 = fromArray(STREAM, l, 0);
        DoubleVector g0 = fromArray(STREAM, g, 0);
        for (int e = from; e < end; e++) {
            int at = columns[e] * 2 * BYTES;
            DoubleVector r0 = fromMemorySegment(STREAM, records, at, ORDER);
            double difference = Lanes.streamSum(r0.mul(l0)) - y[e];
            residual[e] = difference;
            DoubleVector d = broadcast(STREAM, difference);
            g0 = d.fma(r0, g0);
            DoubleVector new0 = d.fma(l0, fromMemorySegment(STREAM, records, at + BYTES, ORDER));
            new0.intoMemorySegment(records, at + BYTES, ORDER);
        }
        Lanes.exactStream(g0).intoArray(g, 0);
    }

    static void twoVectors(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector l0 = fromArray(STREAM, l, 0);
        DoubleVector l1 = fromArray(STREAM, l, STREAM_COUNT);
        DoubleVector g0 = fromArray(STREAM, g, 0);
        DoubleVector g1 = fromArray(STREAM, g, STREAM_COUNT);
        for (int e = from; e < end; e++) {
            int at = columns[e] * 4 * BYTES;
            DoubleVector r0 = fromMemorySegment(STREAM, records, at, ORDER);
            DoubleVector r1 = fromMemorySegment(STREAM, records, at + BYTES, ORDER);
            double difference = Lanes.streamSum(r0.fma(l0, r1.mul(l1))) - residual[e];
            residual[e] = difference;
            DoubleVector d = broadcast(STREAM, difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            DoubleVector new0 = d.fma(l0, fromMemorySegment(STREAM, records, at + 2 * BYTES, ORDER));
            DoubleVector new1 = d.fma(l1, fromMemorySegment(STREAM, records, at + 3 * BYTES, ORDER));
            new0.intoMemorySegment(records, at + 2 * BYTES, ORDER);
            new1.intoMemorySegment(records, at + 3 * BYTES, ORDER);
        }
        Lanes.exactStream(g0).intoArray(g, 0);
        Lanes.exactStream(g1).intoArray(g, STREAM_COUNT);
    }

    static void threeVectors(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector l0 = fromArray(STREAM, l, 0);
        DoubleVector l1 = fromArray(STREAM, l, STREAM_COUNT);
        DoubleVector l2 = fromArray(STREAM, l, 2 * STREAM_COUNT);
        DoubleVector g0 = fromArray(STREAM, g, 0);
        DoubleVector g1 = fromArray(STREAM, g, STREAM_COUNT);
        DoubleVector g2 = fromArray(STREAM, g, 2 * STREAM_COUNT);
        for (int e = from; e < end; e++) {
            int at = columns[e] * 6 * BYTES;
            DoubleVector r0 = fromMemorySegment(STREAM, records, at, ORDER);
            DoubleVector r1 = fromMemorySegment(STREAM, records, at + BYTES, ORDER);
            DoubleVector r2 = fromMemorySegment(STREAM, records, at + 2 * BYTES, ORDER);
            double difference = Lanes.streamSum(r0.fma(l0, r1.mul(l1)).add(r2.mul(l2))) - residual[e];
            residual[e] = difference;
            DoubleVector d = broadcast(STREAM, difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            g2 = d.fma(r2, g2);
            DoubleVector new0 = d.fma(l0, fromMemorySegment(STREAM, records, at + 3 * BYTES, ORDER));
            DoubleVector new1 = d.fma(l1, fromMemorySegment(STREAM, records, at + 4 * BYTES, ORDER));
            DoubleVector new2 = d.fma(l2, fromMemorySegment(STREAM, records, at + 5 * BYTES, ORDER));
            new0.intoMemorySegment(records, at + 3 * BYTES, ORDER);
            new1.intoMemorySegment(records, at + 4 * BYTES, ORDER);
            new2.intoMemorySegment(records, at + 5 * BYTES, ORDER);
        }
        Lanes.exactStream(g0).intoArray(g, 0);
        Lanes.exactStream(g1).intoArray(g, STREAM_COUNT);
        Lanes.exactStream(g2).intoArray(g, 2 * STREAM_COUNT);
    }

    static void fourVectors(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector l0 = fromArray(STREAM, l, 0);
        DoubleVector l1 = fromArray(STREAM, l, STREAM_COUNT);
        DoubleVector l2 = fromArray(STREAM, l, 2 * STREAM_COUNT);
        DoubleVector l3 = fromArray(STREAM, l, 3 * STREAM_COUNT);
        DoubleVector g0 = fromArray(STREAM, g, 0);
        DoubleVector g1 = fromArray(STREAM, g, STREAM_COUNT);
        DoubleVector g2 = fromArray(STREAM, g, 2 * STREAM_COUNT);
        DoubleVector g3 = fromArray(STREAM, g, 3 * STREAM_COUNT);
        for (int e = from; e < end; e++) {
            int at = columns[e] * 8 * BYTES;
            DoubleVector r0 = fromMemorySegment(STREAM, records, at, ORDER);
            DoubleVector r1 = fromMemorySegment(STREAM, records, at + BYTES, ORDER);
            DoubleVector r2 = fromMemorySegment(STREAM, records, at + 2 * BYTES, ORDER);
            DoubleVector r3 = fromMemorySegment(STREAM, records, at + 3 * BYTES, ORDER);
            double difference = Lanes.streamSum(r0.fma(l0, r1.mul(l1)).add(r2.fma(l2, r3.mul(l3)))) - residual[e];
            residual[e] = difference;
            DoubleVector d = broadcast(STREAM, difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            g2 = d.fma(r2, g2);
            g3 = d.fma(r3, g3);
            DoubleVector new0 = d.fma(l0, fromMemorySegment(STREAM, records, at + 4 * BYTES, ORDER));
            DoubleVector new1 = d.fma(l1, fromMemorySegment(STREAM, records, at + 5 * BYTES, ORDER));
            DoubleVector new2 = d.fma(l2, fromMemorySegment(STREAM, records, at + 6 * BYTES, ORDER));
            DoubleVector new3 = d.fma(l3, fromMemorySegment(STREAM, records, at + 7 * BYTES, ORDER));
            new0.intoMemorySegment(records, at + 4 * BYTES, ORDER);
            new1.intoMemorySegment(records, at + 5 * BYTES, ORDER);
            new2.intoMemorySegment(records, at + 6 * BYTES, ORDER);
            new3.intoMemorySegment(records, at + 7 * BYTES, ORDER);
        }
        Lanes.exactStream(g0).intoArray(g, 0);
        Lanes.exactStream(g1).intoArray(g, STREAM_COUNT);
        Lanes.exactStream(g2).intoArray(g, 2 * STREAM_COUNT);
        Lanes.exactStream(g3).intoArray(g, 3 * STREAM_COUNT);
    }
}
