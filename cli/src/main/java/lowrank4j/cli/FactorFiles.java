package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Matrices and factors as {@code .npy} files. */
final class FactorFiles {
    static final String LEFT = "left.npy";
    static final String RIGHT = "right.npy";

    private FactorFiles() {}

    /** The entries of a matrix, as an array of two dimensions. */
    static NpyArray array(Matrix matrix) {
        return NpyArray.of(matrix.toArray(), matrix.rows(), matrix.columns());
    }

    static void write(Path folder, Factors factors) {
        Npy.write(folder.resolve(LEFT), array(factors.left()));
        Npy.write(folder.resolve(RIGHT), array(factors.right()));
    }

    /** The factors in the results of a run. */
    static Factors read(Path folder) {
        return factors(read(folder, LEFT), read(folder, RIGHT), folder.toString());
    }

    private static Matrix read(Path folder, String name) {
        return matrix(folder.resolve(name));
    }

    /** A matrix in a file of its own. */
    static Matrix matrix(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return matrix(Npy.read(file, arena), file.toString());
        }
    }

    /** A copy of an array of two dimensions. */
    static Matrix matrix(NpyArray array, String place) {
        long[] shape = array.shape();
        if (shape.length != 2) {
            throw new BadDataException(place + ": has the shape " + Measurements.text(shape)
                    + "; a matrix, of two dimensions, is expected");
        }
        if (shape[0] > Integer.MAX_VALUE || shape[1] > Integer.MAX_VALUE) {
            throw new BadDataException(place + ": has the shape " + Measurements.text(shape)
                    + "; at most 2147483647 rows and columns are possible");
        }
        return Matrix.wrap(array.toDoubles(), (int) shape[0], (int) shape[1]);
    }

    /** Two matrices as factors, if they can be. */
    static Factors factors(Matrix left, Matrix right, String place) {
        if (left.columns() != right.columns()) {
            throw new BadDataException(place + ": left is " + left.shape() + " and right " + right.shape()
                    + "; factors must have one number of columns");
        }
        if (!left.isFinite() || !right.isFinite()) {
            throw new BadDataException(place + ": the factors hold NaN or an infinity");
        }
        return new Factors(left, right);
    }
}
