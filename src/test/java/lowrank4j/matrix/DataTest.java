package lowrank4j.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.DenseRows.Precision;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dense rows, sparse patterns, packed symmetric matrices and factors. */
final class DataTest {
    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource
    void rowsKeepWhatIsSet(Precision precision) {
        try (Arena arena = Arena.ofConfined()) {
            DenseRows rows = DenseRows.allocate(arena, 3, 4, precision);
            assertThat(rows.get(2, 3)).isZero();
            rows.set(1, 2, 0.1);
            assertThat(rows.get(1, 2)).isEqualTo(precision == Precision.FLOAT32 ? 0.1f : 0.1);
            assertThat(rows.bytes()).isEqualTo(12L * precision.bytes());
            assertThat(rows.byteOffset(2)).isEqualTo(8L * precision.bytes());
            assertRefused(() -> rows.get(3, 0), "number 0 of row 3 is outside 3 rows of 4");
            assertRefused(() -> rows.set(0, -1, 1), "number -1 of row 0 is outside 3 rows of 4");
        }
    }

    @Test
    void wrappedSegmentsAreNotCopied() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(48, 8);
            DenseRows rows = DenseRows.wrap(segment, 2, 3, Precision.FLOAT64);
            segment.set(ValueLayout.JAVA_DOUBLE, 32, 7);
            assertThat(rows.get(1, 1)).isEqualTo(7);
            assertRefused(() -> DenseRows.wrap(segment, 2, 2, Precision.FLOAT64), "segment of 48 bytes");
            assertRefused(
                    () -> DenseRows.wrap(MemorySegment.ofArray(new double[6]), 2, 3, Precision.FLOAT64),
                    "off-heap: false");
            assertRefused(() -> DenseRows.wrap(segment.asSlice(2, 8), 2, 1, Precision.FLOAT32), "aligned");
            assertRefused(() -> DenseRows.allocate(arena, -1, 3, Precision.FLOAT32), "-1");
        }
    }

    @Test
    void signsKeepWhatIsSetInTheOrderOfPackbits() {
        try (Arena arena = Arena.ofConfined()) {
            SignRows rows = SignRows.allocate(arena, 2, 11);
            assertThat(rows.bytes()).isEqualTo(4);
            assertThat(rows.get(1, 10)).isEqualTo(-1);
            for (int j : new int[] {0, 2, 8}) {
                rows.set(1, j, true);
            }
            rows.set(1, 2, false);
            rows.set(1, 10, true);
            assertThat(rows.get(1, 0)).isEqualTo(1);
            assertThat(rows.get(1, 2)).isEqualTo(-1);
            // numpy.packbits([[0] * 11, [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]], axis=1)
            assertThat(rows.segment().toArray(ValueLayout.JAVA_BYTE)).containsExactly(0, 0, 0x80, 0xa0);
            assertThat(rows.firstWithSpareBits()).isEmpty();
            rows.segment().set(ValueLayout.JAVA_BYTE, 3, (byte) 0xb0);
            assertThat(rows.firstWithSpareBits()).hasValue(1);
            assertRefused(() -> rows.get(2, 0), "sign 0 of row 2 is outside 2 rows of 11");
            assertRefused(() -> rows.set(0, 11, true), "sign 11 of row 0 is outside 2 rows of 11");
            assertRefused(() -> SignRows.wrap(rows.segment(), 2, 17), "of 6 bytes");
            assertRefused(() -> SignRows.wrap(MemorySegment.ofArray(new byte[4]), 2, 11), "off-heap: false");
            assertRefused(() -> SignRows.allocate(arena, 1, -1), "-1");
        }
    }

    @Test
    void randomSignsAreThoseOfTheGeneratorThatIsDocumented() {
        SignRows rows = SignRows.random(Arena.ofAuto(), 3, 70, 5);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3; i++) {
            long first = random.nextLong();
            long second = random.nextLong();
            for (int j = 0; j < 70; j++) {
                long word = j < 64 ? first : second;
                assertThat(rows.get(i, j)).isEqualTo((word << (j % 64)) < 0 ? 1 : -1);
            }
        }
        assertThat(rows.firstWithSpareBits()).isEmpty();
        // SplitMix64 from its definition, so that other languages find the same: mix(5 + 0x9e3779b97f4a7c15).
        assertThat(new SplittableRandom(5).nextLong()).isEqualTo(mixed(5 + 0x9e3779b97f4a7c15L));
    }

    private static long mixed(long seed) {
        long z = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    // Below one large page, above one, and above several with a part over.
    @ParameterizedTest
    @ValueSource(ints = {7, 300_000, 1_000_003})
    void allocatedRowsAreZeroAndKeepWhatIsSet(int width) {
        for (Arena arena : new Arena[] {Arena.ofAuto(), Arena.global()}) {
            DenseRows rows = DenseRows.allocate(arena, 1, width, Precision.FLOAT64);
            assertThat(rows.segment().toArray(ValueLayout.JAVA_DOUBLE)).containsOnly(0.0);
            assertThat(rows.segment().address() % 64).isZero();
            for (int j = 0; j < width; j++) {
                rows.set(0, j, j + 1);
            }
            assertThat(DoubleStream.of(rows.segment().toArray(ValueLayout.JAVA_DOUBLE))
                            .sum())
                    .isEqualTo(0.5 * width * (width + 1));
        }
    }

    @Test
    void offsetsGoBeyondTheReachOfAnInt() {
        try (Arena arena = Arena.ofConfined()) {
            DenseRows rows = DenseRows.allocate(arena, 0, 100_000, Precision.FLOAT64);
            assertThat(rows.byteOffset(50_000)).isEqualTo(40_000_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 500})
    void entriesInAnyOrderAreSorted(int count) {
        Random random = new Random(count);
        int[] row = new int[count];
        int[] column = new int[count];
        double[] value = new double[count];
        Matrix expected = Matrix.zeros(40, 30);
        expected.fill(Double.NaN);
        for (int k = 0; k < count; k++) {
            do {
                row[k] = random.nextInt(40);
                column[k] = random.nextInt(30);
            } while (!Double.isNaN(expected.get(row[k], column[k])));
            value[k] = random.nextGaussian();
            expected.set(row[k], column[k], value[k]);
        }
        SparsePattern.Entries entries = SparsePattern.sorted(40, 30, row, column, value);
        SparsePattern pattern = entries.pattern();
        assertThat(pattern.count()).isEqualTo(count);
        for (int i = 0; i < 40; i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                assertThat(entries.values()[e]).isEqualTo(expected.get(i, pattern.columnIndex()[e]));
            }
        }
    }

    @Test
    void entriesThatComeSortedAreCopied() {
        int[] row = {0, 0, 2};
        int[] column = {1, 3, 0};
        double[] value = {5, 6, 7};
        SparsePattern.Entries entries = SparsePattern.sorted(3, 4, row, column, value);
        column[0] = 2;
        value[0] = 8;
        assertThat(entries.pattern().rowStart()).containsExactly(0, 2, 2, 3);
        assertThat(entries.pattern().columnIndex()).containsExactly(1, 3, 0);
        assertThat(entries.values()).containsExactly(5, 6, 7);
    }

    @Test
    void brokenPatternsAreRefused() {
        assertRefused(() -> new SparsePattern(2, 3, new int[] {0, 1}, new int[] {0}), "rows + 1 = 3");
        assertRefused(() -> new SparsePattern(1, 3, new int[] {0, 2}, new int[] {0}), "the count 1");
        assertRefused(
                () -> new SparsePattern(1, 3, new int[] {0, 1}, new int[] {3}),
                "row 0 observes column 3, outside 0..2");
        assertRefused(
                () -> new SparsePattern(1, 3, new int[] {0, 2}, new int[] {1, 1}),
                "entry (0, 1) is a duplicate or out of order");
        assertRefused(
                () -> new SparsePattern(3, 3, new int[] {0, 2, 1, 2}, new int[] {1, 2}),
                "rowStart decreases after row 1");
        assertRefused(
                () -> SparsePattern.sorted(2, 2, new int[] {0, 1, 0}, new int[] {1, 0, 1}, new double[3]),
                "entry (0, 1)");
        assertRefused(
                () -> SparsePattern.sorted(2, 2, new int[] {2}, new int[] {0}, new double[1]),
                "entry 0 at (2, 0) is outside the 2x2 matrix");
        assertRefused(() -> SparsePattern.sorted(2, 2, new int[1], new int[2], new double[1]), "1, 2 and 1");
    }

    @Test
    void packedSymmetricMatricesKeepInnerProducts() {
        Random random = new Random(8);
        int n = 7;
        Matrix a = symmetric(n, random);
        Matrix x = symmetric(n, random);
        double expected = 0;
        double[] packed = new double[PackedSymmetric.size(n)];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                expected += a.get(i, j) * x.get(i, j);
                if (j >= i) {
                    packed[k++] = a.get(i, j);
                }
            }
        }
        assertThat(k).isEqualTo(packed.length).isEqualTo(28);
        double[] doubled = new double[packed.length];
        PackedSymmetric.packDoubled(x, doubled);
        double actual = 0;
        for (int e = 0; e < packed.length; e++) {
            actual += packed[e] * doubled[e];
        }
        assertThat(actual).isCloseTo(expected, within(1e-13));
        Matrix unpacked = Matrix.zeros(n, n);
        PackedSymmetric.unpack(packed, unpacked);
        assertThat(unpacked.toArray()).containsExactly(a.toArray());
    }

    private static Matrix symmetric(int n, Random random) {
        Matrix s = Matrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                s.set(i, j, random.nextGaussian());
                s.set(j, i, s.get(i, j));
            }
        }
        return s;
    }

    @Test
    void factorsStandForTheirProduct() {
        Matrix left = Matrix.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Factors factors = new Factors(left, Matrix.of(new double[][] {{1, 0}, {1, 1}}));
        assertThat(factors.toMatrix().toArray()).containsExactly(1, 3, 3, 7, 5, 11);
        assertThat(factors.entry(2, 1)).isEqualTo(11);
        assertThat(factors.rank()).isEqualTo(2);
        assertThat(factors.isSymmetric()).isFalse();
        assertRefused(() -> new Factors(left, Matrix.zeros(2, 3)), "factors of 3x2 and 2x3 do not fit");

        Factors symmetric = Factors.symmetric(left);
        assertThat(symmetric.toMatrix().get(0, 2)).isEqualTo(17);
        Factors copy = symmetric.copy();
        assertThat(copy.isSymmetric()).isTrue();
        copy.left().set(0, 0, Double.NaN);
        assertThat(symmetric.isFinite()).isTrue();
        assertThat(copy.isFinite()).isFalse();
    }
}
