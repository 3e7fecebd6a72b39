package lowrank4j.kernel.contract;

import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;

/** dot, axpy and scaledCopy. */
final class UpdateContract extends Family {
    private static final int[] ROWS = {0, 1, 2, 5};

    private static final List<Double> SPECIALS = List.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            -0x1p-1030,
            Double.MAX_VALUE);

    UpdateContract(Kernels kernels, Extent extent) {
        super("updates", kernels, extent);
        each("dot adds the products of entries, columns", sizes(), this::dotAddsTheProductsOfEntries);
        check("dot of a matrix with itself is its squared norm", this::dotOfAMatrixWithItselfIsItsSquaredNorm);
        each("axpy adds a multiple, columns", sizes(), this::axpyAddsAMultiple);
        each("scaledCopy is exact and does not read the output, columns", sizes(), this::scaledCopyIsExact);
        each("special values go the way of the formula:", SPECIALS, this::specialValuesGoTheWayOfTheFormula);
    }

    private void dotAddsTheProductsOfEntries(int columns) {
        for (int rows : ROWS) {
            for (Layout layout : layouts()) {
                Random random = seeded("dot", rows, columns, layout.offset(), layout.gap());
                Matrix x = layout.gaussian(rows, columns, random);
                Matrix y = Layout.any(random).gaussian(rows, columns, random);
                double actual = kernels.dot(x, y);
                double magnitude = reference.dot(absolute(x), absolute(y));
                Bound.require(
                        "dot, " + layout + " " + x.shape(), actual, reference.dot(x, y), magnitude, rows * columns);
            }
        }
    }

    private void dotOfAMatrixWithItselfIsItsSquaredNorm() {
        Matrix x = new Layout(1, 7).gaussian(37, 11, seeded("norm"));
        double expected = reference.dot(x, x);
        Bound.require("dot of a matrix with itself", kernels.dot(x, x), expected, expected, 37 * 11);
    }

    private void axpyAddsAMultiple(int columns) {
        for (int rows : ROWS) {
            for (Layout layout : layouts()) {
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
        Require.untouched("axpy", x.data(), before);
    }

    private void scaledCopyIsExact(int columns) {
        for (int rows : ROWS) {
            for (Layout layout : layouts()) {
                Random random = seeded("copy", rows, columns, layout.offset(), layout.gap());
                Matrix x = Layout.any(random).gaussian(rows, columns, random);
                Matrix y = layout.filled(rows, columns, Double.NaN);
                Matrix expected = Matrix.zeros(rows, columns);
                reference.scaledCopy(0.3, x, expected);
                kernels.scaledCopy(0.3, x, y);
                Require.same("scaledCopy " + x.shape(), y.toArray(), expected.toArray());
                Layout.requireCanaries("scaledCopy", y);
            }
        }
    }

    private void specialValuesGoTheWayOfTheFormula(double special) {
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
                Require.same("scaledCopy", copy.toArray(), expected.toArray());
                checkAxpy(0.5, x, y);
                checkAxpy(0.5, y, x);
            }
        }
    }
}
