package lowrank4j.matrix;

import lowrank4j.error.InvalidArgumentException;

/**
 * A matrix of low rank in factored form, {@code X = left · rightᵀ}.
 *
 * @param left n1×r
 * @param right n2×r; the very same object as {@code left} for a symmetric {@code X = U Uᵀ}
 */
public record Factors(Matrix left, Matrix right) {
    public Factors {
        if (left.columns() != right.columns()) {
            throw new InvalidArgumentException("factors of " + left.shape() + " and " + right.shape()
                    + " do not fit: both must have one column count, the rank");
        }
    }

    /** {@code U Uᵀ}. */
    public static Factors symmetric(Matrix u) {
        return new Factors(u, u);
    }

    /** Whether both factors are one object. */
    public boolean isSymmetric() {
        return left == right;
    }

    /** Rows of {@code X}. */
    public int rows() {
        return left.rows();
    }

    /** Columns of {@code X}. */
    public int columns() {
        return right.rows();
    }

    /** Columns of the factors: an upper bound of the rank of {@code X}. */
    public int rank() {
        return left.columns();
    }

    /** A copy that shares nothing, symmetric if this is. */
    public Factors copy() {
        return isSymmetric() ? symmetric(left.copy()) : new Factors(left.copy(), right.copy());
    }

    /** A copy of these columns of both, symmetric if this is. */
    public Factors columnsAt(int... which) {
        Matrix chosen = left.columnsAt(which);
        return isSymmetric() ? symmetric(chosen) : new Factors(chosen, right.columnsAt(which));
    }

    /** Makes these equal to {@code source}, of the same shape, and symmetric if these are. */
    public void copyFrom(Factors source) {
        left.copyFrom(source.left);
        if (!isSymmetric()) {
            right.copyFrom(source.right);
        }
    }

    /** Entry (row, column) of {@code X}. Cost: 2r flops. */
    public double entry(int row, int column) {
        double sum = 0;
        for (int k = 0; k < rank(); k++) {
            sum += left.get(row, k) * right.get(column, k);
        }
        return sum;
    }

    /** {@code X} itself. Cost: 2·n1·n2·r flops and 8·n1·n2 bytes; meant for small matrices and tests. */
    public Matrix toMatrix() {
        Matrix product = Matrix.zeros(rows(), columns());
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                product.set(i, j, entry(i, j));
            }
        }
        return product;
    }

    /** Whether no entry of either factor is NaN or infinite. */
    public boolean isFinite() {
        return left.isFinite() && (isSymmetric() || right.isFinite());
    }
}
