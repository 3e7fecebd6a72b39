package lowrank4j.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lowrank4j.error.InvalidArgumentException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Storage by rows, views, and what is refused. */
final class MatrixTest {
    private final Matrix matrix = Matrix.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}});

    @Test
    void viewsShareTheirStorage() {
        Matrix view = matrix.rowRange(1, 3).columnRange(1, 3);
        assertThat(view.shape()).isEqualTo("2x2");
        assertThat(view.toArray()).containsExactly(5, 6, 8, 9);
        assertThat(view.isContiguous()).isFalse();
        assertThat(view.rowOffset(1)).isEqualTo(7);
        view.set(1, 0, -8);
        assertThat(matrix.get(2, 1)).isEqualTo(-8);
        view.fill(0);
        assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4, 0, 0, 7, 0, 0, 10, 11, 12);
    }

    @Test
    void copiesShareNothing() {
        Matrix copy = matrix.columnRange(0, 2).copy();
        assertThat(copy.isContiguous()).isTrue();
        copy.set(0, 0, 99);
        assertThat(matrix.get(0, 0)).isEqualTo(1);
        double[][] rows = {{1}};
        Matrix of = Matrix.of(rows);
        rows[0][0] = 2;
        assertThat(of.get(0, 0)).isEqualTo(1);
        Matrix target = Matrix.wrap(new double[12], 1, 4, 2, 3);
        target.copyFrom(matrix.columnRange(1, 3));
        assertThat(target.data()).containsExactly(0, 2, 3, 0, 5, 6, 0, 8, 9, 0, 11, 12);
    }

    @Test
    void transposition() {
        assertThat(matrix.columnRange(1, 3).transposed().toArray()).containsExactly(2, 5, 8, 11, 3, 6, 9, 12);
        assertThat(Matrix.identity(3).transposed().toArray()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    void wrappedArraysAreNotCopied() {
        double[] data = {9, 1, 2, 9, 3, 4, 9};
        Matrix view = Matrix.wrap(data, 1, 2, 2, 3);
        assertThat(view.toArray()).containsExactly(1, 2, 3, 4);
        data[4] = -3;
        assertThat(view.get(1, 0)).isEqualTo(-3);
    }

    @Test
    void finiteMeansEveryEntryOfTheView() {
        Matrix view = Matrix.wrap(new double[] {Double.NaN, 1, 2, Double.NaN, 3, 4}, 1, 2, 2, 3);
        assertThat(view.isFinite()).isTrue();
        view.set(1, 1, Double.POSITIVE_INFINITY);
        assertThat(view.isFinite()).isFalse();
        view.set(1, 1, Double.NaN);
        assertThat(view.isFinite()).isFalse();
        assertThat(Matrix.zeros(0, 5).isFinite()).isTrue();
    }

    @Test
    void emptyMatricesHaveViewsToo() {
        assertThat(matrix.rowRange(4, 4).shape()).isEqualTo("0x3");
        assertThat(matrix.columnRange(3, 3).toArray()).isEmpty();
        assertThat(Matrix.zeros(0, 0).copy().transposed().shape()).isEqualTo("0x0");
        assertThat(Matrix.of(new double[0][]).shape()).isEqualTo("0x0");
        assertThat(Matrix.wrap(new double[0], 3, 0).rowRange(1, 3).shape()).isEqualTo("2x0");
    }

    @Test
    void outsideIsRefused() {
        assertRefused(() -> matrix.get(4, 0), "entry (4, 0) is outside the 4x3 matrix");
        assertRefused(() -> matrix.get(0, 3), "entry (0, 3) is outside the 4x3 matrix");
        assertRefused(() -> matrix.set(-1, 0, 1), "entry (-1, 0) is outside the 4x3 matrix");
        assertRefused(() -> matrix.rowRange(2, 5), "row range 2..5 is not within 0..4");
        assertRefused(() -> matrix.columnRange(2, 1), "column range 2..1 is not within 0..3");
        assertRefused(() -> matrix.copyFrom(Matrix.zeros(3, 4)), "cannot copy a 3x4 matrix into a 4x3 one");
    }

    @Test
    void impossibleMatricesAreRefused() {
        assertRefused(() -> Matrix.zeros(-1, 2), "-1x2");
        assertRefused(() -> Matrix.zeros(100_000, 100_000), "10000000000 entries");
        assertRefused(() -> Matrix.of(new double[][] {{1, 2}, {3}}), "row 1 has 1 entries, but row 0 has 2");
        assertRefused(() -> Matrix.wrap(new double[5], 0, 2, 3, 3), "ends at 6, beyond the array's 5 entries");
        assertRefused(() -> Matrix.wrap(new double[9], 0, 2, 3, 2), "stride");
        assertRefused(() -> Matrix.wrap(new double[9], -1, 2, 3, 3), "offset -1");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContaining(message);
    }
}
