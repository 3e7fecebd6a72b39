package lowrank4j.sensing;

import java.lang.foreign.Arena;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.SeededRows;

/** Some numbers of a few rows, with what they are multiplied by: the scratch memory of one thread. */
final class SeededTile {
    /** Numbers in a tile of whole rows: with x and a gradient in half of the usual second-level cache. */
    private static final int WHOLE = 1 << 16;

    /** Of longer rows so many numbers: x and a gradient stay in the first-level cache. */
    private static final int PART = 2048;

    /** Rows in a tile: a multiple of those that the dense kernels take side by side. */
    private static final int HEIGHT = 12;

    private static final int LEAST_HEIGHT = 4;

    private final SeededRows rows;
    private final int columns;
    private final DenseRows numbers;
    private final DenseRows last;
    private final double[] x;
    private final double[] gradient;
    private final double[] measured;
    private DenseRows made;

    SeededTile(SeededRows rows) {
        this.rows = rows;
        long padded = rows.paddedWidth();
        columns = padded * LEAST_HEIGHT <= WHOLE ? (int) padded : PART;
        int height = columns < padded ? HEIGHT : (int) Math.min(64, WHOLE / padded);
        numbers = DenseRows.allocate(Arena.ofAuto(), height, columns, Precision.FLOAT32);
        int rest = (int) ((padded - 1) % columns + 1);
        last = DenseRows.wrap(numbers.segment().asSlice(0, 4L * height * rest), height, rest, Precision.FLOAT32);
        made = numbers;
        x = new double[columns];
        gradient = new double[columns];
        measured = new double[height];
    }

    int height() {
        return numbers.count();
    }

    /** Numbers in a row of a tile; the last of a longer row has fewer. */
    int columns() {
        return columns;
    }

    /** What the tile's numbers are multiplied by, one for each column. */
    double[] x() {
        return x;
    }

    double[] gradient() {
        return gradient;
    }

    /** What the tile's rows measure, or what they are to be multiplied by. */
    double[] measured() {
        return measured;
    }

    /** Fills the tile with numbers first … of rows from … to - 1. */
    void make(Kernels kernels, int from, int to, int first) {
        made = (long) first + columns <= rows.paddedWidth() ? numbers : last;
        kernels.seededNumbers(rows, from, to, first, made);
    }

    /** {@code measured ← } products of its first {@code count} rows with x. */
    void forward(Kernels kernels, int count) {
        kernels.sensingForward(made, 0, count, x, measured);
    }

    /** {@code gradient ← gradient + Σ measuredᵢ rowᵢ} over its first {@code count} rows. */
    void adjoint(Kernels kernels, int count) {
        kernels.sensingAdjoint(made, 0, count, measured, gradient);
    }
}
