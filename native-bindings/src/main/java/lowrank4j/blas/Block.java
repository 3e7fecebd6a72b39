package lowrank4j.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * A checked row-major operand: entry (i, j) stands {@code i * stride + j} entries after the start of {@code data}, which ends with
 * the last entry. A vector is a block of one row.
 */
record Block(MemorySegment data, Precision precision, int rows, int columns, int stride) {
    /**
     * The operand {@code name}, whose row stride is the argument {@code "ld" + name}.
     *
     * @param offset of entry (0, 0) in {@code data}, in entries
     */
    static Block matrix(
            String name, MemorySegment data, long offset, Precision precision, int rows, int columns, int stride) {
        if (stride < columns) {
            throw new IllegalArgumentException("ld" + name + " = " + stride + ": must be at least " + columns
                    + ", the columns of " + name + " as it is stored");
        }
        long extent = rows == 0 || columns == 0 ? 0 : (rows - 1L) * stride + columns;
        Supplier<String> shape = () -> rows + "x" + columns + " with ld" + name + " = " + stride;
        return new Block(window(name, data, offset, extent, precision, shape), precision, rows, columns, stride);
    }

    /** The operand {@code name} of {@code length} entries in a row. */
    static Block vector(String name, MemorySegment data, long offset, Precision precision, int length) {
        Supplier<String> shape = () -> length + " in a row";
        return new Block(window(name, data, offset, length, precision, shape), precision, 1, length, length);
    }

    private static MemorySegment window(
            String name, MemorySegment data, long offset, long extent, Precision precision, Supplier<String> shape) {
        if (offset < 0) {
            throw new IllegalArgumentException(name + "Offset = " + offset + ": must be 0 or more");
        }
        if (extent == 0) {
            return data.asSlice(0, 0); // nothing is held, so the offset may lie anywhere
        }
        long held = data.byteSize() / precision.bytes();
        if (extent > held - offset) {
            throw new IllegalArgumentException(
                    name + " holds " + held + " entries: must hold at least " + (offset + extent) + ", for "
                            + shape.get() + (offset == 0 ? "" : " from " + name + "Offset = " + offset));
        }
        return data.asSlice(offset * precision.bytes(), extent * precision.bytes());
    }

    /** This block, refused if it cannot be written. */
    Block writable(String name) {
        if (data.isReadOnly()) {
            throw new IllegalArgumentException(name + " is read-only: must be writable, it receives the result");
        }
        return this;
    }

    boolean isEmpty() {
        return rows == 0 || columns == 0;
    }

    boolean onHeap() {
        return !data.isNative();
    }

    /** The stride as BLAS wants it, where even a matrix without columns has one of at least 1. */
    int leadingDimension() {
        return Math.max(1, stride);
    }

    /** A view of {@code rows} rows from row {@code i} on and {@code columns} columns from column {@code j} on. */
    Block part(int i, int j, int rows, int columns) {
        if (rows == 0 || columns == 0) {
            return new Block(data.asSlice(0, 0), precision, rows, columns, stride);
        }
        long start = (long) i * stride + j;
        long extent = (rows - 1L) * stride + columns;
        return new Block(
                data.asSlice(start * precision.bytes(), extent * precision.bytes()), precision, rows, columns, stride);
    }

    double get(int i, int j) {
        long index = (long) i * stride + j;
        return switch (precision) {
            case DOUBLE -> data.get(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES);
            case FLOAT -> data.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
        };
    }

    void set(int i, int j, double value) {
        long index = (long) i * stride + j;
        switch (precision) {
            case DOUBLE -> data.set(JAVA_DOUBLE_UNALIGNED, index * Double.BYTES, value);
            case FLOAT -> data.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, (float) value);
        }
    }

    /** Writes {@code factor} times every entry in its place; 0 forgets what stood there, NaN included. */
    void scale(double factor) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                set(i, j, factor == 0 ? 0 : factor * get(i, j));
            }
        }
    }

    /** Copies every entry to the same place of {@code target}, which has the same shape. */
    void copyTo(Block target) {
        if (isEmpty()) {
            return; // there may be no room for as much as an offset
        }
        if (stride == columns && target.stride == columns) {
            MemorySegment.copy(data, 0, target.data, 0, data.byteSize());
            return;
        }
        for (int i = 0; i < rows; i++) {
            copyRowTo(target, i, 0, columns);
        }
    }

    /** Copies one triangle of this square block to the same place of {@code target}. */
    void copyTriangleTo(Block target, Triangle triangle) {
        for (int i = 0; i < rows; i++) {
            switch (triangle) {
                case LOWER -> copyRowTo(target, i, 0, i + 1);
                case UPPER -> copyRowTo(target, i, i, columns);
            }
        }
    }

    private void copyRowTo(Block target, int i, int from, int to) {
        long source = ((long) i * stride + from) * precision.bytes();
        long destination = ((long) i * target.stride + from) * precision.bytes();
        MemorySegment.copy(data, source, target.data, destination, (long) (to - from) * precision.bytes());
    }

    /** Refuses NaN and infinity, by the first entry that is either. */
    void requireFinite(String name) {
        for (int i = 0; i < rows; i++) {
            requireFinite(name, i, 0, columns);
        }
    }

    /** The same for one triangle. */
    void requireFinite(String name, Triangle triangle) {
        for (int i = 0; i < rows; i++) {
            switch (triangle) {
                case LOWER -> requireFinite(name, i, 0, i + 1);
                case UPPER -> requireFinite(name, i, i, columns);
            }
        }
    }

    private void requireFinite(String name, int i, int from, int to) {
        for (int j = from; j < to; j++) {
            double value = get(i, j);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + "[" + i + ", " + j + "] = " + value + ": must be finite");
            }
        }
    }
}
