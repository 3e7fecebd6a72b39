package lowrank4j.matrix;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;

/**
 * A row-major matrix of doubles, or a rectangular view of one: entry (i, j) stands at {@code data[offset + i * stride + j]}.
 *
 * <p>Views made by {@link #rowRange} and {@link #columnRange} share their storage with the matrix they were cut from. A matrix
 * may have no rows or no columns. Nothing here is synchronised.
 */
public final class Matrix {
    private final double[] data;
    private final int offset;
    private final int rows;
    private final int columns;
    private final int stride;

    private Matrix(double[] data, int offset, int rows, int columns, int stride) {
        this.data = data;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /** A matrix of zeros. Cost: 8·rows·columns bytes. */
    public static Matrix zeros(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new InvalidArgumentException(
                    "a matrix cannot be " + rows + "x" + columns + ": both counts must be at least 0");
        }
        long size = (long) rows * columns;
        if (size > Integer.MAX_VALUE - 8) {
            throw new InvalidArgumentException("a " + rows + "x" + columns + " matrix has " + size
                    + " entries, more than the 2147483639 that one array holds");
        }
        return new Matrix(new double[(int) size], 0, rows, columns, columns);
    }

    /** The identity of order {@code n}. */
    public static Matrix identity(int n) {
        Matrix identity = zeros(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, 1);
        }
        return identity;
    }

    /** A copy of {@code rows}, which must all have one length. */
    public static Matrix of(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        Matrix matrix = zeros(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new InvalidArgumentException("row " + i + " has " + rows[i].length + " entries, but row 0 has "
                        + columns + ": rows must have one length");
            }
            System.arraycopy(rows[i], 0, matrix.data, i * columns, columns);
        }
        return matrix;
    }

    /**
     * A view of {@code data}, which is not copied.
     *
     * @param offset index of entry (0, 0)
     * @param stride distance between the starts of two rows, at least {@code columns}
     */
    public static Matrix wrap(double[] data, int offset, int rows, int columns, int stride) {
        if (rows < 0 || columns < 0 || offset < 0 || stride < columns) {
            throw new InvalidArgumentException(
                    "a view of " + rows + "x" + columns + " at offset " + offset + " with stride " + stride
                            + " is not possible: counts and offset must be at least 0, the stride at least the columns");
        }
        long end = rows == 0 || columns == 0 ? offset : offset + (long) (rows - 1) * stride + columns;
        if (end > data.length) {
            throw new InvalidArgumentException(
                    "a view of " + rows + "x" + columns + " at offset " + offset + " with stride " + stride
                            + " ends at " + end + ", beyond the array's " + data.length + " entries");
        }
        return new Matrix(data, offset, rows, columns, stride);
    }

    /** A view of the whole of {@code data} as {@code rows} full rows. */
    public static Matrix wrap(double[] data, int rows, int columns) {
        return wrap(data, 0, rows, columns, columns);
    }

    /** A view of rows {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix rowRange(int from, int to) {
        requireRange("row", from, to, rows);
        return new Matrix(data, from == to ? offset : offset + from * stride, to - from, columns, stride);
    }

    /** A view of columns {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix columnRange(int from, int to) {
        requireRange("column", from, to, columns);
        return new Matrix(data, rows == 0 ? offset : offset + from, rows, to - from, stride);
    }

    private static void requireRange(String what, int from, int to, int count) {
        if (from < 0 || from > to || to > count) {
            throw new InvalidArgumentException(what + " range " + from + ".." + to + " is not within 0.." + count);
        }
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The storage, shared with every view. */
    public double[] data() {
        return data;
    }

    /** Index of entry (0, 0) in {@link #data()}. */
    public int offset() {
        return offset;
    }

    /** Distance between the starts of two rows. */
    public int stride() {
        return stride;
    }

    /** Index of entry (row, 0) in {@link #data()}. */
    public int rowOffset(int row) {
        return offset + row * stride;
    }

    /** Whether the rows follow each other without a gap. */
    public boolean isContiguous() {
        return stride == columns || rows <= 1;
    }

    public double get(int row, int column) {
        requireEntry(row, column);
        return data[offset + row * stride + column];
    }

    public void set(int row, int column, double value) {
        requireEntry(row, column);
        data[offset + row * stride + column] = value;
    }

    private void requireEntry(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new InvalidArgumentException(
                    "entry (" + row + ", " + column + ") is outside the " + rows + "x" + columns + " matrix");
        }
    }

    public void fill(double value) {
        if (isContiguous()) {
            Arrays.fill(data, offset, offset + rows * columns, value);
            return;
        }
        for (int i = 0; i < rows; i++) {
            Arrays.fill(data, rowOffset(i), rowOffset(i) + columns, value);
        }
    }

    /** Makes this equal to {@code source}, which must have the same shape. */
    public void copyFrom(Matrix source) {
        if (source.rows != rows || source.columns != columns) {
            throw new InvalidArgumentException(
                    "cannot copy a " + source.shape() + " matrix into a " + shape() + " one");
        }
        if (isContiguous() && source.isContiguous()) {
            System.arraycopy(source.data, source.offset, data, offset, rows * columns);
            return;
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(source.data, source.rowOffset(i), data, rowOffset(i), columns);
        }
    }

    /** A contiguous copy. */
    public Matrix copy() {
        Matrix copy = zeros(rows, columns);
        copy.copyFrom(this);
        return copy;
    }

    /** A contiguous copy of these columns, in this order. */
    public Matrix columnsAt(int... which) {
        Matrix copy = zeros(rows, which.length);
        for (int k = 0; k < which.length; k++) {
            copy.columnRange(k, k + 1).copyFrom(columnRange(which[k], which[k] + 1));
        }
        return copy;
    }

    /** A contiguous transposed copy. */
    public Matrix transposed() {
        Matrix transposed = zeros(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed.data[j * rows + i] = data[offset + i * stride + j];
            }
        }
        return transposed;
    }

    /** The entries row by row, in an array of their own. */
    public double[] toArray() {
        return copy().data;
    }

    /** Whether no entry is NaN or infinite. */
    public boolean isFinite() {
        for (int i = 0; i < rows; i++) {
            for (int k = rowOffset(i), end = k + columns; k < end; k++) {
                if (!Double.isFinite(data[k])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** "rows x columns", for messages. */
    public String shape() {
        return rows + "x" + columns;
    }

    @Override
    public String toString() {
        return "Matrix " + shape();
    }
}
