package lowrank4j.sensing;

import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;

/**
 * {@code Σ AᵢAᵢᵀ} and {@code Σ AᵢᵀAᵢ}: how much is measured of each direction of the rows and of the columns.
 *
 * @param rows n1×n1, symmetric
 * @param columns n2×n2, symmetric
 */
public record SecondMoments(LinearMap rows, LinearMap columns) {
    /** A diagonal matrix. */
    static LinearMap diagonal(double[] diagonal) {
        return new Symmetric(diagonal.length) {
            @Override
            public void times(Matrix v, Matrix out) {
                for (int i = 0; i < diagonal.length; i++) {
                    for (int k = 0; k < v.columns(); k++) {
                        out.set(i, k, diagonal[i] * v.get(i, k));
                    }
                }
            }
        };
    }

    /** A symmetric matrix. */
    static LinearMap dense(Matrix matrix, Kernels kernels) {
        return new Symmetric(matrix.rows()) {
            @Override
            public void times(Matrix v, Matrix out) {
                kernels.multiply(1, matrix, v, 0, out);
            }
        };
    }

    abstract static class Symmetric implements LinearMap {
        private final int order;

        Symmetric(int order) {
            this.order = order;
        }

        @Override
        public int rows() {
            return order;
        }

        @Override
        public int columns() {
            return order;
        }

        @Override
        public void transposedTimes(Matrix u, Matrix out) {
            times(u, out);
        }
    }
}
