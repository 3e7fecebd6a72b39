package lowrank4j.bench;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;

/** Random numbers to compute with. */
final class Numbers {
    /** A prime, so that the rows of a matrix do not fall on it. */
    private static final int PIECE = 1_000_003;

    private Numbers() {}

    /** Other numbers in each fork, so that no result rests on one draw; which, is printed. */
    static SplittableRandom random() {
        long seed = ProcessHandle.current().pid();
        System.out.println("seed " + seed);
        return new SplittableRandom(seed);
    }

    /** Entries in -1 … 1. */
    static Matrix matrix(SplittableRandom random, int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        double[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextDouble(-1, 1);
        }
        return matrix;
    }

    /** Many rows, filled by repeating a piece: drawing each number would take longer than measuring. No two rows are alike. */
    static DenseRows rows(Arena arena, SplittableRandom random, int count, int width, DenseRows.Precision precision) {
        DenseRows rows = DenseRows.allocate(arena, count, width, precision);
        DenseRows piece = DenseRows.allocate(arena, 1, PIECE, precision);
        for (int j = 0; j < PIECE; j++) {
            piece.set(0, j, random.nextDouble() - 0.5);
        }
        for (long start = 0; start < rows.bytes(); start += piece.bytes()) {
            long bytes = Math.min(piece.bytes(), rows.bytes() - start);
            MemorySegment.copy(piece.segment(), 0, rows.segment(), start, bytes);
        }
        return rows;
    }

    /** Symmetric, with eigenvalues between 0.5 and 1.5: positive definite, whatever the order. */
    static Matrix positiveDefinite(SplittableRandom random, int order) {
        Matrix matrix = Matrix.identity(order);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < i; j++) {
                double value = random.nextDouble(-0.5, 0.5) / order;
                matrix.set(i, j, value);
                matrix.set(j, i, value);
            }
        }
        return matrix;
    }

    /** A copy off the heap, row by row without gaps. */
    static MemorySegment offHeap(Arena arena, Matrix matrix) {
        double[] data = matrix.toArray();
        MemorySegment copy = arena.allocate(8L * Math.max(1, data.length), 64);
        MemorySegment.copy(data, 0, copy, JAVA_DOUBLE, 0, data.length);
        return copy;
    }

    /** A matrix of what stands off the heap, row by row without gaps. */
    static Matrix onHeap(MemorySegment segment, int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        MemorySegment.copy(segment, JAVA_DOUBLE, 0, matrix.data(), 0, rows * columns);
        return matrix;
    }
}
