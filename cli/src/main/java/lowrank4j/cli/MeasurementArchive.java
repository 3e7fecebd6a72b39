package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import lowrank4j.MatrixSensing;
import lowrank4j.error.BadDataException;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyType;
import lowrank4j.io.Npz;
import lowrank4j.matrix.Magnitude;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.RankOneSensing;
import lowrank4j.sensing.SparseSensing;

/**
 * Measurements with structure in an {@code .npz} archive, of which the names of the arrays say what they are: {@code left} (m×n1) and
 * {@code right} (m×n2) measure aᵀXb, {@code left} alone aᵀXa; {@code measurement}, {@code row}, {@code col}, {@code value} and {@code shape} are
 * the entries of sparse matrices. Any may have {@code weights} or {@code variances} (m).
 */
final class MeasurementArchive {
    private static final String LEFT = "left";
    private static final String RIGHT = "right";
    private static final String MEASUREMENT = "measurement";
    private static final String ROW = "row";
    private static final String COLUMN = "col";
    private static final String VALUE = "value";
    private static final String SHAPE = "shape";
    private static final String WEIGHTS = "weights";
    private static final String VARIANCES = "variances";

    private static final String KINDS =
            "left and right (m x n1 and m x n2, for a^T X b), left alone (m x n, for a^T X a,"
                    + " with --psd), or measurement, row, col, value and shape (the entries of sparse matrices), with weights or"
                    + " variances (m) where wanted";

    private final Path path;
    private final List<String> names;
    private final Path values;
    private final double[] observed;

    private MeasurementArchive(Path path, Path values, double[] observed) {
        this.path = path;
        this.names = Npz.names(path);
        this.values = values;
        this.observed = observed;
    }

    /** Reads the archive and the measured values. */
    static MeasurementFile read(Path path, Path values, boolean symmetric) {
        double[] observed = Measurements.observedVector(values);
        MeasurementArchive archive = new MeasurementArchive(path, values, observed);
        if (archive.has(LEFT) && archive.has(MEASUREMENT)) {
            throw archive.bad("has both left and measurement, so it is two kinds at once; expected are " + KINDS);
        }
        if (archive.has(LEFT)) {
            return archive.rankOne(symmetric);
        }
        if (archive.has(MEASUREMENT)) {
            return archive.sparse(symmetric);
        }
        throw archive.bad("has the arrays " + archive.names + "; expected are " + KINDS);
    }

    private boolean has(String name) {
        return names.contains(name);
    }

    private BadDataException bad(String text) {
        return new BadDataException(path + ": " + text);
    }

    private MeasurementFile rankOne(boolean symmetric) {
        requireOnly(Set.of(LEFT, RIGHT, WEIGHTS, VARIANCES));
        boolean quadratic = !has(RIGHT);
        if (quadratic && !symmetric) {
            throw bad("has left without right, which measures a^T X a of a symmetric X; add --psd, or an array right");
        }
        if (!quadratic && symmetric) {
            throw bad(
                    "has left and right, which measure a^T X b of any X; --psd is for left alone, which measures a^T X a");
        }
        Matrix left = vectors(LEFT);
        if (quadratic) {
            int n = left.columns();
            return file(
                    MatrixSensing.by(engine -> RankOneSensing.quadratic(left, engine), observed),
                    new Shape(n, n),
                    "quadratic measurements");
        }
        Matrix right = vectors(RIGHT);
        return file(
                MatrixSensing.by(engine -> RankOneSensing.rectangular(left, right, engine), observed),
                new Shape(left.columns(), right.columns()),
                "measurements of rank one");
    }

    private MeasurementFile sparse(boolean symmetric) {
        requireOnly(Set.of(MEASUREMENT, ROW, COLUMN, VALUE, SHAPE, WEIGHTS, VARIANCES));
        Shape shape = shape();
        if (symmetric && shape.rows() != shape.columns()) {
            throw bad("shape is " + shape + "; --psd needs square measurement matrices");
        }
        double[] value = numbers(VALUE);
        if (value.length == 0) {
            throw bad("value is empty: nothing is measured; at least 1 entry is needed");
        }
        int[] measurement = indices(MEASUREMENT, value.length, observed.length, "measurements");
        int[] row = indices(ROW, value.length, shape.rows(), "rows");
        int[] column = indices(COLUMN, value.length, shape.columns(), "columns");
        for (int k = 0; k < value.length; k++) {
            if (!Double.isFinite(value[k])) {
                throw bad(VALUE + ": element " + k + " is " + value[k] + ", but must be finite");
            }
        }
        requireUseful(VALUE, value);
        int count = observed.length;
        return file(
                MatrixSensing.by(
                        engine -> symmetric
                                ? SparseSensing.symmetric(shape.rows(), count, measurement, row, column, value, engine)
                                : SparseSensing.rectangular(
                                        shape.rows(), shape.columns(), count, measurement, row, column, value, engine),
                        observed),
                shape,
                "sparse measurements (" + value.length + " entries)");
    }

    private MeasurementFile file(MatrixSensing sensing, Shape shape, String kind) {
        String description = observed.length + " " + kind + " of a " + shape + " matrix";
        if (has(WEIGHTS) && has(VARIANCES)) {
            throw bad("has both weights and variances; one of them is allowed");
        }
        if (has(WEIGHTS)) {
            return new MeasurementFile(sensing.weighted(positive(WEIGHTS)), shape, description + ", weighted");
        }
        if (has(VARIANCES)) {
            return new MeasurementFile(
                    sensing.withVariances(positive(VARIANCES)), shape, description + ", of known variances");
        }
        return new MeasurementFile(sensing, shape, description);
    }

    private void requireOnly(Set<String> allowed) {
        for (String name : names) {
            if (!allowed.contains(name)) {
                throw bad("has the array " + name + ", which would not be looked at; expected are " + KINDS);
            }
        }
    }

    /** The vectors of the measurements, one a row. */
    private Matrix vectors(String name) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npz.read(path, name, arena);
            long[] shape = array.shape();
            if (shape.length != 2 || shape[0] != observed.length) {
                throw bad(name + " has the shape " + Measurements.text(shape) + " and " + values + " the shape ("
                        + observed.length + ",); as many rows as values are expected");
            }
            if (shape[1] < 1) {
                throw bad(name + " has the shape " + Measurements.text(shape) + "; at least 1 column is needed");
            }
            if (array.type() == NpyType.COMPLEX128) {
                throw bad(name + " is complex; left alone is, with --hermitian, for a^H X a of a Hermitian X");
            }
            MemoryNeed.requireHeap(Double.BYTES * array.size(), path + ": " + name);
            Matrix vectors = Matrix.wrap(array.toDoubles(), (int) shape[0], (int) shape[1]);
            for (int k = 0; k < vectors.data().length; k++) {
                if (!Double.isFinite(vectors.data()[k])) {
                    throw bad(name + " holds " + vectors.data()[k] + " at (" + k / vectors.columns() + ", "
                            + k % vectors.columns() + "), but every number must be finite");
                }
            }
            requireUseful(name, vectors.data());
            return vectors;
        }
    }

    private Shape shape() {
        if (!has(SHAPE)) {
            throw bad("has no array shape; the numbers of rows and columns of X are expected in it");
        }
        try (Arena arena = Arena.ofConfined()) {
            int[] shape = Npz.read(path, SHAPE, arena).toInts();
            if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
                throw bad("shape is " + Arrays.toString(shape)
                        + "; the numbers of rows and columns of X, at least 1, are expected");
            }
            return new Shape(shape[0], shape[1]);
        }
    }

    private double[] numbers(String name) {
        requireArray(name);
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npz.read(path, name, arena);
            requireVector(name, array);
            return array.toDoubles();
        }
    }

    private int[] indices(String name, int length, int bound, String what) {
        requireArray(name);
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npz.read(path, name, arena);
            requireVector(name, array);
            int[] index = array.toInts();
            if (index.length != length) {
                throw bad(name + " has " + index.length + " elements, but value has " + length
                        + "; equal numbers are expected");
            }
            for (int k = 0; k < length; k++) {
                if (index[k] < 0 || index[k] >= bound) {
                    throw bad(name + ": element " + k + " is " + index[k] + ", but must be from 0 to " + (bound - 1)
                            + ": there are " + bound + " " + what);
                }
            }
            return index;
        }
    }

    private void requireArray(String name) {
        if (!has(name)) {
            throw bad("has no array " + name + "; expected are " + KINDS);
        }
    }

    private void requireVector(String name, NpyArray array) {
        if (array.shape().length != 1) {
            throw bad(name + " has the shape " + Measurements.text(array.shape()) + "; one dimension is expected");
        }
    }

    private void requireUseful(String name, double[] numbers) {
        Magnitude.objection(numbers).ifPresent(objection -> {
            throw bad(name + ": " + objection);
        });
        if (Arrays.stream(numbers).allMatch(number -> number == 0)) {
            throw bad(name + " holds nothing but zeros: nothing is measured");
        }
    }

    /** Numbers above 0, one a measurement, whose inverses are finite too. */
    private double[] positive(String name) {
        double[] numbers = numbers(name);
        if (numbers.length != observed.length) {
            throw bad(name + " has " + numbers.length + " elements and " + values + " " + observed.length
                    + "; one for each measurement is expected");
        }
        for (int k = 0; k < numbers.length; k++) {
            if (!(numbers[k] >= Double.MIN_NORMAL && numbers[k] < Double.POSITIVE_INFINITY)) {
                throw bad(name + ": element " + k + " is " + numbers[k] + ", but must be above 0 and finite");
            }
        }
        return numbers;
    }
}
