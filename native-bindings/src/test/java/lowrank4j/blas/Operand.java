package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** A matrix in a store that is larger than it, so that writes beside it show. */
final class Operand {
    private static final double CANARY = 12345.5;

    private final Storage storage;
    private final MemorySegment store;
    private final int rows;
    private final int columns;
    private final int offset;
    private final int stride;

    /** An operand full of {@code fill}; {@code padding} entries stand between its rows. */
    Operand(Storage storage, int rows, int columns, int offset, int padding, double fill) {
        this.storage = storage;
        this.rows = rows;
        this.columns = columns;
        this.offset = offset;
        this.stride = columns + padding;
        this.store = storage.allocate(offset + rows * stride + 5);
        for (int i = 0; i < offset + rows * stride + 5; i++) {
            put(i, CANARY);
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                set(i, j, fill);
            }
        }
    }

    static Operand random(Storage storage, int rows, int columns, int offset, int padding, SplittableRandom random) {
        Operand operand = new Operand(storage, rows, columns, offset, padding, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                operand.set(i, j, random.nextDouble(-1, 1));
            }
        }
        return operand;
    }

    static Operand of(Storage storage, double[][] values) {
        Operand operand = new Operand(storage, values.length, values.length == 0 ? 0 : values[0].length, 0, 0, 0);
        for (int i = 0; i < operand.rows; i++) {
            for (int j = 0; j < operand.columns; j++) {
                operand.set(i, j, values[i][j]);
            }
        }
        return operand;
    }

    double[] doubles() {
        return (double[]) store.heapBase().orElseThrow();
    }

    float[] floats() {
        return (float[]) store.heapBase().orElseThrow();
    }

    /** The store from the first entry on. */
    MemorySegment segment() {
        return store.asSlice((long) offset * storage.precision().bytes());
    }

    int offset() {
        return offset;
    }

    int stride() {
        return stride;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    double get(int i, int j) {
        return at(offset + i * stride + j);
    }

    void set(int i, int j, double value) {
        put(offset + i * stride + j, value);
    }

    double[][] values() {
        double[][] values = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i][j] = get(i, j);
            }
        }
        return values;
    }

    void assertNothingWrittenBeside() {
        for (int index = 0; index < store.byteSize() / storage.precision().bytes(); index++) {
            int place = index - offset;
            boolean inside = place >= 0 && stride > 0 && place / stride < rows && place % stride < columns;
            if (!inside) {
                assertThat(at(index)).as("entry %d beside the operand", index).isEqualTo(CANARY);
            }
        }
    }

    private double at(int index) {
        return storage.precision() == Precision.DOUBLE
                ? store.getAtIndex(ValueLayout.JAVA_DOUBLE, index)
                : store.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    private void put(int index, double value) {
        if (storage.precision() == Precision.DOUBLE) {
            store.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
        } else {
            store.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) value);
        }
    }
}
