package lowrank4j.sensing;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;

/**
 * Intensities {@code aᵢ* X aᵢ} of a Hermitian positive semidefinite X = U U*, less their mean: of a vector u the {@code |<aᵢ, u>|²} of phase retrieval (Candès,
 * Strohmer, Voroninski 2013). The factor is the real stack of {@link HermitianFactors}; a global phase of its columns is not seen.
 *
 * <p>Intensities of Gaussian aᵢ alone are no near isometry: {@code A*A(X) ≈ m(X + tr(X)·I)}. What they tell of the trace is their mean, and with that taken
 * off each, here and from what was observed ({@link #centred}), the second term is gone (Cai, Zhang 2015 take differences of two for the same end).
 *
 * <p>Cost of a gradient: 16mnr flops, two products with the m×2n matrix of the aᵢ.
 */
public final class IntensityMeasurements implements MeasurementOperator {
    /** Blocks of measurements, at the most, and measurements in one, at the least. */
    private static final int MAX_BLOCKS = 8;

    private static final int LEAST_IN_BLOCK = 32;

    /** What is left of the squares below this part of them is rounding. */
    private static final double ROUNDING = 1e-12;

    private final Matrix vectors;
    private final int n;
    private final double energy;
    private final Engine engine;
    private final int[] blockStart;
    private final double[] residuals;
    private double[] back = {};
    /** For factors of rank r: the products a*u, real parts beside imaginary ones, of one factor and of the other; 2n×2r for what they come from and go to. */
    private Matrix images = Matrix.zeros(0, 0);

    private Matrix otherImages = images;
    private Matrix doubled = images;
    private Matrix[] sums = {};

    /**
     * Measures with these vectors.
     *
     * @param real Re aᵢ in the rows, m×n, at least two
     * @param imaginary Im aᵢ in the rows, m×n
     */
    public IntensityMeasurements(Matrix real, Matrix imaginary, Engine engine) {
        if (real.rows() != imaginary.rows() || real.columns() != imaginary.columns()) {
            throw new InvalidArgumentException("the real parts of the vectors are " + real.shape()
                    + " and the imaginary ones " + imaginary.shape() + ", but both must have one shape");
        }
        if (real.rows() < 2 || real.columns() < 1) {
            throw new InvalidArgumentException("the vectors are " + real.shape()
                    + ", but there must be at least 2 of at least 1 entry: the mean of their intensities is taken off");
        }
        if (!real.isFinite() || !imaginary.isFinite()) {
            throw new InvalidArgumentException("the vectors hold NaN or an infinity");
        }
        this.n = real.columns();
        this.engine = engine;
        this.vectors = Matrix.zeros(real.rows(), 2 * n);
        vectors.columnRange(0, n).copyFrom(real);
        vectors.columnRange(n, 2 * n).copyFrom(imaginary);
        int m = vectors.rows();
        int blocks = Math.clamp(m / LEAST_IN_BLOCK, 1, MAX_BLOCKS);
        this.blockStart = new int[blocks + 1];
        for (int block = 0; block <= blocks; block++) {
            blockStart[block] = (int) ((long) m * block / blocks);
        }
        this.residuals = new double[m];
        this.energy = squares() / (n * (2.0 * n + 1));
    }

    /** Σ‖Aᵢ - their mean‖² of the stacked matrices: twice that of the complex ones. */
    private double squares() {
        int m = vectors.rows();
        double sum = 0;
        for (int i = 0; i < m; i++) {
            double norm = 0;
            for (int j = 0; j < 2 * n; j++) {
                norm += vectors.get(i, j) * vectors.get(i, j);
            }
            sum += norm * norm;
        }
        Matrix gram = Matrix.zeros(2 * n, 2 * n);
        engine.kernels().gram(vectors, gram);
        double mean = 0;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                double re = gram.get(j, k) + gram.get(n + j, n + k);
                double im = gram.get(n + j, k) - gram.get(j, n + k);
                mean += re * re + im * im;
            }
        }
        if (!Double.isFinite(sum) || !Double.isFinite(mean)) {
            throw new InvalidArgumentException("the vectors overflow when squared: scale them");
        }
        double left = sum - mean / m;
        if (left <= ROUNDING * sum) {
            throw new InvalidArgumentException("the products aa* of the " + m
                    + " vectors are all alike, but at least two must differ: less their mean nothing is measured");
        }
        return 2 * left;
    }

    /** Intensities less their mean, as this operator measures them. */
    public static double[] centred(double[] intensities) {
        double[] centred = intensities.clone();
        centre(centred);
        return centred;
    }

    private static void centre(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
        }
    }

    /** 2n. */
    @Override
    public int rows() {
        return 2 * n;
    }

    /** 2n. */
    @Override
    public int columns() {
        return 2 * n;
    }

    @Override
    public long count() {
        return vectors.rows();
    }

    @Override
    public int length() {
        return vectors.rows();
    }

    @Override
    public boolean isSymmetric() {
        return true;
    }

    @Override
    public boolean isHermitian() {
        return true;
    }

    /** True of Gaussian vectors. */
    @Override
    public boolean isNearIsometry() {
        return true;
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        prepare(x.rank());
        images(x.left(), images);
        if (!x.isSymmetric()) {
            images(x.right(), otherImages);
        }
        Matrix others = x.isSymmetric() ? images : otherImages;
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int k = 0; k < images.columns(); k++) {
                sum += images.get(i, k) * others.get(i, k);
            }
            out[i] = sum;
        }
        centre(out);
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
        System.arraycopy(residual, 0, residuals, 0, residuals.length);
        centre(residuals);
        if (sides.left()) {
            sum(residuals, x.isSymmetric() ? images : otherImages, gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            sum(residuals, images, gradRight);
        }
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        back = z.clone();
        centre(back);
        return new LinearMap() {
            @Override
            public int rows() {
                return 2 * n;
            }

            @Override
            public int columns() {
                return 2 * n;
            }

            @Override
            public void times(Matrix v, Matrix out) {
                prepare(v.columns());
                images(v, images);
                sum(back, images, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                times(u, out);
            }
        };
    }

    private void prepare(int rank) {
        if (sums.length == 0 || images.columns() != 2 * rank) {
            images = Matrix.zeros(vectors.rows(), 2 * rank);
            otherImages = Matrix.zeros(vectors.rows(), 2 * rank);
            doubled = Matrix.zeros(2 * n, 2 * rank);
            sums = new Matrix[blockStart.length - 1];
            for (int block = 0; block < sums.length; block++) {
                sums[block] = Matrix.zeros(2 * n, 2 * rank);
            }
        }
    }

    /** {@code aᵢ*u = [Re a, Im a]·([p; q] + i[q; -p])} of the columns u = p + iq. */
    private void images(Matrix u, Matrix out) {
        int rank = u.columns();
        doubled.columnRange(0, rank).copyFrom(u);
        doubled.rowRange(0, n).columnRange(rank, 2 * rank).copyFrom(u.rowRange(n, 2 * n));
        engine.kernels()
                .scaledCopy(-1, u.rowRange(0, n), doubled.rowRange(n, 2 * n).columnRange(rank, 2 * rank));
        engine.workers().run(sums.length, block -> {
            int from = blockStart[block];
            int to = blockStart[block + 1];
            engine.kernels().multiply(1, vectors.rowRange(from, to), doubled, 0, out.rowRange(from, to));
        });
    }

    /** {@code out ← Σ zᵢ aᵢ cᵢ}, cᵢ = aᵢ*u of these images, which are overwritten. */
    private void sum(double[] z, Matrix image, Matrix out) {
        Kernels kernels = engine.kernels();
        int rank = out.columns();
        engine.workers().run(sums.length, block -> {
            int from = blockStart[block];
            int to = blockStart[block + 1];
            for (int i = from; i < to; i++) {
                for (int k = 0; k < 2 * rank; k++) {
                    image.set(i, k, z[i] * image.get(i, k));
                }
            }
            kernels.transposedMultiply(1, vectors.rowRange(from, to), image.rowRange(from, to), 0, sums[block]);
        });
        for (int block = 1; block < sums.length; block++) {
            kernels.axpy(1, sums[block], sums[0]);
        }
        out.copyFrom(sums[0].columnRange(0, rank));
        Matrix turned = sums[0].columnRange(rank, 2 * rank);
        kernels.axpy(-1, turned.rowRange(n, 2 * n), out.rowRange(0, n));
        kernels.axpy(1, turned.rowRange(0, n), out.rowRange(n, 2 * n));
    }

    @Override
    public long memoryBytes() {
        return 8L * vectors.rows() * (2L * n + 2 + 2L * images.columns())
                + 16L * n * images.columns() * (1 + sums.length);
    }
}
