package lowrank4j.solver;

import java.util.Arrays;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Sides;

/**
 * {@code min ‖A(L Yᵀ + X Rᵀ) - b‖} over X n1×r and Y n2×r of least norm, with L and R fixed, or over one of the two: what Gauss-Newton and
 * alternating least squares solve at each iteration, by LSQR (Paige, Saunders 1982). Cost of an inner iteration: one forward and one
 * adjoint product of A.
 */
final class TangentLeastSquares {
    private final MeasurementOperator operator;
    private final Kernels kernels;
    private final double[] u;
    private final double[] image;
    private final double[] offset;
    /** The power of two at or below ‖offset‖, or 1 where that is zero: what is scaled by it keeps its digits. */
    private double offsetSize = 1;

    private final double[] shifted;
    private final double[] unused;
    private final Matrix rowOfU;
    private final Matrix rowOfImage;
    private final Matrix rowOfOffset;
    private final Factors wide;
    /** The columns of {@link #wide} for L and R, and those for X and Y. */
    private final Factors wideFixed;

    private final Factors wideMoving;
    private final Factors solution;
    private final Factors v;
    private final Factors w;
    private final Factors gradient;

    TangentLeastSquares(Problem problem, int rank) {
        this.operator = problem.operator();
        this.kernels = problem.engine().kernels();
        this.u = new double[operator.length()];
        this.image = new double[operator.length()];
        this.offset = new double[operator.length()];
        this.shifted = new double[operator.length()];
        this.unused = new double[operator.length()];
        this.rowOfU = Matrix.wrap(u, 1, u.length);
        this.rowOfImage = Matrix.wrap(image, 1, image.length);
        this.rowOfOffset = Matrix.wrap(offset, 1, offset.length);
        this.wide = zeros(2 * rank);
        this.wideFixed =
                new Factors(wide.left().columnRange(0, rank), wide.right().columnRange(rank, 2 * rank));
        this.wideMoving = new Factors(
                wide.left().columnRange(rank, 2 * rank), wide.right().columnRange(0, rank));
        this.solution = zeros(rank);
        this.v = zeros(rank);
        this.w = zeros(rank);
        this.gradient = zeros(rank);
    }

    private Factors zeros(int columns) {
        return new Factors(Matrix.zeros(operator.rows(), columns), Matrix.zeros(operator.columns(), columns));
    }

    /**
     * Solves.
     *
     * @param fixed L and R
     * @param sides LEFT for X alone, RIGHT for Y alone
     * @param b zero where nothing is measured; kept
     * @param tolerance relative residual, or relative size of the normal equations', at which to stop
     * @param limit inner iterations at the most
     * @return X and Y, valid until the next call; what is not asked for is zero
     */
    Factors solve(Factors fixed, Sides sides, double[] b, double tolerance, int limit) {
        fill(solution, 0);
        System.arraycopy(b, 0, image, 0, image.length);
        double norm = normaliseImage();
        wideFixed.copyFrom(fixed);
        operator.forward(fixed, offset);
        double length = Math.sqrt(kernels.dot(rowOfOffset, rowOfOffset));
        offsetSize = length > 0 ? Math.scalb(1.0, Math.getExponent(length)) : 1;
        Factors measured = switch (sides) {
            case LEFT -> new Factors(v.left(), fixed.right());
            case RIGHT -> new Factors(fixed.left(), v.right());
            case BOTH -> wide;
        };
        fill(v, 0);
        adjoint(fixed, sides, v);
        double alpha = normalise(v);
        w.copyFrom(v);
        double rhoBar = alpha;
        double phiBar = norm;
        double spread = alpha * alpha;
        for (int iteration = 0; iteration < limit && alpha > 0 && phiBar > tolerance * norm; iteration++) {
            wideMoving.copyFrom(v);
            operator.forward(measured, image);
            kernels.axpy(-alpha, rowOfU, rowOfImage);
            double beta = normaliseImage();
            scale(-beta, v);
            adjoint(fixed, sides, v);
            alpha = normalise(v);
            double rho = Math.hypot(rhoBar, beta);
            double cosine = rhoBar / rho;
            double sine = beta / rho;
            double theta = sine * alpha;
            rhoBar = -cosine * alpha;
            double phi = cosine * phiBar;
            phiBar *= sine;
            add(phi / rho, w, solution);
            scale(-theta / rho, w);
            add(1, v, w);
            spread += beta * beta + alpha * alpha;
            // ‖Aᵀ(residual)‖ against ‖A‖·‖residual‖: least squares are reached although the residual is not zero.
            if (alpha * Math.abs(cosine) <= tolerance * Math.sqrt(spread)) {
                break;
            }
        }
        return solution;
    }

    /** {@code out ← out + (A*(u) R, A*(u)ᵀ L)}, the wanted sides: 1/s times the gradient where the residual is s·u, s = {@link #offsetSize}, one pass of the operator. */
    private void adjoint(Factors fixed, Sides sides, Factors out) {
        for (int i = 0; i < u.length; i++) {
            // s·u is of one size with the offset, so that their difference keeps the digits of both.
            shifted[i] = offset[i] - offsetSize * u[i];
        }
        operator.gradient(fixed, shifted, unused, sides, gradient.left(), gradient.right());
        if (sides.left()) {
            kernels.axpy(1 / offsetSize, gradient.left(), out.left());
        }
        if (sides.right()) {
            kernels.axpy(1 / offsetSize, fixed.isSymmetric() ? gradient.left() : gradient.right(), out.right());
        }
    }

    /** {@code u ← image/‖image‖}, or zero where that is; returns the norm. */
    private double normaliseImage() {
        double norm = Math.sqrt(kernels.dot(rowOfImage, rowOfImage));
        kernels.scaledCopy(norm > 0 ? 1 / norm : 0, rowOfImage, rowOfU);
        return norm;
    }

    /** Divides by the norm, if it is not zero, and returns it. */
    private double normalise(Factors x) {
        double norm = Math.sqrt(kernels.dot(x.left(), x.left()) + kernels.dot(x.right(), x.right()));
        if (norm > 0) {
            scale(1 / norm, x);
        }
        return norm;
    }

    private void add(double part, Factors x, Factors y) {
        kernels.axpy(part, x.left(), y.left());
        kernels.axpy(part, x.right(), y.right());
    }

    private static void scale(double part, Factors x) {
        scale(part, x.left().data());
        scale(part, x.right().data());
    }

    private static void scale(double part, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= part;
        }
    }

    private static void fill(Factors x, double value) {
        Arrays.fill(x.left().data(), value);
        Arrays.fill(x.right().data(), value);
    }
}
