package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** dot, axpy and scaledCopy. */
public abstract class UpdateContract extends KernelContract {
    private static final int[] ROWS = {0, 1, 2, 5};

    protected UpdateContract(Kernels kernels) {
        super(kernels);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void dotAddsTheProductsOfEntries(int columns) {
        for (int rows : ROWS) {
            for (Layout layout : Layout.ALL) {
                Random random = seeded("dot", rows, columns, layout.offset(), layout.gap());
                Matrix x = layout.gaussian(rows, columns, random);
                Matrix y = Layout.any(random).gaussian(rows, columns, random);
                double actual = kernels.dot(x, y);
                double magnitude = reference.dot(absolute(x), absolute(y));
                Bound.require(layout + " " + x.shape(), actual, reference.dot(x, y), magnitude, rows * columns);
            }
        }
    }

    @Test
    void dotOfAMatrixWithItselfIsItsSquaredNorm() {
        Matrix x = new Layout(1, 7).gaussian(37, 11, seeded("norm"));
        double expected = reference.dot(x, x);
        Bound.require("norm", kernels.dot(x, x), expected, expected, 37 * 11);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void axpyAddsAMultiple(int columns) {
        for (int rows : ROWS) {
            for (Layout layout : Layout.ALL) {
                Random random = seeded("axpy", rows, columns, layout.offset(), layout.gap());
                Matrix x = Layout.any(random).gaussian(rows, columns, random);
                Matrix y = layout.gaussian(rows, columns, random);
                checkAxpy(-1.7, x, y);
            }
        }
    }

    private void checkAxpy(double alpha, Matrix x, Matrix y) {
        Matrix expected = y.copy();
        Matrix magnitude = absolute(y);
        double[] before = x.data().clone();
        reference.axpy(alpha, x, expected);
        reference.axpy(Math.abs(alpha), absolute(x), magnitude);
        kernels.axpy(alpha, x, y);
        Bound.require("axpy " + x.shape(), y, expected, magnitude, 2);
        Layout.requireCanaries("axpy", y);
        assertThat(x.data()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void scaledCopyIsExactAndDoesNotReadTheOutput(int columns) {
        for (int rows : ROWS) {
            for (Layout layout : Layout.ALL) {
                Random random = seeded("copy", rows, columns, layout.offset(), layout.gap());
                Matrix x = Layout.any(random).gaussian(rows, columns, random);
                Matrix y = layout.filled(rows, columns, Double.NaN);
                Matrix expected = Matrix.zeros(rows, columns);
                reference.scaledCopy(0.3, x, expected);
                kernels.scaledCopy(0.3, x, y);
                assertThat(y.toArray()).isEqualTo(expected.toArray());
                Layout.requireCanaries("scaledCopy", y);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -0.0,
                Double.MIN_VALUE,
                -0x1p-1030,
                Double.MAX_VALUE
            })
    void specialValuesGoTheWayOfTheFormula(double special) {
        for (int columns : new int[] {1, 8, 13, 33}) {
            for (int position = 0; position < columns; position++) {
                Random random = seeded("special", columns, position);
                Matrix x = Layout.any(random).gaussian(2, columns, random);
                Matrix y = Layout.any(random).gaussian(2, columns, random);
                x.set(1, position, special);
                double magnitude = reference.dot(absolute(x), absolute(y));
                Bound.require("dot", kernels.dot(x, y), reference.dot(x, y), magnitude, 2 * columns);
                Matrix copy = Layout.any(random).filled(2, columns, 5);
                kernels.scaledCopy(-0.5, x, copy);
                Matrix expected = Matrix.zeros(2, columns);
                reference.scaledCopy(-0.5, x, expected);
                assertThat(copy.toArray()).isEqualTo(expected.toArray());
                checkAxpy(0.5, x, y);
                checkAxpy(0.5, y, x);
            }
        }
    }
}
