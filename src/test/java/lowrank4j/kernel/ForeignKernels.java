package lowrank4j.kernel;

import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** Kernels from outside the library: right as they stand, because they leave the work to the reference; subclasses break one. */
class ForeignKernels implements Kernels {
    private final Kernels body = Tiers.select(Tier.REFERENCE).kernels();

    @Override
    public Tier tier() {
        return body.tier();
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return body.dot(x, y);
    }

    @Override
    public void axpy(double alpha, Matrix x, Matrix y) {
        body.axpy(alpha, x, y);
    }

    @Override
    public void scaledCopy(double alpha, Matrix x, Matrix y) {
        body.scaledCopy(alpha, x, y);
    }

    @Override
    public void gram(Matrix x, Matrix g) {
        body.gram(x, g);
    }

    @Override
    public void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        body.multiply(alpha, a, b, beta, c);
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        body.multiplyTransposed(alpha, a, b, beta, c);
    }

    @Override
    public void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        body.transposedMultiply(alpha, a, b, beta, c);
    }

    @Override
    public void sensingForward(DenseRows rows, int from, int to, double[] x, double[] out) {
        body.sensingForward(rows, from, to, x, out);
    }

    @Override
    public void sensingAdjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        body.sensingAdjoint(rows, from, to, z, g);
    }

    @Override
    public double sensingGradient(
            DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return body.sensingGradient(rows, from, to, x, y, residual, g);
    }

    @Override
    public void signForward(SignRows rows, int from, int to, double[] x, double[] out) {
        body.signForward(rows, from, to, x, out);
    }

    @Override
    public void signAdjoint(SignRows rows, int from, int to, double[] z, double[] g) {
        body.signAdjoint(rows, from, to, z, g);
    }

    @Override
    public double signGradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return body.signGradient(rows, from, to, x, y, residual, g);
    }

    @Override
    public void completionForward(
            SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        body.completionForward(pattern, fromRow, toRow, left, right, out);
    }

    @Override
    public double completionGradient(
            SparsePattern pattern,
            int fromRow,
            int toRow,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        return body.completionGradient(pattern, fromRow, toRow, left, right, y, residual, gradLeft, gradRight);
    }

    @Override
    public void completionProduct(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out) {
        body.completionProduct(pattern, fromRow, toRow, z, x, out);
    }

    @Override
    public void completionGrams(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        body.completionGrams(pattern, fromRow, toRow, x, y, grams);
    }

    @Override
    public boolean cholesky(Matrix s) {
        return body.cholesky(s);
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix x) {
        body.choleskySolve(factor, x);
    }

    @Override
    public void thinQr(Matrix a, Matrix q, Matrix r) {
        body.thinQr(a, q, r);
    }

    @Override
    public void symmetricEigen(Matrix s, double[] values, Matrix vectors) {
        body.symmetricEigen(s, values, vectors);
    }

    @Override
    public void thinSvd(Matrix a, Matrix u, double[] values, Matrix v) {
        body.thinSvd(a, u, values, v);
    }
}
