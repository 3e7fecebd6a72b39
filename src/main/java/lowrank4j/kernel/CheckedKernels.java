package lowrank4j.kernel;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.KernelClock.Kind;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/** The door of every tier: checks shapes once, takes the time, and lets the body do the work. */
final class CheckedKernels implements Kernels {
    private final Kernels body;
    private final KernelClock clock;

    CheckedKernels(Kernels body, KernelClock clock) {
        this.body = body;
        this.clock = clock;
    }

    @Override
    public Tier tier() {
        return body.tier();
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        Shapes.require("dot", "y", y, x.rows(), x.columns());
        long start = System.nanoTime();
        double dot = body.dot(x, y);
        clock.add(Kind.UPDATES, start);
        return dot;
    }

    @Override
    public void axpy(double alpha, Matrix x, Matrix y) {
        Shapes.require("axpy", "y", y, x.rows(), x.columns());
        Shapes.requireApart("axpy", "y", y, "x", x);
        long start = System.nanoTime();
        body.axpy(alpha, x, y);
        clock.add(Kind.UPDATES, start);
    }

    @Override
    public void scaledCopy(double alpha, Matrix x, Matrix y) {
        Shapes.require("scaledCopy", "y", y, x.rows(), x.columns());
        Shapes.requireApart("scaledCopy", "y", y, "x", x);
        long start = System.nanoTime();
        body.scaledCopy(alpha, x, y);
        clock.add(Kind.UPDATES, start);
    }

    @Override
    public void gram(Matrix x, Matrix g) {
        Shapes.require("gram", "g", g, x.columns(), x.columns());
        Shapes.requireApart("gram", "g", g, "x", x);
        long start = System.nanoTime();
        body.gram(x, g);
        clock.add(Kind.PRODUCTS, start);
    }

    @Override
    public void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        Shapes.require("multiply", "b", b, a.columns(), b.columns());
        requireProduct("multiply", a.rows(), b.columns(), a, b, c);
        long start = System.nanoTime();
        body.multiply(alpha, a, b, beta, c);
        clock.add(Kind.PRODUCTS, start);
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        Shapes.require("multiplyTransposed", "b", b, b.rows(), a.columns());
        requireProduct("multiplyTransposed", a.rows(), b.rows(), a, b, c);
        long start = System.nanoTime();
        body.multiplyTransposed(alpha, a, b, beta, c);
        clock.add(Kind.PRODUCTS, start);
    }

    @Override
    public void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        Shapes.require("transposedMultiply", "b", b, a.rows(), b.columns());
        requireProduct("transposedMultiply", a.columns(), b.columns(), a, b, c);
        long start = System.nanoTime();
        body.transposedMultiply(alpha, a, b, beta, c);
        clock.add(Kind.PRODUCTS, start);
    }

    private static void requireProduct(String operation, int rows, int columns, Matrix a, Matrix b, Matrix c) {
        Shapes.require(operation, "c", c, rows, columns);
        Shapes.requireApart(operation, "c", c, "a", a);
        Shapes.requireApart(operation, "c", c, "b", b);
    }

    @Override
    public void sensingForward(DenseRows rows, int from, int to, double[] x, double[] out) {
        Shapes.requireRange("sensingForward", from, to, rows.count());
        Shapes.requireLength("sensingForward", "x", x, rows.width());
        Shapes.requireLength("sensingForward", "out", out, to);
        long start = System.nanoTime();
        body.sensingForward(rows, from, to, x, out);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public void sensingAdjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        Shapes.requireRange("sensingAdjoint", from, to, rows.count());
        Shapes.requireLength("sensingAdjoint", "z", z, to);
        Shapes.requireLength("sensingAdjoint", "g", g, rows.width());
        requireOther("sensingAdjoint", "g", g, "z", z);
        long start = System.nanoTime();
        body.sensingAdjoint(rows, from, to, z, g);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public double sensingGradient(
            DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        Shapes.requireRange("sensingGradient", from, to, rows.count());
        Shapes.requireLength("sensingGradient", "x", x, rows.width());
        Shapes.requireLength("sensingGradient", "y", y, to);
        Shapes.requireLength("sensingGradient", "residual", residual, to);
        Shapes.requireLength("sensingGradient", "g", g, rows.width());
        requireOther("sensingGradient", "g", g, "x", x);
        requireOther("sensingGradient", "g", g, "residual", residual);
        long start = System.nanoTime();
        double loss = body.sensingGradient(rows, from, to, x, y, residual, g);
        clock.add(Kind.SENSING, start);
        return loss;
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
        String operation = "sensingGradients";
        Shapes.requireRange(operation, from, to, rows.count());
        if (y.length != x.length || residual.length != x.length || g.length != x.length || loss.length != x.length) {
            throw new InvalidArgumentException(operation + ": x, y, residual, g and loss have " + x.length + ", "
                    + y.length + ", " + residual.length + ", " + g.length + " and " + loss.length
                    + " entries, but must have equally many");
        }
        for (int p = 0; p < x.length; p++) {
            Shapes.requireLength(operation, "an x", x[p], rows.width());
            Shapes.requireLength(operation, "a y", y[p], to);
            Shapes.requireLength(operation, "a residual", residual[p], to);
            Shapes.requireLength(operation, "a g", g[p], rows.width());
            for (int q = 0; q < x.length; q++) {
                requireOther(operation, "a g", g[p], "an x", x[q]);
                requireOther(operation, "a g", g[p], "a residual", residual[q]);
                if (q < p) {
                    requireOther(operation, "a g", g[p], "another", g[q]);
                    requireOther(operation, "a residual", residual[p], "another", residual[q]);
                }
            }
        }
        long start = System.nanoTime();
        body.sensingGradients(rows, from, to, x, y, residual, g, loss);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public void signForward(SignRows rows, int from, int to, double[] x, double[] out) {
        Shapes.requireRange("signForward", from, to, rows.count());
        Shapes.requireLength("signForward", "x", x, rows.width());
        Shapes.requireLength("signForward", "out", out, to);
        long start = System.nanoTime();
        body.signForward(rows, from, to, x, out);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public void signAdjoint(SignRows rows, int from, int to, double[] z, double[] g) {
        Shapes.requireRange("signAdjoint", from, to, rows.count());
        Shapes.requireLength("signAdjoint", "z", z, to);
        Shapes.requireLength("signAdjoint", "g", g, rows.width());
        requireOther("signAdjoint", "g", g, "z", z);
        long start = System.nanoTime();
        body.signAdjoint(rows, from, to, z, g);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public double signGradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        Shapes.requireRange("signGradient", from, to, rows.count());
        Shapes.requireLength("signGradient", "x", x, rows.width());
        Shapes.requireLength("signGradient", "y", y, to);
        Shapes.requireLength("signGradient", "residual", residual, to);
        Shapes.requireLength("signGradient", "g", g, rows.width());
        requireOther("signGradient", "g", g, "x", x);
        requireOther("signGradient", "g", g, "residual", residual);
        long start = System.nanoTime();
        double loss = body.signGradient(rows, from, to, x, y, residual, g);
        clock.add(Kind.SENSING, start);
        return loss;
    }

    @Override
    public void seededNumbers(SeededRows rows, int from, int to, int first, DenseRows out) {
        Shapes.requireRange("seededNumbers", from, to, rows.count());
        long end = (long) first + out.width();
        if (first < 0
                || first % Ensemble.HALVES != 0
                || out.width() % Ensemble.HALVES != 0
                || end > rows.paddedWidth()) {
            throw new InvalidArgumentException("seededNumbers: numbers " + first + " to " + end
                    + " are not multiples of " + Ensemble.HALVES + " within 0.." + rows.paddedWidth());
        }
        if (out.precision() != DenseRows.Precision.FLOAT32 || out.count() < to - from) {
            throw new InvalidArgumentException("seededNumbers: out has " + out.count() + " rows of " + out.precision()
                    + ", but must have at least " + (to - from) + " of FLOAT32");
        }
        long start = System.nanoTime();
        body.seededNumbers(rows, from, to, first, out);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public void fourierForward(FourierTransform transform, int count, Matrix x) {
        requireTransform("fourierForward", transform, count, x);
        long start = System.nanoTime();
        body.fourierForward(transform, count, x);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public void fourierInverse(FourierTransform transform, int count, Matrix x) {
        requireTransform("fourierInverse", transform, count, x);
        long start = System.nanoTime();
        body.fourierInverse(transform, count, x);
        clock.add(Kind.SENSING, start);
    }

    private static void requireTransform(String operation, FourierTransform transform, int count, Matrix x) {
        Shapes.require(operation, "x", x, 2, transform.length());
        if (count < 0 || count > transform.length()) {
            throw new InvalidArgumentException(
                    operation + ": count is " + count + ", but must be from 0 to " + transform.length());
        }
    }

    @Override
    public void complexProducts(Matrix x, Matrix y, Matrix sums) {
        Shapes.require("complexProducts", "x", x, 2, sums.columns());
        Shapes.require("complexProducts", "y", y, 2, sums.columns());
        Shapes.require("complexProducts", "sums", sums, 2, sums.columns());
        Shapes.requireApart("complexProducts", "sums", sums, "x", x);
        Shapes.requireApart("complexProducts", "sums", sums, "y", y);
        long start = System.nanoTime();
        body.complexProducts(x, y, sums);
        clock.add(Kind.SENSING, start);
    }

    @Override
    public void conjugateProducts(Matrix c, Matrix x) {
        Shapes.require("conjugateProducts", "x", x, 2, x.columns());
        Shapes.require("conjugateProducts", "c", c, 2, x.columns());
        Shapes.requireApart("conjugateProducts", "x", x, "c", c);
        long start = System.nanoTime();
        body.conjugateProducts(c, x);
        clock.add(Kind.SENSING, start);
    }

    @SuppressWarnings("ReferenceEquality") // overlap is a matter of identity
    private static void requireOther(String operation, String name, double[] output, String otherName, double[] other) {
        if (output == other) {
            throw new InvalidArgumentException(
                    operation + ": " + name + " and " + otherName + " are one array, but must be two");
        }
    }

    @Override
    public void completionForward(
            SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        Shapes.requireRange("completionForward", fromRow, toRow, pattern.rows());
        requireFactors("completionForward", pattern, left, right);
        Shapes.requireLength("completionForward", "out", out, pattern.count());
        long start = System.nanoTime();
        body.completionForward(pattern, fromRow, toRow, left, right, out);
        clock.add(Kind.COMPLETION, start);
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
        String operation = "completionGradient";
        Shapes.requireRange(operation, fromRow, toRow, pattern.rows());
        requireFactors(operation, pattern, left, right);
        Shapes.requireLength(operation, "y", y, pattern.count());
        Shapes.requireLength(operation, "residual", residual, pattern.count());
        Shapes.require(operation, "gradLeft", gradLeft, left.rows(), left.columns());
        Shapes.require(operation, "gradRight", gradRight, right.rows(), right.columns());
        Shapes.requireApart(operation, "gradLeft", gradLeft, "gradRight", gradRight);
        Shapes.requireApart(operation, "gradLeft", gradLeft, "right", right);
        Shapes.requireApart(operation, "gradRight", gradRight, "left", left);
        Shapes.requireApart(operation, "gradLeft", gradLeft, "left", left);
        Shapes.requireApart(operation, "gradRight", gradRight, "right", right);
        long start = System.nanoTime();
        double loss = body.completionGradient(pattern, fromRow, toRow, left, right, y, residual, gradLeft, gradRight);
        clock.add(Kind.COMPLETION, start);
        return loss;
    }

    @Override
    public void completionProduct(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out) {
        String operation = "completionProduct";
        Shapes.requireRange(operation, fromRow, toRow, pattern.rows());
        Shapes.requireLength(operation, "z", z, pattern.count());
        Shapes.require(operation, "x", x, pattern.columns(), x.columns());
        Shapes.require(operation, "out", out, pattern.rows(), x.columns());
        Shapes.requireApart(operation, "out", out, "x", x);
        long start = System.nanoTime();
        body.completionProduct(pattern, fromRow, toRow, z, x, out);
        clock.add(Kind.COMPLETION, start);
    }

    @Override
    public void completionGrams(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        String operation = "completionGrams";
        Shapes.requireRange(operation, fromRow, toRow, pattern.rows());
        Shapes.require(operation, "x", x, pattern.columns(), x.columns());
        Shapes.requireLength(operation, "y", y, pattern.count());
        int order = x.columns() + 1;
        Shapes.require(operation, "grams", grams, (toRow - fromRow) * order, order);
        Shapes.requireApart(operation, "grams", grams, "x", x);
        long start = System.nanoTime();
        body.completionGrams(pattern, fromRow, toRow, x, y, grams);
        clock.add(Kind.COMPLETION, start);
    }

    private static void requireFactors(String operation, SparsePattern pattern, Matrix left, Matrix right) {
        Shapes.require(operation, "left", left, pattern.rows(), left.columns());
        Shapes.require(operation, "right", right, pattern.columns(), left.columns());
    }

    @Override
    public boolean cholesky(Matrix s) {
        Shapes.require("cholesky", "s", s, s.rows(), s.rows());
        long start = System.nanoTime();
        boolean definite = body.cholesky(s);
        clock.add(Kind.SOLVES, start);
        return definite;
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix x) {
        Shapes.require("choleskySolve", "factor", factor, x.columns(), x.columns());
        Shapes.requireApart("choleskySolve", "x", x, "factor", factor);
        long start = System.nanoTime();
        body.choleskySolve(factor, x);
        clock.add(Kind.SOLVES, start);
    }

    @Override
    public int choleskySolveEach(Matrix systems, Matrix x) {
        Shapes.require("choleskySolveEach", "systems", systems, x.rows() * x.columns(), x.columns());
        Shapes.requireApart("choleskySolveEach", "x", x, "systems", systems);
        long start = System.nanoTime();
        int refused = body.choleskySolveEach(systems, x);
        clock.add(Kind.SOLVES, start);
        return refused;
    }

    @SuppressWarnings("ReferenceEquality") // in place means the very same view
    @Override
    public void thinQr(Matrix a, Matrix q, Matrix r) {
        if (a.rows() < a.columns()) {
            throw new InvalidArgumentException(
                    "thinQr: a is " + a.shape() + ", but must have at least as many rows as columns");
        }
        Shapes.require("thinQr", "q", q, a.rows(), a.columns());
        Shapes.require("thinQr", "r", r, a.columns(), a.columns());
        if (q != a) {
            Shapes.requireApart("thinQr", "q", q, "a", a);
        }
        Shapes.requireApart("thinQr", "r", r, "a", a);
        Shapes.requireApart("thinQr", "r", r, "q", q);
        requireFinite("thinQr", "a", a);
        long start = System.nanoTime();
        body.thinQr(a, q, r);
        clock.add(Kind.DECOMPOSITIONS, start);
    }

    @Override
    public void symmetricEigen(Matrix s, double[] values, Matrix vectors) {
        Shapes.require("symmetricEigen", "s", s, s.rows(), s.rows());
        Shapes.requireLength("symmetricEigen", "values", values, s.rows());
        Shapes.require("symmetricEigen", "vectors", vectors, s.rows(), s.rows());
        Shapes.requireApart("symmetricEigen", "vectors", vectors, "s", s);
        requireFinite("symmetricEigen", "s", s);
        long start = System.nanoTime();
        body.symmetricEigen(s, values, vectors);
        clock.add(Kind.DECOMPOSITIONS, start);
    }

    @Override
    public void pseudoInverse(Matrix s, Matrix inverse) {
        Shapes.require("pseudoInverse", "s", s, s.rows(), s.rows());
        Shapes.require("pseudoInverse", "inverse", inverse, s.rows(), s.rows());
        Shapes.requireApart("pseudoInverse", "inverse", inverse, "s", s);
        requireFinite("pseudoInverse", "s", s);
        long start = System.nanoTime();
        body.pseudoInverse(s, inverse);
        clock.add(Kind.DECOMPOSITIONS, start);
    }

    @Override
    public void thinSvd(Matrix a, Matrix u, double[] values, Matrix v) {
        int k = Math.min(a.rows(), a.columns());
        Shapes.require("thinSvd", "u", u, a.rows(), k);
        Shapes.requireLength("thinSvd", "values", values, k);
        Shapes.require("thinSvd", "v", v, a.columns(), k);
        Shapes.requireApart("thinSvd", "u", u, "a", a);
        Shapes.requireApart("thinSvd", "v", v, "a", a);
        Shapes.requireApart("thinSvd", "u", u, "v", v);
        requireFinite("thinSvd", "a", a);
        long start = System.nanoTime();
        body.thinSvd(a, u, values, v);
        clock.add(Kind.DECOMPOSITIONS, start);
    }

    // An iteration on NaN need not end; the check is O(nm) beside O(nm·min(n, m)).
    private static void requireFinite(String operation, String name, Matrix matrix) {
        if (!matrix.isFinite()) {
            throw new InvalidArgumentException(operation + ": " + name + " contains NaN or an infinity");
        }
    }
}
