package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transposition and the search for NaN, entry by entry: neither rounds. */
class TranspositionTest {
    private static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 33, 127, 128, 129, 300};
    private static final int[] PADDINGS = {0, 1, 7};
    private static final int[] OFFSETS = {0, 1, 3};
    private static final double[] SPECIAL = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Float.MIN_VALUE, Float.MAX_VALUE
    };

    private final SplittableRandom random = new SplittableRandom(3);
    private int turn;

    @ParameterizedTest
    @EnumSource
    void everyEntryGoesToItsPlace(Storage from) {
        Products products = products(from);
        for (Storage to : Storage.values()) {
            if (to.precision() != from.precision()) {
                continue;
            }
            for (int m : SIZES) {
                for (int n : SIZES) {
                    double alpha = turn % 2 == 0 ? 1 : -1;
                    Operand a = operand(from, m, n);
                    for (int i = 0; i < m && n > 0; i++) {
                        a.set(i, i % n, SPECIAL[i % SPECIAL.length]);
                    }
                    Operand b = operand(to, n, m);
                    products.transpose(alpha, block(a, from), block(b, to));

                    double[][] wanted = new double[n][m];
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < n; j++) {
                            wanted[j][i] = alpha * a.get(i, j);
                        }
                    }
                    assertThat(Arrays.deepEquals(b.values(), wanted)) // NaN included, and the sign of 0
                            .as("%s times the transpose of %dx%d", alpha, m, n)
                            .isTrue();
                    b.assertNothingWrittenBeside();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DOUBLE_NATIVE_SEGMENT", "FLOAT_NATIVE_SEGMENT"})
    void noPlaceHidesNanOrInfinity(Storage storage) {
        Products products = products(storage);
        for (int n : new int[] {0, 1, 3, 4, 5, 7, 8, 9, 33, 8191, 8192, 8193, 20_000}) {
            Operand a = Operand.random(storage, 1, n, 0, 0, random);
            assertThat(products.squaresAreFinite(block(a, storage))).isTrue();
            for (int j = 0; j < n; j += Math.max(1, Math.min(n - 1 - j, n / 40))) {
                double good = a.get(0, j);
                for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    a.set(0, j, bad);
                    assertThat(products.squaresAreFinite(block(a, storage)))
                            .as("%s at %d of %d", bad, j, n)
                            .isFalse();
                }
                a.set(0, j, good);
            }
        }
    }

    private static Products products(Storage storage) {
        assertThat(Library.open().threads()).isPositive(); // loads it
        return new Products(
                storage.precision() == Precision.DOUBLE ? new DoubleBlasRoutines() : new FloatBlasRoutines());
    }

    private static Block block(Operand a, Storage storage) {
        return Block.matrix("a", a.segment(), 0, storage.precision(), a.rows(), a.columns(), a.stride());
    }

    /** Random numbers, in the next of all combinations of offset and padding. */
    private Operand operand(Storage storage, int rows, int columns) {
        int offset = OFFSETS[turn % OFFSETS.length];
        int padding = PADDINGS[turn / OFFSETS.length % PADDINGS.length];
        turn++;
        return Operand.random(storage, rows, columns, offset, padding, random);
    }
}
