package lowrank4j.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Dense sensing against plain loops over {@link DenseRows#get}. */
class SensingTest {
    /** As where the tier is opened. */
    @BeforeAll
    static void arrange() {
        Inlining.arrange();
    }

    private static final double EPS = 0x1p-53;

    /** Every width up to a few vectors and tiles' edges, every block remainder, blocks that begin inside. */
    static Stream<Arguments> shapes() {
        int[] widths = {
            0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 61, 64, 100, 127, 128, 129, 509, 513, 1031, 4099
        };
        int[][] ranges = {
            {0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {3, 3}, {1, 7}, {2, 10}, {3, 14}, {0, 16}, {5, 19}, {0, 29}
        };
        return Arrays.stream(widths)
                .boxed()
                .flatMap(width -> Arrays.stream(ranges)
                        .flatMap(range -> Arrays.stream(Precision.values())
                                .map(precision -> Arguments.of(width, range[0], range[1], precision))));
    }

    /** Rows of the long kind, where working sets leave the caches. */
    static Stream<Arguments> longRows() {
        return Stream.of(40_001, 131_072, 250_003)
                .flatMap(width ->
                        Arrays.stream(Precision.values()).map(precision -> Arguments.of(width, 1, 14, precision)));
    }

    @ParameterizedTest
    @MethodSource({"shapes", "longRows"})
    void agreesWithPlainLoops(int width, int from, int to, Precision precision) {
        try (Arena arena = Arena.ofConfined()) {
            new Problem(filled(DenseRows.allocate(arena, to + 2, width, precision)), from, to).check();
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnMappedRows(Precision precision, @TempDir Path folder) throws IOException {
        int width = 517;
        try (Arena arena = Arena.ofShared();
                FileChannel file = FileChannel.open(
                        folder.resolve("rows"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MemorySegment mapped = file.map(FileChannel.MapMode.READ_WRITE, 0, 23L * width * precision.bytes(), arena);
            DenseRows written = filled(DenseRows.wrap(mapped, 23, width, precision));
            DenseRows readOnly = DenseRows.wrap(mapped.asReadOnly(), 23, width, precision);
            new Problem(written, 2, 21).check();
            new Problem(readOnly, 0, 23).check();
        }
    }

    @ParameterizedTest
    @EnumSource
    void agreesOnRowsThatAreOnlyAlignedToOneNumber(Precision precision, @TempDir Path folder) throws IOException {
        int width = 131;
        try (Arena arena = Arena.ofConfined()) {
            long bytes = 9L * width * precision.bytes();
            MemorySegment odd = arena.allocate(bytes + 64, 64).asSlice(precision.bytes(), bytes);
            new Problem(filled(DenseRows.wrap(odd, 9, width, precision)), 0, 9).check();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameBitsEachTime(Precision precision) {
        try (Arena arena = Arena.ofConfined()) {
            Problem problem = new Problem(filled(DenseRows.allocate(arena, 23, 1003, precision)), 0, 23);
            double first = problem.gradient();
            double[] gradient = problem.g.clone();
            double[] residual = problem.residual.clone();
            for (int repeat = 0; repeat < 2000; repeat++) {
                assertThat(problem.gradient()).isEqualTo(first);
            }
            assertThat(problem.g).isEqualTo(gradient);
            assertThat(problem.residual).isEqualTo(residual);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void passesNotANumberOn(int width, int from, int to, Precision precision) {
        if (width == 0 || from == to) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            DenseRows rows = filled(DenseRows.allocate(arena, to + 2, width, precision));
            Problem problem = new Problem(rows, from, to);
            rows.set(to - 1, width - 1, Double.NaN);
            assertThat(problem.gradient()).isNaN();
            assertThat(problem.residual[to - 1]).isNaN();
            assertThat(problem.g).containsOnly(Double.NaN);
            if (to - 1 > from) {
                assertThat(problem.residual[from]).isFinite();
            }
            problem.forward();
            assertThat(problem.out[to - 1]).isNaN();
            Arrays.fill(problem.z, 0);
            problem.adjoint();
            assertThat(problem.g[width - 1]).isNaN();
            assertThat(problem.g[0]).matches(value -> width == 1 || !Double.isNaN(value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void floatsAreAddedAsDoubles(Precision precision) {
        try (Arena arena = Arena.ofConfined()) {
            DenseRows rows = DenseRows.allocate(arena, 5, 1000, precision);
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 1000; j++) {
                    rows.set(i, j, j == 0 ? 1 : 0x1p-30);
                }
            }
            double[] x = new double[1000];
            Arrays.fill(x, 1);
            double[] out = new double[5];
            Sensing.forward(rows, 0, 5, x, out);
            assertThat(out).containsOnly(1 + 999 * 0x1p-30);
        }
    }

    private static DenseRows filled(DenseRows rows) {
        Random random = new Random(rows.width());
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < rows.width(); j++) {
                rows.set(i, j, random.nextGaussian());
            }
        }
        return rows;
    }

    /** Inputs and outputs of the three operations; what lies outside the range from … to holds canaries. */
    private static final class Problem {
        private static final double CANARY = 4711;

        final DenseRows rows;
        final int from;
        final int to;
        final double[] x;
        final double[] y;
        final double[] z;
        final double[] start;
        final double[] out;
        final double[] residual;
        final double[] g;

        Problem(DenseRows rows, int from, int to) {
            this.rows = rows;
            this.from = from;
            this.to = to;
            Random random = new Random(7L * from + to);
            x = random.doubles(rows.width(), -1, 1).toArray();
            y = random.doubles(rows.count(), -1, 1).toArray();
            z = random.doubles(rows.count(), -1, 1).toArray();
            start = random.doubles(rows.width(), -1, 1).toArray();
            out = new double[rows.count()];
            residual = new double[rows.count()];
            g = new double[rows.width()];
        }

        void forward() {
            Arrays.fill(out, CANARY);
            Sensing.forward(rows, from, to, x, out);
        }

        void adjoint() {
            System.arraycopy(start, 0, g, 0, g.length);
            Sensing.adjoint(rows, from, to, z, g);
        }

        double gradient() {
            Arrays.fill(residual, CANARY);
            System.arraycopy(start, 0, g, 0, g.length);
            return Sensing.gradient(rows, from, to, x, y, residual, g);
        }

        void check() {
            forward();
            checkProducts(out, new double[rows.count()]);
            adjoint();
            checkUpdate(z);
            double loss = gradient();
            checkProducts(residual, y);
            checkUpdate(residual);
            double expected = 0;
            for (int i = from; i < to; i++) {
                expected += residual[i] * residual[i];
            }
            assertWithin(loss, expected, expected, to - from, "loss");
        }

        private void checkProducts(double[] actual, double[] observed) {
            for (int i = 0; i < rows.count(); i++) {
                if (i < from || i >= to) {
                    assertThat(actual[i]).as("outside the range, at %d", i).isEqualTo(CANARY);
                    continue;
                }
                double sum = -observed[i];
                double size = Math.abs(observed[i]);
                for (int j = 0; j < rows.width(); j++) {
                    sum += rows.get(i, j) * x[j];
                    size += Math.abs(rows.get(i, j) * x[j]);
                }
                assertWithin(actual[i], sum, size, rows.width() + 1, "row " + i);
            }
        }

        private void checkUpdate(double[] weights) {
            for (int j = 0; j < rows.width(); j++) {
                double sum = start[j];
                double size = Math.abs(start[j]);
                for (int i = from; i < to; i++) {
                    sum += weights[i] * rows.get(i, j);
                    size += Math.abs(weights[i] * rows.get(i, j));
                }
                assertWithin(g[j], sum, size, to - from + 1, "column " + j);
            }
        }

        private static void assertWithin(double actual, double expected, double size, int terms, String what) {
            if (!(Math.abs(actual - expected) <= 2 * terms * EPS * size)) {
                assertThat(actual).as(what).isEqualTo(expected);
            }
        }
    }
}
