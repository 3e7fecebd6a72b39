package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Least squares of entries with weights, against plain least squares in which each entry stands as often as its weight says. */
@Tag("tier")
class WeightedSweepsTest {
    private static final int ROWS = 23;
    private static final int COLUMNS = 9;
    private static final int RANK = 3;
    private static final double RIDGE = 0.3;

    private final Random random = new Random(5);
    private final SparsePattern pattern = pattern();
    private final double[] values = numbers(() -> random.nextGaussian());
    /** Whole numbers, so that entries can be repeated. */
    private final double[] weights = numbers(() -> 1 + random.nextInt(3));

    /** Row 1 has no entry; row 0 has all, so that columns have more than one. */
    private SparsePattern pattern() {
        int[] at = IntStream.range(0, ROWS * COLUMNS)
                .filter(k -> k / COLUMNS == 0 || (k / COLUMNS != 1 && random.nextDouble() < 0.6))
                .toArray();
        return SparsePattern.sorted(
                        ROWS,
                        COLUMNS,
                        Arrays.stream(at).map(k -> k / COLUMNS).toArray(),
                        Arrays.stream(at).map(k -> k % COLUMNS).toArray(),
                        new double[at.length])
                .pattern();
    }

    private double[] numbers(DoubleSupplier of) {
        double[] drawn = new double[(int) pattern.count()];
        Arrays.setAll(drawn, e -> of.getAsDouble());
        return drawn;
    }

    /** An entry of a column. */
    private record Seen(int row, double value) {}

    /** The entries of a column, each as often as its weight says. */
    private List<Seen> repeated(int column) {
        return IntStream.range(0, ROWS)
                .boxed()
                .flatMap(i -> IntStream.range(pattern.rowStart()[i], pattern.rowStart()[i + 1])
                        .filter(e -> pattern.columnIndex()[e] == column)
                        .boxed()
                        .flatMap(e -> IntStream.range(0, (int) weights[e]).mapToObj(k -> new Seen(i, values[e]))))
                .toList();
    }

    /** {@code Σ (x·l - y)l + damping·x} over entries as they stand, of the first so many columns. */
    private static double[] slope(List<Seen> entries, Matrix left, Matrix right, int column, int rank, double damping) {
        double[] slope = new double[rank];
        for (Seen seen : entries) {
            double gap = -seen.value();
            for (int k = 0; k < left.columns(); k++) {
                gap += left.get(seen.row(), k) * right.get(column, k);
            }
            for (int k = 0; k < rank; k++) {
                slope[k] += gap * left.get(seen.row(), k);
            }
        }
        for (int k = 0; k < rank; k++) {
            slope[k] += damping * right.get(column, k);
        }
        return slope;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void anEntryOfWeightTwoIsAsGoodAsTheEntryTwice(int held) {
        try (Engine engine = Engine.open()) {
            Factors start = new Factors(
                    Initialisation.gaussian(ROWS, RANK + held, 1, random),
                    Initialisation.gaussian(COLUMNS, RANK + held, 1, random));
            AlternatingLeastSquares squares = new AlternatingLeastSquares(
                            new SparsePattern.Entries(pattern, values), pattern.transposed(values), start, held, engine)
                    .weighted(weights);
            double told = squares.sweep(RIDGE);
            Factors x = squares.factors();
            double loss = 0;
            for (int j = 0; j < COLUMNS; j++) {
                List<Seen> entries = repeated(j);
                double damping = RIDGE * Math.pow(entries.size(), 0.75);
                assertThat(slope(entries, x.left(), x.right(), j, RANK, damping))
                        .as("column " + j)
                        .containsExactly(new double[RANK], within(1e-11));
                for (Seen seen : entries) {
                    loss += Math.pow(x.entry(seen.row(), j) - seen.value(), 2);
                }
            }
            assertThat(told).isCloseTo(loss, within(1e-11 * loss));
            assertThat(x.left().get(1, 0)).isZero();
        }
    }

    @Test
    void nonnegativeRowsMeetTheConditionsOfAMinimum() {
        try (Engine engine = Engine.open()) {
            Matrix left = Initialisation.gaussian(ROWS, RANK, 1, random);
            Matrix right = Matrix.zeros(COLUMNS, RANK);
            SparsePattern.Entries byColumn = pattern.transposed(values);
            AlternatingLeastSquares.solveNonnegative(
                    byColumn.pattern(),
                    byColumn.values(),
                    pattern.transposed(weights).values(),
                    left,
                    RIDGE,
                    engine.kernels(),
                    right);
            for (int j = 0; j < COLUMNS; j++) {
                List<Seen> entries = repeated(j);
                double[] slope = slope(entries, left, right, j, RANK, RIDGE * Math.pow(entries.size(), 0.75));
                for (int k = 0; k < RANK; k++) {
                    assertThat(right.get(j, k)).isNotNegative();
                    assertThat(slope[k]).isGreaterThan(-1e-9);
                    assertThat(slope[k] * right.get(j, k)).isCloseTo(0, within(1e-9));
                }
            }
        }
    }

    @Test
    void rowsOfMoreEntriesThanAreGatheredAtATimeAreAsThoseOfFew() {
        int many = 1500;
        double[] ones = new double[many];
        Arrays.fill(ones, 1);
        double[] y = new double[many];
        Arrays.setAll(y, k -> random.nextGaussian());
        Matrix fixed = Initialisation.gaussian(many, RANK, 1, random);
        SparsePattern full = new SparsePattern(
                1, many, new int[] {0, many}, IntStream.range(0, many).toArray());
        try (Engine engine = Engine.open()) {
            Matrix plain = Matrix.zeros(1, RANK);
            Matrix weighted = Matrix.zeros(1, RANK);
            AlternatingLeastSquares.RowSolver solver = new AlternatingLeastSquares.RowSolver(engine.kernels(), RANK);
            solver.solve(full, y, new double[0], 0, 1, fixed, RIDGE, plain);
            solver.solve(full, y, ones, 0, 1, fixed, RIDGE, weighted);
            assertThat(weighted.data()).containsExactly(plain.data(), within(1e-12));
        }
    }

    @Test
    void heldOutErrorsAreThoseOfRepeatedEntries() {
        try (Engine engine = Engine.open()) {
            Factors x = new Factors(
                    Initialisation.gaussian(ROWS, RANK, 1, random), Initialisation.gaussian(COLUMNS, RANK, 1, random));
            HeldOut heldOut = new HeldOut(new ObservedEntries(pattern, engine), values, weights, v -> v);
            double[] gaps = IntStream.range(0, COLUMNS)
                    .boxed()
                    .flatMap(j -> repeated(j).stream().map(seen -> Math.abs(x.entry(seen.row(), j) - seen.value())))
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            double size = IntStream.range(0, COLUMNS)
                    .boxed()
                    .flatMap(j -> repeated(j).stream())
                    .mapToDouble(seen -> seen.value() * seen.value())
                    .sum();
            double square = Arrays.stream(gaps).map(gap -> gap * gap).sum();
            assertThat(heldOut.error(x)).isCloseTo(Math.sqrt(square / size), within(1e-12));
            assertThat(heldOut.rootMeanSquare(x)).isCloseTo(Math.sqrt(square / gaps.length), within(1e-12));
            assertThat(heldOut.meanMagnitude(x))
                    .isCloseTo(Arrays.stream(gaps).average().orElseThrow(), within(1e-12));
            assertThat(heldOut.median(x).orElseThrow()).isCloseTo(gaps[(gaps.length - 1) / 2], within(1e-12));
        }
    }
}
