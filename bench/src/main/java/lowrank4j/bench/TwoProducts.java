package lowrank4j.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import lowrank4j.blas.Blas;
import lowrank4j.blas.FloatBlas;
import lowrank4j.blas.OpenBlas;
import lowrank4j.blas.Transpose;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;

/**
 * The gradient of dense sensing as two matrix-vector products of OpenBLAS, r = Ax - y and g = Aᵀr, which read A twice. All operands
 * are off the heap, in the precision of A.
 */
final class TwoProducts {
    private final OpenBlas library;
    private final DenseRows rows;
    private final MemorySegment x;
    private final MemorySegment y;
    private final MemorySegment residual;
    private final MemorySegment gradient;

    TwoProducts(OpenBlas library, Arena arena, DenseRows rows, double[] x, double[] y) {
        this.library = library;
        this.rows = rows;
        this.x = copy(arena, x);
        this.y = copy(arena, y);
        this.residual = copy(arena, y);
        this.gradient = copy(arena, x);
    }

    /** Writes the gradient and returns Σ rᵢ². */
    double run() {
        MemorySegment.copy(y, 0, residual, 0, y.byteSize());
        return switch (rows.precision()) {
            case FLOAT64 -> doubles(library.blas(), rows.count(), rows.width());
            case FLOAT32 -> floats(library.floatBlas(), rows.count(), rows.width());
        };
    }

    private double doubles(Blas blas, int m, int d) {
        blas.gemv(Transpose.NONE, m, d, 1, rows.segment(), d, x, -1, residual);
        blas.gemv(Transpose.TRANSPOSED, m, d, 1, rows.segment(), d, residual, 0, gradient);
        return blas.dot(m, residual, residual);
    }

    private double floats(FloatBlas blas, int m, int d) {
        blas.gemv(Transpose.NONE, m, d, 1, rows.segment(), d, x, -1, residual);
        blas.gemv(Transpose.TRANSPOSED, m, d, 1, rows.segment(), d, residual, 0, gradient);
        return blas.dot(m, residual, residual);
    }

    double gradient(int index) {
        return rows.precision() == Precision.FLOAT64
                ? gradient.getAtIndex(ValueLayout.JAVA_DOUBLE, index)
                : gradient.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    private MemorySegment copy(Arena arena, double[] values) {
        DenseRows copy = DenseRows.allocate(arena, 1, values.length, rows.precision());
        for (int i = 0; i < values.length; i++) {
            copy.set(0, i, values[i]);
        }
        return copy.segment();
    }
}
