package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;
import static lowrank4j.kernel.vector.Lanes.broadcastStream;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * {@link Completion#gradient} of many entries: each r_j is copied into a record with the sum of what is added to its gradient behind
 * it, both padded to whole vectors and from a cache line on. No load straddles two lines, no loop needs a mask, and one offset
 * leads to both.
 */
final class CompletionRecords {
    /** Bytes of the records of one thread, at most. */
    private static final long MAX_BYTES = 1L << 28;

    /**
     * Entries for each column from which copying its rows, there and back, costs less than it saves: of 10,000 columns at ranks 6 to 64 it
     * took 0.93 to 1.09 times as long as the rows alone with 12, and 0.83 to 1.00 with 20.
     */
    private static final int MIN_ENTRIES = 16;

    /** The same where one vector of {@link Lanes#STREAM} holds a row, and rows alone need masks: 1.02 with 3, 0.95 with 4. */
    private static final int MIN_ENTRIES_OF_STREAM = 4;

    /** With vectors of two numbers, rows of more than four took 0.9 to 1 times as long without records. */
    private static final int MAX_RANK_OF_PAIRS = 8;

    /** Adding to it changes no bit of what is added, be it a zero. */
    private static final double NOTHING = -0.0;

    private CompletionRecords() {}

    /** Whether {@link #gradient} is the way for as many entries of that rank, and its records are not too large. */
    static boolean serve(int entries, int columns, int rank) {
        return rank > 0
                && (COUNT > 2 || rank <= MAX_RANK_OF_PAIRS)
                && entries >= (long) (rank <= STREAM_COUNT ? MIN_ENTRIES_OF_STREAM : MIN_ENTRIES) * columns
                && 16L * width(rank) * columns <= MAX_BYTES;
    }

    /** Numbers that a row of a factor takes in a record: as many as the bodies of {@link CompletionRecordRows} expect. */
    private static int width(int rank) {
        if (rank <= STREAM_COUNT) {
            return STREAM_COUNT;
        }
        int vectors = (rank + COUNT - 1) / COUNT;
        return (vectors > 4 ? vectors + vectors % 2 : vectors) * COUNT;
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
        int width = width(rank);
        Scratch scratch = Scratch.ofThread();
        MemorySegment records = scratch.records(16L * width * pattern.columns());
        double[] l = scratch.lanesOfX(width);
        double[] g = scratch.lanesOfGradient(width);
        Arrays.fill(l, rank, width, 0);
        Arrays.fill(g, rank, width, 0);
        pack(right, width, records, l);
        int[] rowStart = pattern.rowStart();
        double loss = 0;
        for (int i = fromRow; i < toRow; i++) {
            System.arraycopy(left.data(), left.rowOffset(i), l, 0, rank);
            System.arraycopy(gradLeft.data(), gradLeft.rowOffset(i), g, 0, rank);
            int from = rowStart[i];
            int count = rowStart[i + 1] - from;
            // The loops find y where they write the residual: with one array more the compiler runs out of registers
            // and moves an address into a vector and back each time round.
            for (int e = from; e < from + count; e++) {
                residual[e] = -y[e];
            }
            loss += addRow(
                    pattern.columnIndex(), from, from + count, records, pattern.columns(), width, l, g, residual);
            System.arraycopy(g, 0, gradLeft.data(), gradLeft.rowOffset(i), rank);
        }
        addSums(records, width, gradRight, g);
        return loss;
    }

    private static double addRow(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int count,
            int width,
            double[] l,
            double[] g,
            double[] residual) {
        if (width == STREAM_COUNT) {
            return CompletionRecordRows.streamVector(columns, from, end, records, count, l, g, residual);
        } else if (width == COUNT) {
            return CompletionRecordRows.oneVector(columns, from, end, records, count, l, g, residual);
        } else if (width == 2 * COUNT) {
            return CompletionRecordRows.twoVectors(columns, from, end, records, count, l, g, residual);
        } else if (width == 3 * COUNT) {
            return CompletionRecordRows.threeVectors(columns, from, end, records, count, l, g, residual);
        } else if (width == 4 * COUNT) {
            return CompletionRecordRows.fourVectors(columns, from, end, records, count, l, g, residual);
        } else {
            return CompletionRecordQuads.addRow(columns, from, end, records, count, width, l, g, residual);
        }
    }

    /** Whole vectors, the last of them by way of {@code padded}, which ends with zeros. */
    private static void pack(Matrix x, int width, MemorySegment records, double[] padded) {
        int rank = x.columns();
        int end = STREAM.loopBound(rank);
        double[] data = x.data();
        DoubleVector nothing = broadcastStream(NOTHING);
        for (int j = 0; j < x.rows(); j++) {
            int from = x.rowOffset(j);
            int to = 16 * width * j;
            for (int k = 0; k < end; k += STREAM_COUNT) {
                fromArray(STREAM, data, from + k).intoMemorySegment(records, to + 8 * k, ORDER);
            }
            System.arraycopy(data, from + end, padded, end, rank - end);
            for (int k = end; k < width; k += STREAM_COUNT) {
                fromArray(STREAM, padded, k).intoMemorySegment(records, to + 8 * k, ORDER);
            }
            for (int k = width; k < 2 * width; k += STREAM_COUNT) {
                nothing.intoMemorySegment(records, to + 8 * k, ORDER);
            }
        }
    }

    private static void addSums(MemorySegment records, int width, Matrix x, double[] last) {
        int rank = x.columns();
        int end = STREAM.loopBound(rank);
        double[] data = x.data();
        for (int j = 0; j < x.rows(); j++) {
            int from = 16 * width * j + 8 * width;
            int to = x.rowOffset(j);
            for (int k = 0; k < end; k += STREAM_COUNT) {
                fromMemorySegment(STREAM, records, from + 8 * k, ORDER)
                        .add(fromArray(STREAM, data, to + k))
                        .intoArray(data, to + k);
            }
            if (end < rank) {
                fromMemorySegment(STREAM, records, from + 8 * end, ORDER).intoArray(last, 0);
            }
            for (int k = end; k < rank; k++) {
                data[to + k] += last[k - end];
            }
        }
    }
}
