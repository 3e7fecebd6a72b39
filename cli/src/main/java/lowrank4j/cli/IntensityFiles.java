package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import lowrank4j.HermitianSensing;
import lowrank4j.error.BadDataException;
import lowrank4j.io.FileKind;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyType;
import lowrank4j.io.Npz;
import lowrank4j.matrix.Magnitude;
import lowrank4j.matrix.Matrix;

/**
 * Vectors and the intensities that they measured, as {@code sense --hermitian} reads them.
 *
 * @param real Re aᵢ in the rows, m×n
 * @param imaginary Im aᵢ
 * @param observed one finite number a row
 */
record IntensityFiles(Matrix real, Matrix imaginary, double[] observed) {
    private static final String LEFT = "left";

    /** Recovers X from these files. */
    static RecoverySession.Task task(Path vectors, Path values, boolean traceOne, long began) {
        IntensityFiles data = read(vectors, values);
        int n = data.real().columns();
        String description = data.observed().length + " intensities of a Hermitian " + new Shape(n, n) + " matrix";
        return new RecoverySession.Task(
                "Matrix sensing",
                description,
                List.of(
                        new String[] {"Vectors", vectors.toString()},
                        new String[] {"Intensities", values.toString()},
                        new String[] {"Data", description}),
                new Shape(2 * n, 2 * n),
                true,
                (System.nanoTime() - began) * 1e-9,
                EngineOptions.LARGE,
                HermitianFiles::readFactor,
                options -> HermitianFiles.solution(
                        HermitianSensing.intensities(data.real(), data.imaginary(), data.observed()),
                        traceOne,
                        options));
    }

    /**
     * Reads both files.
     *
     * @param vectors m×n complex or real numbers as {@code .npy}, or as the array left alone in an {@code .npz} archive
     * @param values m numbers as {@code .npy}
     */
    static IntensityFiles read(Path vectors, Path values) {
        double[] observed = Measurements.observedVector(values);
        boolean archive = FileKind.of(vectors) == FileKind.NPZ;
        if (archive) {
            List<String> names = Npz.names(vectors);
            if (!names.equals(List.of(LEFT))) {
                throw new BadDataException(vectors + ": has the arrays " + names
                        + "; with --hermitian left alone is expected, m x n complex numbers for a^H X a");
            }
        }
        String place = vectors + (archive ? ": " + LEFT : "");
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = archive ? Npz.read(vectors, LEFT, arena) : Npy.read(vectors, arena);
            long[] shape = array.shape();
            if (shape.length != 2 || shape[0] != observed.length || shape[0] < 2 || shape[1] < 1) {
                throw new BadDataException(place + " has the shape " + Measurements.text(shape) + " and " + values
                        + " the shape (" + observed.length
                        + ",); m x n vectors, n at least 1, and m intensities, at least 2, are expected");
            }
            MemoryNeed.requireHeap(4L * Double.BYTES * array.size(), place);
            return new IntensityFiles(part(array, place, 0), part(array, place, 1), observed);
        }
    }

    private static Matrix part(NpyArray array, String place, int part) {
        int rows = (int) array.shape()[0];
        int columns = (int) array.shape()[1];
        boolean complex = array.type() == NpyType.COMPLEX128;
        Matrix matrix = Matrix.zeros(rows, columns);
        if (!complex && part == 1) {
            return matrix;
        }
        double[] numbers = complex ? array.toPairs() : array.toDoubles();
        for (int k = 0; k < matrix.data().length; k++) {
            double number = numbers[complex ? 2 * k + part : k];
            if (!Double.isFinite(number)) {
                throw new BadDataException(place + " holds " + number + " at (" + k / columns + ", " + k % columns
                        + "), but every number must be finite");
            }
            matrix.data()[k] = number;
        }
        if (part == 1 || !complex) {
            Magnitude.objection(numbers).ifPresent(objection -> {
                throw new BadDataException(place + ": " + objection);
            });
        }
        return matrix;
    }
}
