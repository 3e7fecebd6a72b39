package lowrank4j.kernel.vector;

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
 * {@link Completion#gradient} of many entries: each r_j and its gradient are copied side by side into a record of whole vectors,
 * zeros behind them, which starts at a cache line; so no row straddles two lines more than it must, and no loop needs a mask.
 */
final class CompletionRecords {
    /** Bytes of the records of one thread, at most. */
    private static final long MAX_BYTES = 1L << 28;

    /** Entries for each column from which copying its rows, there and back, costs less than it saves. */
    private static final int MIN_ENTRIES = 2;

    private static final int BYTES = 8;

    private CompletionRecords() {}

    /** Most vectors in a row of a factor that stay in registers, with as many of its gradient. */
    private static final int MAX_VECTORS = 4;

    /** Whether {@link #gradient} is the way for as many entries of that rank, and its records are not too large. */
    static boolean serve(int entries, int columns, int rank) {
        return rank > 0
                && rank <= MAX_VECTORS * STREAM_COUNT
                && entries >= (long) MIN_ENTRIES * columns
                && recordBytes(rank) * columns <= MAX_BYTES;
    }

    private static int width(int rank) {
        return (rank + STREAM_COUNT - 1) / STREAM_COUNT * STREAM_COUNT;
    }

    private static long recordBytes(int rank) {
        return 2L * BYTES * width(rank);
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
        MemorySegment records = scratch.records(recordBytes(rank) * pattern.columns());
        pack(right, records, width, 0);
        pack(gradRight, records, width, BYTES * width);
        double[] l = scratch.lanesOfX(width);
        double[] g = scratch.lanesOfGradient(width);
        Arrays.fill(l, rank, width, 0);
        Arrays.fill(g, rank, width, 0);
        int[] rowStart = pattern.rowStart();
        double loss = 0;
        for (int i = fromRow; i < toRow; i++) {
            System.arraycopy(left.data(), left.rowOffset(i), l, 0, rank);
            System.arraycopy(gradLeft.data(), gradLeft.rowOffset(i), g, 0, rank);
            int from = rowStart[i];
            int count = rowStart[i + 1] - from;
            if (width == STREAM_COUNT) {
                CompletionRecordRows.oneVector(pattern.columnIndex(), from, from + count, records, l, g, y, residual);
            } else {
                // The longer loops find y where they write the residual: one array less, see CompletionRecordRows.
                System.arraycopy(y, from, residual, from, count);
                addRow(pattern.columnIndex(), from, from + count, records, width, l, g, residual);
            }
            System.arraycopy(g, 0, gradLeft.data(), gradLeft.rowOffset(i), rank);
            loss += Updates.dot(residual, from, residual, from, count);
        }
        unpack(records, width, gradRight);
        return loss;
    }

    private static void addRow(
            int[] columns,
            int from,
            int end,
            MemorySegment records,
            int width,
            double[] l,
            double[] g,
            double[] residual) {
        switch (width / STREAM_COUNT) {
            case 2 -> CompletionRecordRows.twoVectors(columns, from, end, records, l, g, residual);
            case 3 -> CompletionRecordRows.threeVectors(columns, from, end, records, l, g, residual);
            default -> CompletionRecordRows.fourVectors(columns, from, end, records, l, g, residual);
        }
    }

    /** Rows of x into the halves of records that start {@code half} bytes behind them. */
    private static void pack(Matrix x, MemorySegment records, int width, int half) {
        int rank = x.columns();
        int whole = STREAM.loopBound(rank);
        double[] data = x.data();
        for (int j = 0; j < x.rows(); j++) {
            int from = x.rowOffset(j);
            int to = 2 * BYTES * width * j + half;
            for (int k = 0; k < whole; k += STREAM_COUNT) {
                DoubleVector.fromArray(STREAM, data, from + k).intoMemorySegment(records, to + BYTES * k, ORDER);
            }
            for (int k = whole; k < rank; k++) {
                records.set(ValueLayout.JAVA_DOUBLE, to + BYTES * k, data[from + k]);
            }
            for (int k = rank; k < width; k++) {
                records.set(ValueLayout.JAVA_DOUBLE, to + BYTES * k, 0);
            }
        }
    }

    private static void unpack(MemorySegment records, int width, Matrix x) {
        int rank = x.columns();
        int whole = STREAM.loopBound(rank);
        double[] data = x.data();
        for (int j = 0; j < x.rows(); j++) {
            int from = 2 * BYTES * width * j + BYTES * width;
            int to = x.rowOffset(j);
            for (int k = 0; k < whole; k += STREAM_COUNT) {
                DoubleVector.fromMemorySegment(STREAM, records, from + BYTES * k, ORDER)
                        .intoArray(data, to + k);
            }
            for (int k = whole; k < rank; k++) {
                data[to + k] = records.get(ValueLayout.JAVA_DOUBLE, from + BYTES * k);
            }
        }
    }
}
