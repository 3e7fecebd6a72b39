package lowrank4j.kernel;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Matrix;

/** The checks at the door of the kernels. */
final class Shapes {
    private Shapes() {}

    static void require(String operation, String name, Matrix matrix, int rows, int columns) {
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new InvalidArgumentException(
                    operation + ": " + name + " is " + matrix.shape() + ", but must be " + rows + "x" + columns);
        }
    }

    static void requireLength(String operation, String name, double[] array, long length) {
        if (array.length < length) {
            throw new InvalidArgumentException(
                    operation + ": " + name + " has " + array.length + " entries, but must have at least " + length);
        }
    }

    static void requireRange(String operation, int from, int to, int count) {
        if (from < 0 || from > to || to > count) {
            throw new InvalidArgumentException(
                    operation + ": rows " + from + " to " + to + " are not within 0.." + count);
        }
    }

    @SuppressWarnings("ReferenceEquality") // overlap is a matter of identity
    static void requireApart(String operation, String name, Matrix output, String otherName, Matrix other) {
        if (output.data() != other.data() || output.rows() == 0 || other.rows() == 0) {
            return;
        }
        int end = output.rowOffset(output.rows() - 1) + output.columns();
        int otherEnd = other.rowOffset(other.rows() - 1) + other.columns();
        // Interleaved views of one array (columns side by side) are apart when they have one stride and their columns
        // do not meet.
        boolean overlap = output.offset() < otherEnd && other.offset() < end;
        if (overlap && !sideBySide(output, other)) {
            throw new InvalidArgumentException(operation + ": " + name + " overlaps " + otherName);
        }
    }

    private static boolean sideBySide(Matrix a, Matrix b) {
        if (a.stride() != b.stride()) {
            return false;
        }
        int start = Math.floorMod(b.offset() - a.offset(), a.stride());
        return start >= a.columns() && start + b.columns() <= a.stride();
    }
}
