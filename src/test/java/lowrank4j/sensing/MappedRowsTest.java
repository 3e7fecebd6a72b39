package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a mapped file, in waves far smaller than the file. */
@Tag("tier")
class MappedRowsTest {
    private static final int N1 = 9;
    private static final int N2 = 11;
    private static final int COUNT = 5003;

    /** Thirteen waves: 16 blocks of 24 rows each, and a last one of fewer. */
    private static final long WAVE_BYTES = 384L * N1 * N2 * Double.BYTES;

    @TempDir
    private static Path folder;

    private static DenseRows inMemory;
    private static DenseRows mapped;

    @BeforeAll
    static void write() throws IOException {
        Random random = new Random(4);
        inMemory = DenseRows.allocate(Arena.ofAuto(), COUNT, N1 * N2, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < COUNT; i++) {
            for (int k = 0; k < N1 * N2; k++) {
                inMemory.set(i, k, random.nextGaussian());
            }
        }
        try (FileChannel file = FileChannel.open(
                folder.resolve("rows"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment target = file.map(MapMode.READ_WRITE, 0, inMemory.bytes(), Arena.ofAuto());
            target.copyFrom(inMemory.segment());
            MemorySegment source = file.map(MapMode.READ_ONLY, 0, inMemory.bytes(), Arena.ofAuto());
            mapped = DenseRows.wrap(source, COUNT, N1 * N2, DenseRows.Precision.FLOAT64);
        }
    }

    /** What a gradient, an adjoint and a forward pass come to. */
    private static List<double[]> results(RowStream rows, int threads) {
        try (Engine engine = Engine.open(Tiers.select(), threads)) {
            DenseSensing operator = DenseSensing.rectangular(rows, N1, N2, WAVE_BYTES, engine);
            double[] y = new Random(5).doubles(COUNT).toArray();
            double[] residual = new double[COUNT];
            double[] products = new double[COUNT];
            Matrix left = Matrix.zeros(N1, 2);
            Matrix right = Matrix.zeros(N2, 2);
            Matrix back = Matrix.zeros(N1, 2);
            double loss = operator.gradient(point(1), y, residual, Sides.BOTH, left, right);
            operator.adjoint(y).times(point(1).right(), back);
            operator.forward(point(1), products);
            return List.of(new double[] {loss}, residual, products, left.data(), right.data(), back.data());
        }
    }

    private static Factors point(long seed) {
        Random random = new Random(seed);
        Matrix left = Matrix.zeros(N1, 2);
        Matrix right = Matrix.zeros(N2, 2);
        for (Matrix factor : List.of(left, right)) {
            for (int k = 0; k < factor.data().length; k++) {
                factor.data()[k] = random.nextGaussian();
            }
        }
        return new Factors(left, right);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void haveTheBitsOfRowsInMemoryForAnyNumberOfThreads(int threads) {
        List<double[]> expected = results(new StoredRows(inMemory), 1);
        List<double[]> found = results(new StoredRows(mapped), threads);
        for (int k = 0; k < expected.size(); k++) {
            assertThat(found.get(k)).containsExactly(expected.get(k));
        }
    }

    @Test
    void areTheFormulaInManyWavesAsInOne() {
        List<double[]> waves = results(new StoredRows(mapped), 2);
        try (Engine engine = Engine.open(Tiers.select(), 2)) {
            DenseSensing one = DenseSensing.rectangular(inMemory, N1, N2, engine);
            Matrix left = Matrix.zeros(N1, 2);
            double[] y = new Random(5).doubles(COUNT).toArray();
            double loss = one.gradient(point(1), y, new double[COUNT], Sides.LEFT, left, Matrix.zeros(N2, 2));
            assertThat(waves.getFirst()[0]).isCloseTo(loss, within(1e-12 * loss));
            for (int k = 0; k < left.data().length; k++) {
                assertThat(waves.get(3)[k]).isCloseTo(left.data()[k], within(1e-9 * Math.sqrt(loss)));
            }
        }
    }

    /** Counts the passages, and checks that each goes through the rows from the first to the last. */
    private static final class Watched implements RowStream {
        private final StoredRows rows = new StoredRows(mapped);
        private final List<Integer> begun = new ArrayList<>();

        @Override
        public int count() {
            return rows.count();
        }

        @Override
        public int width() {
            return rows.width();
        }

        @Override
        public long bytes() {
            return rows.bytes();
        }

        @Override
        public boolean isInFile() {
            return true;
        }

        @Override
        public void row(int i, double[] out) {
            rows.row(i, out);
        }

        @Override
        public void forward(Kernels kernels, int from, int to, double[] x, double[] out) {
            begun.add(from);
            rows.forward(kernels, from, to, x, out);
        }

        @Override
        public void adjoint(Kernels kernels, int from, int to, double[] z, double[] g) {
            begun.add(from);
            rows.adjoint(kernels, from, to, z, g);
        }

        @Override
        public double gradient(
                Kernels kernels, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
            begun.add(from);
            return rows.gradient(kernels, from, to, x, y, residual, g);
        }
    }

    @Test
    void ofAConfinedArenaAreReadByTheirThreadAlone() throws IOException {
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try (FileChannel file = FileChannel.open(folder.resolve("rows"), StandardOpenOption.READ);
                Arena confined = Arena.ofConfined()) {
            MemorySegment source = file.map(MapMode.READ_ONLY, 0, inMemory.bytes(), confined);
            DenseRows rows = DenseRows.wrap(source, COUNT, N1 * N2, DenseRows.Precision.FLOAT64);
            List<double[]> expected = results(new StoredRows(inMemory), 1);
            List<double[]> found = results(new StoredRows(rows), 1);
            for (int k = 0; k < expected.size(); k++) {
                assertThat(found.get(k)).containsExactly(expected.get(k));
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).isEmpty();
    }

    @Test
    void areReadFromTheFirstToTheLast() {
        Watched rows = new Watched();
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            DenseSensing operator = DenseSensing.rectangular(rows, N1, N2, WAVE_BYTES, engine);
            operator.forward(point(1), new double[COUNT]);
            assertThat(rows.begun).hasSizeGreaterThan(200).isSorted();
            assertThat(rows.begun.getFirst()).isZero();
        }
    }

    @Test
    void thatAreHeldOutAreNotReadAgainForTheSameFactors() {
        Watched rows = new Watched();
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            DenseSensing whole = DenseSensing.rectangular(rows, N1, N2, WAVE_BYTES, engine);
            double[] expected = new double[COUNT];
            whole.forward(point(1), expected);
            Split split = whole.split(0.2, 3);
            Factors x = point(1);
            Matrix left = Matrix.zeros(N1, 2);
            Matrix right = Matrix.zeros(N2, 2);
            split.fitted().gradient(x, new double[COUNT], new double[COUNT], Sides.BOTH, left, right);
            rows.begun.clear();
            double[] seen = new double[COUNT];
            split.heldOut().forward(x, seen);
            assertThat(rows.begun).isEmpty();
            assertThat(seen).containsExactly(split.heldOut().masked(expected));
            // Other factors, told by one number, are multiplied anew.
            x.right().set(N2 - 1, 1, 0.25);
            split.heldOut().forward(x, seen);
            assertThat(rows.begun).isNotEmpty();
            whole.forward(x, expected);
            assertThat(seen).containsExactly(split.heldOut().masked(expected));
        }
    }

    @Test
    void rowsOfAConfinedArenaNeedOneThread() {
        try (Arena arena = Arena.ofConfined()) {
            DenseRows confined = DenseRows.allocate(arena, COUNT, N1 * N2, DenseRows.Precision.FLOAT64);
            confined.segment().copyFrom(inMemory.segment());
            SignRows signs = SignRows.random(arena, 10, N1 * N2, 6);
            assertThat(results(new StoredRows(confined), 1))
                    .usingRecursiveComparison()
                    .isEqualTo(results(new StoredRows(inMemory), 1));
            assertThatThrownBy(() -> results(new StoredRows(confined), 2))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("confined arena")
                    .hasMessageContaining("2 threads");
            try (Engine engine = Engine.open(Tiers.select(), 2)) {
                assertThatThrownBy(() -> SignSensing.rectangular(signs, N1, N2, engine))
                        .isInstanceOf(InvalidArgumentException.class)
                        .hasMessageContaining("Arena.ofShared()");
            }
        }
    }
}
