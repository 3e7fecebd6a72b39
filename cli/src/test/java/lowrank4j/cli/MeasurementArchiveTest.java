package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code lowrank4j sense} makes of measurements with structure in an archive, and what it refuses. */
class MeasurementArchiveTest {
    private static final int COUNT = 240;
    private static final int N1 = 12;
    private static final int N2 = 9;
    private static final Matrix LEFT = Problem.gaussian(COUNT, N1, new Random(1));
    private static final Matrix RIGHT = Problem.gaussian(COUNT, N2, new Random(2));
    private static final Factors TRUTH =
            new Factors(Problem.gaussian(N1, 2, new Random(3)), Problem.gaussian(N2, 2, new Random(4)));

    @TempDir
    private Path folder;

    private Path archive;
    private Path values;
    private Path out;
    private final Map<String, NpyArray> arrays = new LinkedHashMap<>();

    @BeforeEach
    void name() {
        archive = folder.resolve("A.npz");
        values = folder.resolve("y.npy");
        out = folder.resolve("out");
    }

    private static NpyArray array(Matrix matrix) {
        return NpyArray.of(matrix.data().clone(), matrix.rows(), matrix.columns());
    }

    /** {@code aᵢᵀ X bᵢ}. */
    private static double[] measured(Matrix a, Matrix x, Matrix b) {
        double[] y = new double[a.rows()];
        for (int i = 0; i < y.length; i++) {
            for (int p = 0; p < x.rows(); p++) {
                for (int q = 0; q < x.columns(); q++) {
                    y[i] += a.get(i, p) * x.get(p, q) * b.get(i, q);
                }
            }
        }
        return y;
    }

    private void rankOne() {
        arrays.put("left", array(LEFT));
        arrays.put("right", array(RIGHT));
        Npy.write(values, measured(LEFT, TRUTH.toMatrix(), RIGHT), COUNT);
    }

    /** Ten entries each, with all positions covered. */
    private Matrix sparse(int n1, int n2, Matrix x) {
        Random random = new Random(5);
        int[] measurement = new int[10 * COUNT];
        int[] row = random.ints(measurement.length, 0, n1).toArray();
        int[] column = random.ints(measurement.length, 0, n2).toArray();
        double[] value = random.doubles(measurement.length, -1, 1).toArray();
        double[] y = new double[COUNT];
        for (int k = 0; k < measurement.length; k++) {
            measurement[k] = k / 10;
            y[measurement[k]] += value[k] * x.get(row[k], column[k]);
        }
        long size = measurement.length;
        arrays.put("measurement", NpyArray.of(measurement, size));
        arrays.put("row", NpyArray.of(row, size));
        arrays.put("col", NpyArray.of(column, size));
        arrays.put("value", NpyArray.of(value, size));
        arrays.put("shape", NpyArray.of(new long[] {n1, n2}, 2));
        Npy.write(values, y, COUNT);
        return x;
    }

    private Command.Outcome sense(Object... options) {
        Npz.write(archive, arrays);
        Object[] arguments = new Object[options.length + 5];
        System.arraycopy(new Object[] {"sense", archive, values, "--out", out}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return Command.run(arguments);
    }

    private void assertRecovers(Matrix truth, String description, Object... options) {
        Command.Outcome outcome = sense(options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(description, "Rank 2");
        assertThat(Problem.distance(FactorFiles.read(out), truth)).isLessThan(1e-8);
    }

    private void assertRefused(String[] options, String... words) {
        Command.Outcome outcome = sense((Object[]) options);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.err()).contains(words).contains(".np").doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    private void assertRefused(String... words) {
        assertRefused(new String[0], words);
    }

    @Test
    void leftAndRightMeasureByVectors() {
        rankOne();
        assertRecovers(TRUTH.toMatrix(), "240 measurements of rank one of a 12x9 matrix");
    }

    @Test
    void vectorsMayBeFloats() {
        rankOne();
        float[] floats = new float[LEFT.data().length];
        Matrix rounded = LEFT.copy();
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) LEFT.data()[k];
            rounded.data()[k] = floats[k];
        }
        arrays.put("left", NpyArray.of(floats, COUNT, N1));
        Npy.write(values, measured(rounded, TRUTH.toMatrix(), RIGHT), COUNT);
        assertRecovers(TRUTH.toMatrix(), "12x9");
    }

    @Test
    void leftAloneIsQuadratic() {
        arrays.put("left", array(LEFT));
        Matrix x = Factors.symmetric(TRUTH.left()).toMatrix();
        Npy.write(values, measured(LEFT, x, LEFT), COUNT);
        assertRecovers(x, "240 quadratic measurements of a 12x12 matrix", "--psd");
        assertThat(FactorFiles.read(out).left().toArray())
                .isEqualTo(FactorFiles.read(out).right().toArray());
    }

    @Test
    void entriesAreSparseMatrices() {
        Matrix x = sparse(N1, N2, TRUTH.toMatrix());
        assertRecovers(x, "240 sparse measurements (2400 entries) of a 12x9 matrix");
    }

    @Test
    void ofSparseMatricesTheSymmetricPartsCountWithPsd() {
        Matrix x = sparse(N1, N1, Factors.symmetric(TRUTH.left()).toMatrix());
        assertRecovers(x, "sparse", "--psd");
    }

    @ParameterizedTest
    @CsvSource({"weights, weighted", "variances, of known variances"})
    void weightsAndVariancesAreMadeUseOf(String name, String said) {
        rankOne();
        double[] y = measured(LEFT, TRUTH.toMatrix(), RIGHT);
        double[] numbers = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            // Every tenth value is nonsense, and said to be.
            y[i] = i % 10 == 0 ? 50 : y[i];
            double trust = i % 10 == 0 ? 1e-20 : 1;
            numbers[i] = name.equals("weights") ? trust : 1 / trust;
        }
        Npy.write(values, y, COUNT);
        arrays.put(name, NpyArray.of(numbers, COUNT));
        Command.Outcome outcome = sense("--rank", 2);
        assertThat(outcome.out()).contains(said);
        assertThat(Problem.distance(FactorFiles.read(out), TRUTH.toMatrix())).isLessThan(1e-6);
        assertThat(Command.json(out.resolve("result.json"))
                        .get("relativeResidual")
                        .asDouble())
                .isGreaterThan(0.5);
    }

    @Test
    void psdIsForLeftAlone() {
        rankOne();
        assertRefused(new String[] {"--psd"}, "A.npz: has left and right", "--psd is for left alone");
        arrays.remove("right");
        assertRefused("A.npz: has left without right", "add --psd");
    }

    @Test
    void sparseMatricesAreSquareWithPsd() {
        sparse(N1, N2, TRUTH.toMatrix());
        assertRefused(new String[] {"--psd"}, "A.npz: shape is 12x9", "square");
    }

    @Test
    void otherArraysAreRefused() {
        rankOne();
        arrays.put("wieghts", NpyArray.of(new double[COUNT], COUNT));
        assertRefused("A.npz: has the array wieghts, which would not be looked at", "weights or variances");
        arrays.clear();
        arrays.put("a", array(LEFT));
        assertRefused("A.npz: has the arrays [a]; expected are left and right");
        rankOne();
        arrays.put("measurement", NpyArray.of(new int[1], 1));
        assertRefused("has both left and measurement");
    }

    @Test
    void countsThatDoNotFitAreNamedBoth() {
        rankOne();
        arrays.put("right", array(RIGHT.rowRange(0, 100).copy()));
        assertRefused("A.npz: right has the shape (100, 9)", "y.npy the shape (240,)");
        arrays.put("right", NpyArray.of(new double[COUNT], COUNT));
        assertRefused("right has the shape (240,)");
        arrays.put("right", NpyArray.of(new double[0], COUNT, 0));
        assertRefused("right has the shape (240, 0); at least 1 column");
        Npy.write(values, new double[COUNT], COUNT, 1);
        assertRefused("y.npy has the shape (240, 1); m values");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void vectorsThatAreNotFiniteArePlaced(double value) {
        rankOne();
        Matrix bad = RIGHT.copy();
        bad.set(17, 4, value);
        arrays.put("right", array(bad));
        assertRefused("A.npz: right holds " + value + " at (17, 4)");
    }

    @Test
    void vectorsOfZerosMeasureNothing() {
        rankOne();
        arrays.put("left", NpyArray.of(new double[COUNT * N1], COUNT, N1));
        assertRefused("A.npz: left holds nothing but zeros");
        arrays.put("left", array(Problem.gaussian(COUNT, N1, new Random(1))));
        double[] large = RIGHT.toArray();
        large[3] = 1e200;
        arrays.put("right", NpyArray.of(large, COUNT, N2));
        assertRefused("A.npz: right: the largest magnitude is");
    }

    @ParameterizedTest
    @CsvSource({"measurement, 240, measurements", "row, 12, rows", "col, -1, columns"})
    void indicesOutOfRangeArePlaced(String name, int index, String what) {
        sparse(N1, N2, TRUTH.toMatrix());
        int[] indices = new int[10 * COUNT];
        indices[7] = index;
        arrays.put(name, NpyArray.of(indices, indices.length));
        assertRefused("A.npz: " + name + ": element 7 is " + index + ", but must be from 0 to ", what);
    }

    @Test
    void entriesThatAreIncompleteAreRefused() {
        sparse(N1, N2, TRUTH.toMatrix());
        arrays.put("row", NpyArray.of(new int[3], 3));
        assertRefused("row has 3 elements, but value has 2400");
        arrays.put("row", NpyArray.of(new double[] {0.5}, 1));
        assertRefused("row", "element 0 is 0.5", "whole numbers");
        arrays.remove("row");
        assertRefused("has no array row");
        arrays.remove("shape");
        assertRefused("has no array shape");
        arrays.put("shape", NpyArray.of(new long[] {12, 0}, 2));
        assertRefused("shape is [12, 0]", "at least 1");
    }

    @Test
    void valuesThatAreNotFiniteArePlaced() {
        sparse(N1, N2, TRUTH.toMatrix());
        double[] bad = new double[10 * COUNT];
        bad[9] = Double.NaN;
        arrays.put("value", NpyArray.of(bad, bad.length));
        assertRefused("A.npz: value: element 9 is NaN");
        arrays.put("value", NpyArray.of(new double[0], 0));
        assertRefused("value is empty");
    }

    @ParameterizedTest
    @CsvSource({"weights, 0", "weights, NaN", "variances, -2", "variances, Infinity"})
    void weightsThatAreNoneArePlaced(String name, double value) {
        rankOne();
        double[] numbers = new double[COUNT];
        Arrays.fill(numbers, 1);
        numbers[5] = value;
        arrays.put(name, NpyArray.of(numbers, COUNT));
        assertRefused("A.npz: " + name + ": element 5 is " + value + ", but must be above 0 and finite");
    }

    @Test
    void weightsAreOneAMeasurementAndOfOneKind() {
        rankOne();
        arrays.put("weights", NpyArray.of(new double[3], 3));
        assertRefused("weights has 3 elements", "y.npy 240");
        arrays.put("variances", NpyArray.of(new double[3], 3));
        assertRefused("has both weights and variances");
    }
}
