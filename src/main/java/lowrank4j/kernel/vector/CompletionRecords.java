package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * {@link Completion#gradient} of many entries at ranks that one vector of {@link Lanes#STREAM} holds: each r_j and its gradient are copied
 * side by side into a record of two vectors, zeros behind them, which straddles no cache line; so no loop needs a mask. At higher ranks
 * the loops of {@link CompletionRows} are faster.
 */
final class CompletionRecords {
    /** Bytes of the records of one thread, at most. */
    private static final long MAX_BYTES = 1L << 28;

    /** Entries for each column from which copying its rows, there and back, costs less than it saves. */
    private static final int MIN_ENTRIES = 2;

    private static final int VECTOR = 8 * STREAM_COUNT;
    private static final int RECORD = 2 * VECTOR;

    private CompletionRecords() {}

    /** Whether {@link #gradient} is the way for as many entries of that rank, and its records are not too large. */
    static boolean serve(int entries, int columns, int rank) {
        return rank > 0
                && rank <= STREAM_COUNT
                && entries >= (long) MIN_ENTRIES * columns
                && (long) RECORD * columns <= MAX_BYTES;
    }

    static double gradient(
            SparsePattern pattern,
            int fromRow,
            int toRow,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int rank = left.columns();
        Scratch scratch = Scratch.ofThread();
        MemorySegment records = scratch.records((long) RECORD * pattern.columns());
        pack(right, records, 0);
        pack(gradRight, records, VECTOR);
        double[] l = scratch.lanesOfX(STREAM_COUNT);
        double[] g = scratch.lanesOfGradient(STREAM_COUNT);
        Arrays.fill(l, rank, STREAM_COUNT, 0);
        Arrays.fill(g, rank, STREAM_COUNT, 0);
        int[] rowStart = pattern.rowStart();
        double loss = 0;
        for (int i = fromRow; i < toRow; i++) {
            System.arraycopy(left.data(), left.rowOffset(i), l, 0, rank);
            System.arraycopy(gradLeft.data(), gradLeft.rowOffset(i), g, 0, rank);
            int from = rowStart[i];
            int count = rowStart[i + 1] - from;
            // The loop finds y where it writes the residual. With one array more the compiler runs out of registers for
            // addresses, and
            // moves one into a vector and back each time round.
            System.arraycopy(y, from, residual, from, count);
            addRow(pattern.columnIndex(), from, from + count, records, l, g, residual);
            System.arraycopy(g, 0, gradLeft.data(), gradLeft.rowOffset(i), rank);
            loss += Updates.dot(residual, from, residual, from, count);
        }
        unpack(records, gradRight);
        return loss;
    }

    /** The entries of one row: l_i and its gradient stay in registers while the records of the columns pass by. */
    private static void addRow(
            int[] columns, int from, int end, MemorySegment records, double[] l, double[] g, double[] residual) {
        DoubleVector li = fromArray(STREAM, l, 0);
        DoubleVector gi = fromArray(STREAM, g, 0);
        for (int e = from; e < end; e++) {
            int at = columns[e] * RECORD;
            DoubleVector rj = fromMemorySegment(STREAM, records, at, ORDER);
            double difference = Lanes.streamSum(rj.mul(li)) - residual[e];
            residual[e] = difference;
            DoubleVector d = broadcast(STREAM, difference);
            gi = d.fma(rj, gi);
            d.fma(li, fromMemorySegment(STREAM, records, at + VECTOR, ORDER))
                    .intoMemorySegment(records, at + VECTOR, ORDER);
        }
        Lanes.exactStream(gi).intoArray(g, 0);
    }

    /** Rows of x into the vectors that are so many bytes into the records. */
    private static void pack(Matrix x, MemorySegment records, int within) {
        int rank = x.columns();
        double[] data = x.data();
        for (int j = 0; j < x.rows(); j++) {
            int from = x.rowOffset(j);
            int to = RECORD * j + within;
            for (int k = 0; k < STREAM_COUNT; k++) {
                records.set(ValueLayout.JAVA_DOUBLE, to + 8L * k, k < rank ? data[from + k] : 0);
            }
        }
    }

    private static void unpack(MemorySegment records, Matrix x) {
        int rank = x.columns();
        double[] data = x.data();
        for (int j = 0; j < x.rows(); j++) {
            int from = RECORD * j + VECTOR;
            int to = x.rowOffset(j);
            for (int k = 0; k < rank; k++) {
                data[to + k] = records.get(ValueLayout.JAVA_DOUBLE, from + 8L * k);
            }
        }
    }
}
