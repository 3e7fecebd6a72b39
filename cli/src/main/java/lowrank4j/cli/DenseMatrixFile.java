package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DenseEntries;
import lowrank4j.io.FileKind;
import lowrank4j.io.MatrixEntries;
import lowrank4j.io.MatrixMarket;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyHeader;
import lowrank4j.io.Triples;
import lowrank4j.matrix.Magnitude;
import lowrank4j.matrix.Matrix;

/** A matrix all of whose entries are known, as {@code approximate} reads it. */
final class DenseMatrixFile {
    /** The matrix, its copy for the decomposition and the vectors take this many times its memory, about. */
    private static final long COPIES = 3;

    private DenseMatrixFile() {}

    static Matrix read(Path file, VariableOption variable) {
        FileKind kind = FileKind.claimedBy(file).orElseGet(() -> FileKind.of(file));
        if (kind != FileKind.MATLAB) {
            variable.checkNotGiven(file + ", which is none");
        }
        Matrix matrix = switch (kind) {
            case NPY -> npy(file);
            case MATRIX_MARKET -> whole(MatrixMarket.read(file), file);
            case MATLAB -> whole(MatlabFile.read(file, variable.name()), file);
            default ->
                throw new BadDataException(file + ": looks like "
                        + FileKind.of(file).description()
                        + "; a matrix as .npy, Matrix Market or .mat is expected");
        };
        requireFinite(matrix, file);
        Magnitude.objection(matrix.data()).ifPresent(objection -> {
            throw new BadDataException(file + ": " + objection);
        });
        return matrix;
    }

    private static Matrix npy(Path file) {
        NpyHeader header = Npy.readHeader(file);
        long[] shape = header.shape();
        if (shape.length == 2) {
            requireMemory(shape[0], shape[1], file);
        }
        try (Arena arena = Arena.ofConfined()) {
            return FactorFiles.matrix(Npy.map(file, arena), file.toString());
        }
    }

    private static Matrix whole(MatrixEntries entries, Path file) {
        requireMemory(entries.rows(), entries.columns(), file);
        if (entries instanceof DenseEntries dense) {
            return Matrix.wrap(dense.values(), dense.rows(), dense.columns());
        }
        Triples triples = (Triples) entries;
        Matrix matrix = Matrix.zeros(triples.rows(), triples.columns());
        for (int k = 0; k < triples.count(); k++) {
            matrix.set(triples.row()[k], triples.column()[k], triples.value()[k]);
        }
        return matrix;
    }

    private static void requireMemory(long rows, long columns, Path file) {
        double bytes = (double) COPIES * Double.BYTES * rows * columns;
        MemoryNeed.requireHeap((long) bytes, file + ": the decomposition of a " + rows + "x" + columns + " matrix");
    }

    private static void requireFinite(Matrix matrix, Path file) {
        if (matrix.isFinite()) {
            return;
        }
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                if (!Double.isFinite(matrix.get(i, j))) {
                    throw new BadDataException(file + ": the entry at (" + i + ", " + j + ") is " + matrix.get(i, j)
                            + ", but every number must be finite; complete takes matrices with missing entries");
                }
            }
        }
    }
}
