package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.AllMemory.SEGMENT;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;
import static lowrank4j.kernel.vector.Lanes.broadcast;
import static lowrank4j.kernel.vector.Lanes.broadcastStream;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;

/**
 * The entries of one row for {@link CompletionRecords}, by the number of vectors that hold a row of a factor: l_i and its gradient
 * stay in registers while the records of the columns pass by. Where the residual is to be written stands -y. Each returns the row's
 * Σ residual².
 */
final class CompletionRecordRows {
    private static final long VECTOR = 8L * COUNT;
    private static final long STREAM_VECTOR = 8L * STREAM_COUNT;

    private CompletionRecordRows() {}

    /** One vector of {@link Lanes#STREAM}. */
    static double streamVector(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            double[] l,
            double[] g,
            double[] residual) {
        DoubleVector li = fromArray(STREAM, l, 0);
        DoubleVector gi = fromArray(STREAM, g, 0);
        double loss = 0;
        long first = AllMemory.address(records, 0);
        for (int e = from; e < end; e++) {
            long at = first + Objects.checkIndex(columns[e], count) * (2 * STREAM_VECTOR);
            DoubleVector r = fromMemorySegment(STREAM, SEGMENT, at, ORDER);
            double difference = Lanes.streamSum(r.mul(li)) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcastStream(difference);
            gi = d.fma(r, gi);
            d.fma(li, fromMemorySegment(STREAM, SEGMENT, at + STREAM_VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, at + STREAM_VECTOR, ORDER);
        }
        Lanes.exactStream(gi).intoArray(g, 0);
        return loss;
    }

    static double oneVector(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            double[] l,
            double[] g,
            double[] residual) {
        DoubleVector li = fromArray(DOUBLES, l, 0);
        DoubleVector gi = fromArray(DOUBLES, g, 0);
        double loss = 0;
        long first = AllMemory.address(records, 0);
        for (int e = from; e < end; e++) {
            long at = first + Objects.checkIndex(columns[e], count) * (2 * VECTOR);
            DoubleVector r = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            double difference = Lanes.sum(r.mul(li)) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(difference);
            gi = d.fma(r, gi);
            d.fma(li, fromMemorySegment(DOUBLES, SEGMENT, at + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, at + VECTOR, ORDER);
        }
        Lanes.exact(gi).intoArray(g, 0);
        return loss;
    }

    static double twoVectors(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            double[] l,
            double[] g,
            double[] residual) {
        DoubleVector l0 = fromArray(DOUBLES, l, 0);
        DoubleVector l1 = fromArray(DOUBLES, l, COUNT);
        DoubleVector g0 = fromArray(DOUBLES, g, 0);
        DoubleVector g1 = fromArray(DOUBLES, g, COUNT);
        double loss = 0;
        long first = AllMemory.address(records, 0);
        for (int e = from; e < end; e++) {
            long at = first + Objects.checkIndex(columns[e], count) * (4 * VECTOR);
            DoubleVector r0 = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            DoubleVector r1 = fromMemorySegment(DOUBLES, SEGMENT, at + VECTOR, ORDER);
            double difference = Lanes.sum(r0.fma(l0, r1.mul(l1))) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            long sum = at + 2 * VECTOR;
            d.fma(l0, fromMemorySegment(DOUBLES, SEGMENT, sum, ORDER)).intoMemorySegment(SEGMENT, sum, ORDER);
            d.fma(l1, fromMemorySegment(DOUBLES, SEGMENT, sum + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, sum + VECTOR, ORDER);
        }
        Lanes.exact(g0).intoArray(g, 0);
        Lanes.exact(g1).intoArray(g, COUNT);
        return loss;
    }

    static double threeVectors(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            double[] l,
            double[] g,
            double[] residual) {
        DoubleVector l0 = fromArray(DOUBLES, l, 0);
        DoubleVector l1 = fromArray(DOUBLES, l, COUNT);
        DoubleVector l2 = fromArray(DOUBLES, l, 2 * COUNT);
        DoubleVector g0 = fromArray(DOUBLES, g, 0);
        DoubleVector g1 = fromArray(DOUBLES, g, COUNT);
        DoubleVector g2 = fromArray(DOUBLES, g, 2 * COUNT);
        double loss = 0;
        long first = AllMemory.address(records, 0);
        for (int e = from; e < end; e++) {
            long at = first + Objects.checkIndex(columns[e], count) * (6 * VECTOR);
            DoubleVector r0 = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            DoubleVector r1 = fromMemorySegment(DOUBLES, SEGMENT, at + VECTOR, ORDER);
            DoubleVector r2 = fromMemorySegment(DOUBLES, SEGMENT, at + 2 * VECTOR, ORDER);
            double difference = Lanes.sum(r0.fma(l0, r1.fma(l1, r2.mul(l2)))) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            g2 = d.fma(r2, g2);
            long sum = at + 3 * VECTOR;
            d.fma(l0, fromMemorySegment(DOUBLES, SEGMENT, sum, ORDER)).intoMemorySegment(SEGMENT, sum, ORDER);
            d.fma(l1, fromMemorySegment(DOUBLES, SEGMENT, sum + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, sum + VECTOR, ORDER);
            d.fma(l2, fromMemorySegment(DOUBLES, SEGMENT, sum + 2 * VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, sum + 2 * VECTOR, ORDER);
        }
        Lanes.exact(g0).intoArray(g, 0);
        Lanes.exact(g1).intoArray(g, COUNT);
        Lanes.exact(g2).intoArray(g, 2 * COUNT);
        return loss;
    }

    static double fourVectors(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            double[] l,
            double[] g,
            double[] residual) {
        DoubleVector l0 = fromArray(DOUBLES, l, 0);
        DoubleVector l1 = fromArray(DOUBLES, l, COUNT);
        DoubleVector l2 = fromArray(DOUBLES, l, 2 * COUNT);
        DoubleVector l3 = fromArray(DOUBLES, l, 3 * COUNT);
        DoubleVector g0 = fromArray(DOUBLES, g, 0);
        DoubleVector g1 = fromArray(DOUBLES, g, COUNT);
        DoubleVector g2 = fromArray(DOUBLES, g, 2 * COUNT);
        DoubleVector g3 = fromArray(DOUBLES, g, 3 * COUNT);
        double loss = 0;
        long first = AllMemory.address(records, 0);
        for (int e = from; e < end; e++) {
            long at = first + Objects.checkIndex(columns[e], count) * (8 * VECTOR);
            DoubleVector r0 = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            DoubleVector r1 = fromMemorySegment(DOUBLES, SEGMENT, at + VECTOR, ORDER);
            DoubleVector r2 = fromMemorySegment(DOUBLES, SEGMENT, at + 2 * VECTOR, ORDER);
            DoubleVector r3 = fromMemorySegment(DOUBLES, SEGMENT, at + 3 * VECTOR, ORDER);
            DoubleVector even = r0.fma(l0, r2.mul(l2));
            DoubleVector odd = r1.fma(l1, r3.mul(l3));
            double difference = Lanes.sum(even.add(odd)) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            g2 = d.fma(r2, g2);
            g3 = d.fma(r3, g3);
            long sum = at + 4 * VECTOR;
            d.fma(l0, fromMemorySegment(DOUBLES, SEGMENT, sum, ORDER)).intoMemorySegment(SEGMENT, sum, ORDER);
            d.fma(l1, fromMemorySegment(DOUBLES, SEGMENT, sum + VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, sum + VECTOR, ORDER);
            d.fma(l2, fromMemorySegment(DOUBLES, SEGMENT, sum + 2 * VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, sum + 2 * VECTOR, ORDER);
            d.fma(l3, fromMemorySegment(DOUBLES, SEGMENT, sum + 3 * VECTOR, ORDER))
                    .intoMemorySegment(SEGMENT, sum + 3 * VECTOR, ORDER);
        }
        Lanes.exact(g0).intoArray(g, 0);
        Lanes.exact(g1).intoArray(g, COUNT);
        Lanes.exact(g2).intoArray(g, 2 * COUNT);
        Lanes.exact(g3).intoArray(g, 3 * COUNT);
        return loss;
    }
}
