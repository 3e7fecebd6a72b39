package lowrank4j.matrix;

import lowrank4j.error.InvalidArgumentException;

/**
 * A Hermitian positive semidefinite matrix of low rank in factored form, {@code X = U U*}, U complex.
 *
 * <p>Solvers see it as the real {@code Ũ = [Re U; Im U]}: for a Hermitian P, {@code <P, U U*> = tr(Ũᵀ P̃ Ũ)} with {@code P̃ = [[Re P, -Im P], [Im P,
 * Re P]]}, so that a Hermitian problem of order n is a symmetric one of order 2n.
 *
 * @param real Re U, n×r
 * @param imaginary Im U, n×r
 */
public record HermitianFactors(Matrix real, Matrix imaginary) {
    public HermitianFactors {
        if (real.rows() != imaginary.rows() || real.columns() != imaginary.columns()) {
            throw new InvalidArgumentException("the real part is " + real.shape() + " and the imaginary one "
                    + imaginary.shape() + ", but both must have one shape");
        }
    }

    /**
     * Views of the two halves of a stack.
     *
     * @param stacked {@code [Re U; Im U]}, 2n×r
     */
    public static HermitianFactors ofStacked(Matrix stacked) {
        if (stacked.rows() % 2 != 0) {
            throw new InvalidArgumentException("the stack of a real and an imaginary part is " + stacked.shape()
                    + ", but must have an even number of rows");
        }
        int n = stacked.rows() / 2;
        return new HermitianFactors(stacked.rowRange(0, n), stacked.rowRange(n, 2 * n));
    }

    /** A copy as solvers see it, {@code [Re U; Im U]}, 2n×r. */
    public Matrix stacked() {
        Matrix stacked = Matrix.zeros(2 * order(), rank());
        stacked.rowRange(0, order()).copyFrom(real);
        stacked.rowRange(order(), 2 * order()).copyFrom(imaginary);
        return stacked;
    }

    /** n: rows and columns of X. */
    public int order() {
        return real.rows();
    }

    /** Columns of U: an upper bound of the rank of X. */
    public int rank() {
        return real.columns();
    }

    /** tr(X) = ‖U‖². Cost: 4nr flops. */
    public double trace() {
        double sum = 0;
        for (int i = 0; i < order(); i++) {
            for (int k = 0; k < rank(); k++) {
                sum += real.get(i, k) * real.get(i, k) + imaginary.get(i, k) * imaginary.get(i, k);
            }
        }
        return sum;
    }

    /**
     * tr(X²)/tr(X)²: 1 for a pure state, 1/n for the fully mixed one. Cost: 4nr² flops.
     *
     * @throws InvalidArgumentException if X is zero
     */
    public double purity() {
        double square = 0;
        for (int j = 0; j < rank(); j++) {
            for (int k = 0; k < rank(); k++) {
                double re = 0;
                double im = 0;
                for (int i = 0; i < order(); i++) {
                    re += real.get(i, j) * real.get(i, k) + imaginary.get(i, j) * imaginary.get(i, k);
                    im += real.get(i, j) * imaginary.get(i, k) - imaginary.get(i, j) * real.get(i, k);
                }
                square += re * re + im * im;
            }
        }
        double trace = positiveTrace();
        return square / (trace * trace);
    }

    /**
     * {@code ψ* X ψ/(tr(X)·‖ψ‖²)}, the fidelity of the state X/tr(X) with the pure state ψ, from 0 to 1. Cost: 8nr flops.
     *
     * @param psi ψ, one column of the same order, not zero
     */
    public double fidelity(HermitianFactors psi) {
        if (psi.order() != order() || psi.rank() != 1) {
            throw new InvalidArgumentException("the pure state is " + psi.real().shape() + ", but must be " + order()
                    + "x1: a vector of the order of X");
        }
        double overlap = 0;
        for (int k = 0; k < rank(); k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < order(); i++) {
                re += psi.real.get(i, 0) * real.get(i, k) + psi.imaginary.get(i, 0) * imaginary.get(i, k);
                im += psi.real.get(i, 0) * imaginary.get(i, k) - psi.imaginary.get(i, 0) * real.get(i, k);
            }
            overlap += re * re + im * im;
        }
        return overlap / (positiveTrace() * psi.positiveTrace());
    }

    /**
     * A copy of X/tr(X), a density matrix.
     *
     * @throws InvalidArgumentException if X is zero
     */
    public HermitianFactors withTraceOne() {
        double scale = 1 / Math.sqrt(positiveTrace());
        return new HermitianFactors(scaled(real, scale), scaled(imaginary, scale));
    }

    private double positiveTrace() {
        double trace = trace();
        if (!(trace > 0 && trace < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException(
                    "the trace is " + trace + ", but must be above 0 and finite: there is no state");
        }
        return trace;
    }

    private static Matrix scaled(Matrix matrix, double scale) {
        Matrix scaled = matrix.copy();
        for (int i = 0; i < scaled.data().length; i++) {
            scaled.data()[i] *= scale;
        }
        return scaled;
    }

    /** Re X, symmetric. Cost: 4n²r flops and 8n² bytes; meant for small matrices and tests. */
    public Matrix realMatrix() {
        return sum(real, real, imaginary, imaginary, 1);
    }

    /** Im X, skew. Cost as of {@link #realMatrix}. */
    public Matrix imaginaryMatrix() {
        return sum(imaginary, real, real, imaginary, -1);
    }

    /** {@code A Bᵀ + sign·C Dᵀ}. */
    private Matrix sum(Matrix a, Matrix b, Matrix c, Matrix d, int sign) {
        Matrix first = new Factors(a, b).toMatrix();
        Matrix second = new Factors(c, d).toMatrix();
        for (int i = 0; i < first.data().length; i++) {
            first.data()[i] += sign * second.data()[i];
        }
        return first;
    }
}
