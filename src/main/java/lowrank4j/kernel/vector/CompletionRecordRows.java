package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * The entries of one row for {@link CompletionRecords}, by the number of vectors that hold a row of a factor: l_i and its gradient
 * stay in registers while the records of the columns pass by. Where the residual is to be written stands -y. Each returns the row's
 * Σ residual².
 */
final class CompletionRecordRows {
    private static final int VECTOR = 8 * COUNT;
    private static final int STREAM_VECTOR = 8 * STREAM_COUNT;

    private CompletionRecordRows() {}

    /** One vector of {@link Lanes#STREAM}. */
    static double streamVector(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector li = fromArray(STREAM, l, 0);
        DoubleVector gi = fromArray(STREAM, g, 0);
        double loss = 0;
        for (int e = from; e < end; e++) {
            int at = columns[e] * (2 * STREAM_VECTOR);
            DoubleVector r = fromMemorySegment(STREAM, records, at, ORDER);
            double difference = Lanes.streamSum(r.mul(li)) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(STREAM, difference);
            gi = d.fma(r, gi);
            d.fma(li, fromMemorySegment(STREAM, records, at + STREAM_VECTOR, ORDER))
                    .intoMemorySegment(records, at + STREAM_VECTOR, ORDER);
        }
        Lanes.exactStream(gi).intoArray(g, 0);
        return loss;
    }

    static double twoVectors(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector l0 = fromArray(DOUBLES, l, 0);
        DoubleVector l1 = fromArray(DOUBLES, l, COUNT);
        DoubleVector g0 = fromArray(DOUBLES, g, 0);
        DoubleVector g1 = fromArray(DOUBLES, g, COUNT);
        double loss = 0;
        for (int e = from; e < end; e++) {
            int at = columns[e] * (4 * VECTOR);
            DoubleVector r0 = fromMemorySegment(DOUBLES, records, at, ORDER);
            DoubleVector r1 = fromMemorySegment(DOUBLES, records, at + VECTOR, ORDER);
            double difference = Lanes.sum(r0.fma(l0, r1.mul(l1))) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(DOUBLES, difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            int sum = at + 2 * VECTOR;
            d.fma(l0, fromMemorySegment(DOUBLES, records, sum, ORDER)).intoMemorySegment(records, sum, ORDER);
            d.fma(l1, fromMemorySegment(DOUBLES, records, sum + VECTOR, ORDER))
                    .intoMemorySegment(records, sum + VECTOR, ORDER);
        }
        Lanes.exact(g0).intoArray(g, 0);
        Lanes.exact(g1).intoArray(g, COUNT);
        return loss;
    }

    static double threeVectors(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector l0 = fromArray(DOUBLES, l, 0);
        DoubleVector l1 = fromArray(DOUBLES, l, COUNT);
        DoubleVector l2 = fromArray(DOUBLES, l, 2 * COUNT);
        DoubleVector g0 = fromArray(DOUBLES, g, 0);
        DoubleVector g1 = fromArray(DOUBLES, g, COUNT);
        DoubleVector g2 = fromArray(DOUBLES, g, 2 * COUNT);
        double loss = 0;
        for (int e = from; e < end; e++) {
            int at = columns[e] * (6 * VECTOR);
            DoubleVector r0 = fromMemorySegment(DOUBLES, records, at, ORDER);
            DoubleVector r1 = fromMemorySegment(DOUBLES, records, at + VECTOR, ORDER);
            DoubleVector r2 = fromMemorySegment(DOUBLES, records, at + 2 * VECTOR, ORDER);
            double difference = Lanes.sum(r0.fma(l0, r1.fma(l1, r2.mul(l2)))) + residual[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(DOUBLES, difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            g2 = d.fma(r2, g2);
            int sum = at + 3 * VECTOR;
            d.fma(l0, fromMemorySegment(DOUBLES, records, sum, ORDER)).intoMemorySegment(records, sum, ORDER);
            d.fma(l1, fromMemorySegment(DOUBLES, records, sum + VECTOR, ORDER))
                    .intoMemorySegment(records, sum + VECTOR, ORDER);
            d.fma(l2, fromMemorySegment(DOUBLES, records, sum + 2 * VECTOR, ORDER))
                    .intoMemorySegment(records, sum + 2 * VECTOR, ORDER);
        }
        Lanes.exact(g0).intoArray(g, 0);
        Lanes.exact(g1).intoArray(g, COUNT);
        Lanes.exact(g2).intoArray(g, 2 * COUNT);
        return loss;
    }
}
