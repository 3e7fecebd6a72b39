package lowrank4j.solver;

import java.util.Arrays;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;
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
    private final int rank;
    private final double[] u;
    private final double[] image;
    private final Factors wide;
    private final Factors solution;
    private final Factors v;
    private final Factors w;
    private final Factors gradient;

    TangentLeastSquares(Problem problem, int rank) {
        this.operator = problem.operator();
        this.kernels = problem.engine().kernels();
        this.rank = rank;
        this.u = new double[operator.length()];
        this.image = new double[operator.length()];
        this.wide = zeros(2 * rank);
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
        System.arraycopy(b, 0, u, 0, u.length);
        double norm = normalise(u);
        fill(v, 0);
        adjoint(fixed, sides, v);
        double alpha = normalise(v);
        copy(v, w);
        double rhoBar = alpha;
        double phiBar = norm;
        double spread = alpha * alpha;
        for (int iteration = 0; iteration < limit && alpha > 0 && phiBar > tolerance * norm; iteration++) {
            forward(fixed, sides);
            for (int i = 0; i < u.length; i++) {
                u[i] = image[i] - alpha * u[i];
            }
            double beta = normalise(u);
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

    /** {@code image ← A(L v_rightᵀ + v_left Rᵀ)}. */
    private void forward(Factors fixed, Sides sides) {
        if (sides == Sides.LEFT) {
            operator.forward(new Factors(v.left(), fixed.right()), image);
        } else if (sides == Sides.RIGHT) {
            operator.forward(new Factors(fixed.left(), v.right()), image);
        } else {
            wide.left().columnRange(0, rank).copyFrom(fixed.left());
            wide.left().columnRange(rank, 2 * rank).copyFrom(v.left());
            wide.right().columnRange(0, rank).copyFrom(v.right());
            wide.right().columnRange(rank, 2 * rank).copyFrom(fixed.right());
            operator.forward(wide, image);
        }
    }

    /** {@code out ← out + (A*(u) R, A*(u)ᵀ L)}, the wanted sides. */
    private void adjoint(Factors fixed, Sides sides, Factors out) {
        LinearMap map = operator.adjoint(u);
        if (sides.left()) {
            map.times(fixed.right(), gradient.left());
            kernels.axpy(1, gradient.left(), out.left());
        }
        if (sides.right()) {
            map.transposedTimes(fixed.left(), gradient.right());
            kernels.axpy(1, gradient.right(), out.right());
        }
    }

    /** Divides by the norm, if it is not zero, and returns it. */
    private double normalise(double[] x) {
        Matrix row = Matrix.wrap(x, 1, x.length);
        double norm = Math.sqrt(kernels.dot(row, row));
        if (norm > 0) {
            for (int i = 0; i < x.length; i++) {
                x[i] /= norm;
            }
        }
        return norm;
    }

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

    private static void copy(Factors x, Factors y) {
        y.left().copyFrom(x.left());
        y.right().copyFrom(x.right());
    }

    private static void fill(Factors x, double value) {
        Arrays.fill(x.left().data(), value);
        Arrays.fill(x.right().data(), value);
    }
}
