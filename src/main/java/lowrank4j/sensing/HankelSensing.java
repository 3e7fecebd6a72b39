package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * The Hankel part of a matrix: {@code A(X)_a = Σ_{j+k=a} X_jk/√w_a}, a from 0 to n - 1 = n1 + n2 - 2, with w_a the length of
 * antidiagonal a. The Aᵢ are orthonormal, and {@code A*A} is the projection onto Hankel matrices {@code X_jk = x_{j+k}}, of which
 * {@code A(X)_a = √w_a·x_a}. One of rank r is made of a signal x that is a sum of r damped exponentials, so few of whose samples
 * determine it (Chen, Chi 2014, IEEE Trans. Inf. Theory 60(10)).
 *
 * <p>A complex X = L R* of n1×n2 is a real one of 2n1×2n2: factors are stacks [Re L; Im L] and [Re R; Im R], and the real matrix L̃ R̃ᵀ stands for
 * {@code [[Re X, -Im X], [Im X, Re X]]}, of twice the rank of X. Its measurements are the real parts times √2, then the imaginary ones.
 *
 * <p>n1×n2 is never formed. A gradient at factors of k columns takes 4k + 2 Fourier transforms of a length N below 2n, or 2k + 2 of
 * real ones (Cai, Wang, Wei 2019, SIAM J. Imaging Sci. 12(4)): 20kN·log₂(N) flops; 32kN bytes of scratch memory, half of it for real ones.
 */
public final class HankelSensing implements MeasurementOperator {
    private final int n1;
    private final int n2;
    private final int n;
    private final boolean complex;
    private final Engine engine;
    private final HankelProducts products;
    private final double[] gap;

    private HankelSensing(int n1, int n2, boolean complex, Engine engine) {
        if (n1 < 1 || n2 < 1 || (long) n1 + n2 > 1 << 29) {
            throw new InvalidArgumentException("a Hankel matrix is " + n1 + "x" + n2
                    + ", but must be at least 1x1, and n1 + n2 at most 536870912");
        }
        this.n1 = n1;
        this.n2 = n2;
        this.n = n1 + n2 - 1;
        this.complex = complex;
        this.engine = engine;
        this.products = new HankelProducts(n1, n2, complex, engine);
        this.gap = new double[length()];
    }

    /** Of real n1×n2 matrices, from signals of n1 + n2 - 1 numbers. */
    public static HankelSensing real(int n1, int n2, Engine engine) {
        return new HankelSensing(n1, n2, false, engine);
    }

    /** Of complex n1×n2 matrices, from signals of n1 + n2 - 1 complex numbers. */
    public static HankelSensing complex(int n1, int n2, Engine engine) {
        return new HankelSensing(n1, n2, true, engine);
    }

    /** Whether matrices are complex. */
    public boolean isComplex() {
        return complex;
    }

    /** Of measurement i, by which the number of the signal is multiplied: √w_a, or √(2w_a) of complex ones. */
    public double root(int i) {
        return products.root(i % n);
    }

    /** n1, or 2n1 of complex matrices. */
    @Override
    public int rows() {
        return complex ? 2 * n1 : n1;
    }

    /** n2, or 2n2 of complex matrices. */
    @Override
    public int columns() {
        return complex ? 2 * n2 : n2;
    }

    @Override
    public long count() {
        return length();
    }

    /** n, or 2n of complex matrices. */
    @Override
    public int length() {
        return complex ? 2 * n : n;
    }

    @Override
    public boolean isSymmetric() {
        return false;
    }

    /** False: what is not Hankel is not seen at all. */
    @Override
    public boolean isNearIsometry() {
        return false;
    }

    @Override
    public double energy() {
        return length() / ((double) rows() * columns());
    }

    @Override
    public void forward(Factors x, double[] out) {
        products.transform(Optional.of(x.left()), Optional.of(x.right()));
        products.measure(out);
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        forward(x, residual);
        double loss = 0;
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= observed[i];
            loss += residual[i] * residual[i];
        }
        products.correlate(residual, sides, gradLeft, gradRight);
        return loss;
    }

    /**
     * The gradient of {@code ½Σ weight_a·w_a|x_a - y_a|² + ½‖X - H(x)‖²}, x the signal of X's Hankel part H(x): the second term holds
     * X to Hankel matrices (Cai, Wang, Wei 2018, arXiv 1606.01567, eq. 7, for a weight of one over the share that is observed). It is
     * {@code X + H(c)} with {@code c_a = weight_a(x_a - y_a) - x_a}, times R, and its adjoint times L; of complex matrices X = L R*,
     * not of the real ones of twice the rank.
     *
     * @param weight one a measurement; zero where nothing is observed
     * @param observed {@code y_a/scale}, as A measures
     * @param fit written, A(X)
     * @return twice that objective; its second term is a difference of squares, with an error of about eps·‖X‖²
     */
    public double structuredGradient(
            Factors x, double[] weight, double[] observed, double[] fit, Matrix gradLeft, Matrix gradRight) {
        forward(x, fit);
        double twice = complex ? 2 : 1;
        double loss = 0;
        for (int i = 0; i < fit.length; i++) {
            double residual = weight[i] == 0 ? 0 : fit[i] - observed[i];
            gap[i] = twice * (weight[i] * residual - fit[i]);
            loss += twice * (weight[i] * residual * residual - fit[i] * fit[i]);
        }
        products.correlate(gap, Sides.BOTH, gradLeft, gradRight);
        Kernels kernels = engine.kernels();
        Matrix left = whole(x.left());
        Matrix right = whole(x.right());
        Matrix leftGram = Matrix.zeros(left.columns(), left.columns());
        Matrix rightGram = Matrix.zeros(left.columns(), left.columns());
        kernels.gram(left, leftGram);
        kernels.gram(right, rightGram);
        kernels.multiply(1, left, rightGram.columnRange(0, x.rank()), 1, gradLeft);
        kernels.multiply(1, right, leftGram.columnRange(0, x.rank()), 1, gradRight);
        return loss + kernels.dot(leftGram, rightGram) / twice;
    }

    /** The real matrix that acts as a stack [Re V; Im V] of complex columns: [V, iV]; of real ones the columns themselves. */
    public Matrix whole(Matrix columns) {
        if (!complex) {
            return columns;
        }
        int half = columns.rows() / 2;
        int k = columns.columns();
        Matrix whole = Matrix.zeros(columns.rows(), 2 * k);
        whole.columnRange(0, k).copyFrom(columns);
        Matrix turned = whole.columnRange(k, 2 * k);
        engine.kernels().scaledCopy(-1, columns.rowRange(half, 2 * half), turned.rowRange(0, half));
        turned.rowRange(half, 2 * half).copyFrom(columns.rowRange(0, half));
        return whole;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        System.arraycopy(z, 0, gap, 0, gap.length);
        return new LinearMap() {
            @Override
            public int rows() {
                return HankelSensing.this.rows();
            }

            @Override
            public int columns() {
                return HankelSensing.this.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                products.transform(Optional.empty(), Optional.of(v));
                products.correlate(gap, Sides.LEFT, out, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                products.transform(Optional.of(u), Optional.empty());
                products.correlate(gap, Sides.RIGHT, out, out);
            }
        };
    }

    @Override
    public long memoryBytes() {
        return products.bytes() + 8L * gap.length;
    }
}
