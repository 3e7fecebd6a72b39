package lowrank4j.bench;

import dev.ludovic.netlib.blas.BLAS;
import lowrank4j.matrix.Matrix;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.R064Store;

/** Products by libraries that store matrices by columns, on operands stored so. */
final class ColumnProducts {
    private ColumnProducts() {}

    static Product ofNetlib(BLAS blas, Matrix left, Matrix right) {
        int m = left.rows();
        int k = left.columns();
        int n = right.columns();
        double[] a = left.transposed().data();
        double[] b = right.transposed().data();
        double[] c = new double[m * n];
        return new Product(
                () -> {
                    blas.dgemm("N", "N", m, n, k, 1, a, m, b, k, 0, c, m);
                    return c[0];
                },
                () -> byRows(c, m, n));
    }

    static Product ofOjAlgo(Matrix left, Matrix right) {
        OjAlgoUtils.limitThreadsTo(1);
        double[] result = new double[left.rows() * right.columns()];
        R064Store a = R064Store.wrap(left.transposed().data(), left.rows());
        R064Store b = R064Store.wrap(right.transposed().data(), right.rows());
        R064Store c = R064Store.wrap(result, left.rows());
        return new Product(
                () -> {
                    c.fillByMultiplying(a, b);
                    return result[0];
                },
                () -> byRows(result, left.rows(), right.columns()));
    }

    private static Matrix byRows(double[] byColumns, int m, int n) {
        return Matrix.wrap(byColumns, n, m).transposed();
    }
}
