package lowrank4j.kernel.vector;

import java.util.List;
import java.util.Optional;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** The tier of hardware vectors (Vector API). */
public final class VectorKernels implements Kernels {
    private VectorKernels() {}

    /** The kernels, or sentences in {@code refusals} that say what is missing and how to get it. */
    public static Optional<VectorKernels> open(List<String> refusals) {
        List<String> found = Hardware.refusals();
        refusals.addAll(found);
        if (!found.isEmpty()) {
            return Optional.empty();
        }
        Inlining.arrange();
        return Optional.of(new VectorKernels());
    }

    /** Width of a vector in bits. */
    public int bits() {
        return Lanes.BITS;
    }

    /** Whether the processor fuses multiply and add. */
    public boolean fma() {
        return Lanes.FMA;
    }

    @Override
    public Tier tier() {
        return Tier.VECTOR;
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        if (x.isContiguous() && y.isContiguous()) {
            return Updates.dot(x.data(), x.offset(), y.data(), y.offset(), x.rows() * x.columns());
        }
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            sum += Updates.dot(x.data(), x.rowOffset(i), y.data(), y.rowOffset(i), x.columns());
        }
        return sum;
    }

    @Override
    public void axpy(double alpha, Matrix x, Matrix y) {
        if (x.isContiguous() && y.isContiguous()) {
            Updates.axpy(alpha, x.data(), x.offset(), y.data(), y.offset(), x.rows() * x.columns());
            return;
        }
        for (int i = 0; i < x.rows(); i++) {
            Updates.axpy(alpha, x.data(), x.rowOffset(i), y.data(), y.rowOffset(i), x.columns());
        }
    }

    @Override
    public void scaledCopy(double alpha, Matrix x, Matrix y) {
        if (x.isContiguous() && y.isContiguous()) {
            Updates.scale(alpha, x.data(), x.offset(), y.data(), y.offset(), x.rows() * x.columns());
            return;
        }
        for (int i = 0; i < x.rows(); i++) {
            Updates.scale(alpha, x.data(), x.rowOffset(i), y.data(), y.rowOffset(i), x.columns());
        }
    }

    @Override
    public void gram(Matrix x, Matrix g) {
        Products.gram(x, g);
    }

    @Override
    public void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        Products.multiply(alpha, a, b, beta, c);
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        Products.multiplyTransposed(alpha, a, b, beta, c);
    }

    @Override
    public void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        Products.transposedMultiply(alpha, a, b, beta, c);
    }

    @Override
    public void sensingForward(DenseRows rows, int from, int to, double[] x, double[] out) {
        Sensing.forward(rows, from, to, x, out);
    }

    @Override
    public void sensingAdjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        Sensing.adjoint(rows, from, to, z, g);
    }

    @Override
    public double sensingGradient(
            DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return Sensing.gradient(rows, from, to, x, y, residual, g);
    }

    @Override
    public void sensingGradients(
            DenseRows rows,
            int from,
            int to,
            double[][] x,
            double[][] y,
            double[][] residual,
            double[][] g,
            double[] loss) {
        Sensing.gradients(rows, from, to, x, y, residual, g, loss);
    }

    @Override
    public void signForward(SignRows rows, int from, int to, double[] x, double[] out) {
        Signs.forward(rows, from, to, x, out);
    }

    @Override
    public void signAdjoint(SignRows rows, int from, int to, double[] z, double[] g) {
        Signs.adjoint(rows, from, to, z, g);
    }

    @Override
    public double signGradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return Signs.gradient(rows, from, to, x, y, residual, g);
    }

    @Override
    public void seededNumbers(SeededRows rows, int from, int to, int first, DenseRows out) {
        Seeded.numbers(rows, from, to, first, out);
    }

    @Override
    public void fourierForward(FourierTransform transform, int count, Matrix x) {
        Fourier.forward(transform, count, x);
    }

    @Override
    public void fourierInverse(FourierTransform transform, int count, Matrix x) {
        Fourier.inverse(transform, count, x);
    }

    @Override
    public void complexProducts(Matrix x, Matrix y, Matrix sums) {
        ComplexProducts.add(x, y, sums);
    }

    @Override
    public void conjugateProducts(Matrix c, Matrix x) {
        ComplexProducts.byConjugates(c, x);
    }

    @Override
    public void completionForward(
            SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        Completion.forward(pattern, fromRow, toRow, left, right, out);
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
        return Completion.gradient(pattern, fromRow, toRow, left, right, y, residual, gradLeft, gradRight);
    }

    @Override
    public void completionProduct(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out) {
        CompletionSums.product(pattern, fromRow, toRow, z, x, out);
    }

    @Override
    public void completionGrams(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        CompletionGrams.sum(pattern, fromRow, toRow, x, y, grams);
    }

    @Override
    public boolean cholesky(Matrix s) {
        return Cholesky.factor(s);
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix x) {
        CholeskySolve.solve(factor, x);
    }

    @Override
    public int choleskySolveEach(Matrix systems, Matrix x) {
        return CholeskyLanes.solveEach(systems, x);
    }

    @Override
    public void thinQr(Matrix a, Matrix q, Matrix r) {
        ThinQr.factor(a, q, r);
    }

    @Override
    public void symmetricEigen(Matrix s, double[] values, Matrix vectors) {
        SymmetricEigen.decompose(s, values, vectors);
    }

    @Override
    public void thinSvd(Matrix a, Matrix u, double[] values, Matrix v) {
        JacobiSvd.decompose(a, u, values, v);
    }
}
